"""The gaps: what is not met, by how much and whose job it is; then the figures still owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.xlsx.book import Book, id_width
from ntm_rules.spreadsheet.bulk_rows import BulkRows, Cell, column_of
from ntm_rules.standing.handing_in import HandedIn
from ntm_rules.standing.lacks import Lack
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import gap_words, owed_words
from ntm_rules.wording.standing import handed_words, lack_label, lack_words, refused_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, counted_unit, counted_words

YEAR_COLUMN, VERDICT_COLUMN = 2, 5
WRAPPED = (4, 5, 6, 7, 8, 12, 13)
"""Long texts that must be read whole."""


def write_gaps(book: Book, overviews: Sequence[Overview]) -> None:
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
    ids = id_width((r.id for overview in overviews for r in overview.evaluation.rules.requirements()), 8)
    widths = [8, 14, 6, ids, 42, 13, 13, 17, 16, 9, 9, 9, 38, 26]
    sheet, row = book.sheet(
        _("Gaps"), _("What is not met, what was not reported, and what waits for a body"), widths, 4
    )
    rows = [found for overview in overviews for found in _gap_cells(book, overview)]
    row = book.header(sheet, row, names, 4, row + len(rows))
    columns = [
        column_of(_look(book, column, cells[column], verdict) for cells, verdict in rows)
        for column in range(len(names))
    ]
    heights = book.heights([columns[at] for at in WRAPPED], [widths[at] for at in WRAPPED])
    book.rows(sheet, BulkRows(row, columns, heights), "gaps.csv")


def _look(book: Book, column: int, cell: Any, verdict: Verdict) -> Cell:
    if column == VERDICT_COLUMN:
        return str(cell), book.verdicts[verdict]
    if isinstance(cell, str):
        return cell, book.wrapped if column in WRAPPED else book.text
    if cell is None:
        return None, book.text
    return cell, book.whole if column == YEAR_COLUMN else book.number(cell)


def _gap_cells(book: Book, overview: Overview) -> Iterable[tuple[list[Any], Verdict]]:
    """Yield the rows of the gaps sheet: per commune what is not met, then what is owed or waits for others.

    Of one that handed in nothing usable one row says so and why.
    """
    evaluation = overview.evaluation
    rules = evaluation.rules
    words = {r.id: str(r.words) for r in rules.requirements()}
    unusable = {one.record: one for one in overview.handing_in.communes if one.state is Handed.NOTHING_USABLE}
    for record, at in enumerate(evaluation.records):
        if record in unusable:
            yield _unusable_cells(unusable[record], overview.year), Verdict.NO_DATA
            continue
        for held, gap in evaluation.gaps(record):
            node = held.requirement
            measure = rules.measures[node.measure]
            yield (
                [
                    at.code,
                    at.name,
                    at.year,
                    node.id,
                    words[node.id],
                    book.labels[Verdict.NOT_MET],
                    actual_words(rules, held),
                    counted_words(measure, held.reported),
                    target_words(rules, node, held.target),
                    float(gap.shortfall) if gap.shortfall is not None else None,
                    float(gap.quantity) if gap.quantity is not None else None,
                    counted_unit(measure) if gap.quantity is not None else "",
                    gap_words(rules, node, gap),
                    agency_name(rules, node.lead),
                ],
                Verdict.NOT_MET,
            )
        for one in overview.lacks.of(record):
            node = one.requirement
            figure = one.lack is Lack.FIGURE
            missing = owed_words(rules, node, one.reason) if figure else lack_words(rules, node, one.lack)
            if figure and not one.decides:
                missing += _(" (not met already for another reason; owed all the same)")
            yield (
                [
                    *(at.code, at.name, at.year, node.id, words[node.id]),
                    book.labels[Verdict.NO_DATA] if figure else lack_label(one.lack),
                    *("", ""),
                    target_words(rules, node, node.target.value_for(evaluation.groups[record])),
                    *(None, None, ""),
                    missing,
                    agency_name(rules, node.lead),
                ],
                Verdict.NO_DATA if figure else Verdict.NO_TARGET,
            )


def _unusable_cells(one: HandedIn, year: int) -> list[Any]:
    state = handed_words(Handed.NOTHING_USABLE)
    return [one.commune.code, one.commune.name, year, "", "", state, *[""] * 3, None, None, "", refused_words(one), ""]
