"""`ntm rules book`: what it writes, what it says, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.describe import resolved_hash
from tests.conftest import ILLUSTRATIVE, Ntm, results_in
from tests.report.book.conftest import Files
from tests.rulebook.tiny import RULES_2, Tiny


def files_in(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in results_in(folder) if path.name != "ntm-book.json"}


@pytest.mark.long
def test_it_writes_the_book_in_vietnamese_unless_asked_otherwise(
    ntm: Ntm, tmp_path: Path, plain: Files, lai_chau: CriteriaSet
) -> None:
    run = ntm("rules", "book", "-o", tmp_path / "sach")
    assert (run.returncode, run.stderr) == (0, "")
    assert f"Đã ghi {len(plain) - 1} trang vào {tmp_path / 'sach'}" in run.stdout
    assert files_in(tmp_path / "sach") == plain
    assert json.loads((tmp_path / "sach" / "ntm-book.json").read_text(encoding="utf-8"))["book"] == {
        "set": "lai-chau-2026-2030",
        "version": lai_chau.version,
        "as_of": "2026-12-31",
        "known_on": None,
        "overlays": [],
        "illustrative": False,
        "hash": resolved_hash(lai_chau),
        "language": "vi",
    }


@pytest.mark.long
def test_it_lays_overlays_on_and_warns_of_invented_targets(ntm: Ntm, tmp_path: Path, illustrative: Files) -> None:
    run = ntm("rules", "book", "--out", tmp_path, "--overlay", ILLUSTRATIVE, "--lang", "en")
    assert run.returncode == 0
    assert "ILLUSTRATIVE - NOT LAW" in run.stdout
    assert files_in(tmp_path) == illustrative


def test_it_says_which_pages_of_the_earlier_book_went(
    ntm: Ntm, tiny: Tiny, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("sach")
    command = ("rules", "book", "--criteria", tiny.folder, "-o", out, "--lang", "en")
    assert ntm(*command).returncode == 0
    assert (out / "chi-tieu-2-1.html").exists()
    tiny.change(RULES_2, '- id: "2.1"', '- id: "2.9"')
    assert "Pages of the earlier book removed: chi-tieu-2-1.html" in ntm(*command).stdout
    assert not (out / "chi-tieu-2-1.html").exists()
    assert (out / "chi-tieu-2-9.html").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "{full}"], "is not empty and holds no earlier book"),
        (["-o", "{new}", "--as-of", "2031-01-01"], "The criteria set covers 2026 to 2030"),
        (["-o", "{new}", "--as-of", "tomorrow"], "--as-of"),
        (["-o", "{new}", "--criteria", "nowhere"], "No criteria set"),
        ([], "Missing: "),
    ],
)
def test_what_it_cannot_do_it_says_in_words_and_writes_nothing(
    ntm: Ntm, tmp_path: Path, arguments: list[str], words: str
) -> None:
    full, new = tmp_path / "full", tmp_path / "new"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    run = ntm("rules", "book", *(a.format(full=full, new=new) for a in arguments), NTM_LANG="en")
    assert run.returncode == 2
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert not new.exists()
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
