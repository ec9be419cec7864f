"""The first sheet: the headline, communes by band and group, then a row for each, the nearest first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _
from ntm_rules.report.tables.by_group import communes_by_group
from ntm_rules.report.tables.communes import summary
from ntm_rules.report.xlsx.book import Book
from ntm_rules.report.xlsx.tables import add_rows
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.decisions import awaited_words
from ntm_rules.wording.standing import handed_words, headline, no_longer_words

NARROWEST, WIDEST, ROOM = 11, 12.5, 2
"""Characters: the least and the most of a column of words, and what a text needs besides its letters."""
CRITERION = 4.3
"""Characters: the width of a column that holds one letter."""

AT_THE_END = ("band", "meets_every_criterion", "further_conditions", "recognised")
"""Columns of words behind the counts."""


def write_summary(book: Book, overviews: Sequence[Overview]) -> None:
    rules = overviews[0].evaluation.rules
    criteria = [c.id for c in rules.criteria]
    has_points = any(overview.evaluation.rules.has_points for overview in overviews)
    verdict = _wide(book.labels.values())
    band = _wide([*(str(band.title) for band in rules.bands), handed_words(Handed.NOTHING_USABLE)])
    keys = [
        *("commune_code", "commune", "place", "year", "group"),
        *("criteria_met", "criteria_judgeable", "criteria_applicable"),
        *("indicators_met", "indicators_judgeable", "indicators_applicable", "indicators_not_met"),
        *("figures_owed", "rulings_awaited", "indicators_no_target", "indicators_not_applicable"),
        *AT_THE_END,
        *(("points", "points_total") if has_points else ()),
        *(f"c.{c}" for c in criteria),
    ]
    widths = [
        *(7, 14, 6, 6, 11),
        *[7.4] * 11,
        *(band, verdict, verdict, 9),
        *[9] * (2 * has_points),
        *(max(CRITERION, len(c) + 2.5) for c in criteria),
    ]
    laws = [overview.evaluation.rules for overview in overviews]
    table = summary(book.repeated(overviews), _nearest_first, _("unknown"), laws=laws).only(*keys).wide(*widths)
    sheet, row = book.sheet(_("Summary"), str(rules.title), widths, 2)
    for overview in overviews:
        row = book.lines(sheet, row, headline(overview.evaluation.rules, overview.ceiling), widths, strong=True)
        waiting = [awaited_words(overview.evaluation.rules, document) for document in overview.awaited]
        row = book.lines(sheet, row, waiting, widths)
        told = [no_longer_words(one) for one in overview.recognised if one.no_longer]
        row = book.lines(sheet, row, told, widths, strong=True)
    row = _totals(book, sheet, row + 1, overviews)
    note = _(
        "Bands count criteria met only. A criterion that cannot be judged yet is not counted as met; columns {first} on show which.",
        first=_("C{id}", id=criteria[0]),
    )
    row = book.lines(sheet, row, [note], widths) + 1
    count = sum(len(overview.evaluation.records) for overview in overviews)
    row = book.header(sheet, row, table.heads, 2, row + count)
    add_rows(
        book,
        sheet,
        row,
        table,
        tall=dict.fromkeys(AT_THE_END, WIDEST),
        blank=book.wrapped,
        file=f"summary.{book.tables}",
        count=count,
    )


def _nearest_first(overview: Overview) -> NDArray[np.intp]:
    """Return the records, the nearest first, those with nothing usable last."""
    return np.concatenate([overview.nearest.records, np.flatnonzero(~overview.usable)])


def _wide(texts: Iterable[str]) -> float:
    """Return the width of a column in which these texts can be read, in lines where they are long."""
    return min(WIDEST, max((NARROWEST, *(ROOM + len(text) for text in texts))))


def _totals(book: Book, sheet: Worksheet, row: int, overviews: Sequence[Overview]) -> int:
    """Write the counts of communes by band and group, as the provincial forms count them, and who handed in."""
    for overview in overviews:
        table = communes_by_group(overview)
        sheet.set_row(row, 32)
        for n, cells in enumerate((table.heads, *table.rows)):
            label, *counts = cells
            sheet.merge_range(row, 0, row, LABEL - 1, label, book.text if n else book.head)
            for column, count in zip(itertools.count(LABEL, 2), counts):
                sheet.merge_range(row, column, row, column + 1, count, book.whole if n else book.head)
            row += 1
        row += 1
    return row


LABEL = 4
"""Columns that the labels of the totals take."""
