"""What is read in the program's own process, and what in another: the same comes back, and a bad file costs itself."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ntm_rules.dataset.files import file_reading, harmless, parquet_files
from ntm_rules.dataset.files.harmless import harmless_text
from ntm_rules.dataset.workbooks.workbook_files import sheets_of
from tests.dataset.conftest import LONG, Read, codes, only, reported

ROW = f"{LONG}\n03394;;2026;club_count;3;;;;\n"


def parquet() -> bytes:
    stream = io.BytesIO()
    columns = {"commune_code": ["03405"], "year": [2026], "club_count": [4]}
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that another process was asked to read."""
    files: list[str] = []
    read_apart = file_reading.read_apart

    def noted(source, *more):  # type: ignore[no-untyped-def]  # as the function it stands before
        files.append(source.name)
        return read_apart(source, *more)

    monkeypatch.setattr(file_reading, "read_apart", noted)
    return files


def test_ordinary_files_are_read_here(read: Read, asked: list[str]) -> None:
    read.form(("club_count", 3))
    read(b_csv=ROW)
    assert asked == []


def test_a_parquet_file_is_read_apart(read: Read, asked: list[str]) -> None:
    assert reported(read(a_parquet=parquet()), "club_count", "03405").written == "4"
    assert asked == ["a.parquet"]


def test_both_ways_of_reading_a_form_say_the_same(
    read: Read, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (("club_count", 3), ("water_share", "", 5, 9), ("balance", "1.234"), ("nothing", 1))
    here = read.form(*rows)
    monkeypatch.setattr(harmless, "MOST_DECLARED", 0)
    assert read() == here  # the same file: one written again tells another second
    assert (here.problems != [], asked) == (True, ["a.xlsx"])


def test_a_workbook_that_is_large_inside_is_read_apart(read: Read, asked: list[str]) -> None:
    read(a_xlsx=with_sheet(b" " * (9 << 20)))
    assert asked == ["a.xlsx"]


CELLS = (
    b"<c r='ZZ9999'><v>1</v></c>",
    b'<c s="1" r="ZZ9999"><v>1</v></c>',
    b'<c r="ZZ9999"><v>1</v></c>',
    b'<x:c r="ZZ9999"><v>1</v></x:c>',
    b'<c r="&#90;Z9999" t="str"><v></v></c>',
)


@pytest.mark.parametrize("cell", CELLS)
def test_a_sheet_that_spans_much_is_read_apart_whichever_way_a_far_cell_is_written(
    read: Read, asked: list[str], cell: bytes
) -> None:
    sheet = b'<worksheet xmlns:x="y"><sheetData><row r="9999">' + cell + b"</row></sheetData></worksheet>"
    read(a_xlsx=with_sheet(sheet, whole=True))
    holds_nothing = b"<v></v>" in cell or b"x:c" in cell  # an empty text; a cell of another program's own
    assert asked == ([] if holds_nothing else ["a.xlsx"])


def test_text_files_are_read_here_while_they_are_small_and_their_lines_short() -> None:
    assert harmless_text(b"a;b\n" * 1000)
    assert harmless_text(b"x" * 65_536)
    assert not harmless_text(b"a;b\n" + b"x" * 65_537)
    assert not harmless_text(b"a;b\n" * 600_000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="what is put in place here reaches only a copy of this process")
@pytest.mark.parametrize(
    ("ends", "code"), [(os.abort, "file-ends-reader"), (lambda: bytearray(1 << 40), "file-takes-memory")]
)
def test_a_file_that_ends_its_reader_loses_itself_alone(
    read: Read, monkeypatch: pytest.MonkeyPatch, ends: object, code: str
) -> None:
    def fatal(_data: bytes, file: str, *more: object) -> object:
        assert callable(ends)
        return ends() if file.startswith("b") else whole(_data, file, *more)

    whole = parquet_files.read_parquet
    monkeypatch.setattr(parquet_files, "read_parquet", fatal)
    dataset = read(a_csv=ROW, b_parquet=b"PAR1", c_parquet=parquet())
    problem = only(dataset)
    assert (problem.code, problem.file, problem.severity) == (code, "b.parquet", "error")
    assert [record.code for record in dataset.records] == ["03394", "03405"]
    assert problem.mend().render("vi").startswith("Chép riêng phần số liệu")


def test_sheets_of_a_workbook_come_back_from_another_process_as_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from ntm_rules.dataset.files.reader_process import answer_of

    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["a", 1.5, True, None, "=1/0"])
    workbook.save(tmp_path / "a.xlsx")
    data = (tmp_path / "a.xlsx").read_bytes()
    here = sheets_of(data, "a.xlsx")
    monkeypatch.setattr(harmless, "MOST_DECLARED", 0)
    assert answer_of(sheets_of, data, "a.xlsx", size=len(data)) == here


def with_sheet(content: bytes, *, whole: bool = False) -> bytes:
    """A workbook with one sheet, in which something stands after the cells, or nothing else."""
    workbook, stream, again = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    workbook.save(stream)
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part * (not whole) + content if name.endswith("sheet1.xml") else part)
    return again.getvalue()


def test_near_matches_are_not_looked_for_without_end(read: Read) -> None:
    dataset = read.long(*(f"03394;;2026;club_cout{n};1;;;;" for n in range(510)))
    assert codes(dataset) == ["measure-unknown"] * 510
    near = [problem.parameters["nearest"] for problem in dataset.problems]
    assert (near[499], near[500]) == ("club_count", "")
