"""Tables drawn on sheets: each cell as what it is, in the look of its kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.tables import Cell, Column, Kind, Link, Role, Table, Term
from ntm_rules.report.workbook.book import Book
from ntm_rules.spreadsheet import bulk_rows


def add_sheet(
    book: Book,
    name: str,
    title: str,
    table: Table,
    *,
    fixed: int = 1,
    repeated: int = 0,
    lines: Sequence[str] = (),
    plain: Collection[str] = (),
    tall: Collection[str] | None = None,
    empty: str = "",
    file: str = "",
    grid: bool = True,
) -> None:
    """Write a sheet with one table below sentences; its first `fixed` columns stay, `repeated` as in `Book.sheet`.

    `empty` is said where there are no rows; the others as in `add_rows`.
    """
    sheet, row = book.sheet(name, title, table.widths, repeated)
    row = book.lines(sheet, row, lines, table.widths)
    row = book.header(sheet, row, table.heads, fixed, row + len(table.rows))
    if empty and not table.rows:
        sheet.write_string(row, 0, empty, book.text)
    add_rows(book, sheet, row, table, plain=plain, tall=tall, file=file, grid=grid)


def none_said() -> str:
    """Return what stands in place of rows where there are none."""
    return _("None.")


def add_rows(
    book: Book,
    sheet: Worksheet,
    row: int,
    table: Table,
    *,
    plain: Collection[str] = (),
    tall: Collection[str] | None = None,
    file: str = "",
    grid: bool = True,
    bands: bool = False,
) -> int:
    """Write the rows of a table; return the row after them.

    `plain`: keys of columns whose texts stay on one line. `tall`: of those that must be read whole; None: all.
    `file`: the file of results that holds what a sheet has no room for. `grid`: cells of nothing have their lines.
    `bands`: rows that head others look so.
    """
    looks = [
        book.whole if column.kind is Kind.NUMBER else book.text if column.key in plain else book.wrapped
        for column in table.columns
    ]
    banded = Role.HEADING if bands else None
    columns = [
        bulk_rows.column_of(
            (None, None)
            if cells[at] is None and not grid
            else _drawn(book, column, book.band if cells[at] and table.role(n) is banded else look, cells[at])
            for n, cells in enumerate(table.rows)
        )
        for at, (column, look) in enumerate(zip(table.columns, looks, strict=True))
    ]
    whole = [at for at, column in enumerate(table.columns) if tall is None or column.key in tall]
    heights = book.heights([columns[at] for at in whole], [table.widths[at] for at in whole]) if whole else None
    return book.rows(sheet, bulk_rows.BulkRows(row, columns, heights), file)


def _drawn(book: Book, column: Column, look: Format, cell: Cell) -> bulk_rows.Cell:
    if isinstance(cell, Verdict):
        return book.labels[cell], book.verdicts[cell]
    if isinstance(cell, Term):
        return cell.words, look if cell.look is None else book.verdicts[cell.look]
    if isinstance(cell, Link):
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
