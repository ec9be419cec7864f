"""Files and folders: which are read, under which names, and every format says the same."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ntm_rules.dataset import reading
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset, State
from tests.commune_workbooks import Cell, write_commune_workbook
from tests.dataset.conftest import LONG, Read, codes, only

ROW = f"{LONG}\n03394;;2026;club_count;3;;;;\n"


def test_a_folder_stands_for_its_files_and_one_level_below(read: Read) -> None:
    for name in ("b.csv", "sub/a.csv", "sub/deeper/c.csv", ".hidden/d.csv"):
        place = read.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(ROW + f"03405;;2026;balance;{len(name)};;;;\n", encoding="utf-8")
    for name in ("~$b.xlsx", "sub/~$b.xlsx", ".x.csv", "README.md", "ghi-chu.txt"):
        (read.folder / name).write_bytes(b"x")
    dataset = read()
    assert [file.name for file in dataset.inputs] == ["b.csv", "sub/a.csv"]
    assert {problem.file for problem in dataset.problems} == {"sub/a.csv", "sub/deeper"}
    deeper = next(problem for problem in dataset.problems if problem.file == "sub/deeper")
    assert (deeper.code, deeper.severity) == ("folder-too-deep", "error")


def test_other_kinds_of_files_are_named(read: Read) -> None:
    for name in ("a.csv", "b.xls", "c.ods", "d.docx", "e"):
        (read.folder / name).write_text(ROW, encoding="utf-8")
    dataset = read()
    assert [(p.file, p.code) for p in dataset.problems] == [
        ("b.xls", "xls-old"),
        ("c.ods", "file-of-another-spreadsheet"),
        ("d.docx", "file-is-a-text"),
        ("e", "file-type-unsupported"),
    ]
    assert len(dataset.records) == 1


def test_nothing_to_read_is_a_problem(read: Read, questionnaire: Questionnaire) -> None:
    assert codes(read()) == ["folder-without-data"]
    assert codes(read_dataset([read.folder / "không có"], questionnaire)) == ["file-not-found"]
    assert read_dataset([], questionnaire) == Dataset([], [], [])


def test_what_was_read_is_recorded(read: Read) -> None:
    (file,) = read(a_csv=ROW).inputs
    assert (file.name, file.size) == ("a.csv", len(ROW))
    assert file.sha256 == hashlib.sha256(ROW.encode()).hexdigest()


def test_the_same_content_twice_counts_once(read: Read) -> None:
    dataset = read(a_csv=ROW, b_csv=ROW)
    problem = only(dataset)
    assert (problem.code, problem.file, problem.parameters["other"]) == ("same-content", "b.csv", "a.csv")
    assert len(dataset.inputs) == 2


def test_a_file_that_cannot_be_opened_is_told(read: Read) -> None:
    (read.folder / "a.csv").symlink_to(read.folder / "a.csv")
    assert codes(read())[-1] in ("file-unreadable", "file-not-found")


def test_names_do_not_say_where_the_folder_lies(read: Read, tmp_path: Path, questionnaire: Questionnaire) -> None:
    here = read(a_csv=ROW + "03394;;2026;balance;x;;;;\n", b_xlsx=b"PK broken")
    moved = tmp_path / "elsewhere" / "khác"
    shutil.copytree(read.folder, moved)
    assert read_dataset([moved], questionnaire) == here


def test_several_folders_are_told_apart(tmp_path: Path, questionnaire: Questionnaire) -> None:
    for folder, value in (("2026", 3), ("2027", 4)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(f"{LONG}\n03394;;{folder};club_count;{value};;;;\n", encoding="utf-8")
    dataset = read_dataset([tmp_path / "2026", tmp_path / "2027"], questionnaire)
    assert [file.name for file in dataset.inputs] == ["2026/a.csv", "2027/a.csv"]
    both = read_dataset([tmp_path / "2026" / "a.csv", tmp_path / "2027" / "a.csv"], questionnaire)
    assert [file.name for file in both.inputs] == ["2026/a.csv", "2027/a.csv"]


def test_progress_is_told_file_by_file(read: Read) -> None:
    read(a_csv=ROW, b_csv=ROW + "\n", c_csv=ROW + "\n\n")
    told: list[tuple[int, int]] = []
    read_dataset([read.folder], read.questionnaire, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_file_with_endless_problems_is_cut_short(read: Read) -> None:
    rows = "".join(f"03394;;2026;club_count;x{n};;;;\n" for n in range(6_000))
    dataset = read(a_csv=f"{LONG}\n{rows}")
    assert len(dataset.problems) == 5_001
    assert dataset.problems[-1].code == "too-many-problems"
    assert dataset.problems[-1].parameters["count"] > 900


SHEETS = {
    ("03394", 2026): {
        "water_share": Cell("79,95", document="12/BC-UBND"),
        "canal_share": Cell(None, Decimal("12.5"), Decimal("20.25")),
        "income_growth": Cell(Decimal("45.25")),
        "balance": Cell(Decimal("-2.5")),
        "plan_published": Cell("Có"),
        "school_ruling": Cell("Chưa có kết luận"),
        "digital_grade": Cell("Khá"),
    },
    ("03394", 2027): {"water_share": Cell(None, 29, 100), "plan_published": Cell("Không")},
    ("03405", 2026): {"club_count": Cell(3), "canal_share": Cell(None, 0, 0), "school_ruling": Cell("không đạt")},
}


def flat(questionnaire: Questionnaire) -> tuple[list[str], list[list[object]]]:
    """The sheets as one wide table."""
    parts = ("", "__numerator", "__denominator", "__document")
    shares = {name for name, m in questionnaire.measures.items() if m.kind == "share"}
    header = ["commune_code", "commune", "year"]
    header += [n + p for n in questionnaire.measures for p in parts if n in shares or p in ("", "__document")]
    rows = []
    for (code, year), cells in SHEETS.items():
        row: list[object] = [code, questionnaire.communes[code].name, year]
        for name in questionnaire.measures:
            cell = cells.get(name, Cell())
            row += [cell.value, *(cell[1:3] if name in shares else ()), cell.document or None]
        rows.append(row)
    return header, rows


def as_text(value: object) -> str:
    return "" if value is None else str(value).replace(".", ",")


def as_csv(header: list[str], rows: list[list[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *(map(as_text, row) for row in rows)])
    return stream.getvalue()


def test_every_format_gives_the_same_records(tmp_path: Path, questionnaire: Questionnaire) -> None:
    header, rows = flat(questionnaire)
    long_header = LONG.split(";")
    long_rows: list[list[object]] = [
        [code, questionnaire.communes[code].name, year, name, *cell[:3], cell.document or None, None]
        for (code, year), cells in SHEETS.items()
        for name, cell in cells.items()
    ]
    (tmp_path / "long.csv").write_text(as_csv(long_header, long_rows), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(as_csv(header, rows), encoding="utf-8-sig")
    columns = {name: pa.array([r[at] for r in rows], from_pandas=False) for at, name in enumerate(header)}
    pq.write_table(pa.table(columns), tmp_path / "wide.parquet")
    texts = {name: [as_text(r[at]) or None for r in long_rows] for at, name in enumerate(long_header)}
    pq.write_table(pa.table(texts), tmp_path / "long.parquet")
    for name, table in (("wide.xlsx", [header, *rows]), ("long.xlsx", [long_header, *long_rows])):
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        for row in table:
            workbook.active.append(row)
        workbook.save(tmp_path / name)
    (tmp_path / "forms").mkdir()
    for code in ("03394", "03405"):
        sheets = {year: cells for (of, year), cells in SHEETS.items() if of == code}
        path = tmp_path / "forms" / f"{code}.xlsx"
        write_commune_workbook(path, questionnaire.communes[code], sheets, questionnaire)

    expected = read_dataset([tmp_path / "long.csv"], questionnaire)
    assert not expected.problems
    assert [(r.code, r.year, len(r.values)) for r in expected.records] == [
        ("03394", 2026, 7),
        ("03394", 2027, 2),
        ("03405", 2026, 3),
    ]
    for name in ("wide.csv", "wide.parquet", "long.parquet", "wide.xlsx", "long.xlsx", "forms"):
        dataset = read_dataset([tmp_path / name], questionnaire)
        assert (name, dataset.problems, dataset.records) == (name, [], expected.records)


def test_many_files_read_the_same_in_several_processes(
    read: Read, monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire
) -> None:
    for n in range(70):
        extra = "".join(f"03405;;{year};club_count;{n};;;;\n" for year in (2026, 2027))
        (read.folder / f"{n:02}.csv").write_text(ROW + extra, encoding="utf-8")
    (read.folder / "99.xlsx").write_bytes(b"PK broken")
    alone = read()
    assert len(alone.problems) > 70
    monkeypatch.setattr(reading, "PARALLEL_FROM", 2)
    assert read_dataset([read.folder], questionnaire, jobs=2) == alone


def test_without_other_processes_it_reads_alone(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    read(a_csv=ROW, b_csv=ROW + "\n")
    monkeypatch.setattr(reading, "PARALLEL_FROM", 2)
    monkeypatch.setattr(sys, "executable", "")
    dataset = read_dataset([read.folder], read.questionnaire, jobs=2)
    assert codes(dataset) == ["repeated"]


LITTER = (
    "desktop.ini", "Desktop.ini", "Thumbs.db", "ehthumbs.db", ".DS_Store", "._phieu.xlsx", "~$phieu.xlsx", "phieu.xlsx~",
    ".~lock.phieu.xlsx#", "1A2B3C00.tmp", "~DF12AB.TMP", "__MACOSX/._phieu.xlsx", "__MACOSX/phieu.xlsx",
    "$RECYCLE.BIN/phieu.xlsx", "sub/desktop.ini", "sub/__MACOSX/phieu.xlsx",
)  # fmt: skip


def test_what_systems_and_office_programs_leave_in_a_folder_is_passed_over(read: Read) -> None:
    for name in LITTER:
        place = read.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"[.ShellClassInfo]\r\n")
    dataset = read(a_csv=ROW)
    assert (codes(dataset), [file.name for file in dataset.inputs]) == ([], ["a.csv"])


FORM, EXCEL, UNPACK = "Copy its figures into the form", "Open it in Excel", "Unpack it first"


@pytest.mark.parametrize(
    ("name", "code", "mend"),
    [
        ("phieu.pdf", "file-is-a-paper", FORM),
        ("anh.JPG", "file-is-a-paper", FORM),
        ("bao-cao.docx", "file-is-a-text", FORM),
        ("phieu.zip", "file-is-packed", UNPACK),
        ("phieu.rar", "file-is-packed", UNPACK),
        ("phieu.ods", "file-of-another-spreadsheet", EXCEL),
        ("phieu.xlsx.crdownload", "file-type-unsupported", "Remove it"),
        ("phieu.ini", "file-type-unsupported", "Remove it"),
        ("phieu.lnk", "file-type-unsupported", "Remove it"),
    ],
)
def test_other_files_that_are_not_read_are_told_with_advice_that_fits(
    read: Read, name: str, code: str, mend: str
) -> None:
    (read.folder / name).write_bytes(b"x")
    problem = only(read(a_csv=ROW))
    assert (problem.code, problem.file) == (code, name)
    assert problem.mend().render("en").startswith(mend)


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7", "file-is-a-paper"),
        (b"\xff\xd8\xff\xe0 JFIF", "file-is-a-paper"),
        (b"{\\rtf1 }", "file-is-a-text"),
        (_zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "file-is-a-text"),
        (_zip("phieu/03394.xlsx"), "file-is-packed"),
        (b"Rar!\x1a\x07", "file-is-packed"),
        (b"abc", "not-a-workbook"),
    ],
)
def test_what_is_called_a_workbook_and_is_none_is_told_for_what_it_is(read: Read, data: bytes, code: str) -> None:
    assert only(read(a_xlsx=data)).code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(read: Read) -> None:
    os.mkfifo(read.folder / "a.csv")
    assert codes(read()) == ["file-unreadable"]


def test_a_table_in_which_no_figure_stands_says_so(tmp_path: Path, questionnaire: Questionnaire) -> None:
    file = tmp_path / "a.csv"
    file.write_text("commune_code,commune,year,measure,value\n03394,,2026,club_count,\n", "utf-8")
    dataset = read_dataset([file], questionnaire)
    assert [problem.code for problem in dataset.problems] == ["nothing-reported"]


def test_a_workbook_of_one_sheet_a_year_is_read_and_known_to_be_invented(
    folder: Path, questionnaire: Questionnaire
) -> None:
    sheets = {
        2027: {"water_share": Cell(None, 29, 100, "12/BC-UBND", "ghi chú")},
        2026: {
            "plan_published": Cell(True),
            "club_count": Cell("=1+1"),
            "balance": Cell(Decimal("0.1234567890123456789")),
        },
    }
    path = folder / "03394.xlsx"
    write_commune_workbook(path, questionnaire.communes["03394"], sheets, questionnaire, illustrative=True)
    dataset = read_dataset([path], questionnaire)
    assert dataset.illustrative
    assert dataset.years() == (2026, 2027)
    record = dataset.record("03394", 2027)
    assert record is not None
    assert record.get("water_share") == (State.PRESENT, 29, 100, True, "12/BC-UBND", "29/100", "ghi chú")
    record = dataset.record("03394", 2026)
    assert record is not None
    assert record.get("plan_published").written == "Có"
    assert record.get("balance").value == 1_234_565  # six decimals and the sticky one
    assert [(p.code, p.value) for p in dataset.problems] == [("not-a-number", "=1+1")]
