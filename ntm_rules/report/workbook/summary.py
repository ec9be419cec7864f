"""The first sheet: the headline, communes by band and group, then a row for each, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.rows import POINTS_COLUMNS, summary_table
from ntm_rules.report.workbook.book import Book
from ntm_rules.spreadsheet.bulk_rows import NOTHING, BulkColumn, BulkRows, stacked
from ntm_rules.standing.decisions import SILENT, YES
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.recognition import Decision
from ntm_rules.text_columns import TextColumn
from ntm_rules.wording.communes import group_title, groups_of
from ntm_rules.wording.decisions import awaited_words
from ntm_rules.wording.standing import handed_words, headline, no_longer_words, recognised_words

NARROWEST, WIDEST, ROOM = 11, 12.5, 2
"""Characters: the least and the most of a column of words, and what a text needs besides its letters."""
CRITERION = 4.3
"""Characters: the width of a column that holds one letter."""


def write_summary(book: Book, overviews: Sequence[Overview]) -> None:
    rules = overviews[0].evaluation.rules
    criteria = [c.id for c in rules.criteria]
    has_points = any(overview.evaluation.rules.has_points for overview in overviews)
    names = [
        _("Code"),
        _("Commune"),
        _("Place"),
        _("Year"),
        _("Group"),
        _("Criteria met"),
        _("of judgeable"),
        _("of (applicable)"),
        _("Indicators met"),
        _("of judgeable"),
        _("of (applicable)"),
        _("Indicators not met"),
        _("Requirements lacking figures"),
        _("Conclusions awaited"),
        _("Target not yet fixed"),
        _("Not applicable"),
        _("Band"),
        _("Meets every criterion"),
        _("Further conditions"),
        _("Recognised by decision"),
        *((_("Points"), _("of (points that apply)")) if has_points else ()),
        *(_("C{id}", id=c) for c in criteria),
    ]
    verdict = _wide(book.labels.values())
    bands = [str(band.title) for band in rules.bands]
    widths = [
        *(7, 14, 6, 6, 11),
        *[7.4] * 11,
        _wide([*bands, handed_words(Handed.NOTHING_USABLE)]),
        verdict,
        verdict,
        9,
        *[9] * (2 * has_points),
        *(max(CRITERION, len(c) + 2.5) for c in criteria),
    ]
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
    row = book.header(sheet, row, names, 2, row + count)
    file = f"summary.{book.tables}"
    if book.left_out(sheet, row, count, file):
        return
    parts = [_communes(book, overview, has_points) for overview in overviews]
    lacking = [BulkColumn(np.zeros(len(part[0].numbers), np.int32), [NOTHING]) for part in parts]
    columns = [
        stacked([column or none for column, none in zip(own, lacking, strict=True)]) for own in zip_longest(*parts)
    ]
    heights = book.heights(columns[16:20], [WIDEST] * 4)
    book.rows(sheet, BulkRows(row, columns, heights), file)


def _communes(book: Book, overview: Overview, has_points: bool) -> list[BulkColumn]:
    """Return a row for each commune with a record, the nearest first; those with nothing usable last."""
    evaluation, standings, usable = overview.evaluation, overview.communes, overview.usable
    rules, records, nothing = evaluation.rules, evaluation.records, (None, book.wrapped)
    unknown = _("unknown") if rules.groups else ""
    groups = [group_title(rules, group) if group else unknown for group in evaluation.all_groups]
    criteria, indicators = standings.criteria, standings.indicators
    counts = [
        *(criteria.column(name) for name in ("met", "judgeable", "applicable")),
        *(indicators.column(name) for name in ("met", "judgeable", "applicable", "not_met")),
        *(standings.owed, standings.rulings, indicators.column("no_target"), indicators.column("not_applicable")),
    ]
    bands = [*(str(band.title) for band in rules.bands), "", handed_words(Handed.NOTHING_USABLE)]
    labels = [book.labels[verdict] for verdict in Verdict]
    decided = [recognised_words(Decision(said, "")) for said in (None, False, True)]
    conditions = standings.conditions
    own = np.arange(len(records), dtype=np.int32)
    columns = [
        *(_wrapped(book, own, texts) for texts in (records.codes, records.names)),
        book.counts(overview.nearest.place_of, usable, nothing),
        book.counts(records.years),
        _wrapped(book, evaluation.group_numbers, groups),
        *(book.counts(column, usable, nothing) for column in counts),
        _wrapped(book, np.where(usable, standings.bands, len(bands) - 1), bands),
        _wrapped(book, standings.meets, labels),
        _wrapped(book, own * 0, [""]) if conditions is None else _wrapped(book, conditions, labels),
        _wrapped(book, standings.decided - SILENT, decided),
    ]
    if has_points:
        table = summary_table(overview)
        for column in (table[name] for name in POINTS_COLUMNS):
            assert isinstance(column, TextColumn)
            cells = [(float(text), book.number(Decimal(text))) if text else nothing for text in column.texts]
            columns.append(BulkColumn(column.numbers, cells))
    letters = [(book.letters[verdict], book.verdicts[verdict]) for verdict in Verdict]
    columns += [BulkColumn(evaluation.verdicts[at].astype(np.int32), letters) for at in evaluation.level("criterion")]
    order = np.concatenate([overview.nearest.records, np.flatnonzero(~usable)])
    return [BulkColumn(column.numbers[order], column.cells) for column in columns]


def _wrapped(book: Book, numbers: NDArray[Any], texts: Sequence[str]) -> BulkColumn:
    return BulkColumn(numbers.astype(np.int32), [(text or None, book.wrapped) for text in texts])


def _wide(texts: Iterable[str]) -> float:
    """Return the width of a column in which these texts can be read, in lines where they are long."""
    return min(WIDEST, max((NARROWEST, *(ROOM + len(text) for text in texts))))


def _totals(book: Book, sheet: Worksheet, row: int, overviews: Sequence[Overview]) -> int:
    """Write the counts of communes by band and group, as the provincial forms count them, and who handed in."""
    for overview in overviews:
        rules = overview.evaluation.rules
        groups = groups_of(rules)
        head = [_("Communes in {year}", year=overview.year), _("Total"), *(group_title(rules, g) for g in groups)]
        columns = [0, *range(LABEL, LABEL + 1 + 2 * len(groups), 2)]
        sheet.set_row(row, 32)
        sheet.merge_range(row, 0, row, LABEL - 1, head[0], book.head)
        for column, name in zip(columns[1:], head[1:], strict=True):
            sheet.merge_range(row, column, row, column + 1, name, book.head)
        lines = [(handed_words(state), _registered(overview, state, groups)) for state in Handed]
        standings, usable = overview.communes, overview.usable
        told = [(str(band.title), standings.bands == at) for at, band in enumerate(rules.bands)]
        told.append((_("Meets every criterion"), standings.meets == Verdict.MET))
        told.append((_("Recognised by decision"), standings.decided == YES))
        of_groups = [usable, *(usable & overview.evaluation.of_group(group) for group in groups)]
        lines += [(label, [int((counted & of_group).sum()) for of_group in of_groups]) for label, counted in told]
        for label, numbers in lines:
            row += 1
            sheet.merge_range(row, 0, row, LABEL - 1, label, book.text)
            for column, n in zip(columns[1:], numbers, strict=True):
                sheet.merge_range(row, column, row, column + 1, n, book.whole)
        row += 2
    return row


def _registered(overview: Overview, state: Handed, groups: Sequence[str | None]) -> list[int]:
    """Return how many communes of the register are in a state: all, and those of each group."""
    communes = [one.commune.group for one in overview.handing_in.of(state)]
    return [len(communes), *map(communes.count, groups)]


LABEL = 4
"""Columns that the labels of the totals take."""
