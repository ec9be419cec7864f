"""The matrix: communes by indicators, coloured and lettered, indicators folded under their criterion."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.tables.matrix import matrix, summing
from ntm_rules.report.tables.table import Kind, Table
from ntm_rules.report.xlsx.book import Book, id_width
from ntm_rules.report.xlsx.tables import add_rows
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standing import not_counted_words

NARROW = 4.3
"""Characters: the least width of a column of letters."""


def write_matrix(book: Book, overviews: Sequence[Overview]) -> None:
    """Write every record: a letter for each indicator."""
    table = matrix(book.repeated(overviews), overviews)
    table = table.wide(
        *(8, 16, 6), *(id_width([column.head], NARROW) for column in table.columns if column.kind is Kind.LETTER)
    )
    sheet, row = book.sheet(_("Matrix"), _("Indicators of every commune"), table.widths, 2)
    legend = "   ".join(f"{book.letters[v]} = {book.labels[v]}" for v in LEGEND_ORDER)
    told = [not_counted_words(overview.handing_in.of(Handed.NOTHING_USABLE)) for overview in overviews]
    row = book.lines(sheet, row, [legend, *filter(None, told)], table.widths)
    _fold(book, sheet, row, table)
    sheet.set_row(row, 62)
    count = sum(len(overview.evaluation.records) for overview in overviews)
    row = book.header(sheet, row + 1, table.heads, 3, row + 1 + count)
    _comment(sheet, row - 1, table, overviews)
    strong, plain = summing(table), ("commune_code", "commune")
    file = f"verdicts.{book.tables}"
    add_rows(book, sheet, row, table, count=count, file=file, tall={}, plain=plain, strong=strong, blank=None)


def _fold(book: Book, sheet: Worksheet, row: int, table: Table) -> None:
    """Write the title of each block over its columns, and fold them under the first."""
    lettered = [(at, column) for at, column in enumerate(table.columns) if column.kind is Kind.LETTER]
    for title, block in groupby(lettered, key=lambda one: one[1].over):
        first, *others = [at for at, _column in block]
        sheet.merge_range(row, first, row, others[-1] if others else first, title, book.band)
        for at in others:
            sheet.set_column(at, at, table.widths[at], None, {"level": 1})


def _comment(sheet: Worksheet, row: int, table: Table, overviews: Sequence[Overview]) -> None:
    """Say at the head of each indicator its words and who leads it."""
    rules = max((overview.evaluation for overview in overviews), key=lambda one: len(one.table)).rules
    summed = summing(table)
    for at, column in enumerate(table.columns):
        indicator = rules.indicator_by_id.get(column.head)
        if column.kind is Kind.LETTER and column.key not in summed and indicator is not None:
            leads = "; ".join(agency_name(rules, lead) for lead in indicator.leads())
            sheet.write_comment(row, at, f"{indicator.words}\n\n{leads}", {"x_scale": 2.5, "y_scale": 2})
