"""Tables drawn on sheets: each cell as what it is, in the look of its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypedDict, Unpack

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.packed_texts import PackedTexts
from ntm_rules.report.tables.table import Cell, Coded, Column, CountOf, FileLink, Kind, RowRole, Table, Term, words_of
from ntm_rules.report.xlsx.book import Book
from ntm_rules.spreadsheet import bulk_rows
from ntm_rules.text_columns import TextColumn


class How(TypedDict, total=False):
    """How the rows of a table are drawn, where not as usual."""

    plain: Collection[str]
    """Keys of the columns whose texts stay on one line."""
    tall: Mapping[str, float]
    """Key -> width in which the texts of a column are read whole, by the height of their rows; else all in their own."""
    file: str
    """The file of results that holds what a sheet has no room for."""
    count: int
    """How many rows there are; given where they are left to the file when they are too many for a workbook."""
    following: int
    """How many rows come below them in a table of its own."""
    blank: Format | None
    """The look of cells that hold nothing; None: there is no such cell."""
    strong: Collection[str]
    """Keys of the columns of letters that sum up others."""
    bands: bool
    """Rows that head others look so."""


def add_sheet(
    book: Book,
    name: str,
    title: str,
    table: Table,
    *,
    head_columns: int = 1,
    page_columns: int = 0,
    lines: Sequence[str] = (),
    empty: str = "",
    **how: Unpack[How],
) -> None:
    """Write a sheet with one table below sentences; its first `head_columns` columns stay, `page_columns` as in `Book.sheet`.

    `empty` is said where there are no rows.
    """
    sheet, row = book.sheet(name, title, table.widths, page_columns)
    row = book.lines(sheet, row, lines, table.widths)
    row = book.header(sheet, row, table.heads, head_columns, row + how.get("count", len(table)))
    if empty and not table:
        sheet.write_string(row, 0, empty, book.text)
    add_rows(book, sheet, row, table, **how)


def none_said() -> str:
    """Return what stands in place of rows where there are none."""
    return _("None.")


def add_part(
    book: Book, sheet: Worksheet, row: int, table: Table, height: float | None = None, **how: Unpack[How]
) -> int:
    """Write one of several tables of a sheet, its head as high as given; return the row after it."""
    if height is not None:
        sheet.set_row(row, height)
    for column, name in enumerate(table.heads):
        sheet.write_string(row, column, name, book.head)
    return add_rows(book, sheet, row + 1, table, **how)


def add_rows(book: Book, sheet: Worksheet, row: int, table: Table, **how: Unpack[How]) -> int:
    """Write the rows of a table; return the row after them."""
    if "count" in how and book.left_out(sheet, row, how["count"], how["file"]):
        return row + 1
    columns = [_column(book, at, table, how) for at in range(len(table.columns))]
    tall = how.get("tall", dict(zip(table.keys, table.widths, strict=True)))
    whole = [(columns[at], tall[key]) for at, key in enumerate(table.keys) if key in tall]
    heights = book.heights(*zip(*whole, strict=True)) if whole else None
    rows = bulk_rows.BulkRows(row, columns, heights)
    return book.rows(sheet, rows, how.get("file", ""), how.get("following", 0))


def _column(book: Book, at: int, table: Table, how: How) -> bulk_rows.BulkColumn:
    column, cells = table.columns[at], table.cells[at]
    usual = book.text if column.key in how.get("plain", ()) else book.wrapped
    usual = book.whole if column.kind is Kind.NUMBER else usual

    def drawn(cell: Cell, look: Format) -> bulk_rows.Cell:
        if cell is None:
            return None, how.get("blank", look)
        if isinstance(cell, Verdict) and column.key in how.get("strong", ()):
            return book.letters[cell], book.strong[cell]
        return _drawn(book, column, look, cell)

    if isinstance(cells, Coded) and isinstance(cells.different, PackedTexts):
        return book.texts(TextColumn(cells.numbers, cells.different), usual)
    if isinstance(cells, Coded):
        return bulk_rows.BulkColumn(cells.numbers, [drawn(cell, usual) for cell in cells.different])
    banded = RowRole.HEADING if how.get("bands") else None
    looks = (book.band if cell and table.role(n) is banded else usual for n, cell in enumerate(cells))
    return bulk_rows.column_of(map(drawn, cells, looks))


def _drawn(book: Book, column: Column, look: Format, cell: Cell) -> bulk_rows.Cell:
    if isinstance(cell, Verdict):
        if column.kind is Kind.LETTER:
            return book.letters[cell], book.verdicts[cell]
        return book.labels[cell], book.verdicts[cell]
    if isinstance(cell, Term):
        return cell.words, look if cell.look is None else book.verdicts[cell.look]
    if isinstance(cell, CountOf):
        return words_of(cell), look
    if isinstance(cell, FileLink):
        return cell, book.text
    if isinstance(cell, str):
        return cell, look
    if isinstance(cell, int):
        return cell, book.whole
    if isinstance(cell, Decimal):
        return float(cell), book.number(cell) if column.decimals is None else book.decimals(column.decimals)
    if isinstance(cell, Fraction):
        return float(nearest_to(cell * 100, 1)), book.decimals(1)
    return None, look
