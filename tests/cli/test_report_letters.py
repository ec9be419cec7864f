"""`ntm report letters`: which files it writes, for whom, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_rules.office_files import DAY_OF_WRITING, MAKER
from tests.conftest import SAMPLE, Ntm, results_in
from tests.report.word.opened import opened

TABLE = SAMPLE.parent / "lai-chau-2026.csv"
COMMAND = ("report", "letters", TABLE)


@pytest.mark.long
def test_all_writes_a_letter_each_and_the_table_of_who_handed_in(ntm: Ntm, tmp_path: Path) -> None:
    run = ntm(*COMMAND, "--all", "--by", "15/01/2027", "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len([name for name in names if name.startswith("xa-")]) == 36
    assert {"co-quan-so-y-te.docx", "theo-doi-nop.docx", "theo-doi-nop.xlsx"} <= set(names)
    assert "Xã có phiếu dùng được: 36/36" in run.stdout
    assert any("trước ngày 15/01/2027" in p.text for p in opened(tmp_path / "xa-03430.docx").paragraphs)
    rows = list(openpyxl.load_workbook(tmp_path / "theo-doi-nop.xlsx").worksheets[0].iter_rows(values_only=True))
    first = next(at for at, row in enumerate(rows) if row[0] == "03390")
    assert len(rows) - first == 36
    said = openpyxl.load_workbook(tmp_path / "theo-doi-nop.xlsx").properties
    assert (said.created, said.lastModifiedBy) == (DAY_OF_WRITING.replace(tzinfo=None), MAKER), (
        "the same bytes every day, and known as ours"
    )
    assert rows[first][:6] == ("03390", "Bình Lư", "Có phiếu dùng được", 1, 0, 0)
    assert rows[first][9] == "xa-03390.docx"


@pytest.mark.parametrize("commune", ["03430", "3430", "Khun Há"])
def test_one_commune_is_named_by_code_or_name(ntm: Ntm, tmp_path: Path, commune: str) -> None:
    run = ntm(*COMMAND, "--commune", commune, "--agency", "so-y-te", "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in results_in(tmp_path)) == ["co-quan-so-y-te.docx", "xa-03430.docx"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--commune", "99999"), "Không có xã 99999"),
        (("--agency", "so-khong-co"), "so-y-te"),
        ((), "--all"),
        (("--all", "--commune", "03430"), "--all"),
    ],
)
def test_nobody_known_is_refused_and_nothing_written(
    ntm: Ntm, tmp_path: Path, said: tuple[str, ...], words: str
) -> None:
    run = ntm(*COMMAND, *said, "-o", tmp_path / "out")
    assert run.returncode == 2
    assert words in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_letter_that_a_person_has_changed_is_not_replaced(ntm: Ntm, tmp_path: Path) -> None:
    own = tmp_path / "xa-03430.docx"
    own.write_bytes(b"cua toi")
    run = ntm(*COMMAND, "--commune", "03430", "-o", tmp_path)
    assert run.returncode == 2
    assert own.read_bytes() == b"cua toi"
