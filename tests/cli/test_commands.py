"""The other commands, their help, their languages and what they say of a wrong command line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from ntm_rules import __version__
from ntm_rules.errors import NtmError
from ntm_rules.evaluation import engines
from ntm_rules.i18n import Message
from tests.conftest import SAMPLE, SAMPLES, Ntm, results_in

COMMANDS: list[tuple[str, ...]] = [
    (),
    ("template",),
    ("batch",),
    ("assess",),
    ("explain",),
    ("whatif",),
    ("report",),
    ("report", "self-assessment"),
    ("report", "province"),
    ("report", "agency"),
    ("report", "html"),
    ("rules",),
    ("rules", "show"),
    ("rules", "test"),
    ("rules", "diff"),
    ("rules", "book"),
    ("rules", "check"),
    ("rules", "schema"),
    ("rules", "overlay"),
    ("rules", "overlay", "new"),
    ("rules", "overlay", "fill"),
    ("template",),
    ("report",),
    ("report", "self-assessment"),
    ("report", "province"),
    ("report", "agency"),
    ("report", "html"),
    ("measures",),
    ("doctor",),
    ("plan",),
    ("plan", "status"),
    ("plan", "deliverables"),
    ("plan", "agency"),
    ("plan", "report"),
]


HELPS = """
import contextlib, io, json, sys
from ntm_rules.__main__ import main
shown = {}
for command in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main([*command, "--help"])
    shown[" ".join(command)] = out.getvalue()
