"""The workbook's looks: formats, and how every sheet and table begins."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.packed_texts import PackedTexts, lines_of
from ntm_rules.report.palette import COLOURS
from ntm_rules.report.tables.table import FileLink
from ntm_rules.spreadsheet.bulk_rows import MOST_ROWS, NOTHING, AlikeCells, BulkColumn, BulkRows, Cell
from ntm_rules.spreadsheet.bulk_sheets import BulkSheets
from ntm_rules.spreadsheet.looks import BOXED, HEAD, LETTERS, TITLE
from ntm_rules.spreadsheet.paper import fit_to_paper
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import TextColumn

WHITE, GRID = "#FFFFFF", "#BFBFBF"
MOST_DECIMALS = 6
"""Of a number in a cell; the exact ones stand in the CSV tables."""


class About(NamedTuple):
    """What the last sheet says of a run."""

    lines: Sequence[tuple[str, str]]
    illustrative: Sequence[str]
    """Warnings that stand on top of every sheet; empty for real figures under real rules."""


LINE_HEIGHT = 15
SENTENCE = 120
"""Characters in a line of a sentence above a table."""
WIDEST_ID = 24
"""Characters: longer ids are cut by the next cell."""
BULK_FROM = 5_000
"""So many rows are not written cell by cell."""
HEADER_HEIGHT = 4.2 * LINE_HEIGHT
"""Points: room for four lines."""


def id_width(ids: Iterable[str], least: float) -> float:
    """Return the width of a column of ids: room for the longest, within reason.

    >>> id_width(["8.1.b", "A-01-dien-tich"], 8), id_width(["8.1"], 8)
    (15, 8)
    """
    return max(least, min(WIDEST_ID, 1 + max((len(id_) for id_ in ids), default=0)))


class Book:
    """An open workbook with its formats, and the words that stand on every sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, about: About, bulk: BulkSheets | None = None, tables: str = "csv"
    ) -> None:
        self.book, self.tables = book, tables
        """The workbook, and what the large tables beside it are written as."""
        self.in_tables_alone = False
        """Rows of communes are so many that sheets do not repeat them."""
        self._bulk = bulk
        self.facts = about
        base = {**LETTERS, "valign": "top"}
        boxed = {**base, **BOXED, "border_color": GRID}
        self.line = book.add_format(base)
        """A sentence above or below a table, and a table that is no grid."""
        self.text = book.add_format(boxed)
        self.wrapped = book.add_format({**boxed, "text_wrap": True})
        self.whole = book.add_format({**boxed, "num_format": "0", "align": "center"})
        self._numbers = [
            book.add_format({**boxed, "num_format": "#,##0" + ("." + "0" * decimals if decimals else ""), "indent": 1})
            for decimals in range(MOST_DECIMALS + 1)
        ]
        self.sentence = book.add_format({**base, "text_wrap": True})
        self.strong_text = book.add_format({**base, "bold": True, "text_wrap": True, "valign": "vcenter"})
        self.title = book.add_format({**base, **TITLE})
        self.warning = book.add_format({**base, "bold": True, "font_color": "#9C0006"})
        head = {**base, **HEAD, "border": 1, "text_wrap": True}
        self.head = book.add_format(head)
        self.band = book.add_format({**head, "align": "left"})
        self.verdicts = {
            verdict: book.add_format(
                {
                    **base,
                    "bg_color": back,
                    "font_color": fore,
                    "align": "center",
                    "text_wrap": True,
                    "border": 1,
                    "border_color": WHITE,
                }
            )
            for verdict, (back, fore) in COLOURS.items()
        }
        self.strong = {
            verdict: book.add_format(
                {**base, "bold": True, "bg_color": back, "font_color": fore, "align": "center", "border": 1}
            )
            for verdict, (back, fore) in COLOURS.items()
        }
        self.letters = {verdict: str(verdict.letter) for verdict in Verdict}
        self.labels = {verdict: str(verdict.label) for verdict in Verdict}

    def number(self, value: float | Decimal) -> Format:
        """Return the look of a number with as many decimals as it has, so that no mark stands behind a whole one."""
        exponent = Decimal(str(value)).normalize().as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return self.decimals(decimals)

    def texts(self, column: TextColumn, look: Format) -> BulkColumn:
        """Return texts as cells that look alike."""
        return BulkColumn(column.numbers, AlikeCells(column.texts, look))

    def counts(
        self, numbers: NDArray[Any], where: NDArray[np.bool_] | None = None, otherwise: Cell = NOTHING
    ) -> BulkColumn:
        """Return whole numbers as cells; `otherwise` stands but `where`."""
        different, of_row = np.unique(numbers, return_inverse=True)
        cells: list[Cell] = [(number, self.whole) for number in different.tolist()]
        shown = of_row if where is None else np.where(where, of_row, len(cells))
        return BulkColumn(shown.astype(np.int32), [*cells, otherwise])

    def number_cell(self, text: str) -> Cell:
        """Return a number written for machines as a cell with as many decimals as it has; empty for none."""
        return (float(text), self.number(float(text))) if text else (None, self.text)

    def decimals(self, n: int) -> Format:
        """Return the look of numbers with `n` decimals."""
        return self._numbers[min(n, MOST_DECIMALS)]

    def sheet(self, name: str, title: str, widths: Sequence[float], page_columns: int = 0) -> tuple[Worksheet, int]:
        """Start a sheet with its title and warnings; return it and the first free row.

        `page_columns`: how many columns stand again where it takes several pages side by side.
        """
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, title, self.title)
        row = 1
        for warning in self.facts.illustrative:
            sheet.write_string(row, 0, warning, self.warning)
            row += 1
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        fit_to_paper(sheet, widths, page_columns)
        sheet.set_footer("&C" + " · ".join([*self.facts_on_paper(), "&P / &N"]))
        return sheet, row

    def facts_on_paper(self) -> list[str]:
        """Return the warnings as they stand in the footer of every printed page."""
        return [warning.partition(":")[0].replace("&", "&&") for warning in self.facts.illustrative]

    def wrapped_row(self, sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
        """Make a row as high as its longest text needs; not every program does it by itself."""
        lines = max(
            (-(-len(text) // max(1, int(width))) for text, width in zip(texts, widths, strict=False)), default=1
        )
        sheet.set_row(row, LINE_HEIGHT * max(1, lines))

    def lines(
        self, sheet: Worksheet, row: int, texts: Iterable[str], widths: Sequence[float], *, strong: bool = False
    ) -> int:
        """Write sentences over the first columns, so that none runs off the page; return the row after them."""
        reach = list(itertools.accumulate(widths))
        last = next((at for at, room in enumerate(reach) if room >= SENTENCE), len(widths) - 1)
        room = reach[last]
        for text in texts:
            look = self.strong_text if strong else self.sentence
            if last:
                sheet.merge_range(row, 0, row, last, text, look)
            else:
                sheet.write_string(row, 0, text, look)
            sheet.set_row(row, LINE_HEIGHT * max(1, -(-len(text) // max(1, int(room * 1.1)))))
            row += 1
        return row

    def header(self, sheet: Worksheet, row: int, names: Sequence[str], head_columns: int, last: int) -> int:
        """Write a table's header, freeze it, filter it, repeat it in print; return the first data row."""
        sheet.set_row(row, HEADER_HEIGHT)
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.head)
        sheet.freeze_panes(row + 1, head_columns)
        sheet.autofilter(row, 0, min(max(last, row + 1), MOST_ROWS - 1), len(names) - 1)
        sheet.repeat_rows(row)
        return row + 1

    def repeated(self, overviews: Sequence[Overview]) -> Sequence[Overview]:
        """Return those whose rows sheets repeat."""
        return () if self.in_tables_alone else overviews

    def left_out(self, sheet: Worksheet, row: int, count: int, table: str) -> bool:
        """Tell whether so many rows are left to the file of results that holds them, having said so in their place."""
        if self.in_tables_alone and count:
            words = _("{n} rows are too many for a workbook: they stand in {table}", n=count, table=table)
            sheet.write_string(row, 0, words, self.warning)
        return self.in_tables_alone

    def rows(self, sheet: Worksheet, rows: BulkRows, table: str = "", following: int = 0) -> int:
        """Write the rows of a table, many at once; return the row after them.

        `table`: the file of results that holds what a sheet has no room for; `following`: how many more come afterwards.
        """
        room = MOST_ROWS - rows.first - 1
        if not room:
            return rows.first
        lacking = len(rows) + following - room
        if lacking > 0:
            words = _("{n} more rows have no room in a sheet: they stand in {table}", n=lacking, table=table)
            sheet.write_string(MOST_ROWS - 1, 0, words, self.warning)
            rows = rows.begun(room)
        if self._bulk is not None and len(rows) + following >= BULK_FROM:
            self._bulk.add(sheet, rows)
        else:
            self._one_by_one(sheet, rows)
        return rows.first + len(rows)

    def _one_by_one(self, sheet: Worksheet, rows: BulkRows) -> None:
        columns = [(column.numbers.tolist(), list(column.cells)) for column in rows.columns]
        heights = None if rows.heights is None else rows.heights.tolist()
        for at in range(len(rows)):
            row = rows.first + at
            if heights is not None:
                sheet.set_row(row, heights[at])
            for number, (numbers, cells) in enumerate(columns):
                cell, look = cells[numbers[at]]
                if look is None:
                    continue
                if isinstance(cell, FileLink):
                    sheet.write_url(row, number, f"external:{cell}", look, cell)
                elif isinstance(cell, str):
                    sheet.write_string(row, number, cell, look)
                elif cell is None:
                    sheet.write_blank(row, number, None, look)
                else:
                    sheet.write_number(row, number, cell, look)

    def heights(self, columns: Sequence[BulkColumn], widths: Sequence[float]) -> NDArray[np.float64]:
        """Return how high rows must be for the longest text of each; not every program does it by itself."""
        lines = np.ones(len(columns[0].numbers))
        for column, width in zip(columns, widths, strict=True):
            lines = np.maximum(lines, _lines_of(column.cells, max(1, int(width)))[column.numbers])
        return LINE_HEIGHT * lines


def _lines_of(cells: Sequence[Cell], width: int) -> NDArray[np.int64]:
    """Return how many lines the text of each cell takes."""
    if isinstance(cells, AlikeCells) and isinstance(cells.texts, PackedTexts):
        return lines_of(cells.texts, width)
    texts = [cell if isinstance(cell, str) else "" for cell, _look in cells]
    lines = [-(-len(text.rpartition("\n")[2]) // width) + text.count("\n") for text in texts]
    return np.array(lines, np.int64)
