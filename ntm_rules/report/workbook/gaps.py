"""The gaps: what is not met, by how much and whose job it is; then the figures still owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.in_the_way import in_the_way
from ntm_rules.report.wording import (
    actual_words,
    agency_name,
    counted_unit,
    counted_words,
    gap_words,
    owed_words,
    requirement_words,
    target_words,
)
from ntm_rules.report.workbook.book import Book, id_width
from ntm_rules.rulebook.criteria_set import Requirement

YEAR_COLUMN, VERDICT_COLUMN = 2, 5
WRAPPED = (4, 12)
"""The requirement and what is missing: long texts that must be read whole."""


def write_gaps(book: Book, evaluations: Sequence[Evaluation]) -> None:
    names = [
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Item"),
        _("Requirement"),
        _("Verdict"),
        _("Reported"),
        _("Counted"),
        _("Target"),
        _("Shortfall"),
        _("Amount"),
        _("Unit"),
        _("What is missing"),
        _("Lead agency"),
    ]
    ids = id_width((r.id for evaluation in evaluations for r in evaluation.rules.requirements()), 8)
    widths = [8, 16, 7, ids, 60, 14, 16, 22, 22, 10, 10, 11, 48, 34]
    sheet, row = book.sheet(_("Gaps"), _("What is not met and what was not reported"), widths)
    rows = [found for evaluation in evaluations for found in _gap_cells(book, evaluation)]
    row = book.header(sheet, row, names, 4, row + len(rows))
    for cells, verdict in rows:
        book.wrapped_row(sheet, row, [cells[i] for i in WRAPPED], [widths[i] for i in WRAPPED])
        for column, cell in enumerate(cells):
            if column == VERDICT_COLUMN:
                sheet.write_string(row, column, str(cell), book.verdicts[verdict])
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(row, column, cell, book.wrapped if column in WRAPPED else book.text)
            elif cell is not None:
                sheet.write_number(row, column, cell, book.whole if column == YEAR_COLUMN else book.number)
        row += 1


def _gap_cells(book: Book, evaluation: Evaluation) -> Iterable[tuple[list[Any], Verdict]]:
    """Yield the rows of the gaps sheet: per commune what is not met, then what is owed."""
    rules, table = evaluation.rules, evaluation.table
    words = {r.id: requirement_words(r) for r in rules.requirements()}
    for record, at in enumerate(evaluation.records):
        for row, gap in evaluation.gaps(record):
            node = table[row].node
            assert isinstance(node, Requirement)
            now, before = evaluation.reported(node, record)
            target = evaluation.target(node, record)
            measure = rules.measures[node.measure]
            yield (
                [
                    at.code,
                    at.name,
                    at.year,
                    node.id,
                    words[node.id],
                    book.labels[Verdict.NOT_MET],
                    actual_words(rules, node, now, before, target),
                    counted_words(measure, now),
                    target_words(rules, node, target),
                    float(gap.shortfall) if gap.shortfall is not None else None,
                    float(gap.quantity) if gap.quantity is not None else None,
                    counted_unit(measure) if gap.quantity is not None else "",
                    gap_words(rules, node, gap),
                    agency_name(rules, node.lead),
                ],
                Verdict.NOT_MET,
            )
        for row in in_the_way(evaluation, record, Verdict.NO_DATA):
            node = table[row].node
            assert isinstance(node, Requirement)
            yield (
                [
                    *(at.code, at.name, at.year, node.id, words[node.id]),
                    book.labels[Verdict.NO_DATA],
                    *("", ""),
                    target_words(rules, node, evaluation.target(node, record)),
                    *(None, None, ""),
                    owed_words(rules, node, evaluation.reason(row, record)),
                    agency_name(rules, node.lead),
                ],
                Verdict.NO_DATA,
            )