sys.stdout.buffer.write(json.dumps(shown).encode())
"""


@pytest.fixture(scope="module")
def helps() -> dict[str, dict[str, str]]:
    """Language -> command -> its help; the language of help is chosen once a process, so each has its own."""

    def shown(language: str) -> dict[str, str]:
        run = subprocess.run(
            [sys.executable, "-c", HELPS, json.dumps(COMMANDS)],
            capture_output=True,
            check=True,
            env={**os.environ, "NTM_LANG": language, "COLUMNS": "200"},
        )
        return dict(json.loads(run.stdout))

    return {language: shown(language) for language in ("vi", "en")}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_in_both_languages(helps: dict[str, dict[str, str]], command: tuple[str, ...]) -> None:
    vietnamese, english = helps["vi"][" ".join(command)], helps["en"][" ".join(command)]
    assert "Tùy chọn" in vietnamese
    assert "Options" in english
    assert "Hiện hướng dẫn này rồi dừng." in vietnamese
    assert "Show this message" in english


def test_version(ntm: Ntm, ntm_process: Ntm) -> None:
    assert ntm_process("--version").stdout == f"ntm-rules {__version__}\n"
    assert ntm("--lang", "en", "--version").stdout == f"ntm-rules {__version__}\n"


def test_doctor_finds_the_engines_and_the_criteria_set(ntm: Ntm) -> None:
    run = ntm("doctor", "--lang", "en")
    assert run.returncode == 0, run.stdout
    assert re.search(r"reference +✓ +one commune", run.stdout)
    assert re.search(r"columnar +✓ +any number of communes", run.stdout)
    assert "lai-chau-2026-2030: 45 indicators" in run.stdout
    assert "36 communes" in run.stdout


def test_measures_lists_every_figure_with_its_use(ntm: Ntm) -> None:
    found = json.loads(ntm("measures", "--format", "json").stdout)["measures"]
    shown = ntm("measures").stdout
    assert len(found) == 81
    for measure in found:
        assert measure["id"] in shown


def test_rules_show_prints_every_indicator_with_text_source_and_lead(ntm: Ntm) -> None:
    shown = " ".join(ntm("rules", "show").stdout.split())
    for words in ("8.1 Hệ thống thu gom", "Nguồn: 5434/KH-UBND, Phụ lục III, dòng 8.1", "10.4", "DK.3", "≥ 80%"):
        assert words in shown


@pytest.mark.parametrize(
    ("id_", "there", "elsewhere"), [("8", "8.5", "9.1"), ("8.1.b", "8.1.c", "8.2"), ("DK.2", "DK.2.b", "DK.1")]
)
def test_rules_show_takes_a_criterion_an_indicator_or_a_requirement(
    ntm: Ntm, id_: str, there: str, elsewhere: str
) -> None:
    shown = ntm("rules", "show", id_).stdout
    assert there in shown
    assert elsewhere not in shown


def test_rules_show_json_is_the_whole_set_or_one_indicator(ntm: Ntm) -> None:
    whole = json.loads(ntm("rules", "show", "--format", "json").stdout)
    assert sum(len(c["indicators"]) for c in whole["criteria"]) == 45
    one = json.loads(ntm("rules", "show", "8.1", "--format", "json").stdout)
    assert one["indicator"]["id"] == "8.1"
    assert [m["id"] for m in one["measures"]][:1] == ["solid_waste_system_exists"]


def test_rules_show_on_a_day_and_with_an_overlay(ntm: Ntm) -> None:
    shown = ntm("rules", "show", "6.1", "--overlay", SAMPLES / "minh-hoa.overlay.yaml", "--as-of", "31/12/2026").stdout
    assert "minh-hoa" in shown
    assert "MINH HỌA" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["btch"], "btch"),
        (["assess", "--foo", "x"], "Không có tùy chọn --foo"),
        (["assess", "x", "y"], "Thừa: y"),
        (["batch"], "Còn thiếu"),
        (["batch", str(SAMPLE)], "--out"),
        (["assess", "x", "--year", "abc"], "--year"),
        (["assess", "x", "--as-of", "31.12.2026"], "không phải là ngày"),
        (["rules", "show", "--as-of", "2031-01-01"], "không có nội dung nào có hiệu lực vào ngày 01/01/2031"),
        (["assess", "x", "--lang", "fr"], "vi, en"),
        (["rules", "show", "--format", "yaml"], "text, json"),
        (["rules", "show", "11.1"], "Không có chỉ tiêu 11.1"),
        (["rules", "show", "--criteria", "lai-chau"], "lai-chau-2026-2030"),
        (["batch", "khong-co", "--out", "x"], "Không có tệp hoặc thư mục khong-co"),
    ],
)
def test_a_wrong_command_line_is_told_in_vietnamese_and_ends_with_2(ntm: Ntm, arguments: list[str], words: str) -> None:
    run = ntm(*arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr


def test_a_broken_overlay_is_told_by_line_and_key(ntm: Ntm, tmp_path: Path) -> None:
    overlay = tmp_path / "hong.yaml"
    overlay.write_text("id: x\napplies_to: lai-chau-2026-2030\nsett: {}\n", encoding="utf-8")
    run = ntm("rules", "show", "--overlay", overlay)
    assert run.returncode == 2
    assert "dòng 3, sett: khóa lạ; có phải ý bạn là “set”?" in " ".join(run.stderr.split())


def test_nothing_to_evaluate_ends_with_2_and_says_why(ntm: Ntm, tmp_path: Path) -> None:
    data = tmp_path / "so-lieu.csv"
    data.write_text("commune_code,commune,year,measure,value\n99999,Nowhere,2026,online_procedures_share,90\n", "utf-8")
    run = ntm("batch", data, "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "99999" in run.stdout
    assert "Không đánh giá được" in run.stderr
    assert [path.name for path in results_in(tmp_path / "out")] == ["problems.csv"]


def test_a_result_that_cannot_be_written_is_told(ntm: Ntm, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    run = ntm("batch", SAMPLES / "lai-chau-2026.csv", "--out", tmp_path / "out")
    assert run.returncode == 2
    assert "là một tệp; hãy chọn một thư mục để ghi kết quả" in run.stderr
    (tmp_path / "folder" / "ket-qua.xlsx").mkdir(parents=True)
    run = ntm("batch", SAMPLES / "lai-chau-2026.csv", "--out", tmp_path / "folder")
    assert run.returncode == 2
    assert "ket-qua.xlsx là thư mục, trong khi cần ghi một tệp có tên đó" in run.stderr
    assert [path.name for path in results_in(tmp_path / "folder")] == ["ket-qua.xlsx"], "nothing else was replaced"


@pytest.mark.long
@pytest.mark.parametrize(
    "name", ["lai-chau-2026.csv", "lai-chau-2026-rong.csv", "lai-chau-2026.parquet", "lai-chau-2026-tinh.xlsx"]
)
def test_every_form_of_the_sample_gives_the_same_verdicts(ntm: Ntm, tmp_path: Path, name: str) -> None:
    for data, out in ((name, "a"), ("lai-chau-2026.csv", "b")):
        assert ntm("batch", SAMPLES / data, "--out", tmp_path / out).returncode == 0
    assert (tmp_path / "a" / "verdicts.csv").read_bytes() == (tmp_path / "b" / "verdicts.csv").read_bytes()


def test_several_years_stand_side_by_side_each_under_its_own_law(ntm: Ntm, tmp_path: Path) -> None:
    text = (SAMPLES / "lai-chau-2026.csv").read_text(encoding="utf-8-sig")
    later = text.replace(",2026,", ",2027,").replace(",2025,", ",2026,")
    (tmp_path / "later.csv").write_text(later, encoding="utf-8")
    run = ntm("batch", tmp_path / "later.csv", "--out", tmp_path / "out", "--year", "2026", "--year", "2027")
    assert run.returncode == 0
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [e["as_of"] for e in record["evaluated"]] == ["2026-12-31", "2027-12-31"]


LOOSENING = """\
id: noi-long
applies_to: lai-chau-2026-2030
title: {vi: Nới lỏng (minh họa), en: Loosened (illustrative)}
illustrative: true
promulgated: 2026-12-01
effective: {from: 2027-01-01}
set: {8.1.b: 50}
"""


@pytest.mark.long
def test_a_loosened_target_is_told_whichever_year_it_touches(ntm: Ntm, tmp_path: Path) -> None:
    (tmp_path / "noi-long.yaml").write_text(LOOSENING, encoding="utf-8")
    text = (SAMPLES / "lai-chau-2026.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "later.csv").write_text(text.replace(",2026,", ",2027,").replace(",2025,", ",2026,"), encoding="utf-8")
    told = "Văn bản noi-long nới lỏng 8.1.b: từ ≥ 80 thành ≥ 50"
    law = ["--overlay", tmp_path / "noi-long.yaml"]
    run = ntm("batch", tmp_path / "later.csv", "--out", tmp_path / "out", "--year", "2026", "--year", "2027", *law)
    assert told in run.stdout
    assert "Đã áp văn bản: " in run.stdout
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [e["notices"] for e in record["evaluated"]] == [
        ["Overlay noi-long is not in force on 31/12/2026 and is left out"],
        ["Overlay noi-long loosens 8.1.b: from ≥ 80 to ≥ 50"],
    ]
    assert [e["overlays"] for e in record["evaluated"]] == [[], ["noi-long"]]
    assert told in ntm("assess", tmp_path / "later.csv", "--commune", "3390", *law).stdout


def test_a_year_asked_for_without_figures_is_told_beside_the_others(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm("batch", SAMPLES / "lai-chau-2026.csv", "--out", tmp_path, "--year", "2026", "--year", "2029")
    assert run.returncode == 3
    assert "Không có số liệu năm 2029; có số liệu năm 2025, 2026." in run.stdout


@pytest.mark.long
@pytest.mark.parametrize("engine", ["reference", "columnar", "durable"])
def test_batch_gives_the_same_tables_on_every_engine(
    ntm: Ntm, tmp_path: Path, engine: str, sample_run: tuple[Path, object], request: pytest.FixtureRequest
) -> None:
    if engine == "durable":
        request.getfixturevalue("durable")
    expected, _ = sample_run
    assert ntm("batch", SAMPLE, "--out", tmp_path, "--engine", engine).returncode == 3
    for table in ("verdicts.csv", "gaps.csv", "summary.csv", "problems.csv"):
        assert (tmp_path / table).read_bytes() == (expected / table).read_bytes()
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["engine"] == engine


def test_an_unknown_engine_is_named_with_the_nearest(ntm: Ntm, tmp_path: Path) -> None:
    done = ntm("--lang", "en", "batch", SAMPLE, "--out", tmp_path, "--engine", "columner")
    assert done.returncode == 2
    assert "columnar" in done.stderr
    assert "Did you mean" in done.stderr


def test_batch_judges_with_the_engine_that_was_asked_for(
    ntm: Ntm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise NtmError(Message("{reason}", reason="this engine was asked"))

    asked = replace(engines.ENGINES["reference"], judge_all=refuse)
    monkeypatch.setattr(engines, "ENGINES", {**engines.ENGINES, "reference": asked})
    done = ntm("batch", SAMPLES / "lai-chau-2026.csv", "--out", tmp_path, "--engine", "reference")
    assert (done.returncode, "this engine was asked" in done.stderr) == (2, True)
