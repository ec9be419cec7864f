"""Rows written many at once are the rows written cell by cell: values, looks, heights, and all around them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from ntm_rules.report.xlsx import book as book_module
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.runs.batch import BatchAsked, write_batch
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.spreadsheet import bulk_sheets as bulk_module
from ntm_rules.spreadsheet.bulk_rows import MOST_ROWS, AlikeCells, BulkColumn, BulkRows, column_of
from ntm_rules.spreadsheet.bulk_sheets import BulkSheets
from ntm_rules.spreadsheet.files import opened
from tests.conftest import SAMPLES
from tests.report.generated import reports


def cell_of(cell: Any) -> tuple[Any, ...]:
    look = (cell.font.b, cell.font.color and cell.font.color.rgb, cell.fill.fgColor.rgb, cell.border.left.style)
    return cell.value, cell.data_type, cell.number_format, cell.alignment.wrap_text, look


def content(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for sheet in openpyxl.load_workbook(path):
        found[sheet.title] = {
            "cells": {cell.coordinate: cell_of(cell) for row in sheet.iter_rows() for cell in row},
            "heights": {row: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)},
            "around": (sheet.auto_filter.ref, sheet.freeze_panes, sorted(map(str, sheet.merged_cells.ranges))),
            "size": (sheet.max_row, sheet.max_column),
        }
    return found


@pytest.mark.long
def test_the_workbook_of_a_run_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = open_rulebook(LawAsked(overlays=[SAMPLES / "minh-hoa.overlay.yaml"]))
    data = [reports(tmp_path / "a.csv", 5), SAMPLES / "lai-chau-2026-tinh.xlsx"]
    for name, most in (("slow", 10**9), ("bulk", 1)):
        monkeypatch.setattr(book_module, "BULK_FROM", most)
        write_batch(rulebook, data, tmp_path / name, BatchAsked(years=[2026]))
    slow, bulk = (content(tmp_path / name / "ket-qua.xlsx") for name in ("slow", "bulk"))
    assert list(slow) == list(bulk)
    for sheet, found in slow.items():
        assert bulk[sheet] == found, sheet
    for read in ("slow", "bulk"):
        workbook = CalamineWorkbook.from_path(str(tmp_path / read / "ket-qua.xlsx"))
        rows = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
        assert len(rows) == len(slow)
        assert any(len(sheet) > 100 for sheet in rows.values())


TEXTS = [
    "a & b < c > d",
    ' "quoted" ',
    "  led by spaces",
    "two\nlines",
    "\x07bell",
    "Đạt",
    "",
    "=1+1",
    "_x0007_",
    "a" * 32_000,
]


def written(path: Path, texts: list[str], monkeypatch: pytest.MonkeyPatch, most: int) -> list[list[Any]]:
    monkeypatch.setattr(book_module, "BULK_FROM", most)
    with BulkSheets(path) as bulk, opened(path, "t") as file:
        book = Book(file, About([], []), bulk)
        sheet, row = book.sheet("one", "title", [10, 10])
        columns = [
            column_of((text, book.text) for text in texts),
            column_of((at / 3, book.whole) for at in range(len(texts))),
        ]
        assert book.rows(sheet, BulkRows(row, columns, book.heights(columns[:1], [10]))) == row + len(texts)
        sheet.write_string(row + len(texts), 0, "below", book.text)
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["one"].iter_rows()]


def test_texts_of_every_kind_are_written_as_xlsxwriter_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, bulk = (written(tmp_path / f"{most}.xlsx", TEXTS, monkeypatch, most) for most in (10**9, 1))
    assert bulk == slow


def test_the_same_rows_make_the_same_bytes_and_leave_nothing_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        written(path, TEXTS, monkeypatch, 1)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.xlsx", "2.xlsx"]
    assert zipfile.ZipFile(first).testzip() is None


def test_what_a_sheet_has_no_room_for_is_told_and_left_to_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ROWS == 2**20, "of a sheet of Excel; a thousand show the same"
    room = 1000
    monkeypatch.setattr(book_module, "MOST_ROWS", room)
    path = tmp_path / "a.xlsx"
    with BulkSheets(path) as bulk, opened(path, "t") as file:
        book = Book(file, About([], []), bulk)
        sheet, row = book.sheet("one", "title", [10])
        columns = [column_of([("x", book.text)] * room)]
        book.rows(sheet, BulkRows(row, columns), "gaps.csv")
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("one").to_python()
    assert len(rows) == room
    assert "gaps.csv" in rows[-1][0]
    assert rows[-2] == ["x"]


def test_a_workbook_that_keeps_no_rows_for_later_has_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_module, "BULK_FROM", 2)
    path = tmp_path / "a.xlsx"
    with opened(path, "t") as file:
        book = Book(file, About([], []))
        sheet, row = book.sheet("one", "title", [10])
        book.rows(sheet, BulkRows(row, [column_of((text, book.text) for text in "abc")]))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("one").to_python()
    assert rows[-3:] == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize("many", [2, 10])
def test_parts_one_below_the_other_are_the_rows_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(book_module, "BULK_FROM", 3)
    monkeypatch.setattr(bulk_module, "_MANY", many)
    path, texts, numbers = tmp_path / "a.xlsx", [f"<{at}>" for at in range(12)], [at / 7 for at in range(12)]
    with BulkSheets(path) as bulk, opened(path, "t") as file:
        book = Book(file, About([], []), bulk)
        sheet, row = book.sheet("one", "title", [10, 10])
        first, start = row, 0
        for size in (5, 2, 0, 4, 1):
            end = start + size
            alike = BulkColumn(np.arange(start, end, dtype=np.int32), AlikeCells(texts, book.text))
            looks = [book.whole if at % 2 else book.text for at in range(start, end)]
            column = column_of(zip(numbers[start:end], looks, strict=True))
            row, start = book.rows(sheet, BulkRows(row, [alike, column]), "", len(texts) - end), end
    cells = openpyxl.load_workbook(path)["one"].iter_rows(min_row=first + 1)
    found = [tuple(cell.value for cell in row) for row in cells]
    assert found == [(text, pytest.approx(number)) for text, number in zip(texts, numbers, strict=True)]


@pytest.mark.parametrize("many", [1, 10**9])
def test_of_parts_too_many_for_a_sheet_all_that_is_left_out_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(book_module, "BULK_FROM", many)
    monkeypatch.setattr(book_module, "MOST_ROWS", 20)
    path, sizes = tmp_path / "a.xlsx", (9, 12, 3)
    with BulkSheets(path) as bulk, opened(path, "t") as file:
        book = Book(file, About([], []), bulk)
        sheet, row = book.sheet("one", "title", [10])
        first, following = row, sum(sizes)
        for number, size in enumerate(sizes):
            following -= size
            cells = column_of([(f"{number}", book.text)] * size)
            row = book.rows(sheet, BulkRows(row, [cells]), "gaps.csv", following)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("one").to_python()
    room = 19 - first
    assert [text for (text,) in rows[first:19]] == ["0"] * 9 + ["1"] * (room - 9)
    assert (len(rows), f"{sum(sizes) - room} " in rows[19][0], "gaps.csv" in rows[19][0]) == (20, True, True)
