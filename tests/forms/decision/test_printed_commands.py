"""The commands that overlay new and fill print run as they stand, for a set of one's own and for paths with spaces."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from ntm_rules.forms.decision.workbook import form
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.pending import pending_places
from tests.conftest import Ntm
from tests.forms.decision.conftest import HEAD, Sheets
from tests.rulebook.tiny import Tiny


def printed(shown: str) -> list[list[str]]:
    """The commands of a screen, as a shell would cut them."""
    found = (re.search(r"\bntm (rules overlay|rules check|whatif)\b.*", line) for line in shown.splitlines())
    return [shlex.split(match[0])[1:] for match in found if match]


@pytest.fixture
def own_set(tiny: Tiny, tmp_path: Path) -> Path:
    """The small set in a folder whose name holds spaces, Vietnamese letters and brackets."""
    return tiny.folder.rename(tmp_path / "bộ tiêu chí (thử)")


def test_the_command_that_new_prints_reads_the_form_it_wrote(ntm: Ntm, own_set: Path, tmp_path: Path) -> None:
    out = tmp_path / "quyết định 9.xlsx"
    made = ntm("rules", "overlay", "new", "--criteria", own_set, "-o", out)
    assert made.returncode == 0, made.stderr
    (command,) = printed(made.stdout)
    assert command[command.index("--criteria") + 1] == str(own_set)
    sheets = Sheets(out.read_bytes()).fill({**HEAD, "2.1": "Khá", "2.1/article": "Điều 1"})
    out.write_bytes(sheets.data())
    done = ntm(*command)
    assert done.returncode == 0, done.stderr
    check, whatif = printed(done.stdout)
    assert ntm(*check).returncode == 0
    assert whatif[:4] == ["whatif", "DỮ-LIỆU", "--criteria", str(own_set)]
    figures = "commune_code,commune,year,measure,value\n03400,Xã Một,2026,roads_share,79\n"
    (tmp_path / "so-lieu.csv").write_text(figures, encoding="utf-8")
    places = {"DỮ-LIỆU": str(tmp_path / "so-lieu.csv"), "THƯ-MỤC": str(tmp_path / "xem")}
    run = ntm(*(places.get(word, word) for word in whatif))
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "xem" / "thay-doi.xlsx").is_file()


def test_the_guide_of_the_workbook_names_the_set(ntm: Ntm, own_set: Path, tmp_path: Path) -> None:
    out = tmp_path / "qd 9.xlsx"
    ntm("rules", "overlay", "new", "--criteria", own_set, "-o", out)
    guide = openpyxl.load_workbook(out).worksheets[0]
    lines = [str(row[0].value) for row in guide.iter_rows()]
    (line,) = (line for line in lines if "ntm rules overlay fill" in line)
    assert printed(line) == [
        ["rules", "overlay", "fill", "qd 9.xlsx", "--criteria", str(own_set), "-o", "qd 9.overlay.yaml"]
    ]


def test_the_steps_in_a_yaml_draft_name_the_set(ntm: Ntm, own_set: Path, tmp_path: Path) -> None:
    out = tmp_path / "qd9.yaml"
    made = ntm("rules", "overlay", "new", "--criteria", own_set, "-o", out)
    assert printed(made.stdout) == [["rules", "check", str(out), "--criteria", str(own_set)]]
    assert printed(out.read_text(encoding="utf-8")) == [
        ["rules", "check", "qd9.yaml", "--criteria", str(own_set)],
        ["whatif", "DỮ-LIỆU", "--criteria", str(own_set), "--overlay", "qd9.yaml", "--out", "THƯ-MỤC"],
    ]


def test_of_the_bundled_set_nothing_is_named_that_is_not_needed(ntm: Ntm, tmp_path: Path) -> None:
    out = tmp_path / "quyết-định.xlsx"
    made = ntm("rules", "overlay", "new", "-o", out)
    assert f"ntm rules overlay fill {out} -o {tmp_path / 'quyết-định.overlay.yaml'}" in made.stdout
    assert "--criteria" not in made.stdout


def test_without_a_command_the_guide_still_tells_how(tiny: Tiny) -> None:
    loaded = tiny.load()
    use_language("en")
    try:
        book = Sheets(form(loaded, pending_places(loaded))).book
    finally:
        use_language(None)
    lines = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert "Then run: ntm rules overlay fill FILE.xlsx -o FILE.yaml" in lines
