"""The matrix: communes by indicators, coloured and lettered, indicators folded under their criterion.

The further conditions of recognition, where a set has any, stand behind the criteria.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.nodes import NodeRow
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.xlsx.book import Book, id_width
from ntm_rules.rulebook.criteria_set import Criterion
from ntm_rules.spreadsheet.bulk_rows import BulkColumn, BulkRows, column_of, stacked
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standing import not_counted_words

NARROW = 4.3
"""Characters: the least width of a column of letters."""
TOGETHER = ("criterion", "recognition")
"""Levels whose column sums up those folded under it."""


def write_matrix(book: Book, overviews: Sequence[Overview]) -> None:
    """Write every record, one whose form holds nothing usable too: a letter for each indicator."""
    evaluations = [overview.evaluation for overview in overviews]
    fullest = max(evaluations, key=lambda evaluation: len(evaluation.table))
    rules = fullest.rules
    table = fullest.table
    blocks: list[tuple[str, list[tuple[str, int]]]] = []
    for at in [*fullest.level("criterion"), *fullest.level("recognition")]:
        short, title = _titles(table[at].node)
        blocks.append((title, [(short, at), *((table[i].id, i) for i in table[at].children)]))
    columns = [column for _title, block in blocks for column in block]
    widths = [8, 16, 6, *(id_width([name], NARROW) for name, _at in columns)]
    sheet, row = book.sheet(_("Matrix"), _("Indicators of every commune"), widths, 2)
    legend = "   ".join(f"{book.letters[v]} = {book.labels[v]}" for v in LEGEND_ORDER)
    told = [not_counted_words(overview.handing_in.of(Handed.NOTHING_USABLE)) for overview in overviews]
    row = book.lines(sheet, row, [legend, *filter(None, told)], widths)
    first = 3
    for title, block in blocks:
        last = first + len(block) - 1
        sheet.merge_range(row, first, row, last, title, book.band)
        for column in range(first + 1, last + 1):
            sheet.set_column(column, column, widths[column], None, {"level": 1})
        first = last + 1
    sheet.set_row(row, 62)
    row += 1
    names = [_("Code"), _("Commune"), _("Year"), *(name for name, _at in columns)]
    count = sum(len(e.records) for e in evaluations)
    header_row = row
    row = book.header(sheet, row, names, 3, row + count)
    for column, (_name, at) in enumerate(columns, 3):
        indicator = rules.indicator_by_id.get(table[at].id) if table[at].level not in TOGETHER else None
        if indicator is not None:
            leads = "; ".join(agency_name(rules, lead) for lead in indicator.leads())
            sheet.write_comment(header_row, column, f"{indicator.words}\n\n{leads}", {"x_scale": 2.5, "y_scale": 2})
    file = f"verdicts.{book.tables}"
    if book.left_out(sheet, row, count, file):
        return
    parts = [_letters(book, evaluation, table, [at for _name, at in columns]) for evaluation in evaluations]
    book.rows(sheet, BulkRows(row, [stacked(part) for part in zip(*parts, strict=True)]), file)


def _letters(
    book: Book, evaluation: Evaluation, table: Sequence[NodeRow], columns: Sequence[int]
) -> Iterator[BulkColumn]:
    """Yield the columns of one evaluation: whose they are, then a letter for each of the rows of a table."""
    records = evaluation.records
    own = np.arange(len(records), dtype=np.int32)
    yield BulkColumn(own, [(code, book.text) for code in records.codes])
    yield BulkColumn(own, [(name, book.text) for name in records.names])
    yield column_of((year, book.whole) for year in records.years.tolist())
    for at in columns:
        here = evaluation.row_of.get((table[at].level, table[at].id))
        if here is None:  # an indicator that is not in force in this year
            yield BulkColumn(np.zeros(len(records), np.int32), [(None, None)])
            continue
        look = book.strong if table[at].level in TOGETHER else book.verdicts
        cells = [(book.letters[verdict], look[verdict]) for verdict in Verdict]
        yield BulkColumn(evaluation.verdicts[here].astype(np.int32), cells)


def _titles(node: object) -> tuple[str, str]:
    """Return the short and the full title of a criterion, or of the further conditions together."""
    if not isinstance(node, Criterion):
        return _("Cond."), _("Further conditions of recognition")
    return _("C{id}", id=node.id), f"{node.id}. {node.words}"
