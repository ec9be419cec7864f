"""The gaps: what is not met, by how much and whose job it is; then the figures still owed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ntm_rules.evaluation.gap_columns import Index
from ntm_rules.evaluation.gap_order import gap_rows
from ntm_rules.evaluation.verdicts import REASON_CODES, Verdict
from ntm_rules.i18n import _
from ntm_rules.report.gap_texts import GapTexts
from ntm_rules.report.hamlet_texts import with_hamlets_of
from ntm_rules.report.xlsx.book import Book, id_width
from ntm_rules.spreadsheet.bulk_rows import BulkColumn, BulkRows, stacked
from ntm_rules.standing.lacks import Lack, LackRows
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.text_columns import TextColumn, everywhere, of_pairs, texts_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.gaps import owed_words
from ntm_rules.wording.standing import handed_words, lack_label, lack_words, refused_words

WRAPPED = (4, 5, 6, 7, 8, 12, 13)
"""Long texts that must be read whole."""
NUMBERS = (9, 10)


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
    count = sum(map(_rows_of, overviews))
    row = book.header(sheet, row, names, 4, row + count)
    file = f"gaps.{book.tables}"
    if book.left_out(sheet, row, count, file):
        return
    for overview in overviews:
        rows = _rows(book, overview, row, widths)
        count -= len(rows)
        row = book.rows(sheet, rows, file, count)
        del rows  # before those of the next year are made


def _rows(book: Book, overview: Overview, row: int, widths: Sequence[float]) -> BulkRows:
    columns = _gap_columns(book, overview)
    return BulkRows(row, columns, book.heights([columns[at] for at in WRAPPED], [widths[at] for at in WRAPPED]))


def _rows_of(overview: Overview) -> int:
    """Return how many rows one year has."""
    evaluation, unusable = overview.evaluation, set(_unusable(overview))
    failed = evaluation.in_the_way(Verdict.NOT_MET)[[not row.children for row in evaluation.table]]
    each = failed.sum(axis=0) + overview.lacks.needed[list(overview.lacks.rows)].sum(axis=0)
    each[list(unusable)] = 1
    return int(each.sum())


def _unusable(overview: Overview) -> dict[int, str]:
    """Return the records of those that handed in nothing usable, and why nothing is."""
    found = overview.handing_in.of(Handed.NOTHING_USABLE)
    return {one.record: refused_words(one) for one in found if one.record is not None}


def _gap_columns(book: Book, overview: Overview) -> list[BulkColumn]:
    """Return the rows of the gaps sheet: per commune what is not met, then what is owed or waits for others.

    Of one that handed in nothing usable one row says so and why.
    """
    evaluation = overview.evaluation
    unusable = _unusable(overview)
    counts = np.ones(len(evaluation.records), np.bool_)
    counts[list(unusable)] = False
    order, lacks = gap_rows(evaluation), overview.lacks.every
    gaps, lacking = (np.flatnonzero(counts[records]) for records in (order.records, lacks.records))
    parts = [
        (order.records[gaps], _of_gaps(book, overview, order.records[gaps], order.rows[gaps])),
        (lacks.records[lacking], _of_lacks(book, overview, LackRows._make(column[lacking] for column in lacks))),
        (np.array(list(unusable), np.intp), _of_unusable(book, list(unusable.values()))),
    ]
    records = np.concatenate([records for records, _own in parts])
    back = np.argsort(records, kind="stable")
    own = [stacked(of_parts) for of_parts in zip(*(columns for _records, columns in parts), strict=True)]
    sorted_, whose = [BulkColumn(column.numbers[back], column.cells) for column in own], records[back].astype(np.int32)
    names, codes = evaluation.records.names, evaluation.records.codes
    return [
        book.texts(TextColumn(whose, codes), book.text),
        book.texts(TextColumn(whose, names), book.text),
        BulkColumn(np.zeros(len(whose), np.int32), [(overview.year, book.whole)]),
        *sorted_,
    ]


def _columns(book: Book, verdict: BulkColumn, texts: Mapping[int, TextColumn]) -> list[BulkColumn]:
    """Return the columns from the item on, by their numbers; those of which nothing is given are empty."""
    size, found = len(verdict.numbers), []
    for at in range(3, 14):
        column = texts.get(at, everywhere("", size))
        if at == 5:
            found.append(verdict)
        elif at in NUMBERS:
            found.append(BulkColumn(column.numbers, [book.number_cell(text) for text in column.texts]))
        else:
            look = book.wrapped if at in WRAPPED else book.text
            found.append(book.texts(column, look))
    return found


def _of_gaps(book: Book, overview: Overview, records: Index, rows: Index) -> list[BulkColumn]:
    said = GapTexts(overview.evaluation, records, rows)
    verdict = (book.labels[Verdict.NOT_MET], book.verdicts[Verdict.NOT_MET])
    return _columns(
        book,
        BulkColumn(np.zeros(len(rows), np.int32), [verdict]),
        {
            **_of_requirements(overview, rows),
            6: said.actual,
            7: said.counted,
            8: said.target,
            9: said.shortfall,
            10: said.quantity,
            11: said.unit,
            12: said.missing,
        },
    )


def _of_lacks(book: Book, overview: Overview, lacks: LackRows) -> list[BulkColumn]:
    rules = overview.evaluation.rules
    said = GapTexts(overview.evaluation, lacks.records, lacks.rows)

    def missing(row: int, how: int) -> str:
        node, (rest, decides) = overview.evaluation.requirement(row), divmod(how, 2)
        reason, lack = divmod(rest, len(Lack))
        if lack != Lack.FIGURE:
            return lack_words(rules, node, Lack(lack))
        words = owed_words(rules, node, REASON_CODES[reason])
        return words if decides else words + _(" (not met already for another reason; owed all the same)")

    how = (lacks.reasons.astype(np.int64) * len(Lack) + lacks.lacks) * 2 + lacks.decides
    looks = dict.fromkeys(Lack, book.verdicts[Verdict.NO_TARGET]) | {Lack.FIGURE: book.verdicts[Verdict.NO_DATA]}
    labels = {lack: lack_label(lack, rules) for lack in Lack} | {Lack.FIGURE: book.labels[Verdict.NO_DATA]}
    verdict = BulkColumn(lacks.lacks.astype(np.int32), [(labels[lack], looks[lack]) for lack in Lack])
    told = with_hamlets_of(overview.evaluation, lacks.records, lacks.rows, of_pairs(lacks.rows, how, missing))
    texts = {8: said.target, 12: told}
    return _columns(book, verdict, {**_of_requirements(overview, lacks.rows), **texts})


def _of_unusable(book: Book, why: Sequence[str]) -> list[BulkColumn]:
    verdict = (handed_words(Handed.NOTHING_USABLE), book.verdicts[Verdict.NO_DATA])
    numbers = np.arange(len(why), dtype=np.int32)
    return _columns(book, BulkColumn(np.zeros(len(why), np.int32), [verdict]), {12: TextColumn(numbers, why)})


def _of_requirements(overview: Overview, rows: Index) -> Mapping[int, TextColumn]:
    evaluation = overview.evaluation
    said: Mapping[int, Callable[[int], str]] = {
        3: lambda row: evaluation.requirement(row).id,
        4: lambda row: str(evaluation.requirement(row).words),
        13: lambda row: agency_name(evaluation.rules, evaluation.requirement(row).lead),
    }
    return {at: texts_of(rows, word) for at, word in said.items()}
