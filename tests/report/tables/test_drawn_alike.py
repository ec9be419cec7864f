"""A sheet, a paper, a CSV file and the screen show the same cells of the same table."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from rich.console import Console

from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.report.large_tables import write_parts
from ntm_rules.report.tables.table import SAME, Cell, Coded, Column, Kind, Pair, Table, Term, code_of, words_of
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_table
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.tables import add_sheet
from ntm_rules.spreadsheet.files import opened
from tests.report.word.opened import cells
from tests.report.word.opened import opened as opened_paper


def in_sheet(column: Column, cell: Cell) -> object:
    """Return what a spreadsheet program finds in a cell: numbers as numbers, the words of anything else."""
    if isinstance(cell, Verdict):
        return str(cell.letter) if column.kind is Kind.LETTER else str(cell.label)
    if isinstance(cell, Fraction):
        return float(nearest_to(cell * 100, 1))
    if isinstance(cell, int | Decimal):
        return float(cell)
    return words_of(cell) or None


def test_a_sheet_holds_numbers_as_numbers_and_the_words_of_all_else(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with opened(path, "Bảng") as file:
        add_sheet(Book(file, About([], [])), "Bảng", "Bảng", table.wide(*[20] * len(table.columns)))
    _title, heads, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert [head or "" for head in heads] == table.heads
    drawn = [[float(cell) if isinstance(cell, int) else cell or None for cell in row] for row in rows]
    assert drawn == [
        [in_sheet(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows
    ]


def test_a_sheet_of_coded_columns_is_the_sheet_of_the_same_rows(table: Table, tmp_path: Path) -> None:
    different = [list({key(cell): cell for cell in cells}.values()) for cells in table.cells]
    coded = [
        Coded(np.array([list(map(key, known)).index(key(cell)) for cell in cells], np.int32), known)
        for cells, known in zip(table.cells, different, strict=True)
    ]
    for name, kept in (("rows", table.cells), ("coded", coded)):
        with opened(tmp_path / name, "Bảng") as file:
            drawn = Table(table.columns, kept, table.roles).wide(*[20] * len(table.columns))
            add_sheet(Book(file, About([], [])), "Bảng", "Bảng", drawn)
    assert (tmp_path / "coded").read_bytes() == (tmp_path / "rows").read_bytes()


def key(cell: Cell) -> tuple[type, Cell]:
    """Tell cells apart that are equal and are not the same, as a verdict is its number."""
    return type(cell), cell


def test_a_paper_has_the_words_of_every_cell(table: Table, tmp_path: Path) -> None:
    paper, path = Paper("Bảng"), tmp_path / "table.docx"
    add_table(paper, "Bảng", table.wide(*[20] * len(table.columns)))
    path.write_bytes(paper.bytes())
    heads, *rows = cells(opened_paper(path).tables[0])
    if any(column.over for column in table.columns):
        assert heads == [column.over or column.head for column in table.columns]
        heads = rows.pop(0)
    assert heads == table.heads
    above, words = [""] * len(heads), []
    for row in table.rows:
        above = [over if cell is SAME else words_of(cell) for cell, over in zip(row, above, strict=True)]
        words.append(above)
    assert rows == words


def test_a_csv_file_has_the_codes_of_every_cell_for_programs(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_parts(path, [table])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        keys, *rows = csv.reader(stream)
    shown = table.only(*(column.key for column in table.columns if not column.for_people))
    assert keys == shown.keys
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == [
        [str(code_of(cell)) for cell in row] for row in shown.rows
    ]


def test_the_screen_has_the_words_of_every_cell(table: Table) -> None:
    shown = table.first(5)
    console = Console(width=20_000, record=True, file=io.StringIO())
    console.print(on_screen(shown))
    heads, *lines = console.export_text().splitlines()
    assert heads.split() == " ".join(table.heads).split()
    for line, row in zip(lines, shown.rows, strict=True):
        words = [
            str(cell.letter) if column.kind is Kind.LETTER and isinstance(cell, Verdict) else words_of(cell)
            for column, cell in zip(shown.columns, row, strict=True)
        ]
        assert line.split() == " ".join(words).split()


def test_the_screen_says_before_and_after_once_where_they_are_the_same() -> None:
    table = Table.of([Column("verdict")], [[Pair(Verdict.MET, Verdict.MET)], [Pair(None, Verdict.NOT_MET)]])
    console = Console(width=60, record=True, file=io.StringIO())
    console.print(on_screen(table, nothing="-"))
    _head, *lines = console.export_text().splitlines()
    assert [line.strip() for line in lines] == [str(Verdict.MET.label), f"- → {Verdict.NOT_MET.label}"]


@pytest.mark.parametrize(
    ("cell", "words", "code"),
    [
        (None, "", ""),
        (0, "0", 0),
        (Decimal("1234.50"), "1.234,5", "1234.5"),
        (Fraction(1, 3), "33,3%", "0.3333"),
        (Verdict.NO_DATA, str(Verdict.NO_DATA.label), "NO_DATA"),
        (Term("nhom-1", "Nhóm 1"), "Nhóm 1", "nhom-1"),
        (Pair(Verdict.MET, Term("nhom-1", "Nhóm 1")), f"{Verdict.MET.label} → Nhóm 1", "MET → nhom-1"),
        (Pair(3, 3), "3", "3"),
        (SAME, "", ""),
    ],
)
def test_people_read_words_and_programs_codes(cell: Cell, words: str, code: str | int) -> None:
    assert (words_of(cell), code_of(cell)) == (words, code)
