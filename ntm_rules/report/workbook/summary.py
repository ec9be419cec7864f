"""The first sheet: the headline, communes by band and group, then a row for each, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ntm_rules.exact import plain
from ntm_rules.i18n import _
from ntm_rules.report.workbook.book import Book
from ntm_rules.standing.communes import CommuneStanding, groups_of
from ntm_rules.standing.handing_in import Handed
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.communes import group_title
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
    for overview in overviews:
        row = _communes(book, sheet, row, overview, has_points)


def _communes(book: Book, sheet: Worksheet, row: int, overview: Overview, has_points: bool) -> int:
    """Write a row for each commune with a record, the nearest first; those with nothing usable last."""
    evaluation = overview.evaluation
    rules = evaluation.rules
    looks = {str: book.wrapped, int: book.whole}
    by_criterion = evaluation.level("criterion")
    places = {one.record: one.place for one in overview.nearest}
    unplaced = [one.record for one in overview.communes if not one.usable]
    for record in [*places, *unplaced]:
        one = overview.communes[record]
        criteria, indicators = one.criteria, one.indicators
        unknown = _("unknown") if rules.groups else ""
        counts = [
            *(criteria.met, criteria.judgeable, criteria.applicable),
            *(indicators.met, indicators.judgeable, indicators.applicable, indicators.not_met),
            *(one.owed, one.rulings, indicators.no_target, indicators.not_applicable),
        ]
        cells: list[Any] = [
            one.report.code,
            one.report.name,
            places.get(record, ""),
            one.report.year,
            group_title(rules, one.group) if one.group else unknown,
            *(counts if one.usable else [""] * len(counts)),
            _band_words(one),
            book.labels[one.meets],
            "" if one.conditions is None else book.labels[one.conditions],
            recognised_words(one.decision),
        ]
        if has_points:
            cells += [Decimal(plain(n)) for n in (one.points.met, one.points.total)] if one.points else ["", ""]
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, book.number(cell) if isinstance(cell, Decimal) else looks[type(cell)])
        book.wrapped_row(sheet, row, [str(cell) for cell in cells[16:20]], [WIDEST] * 4)
        for column, at in enumerate(by_criterion, len(cells)):
            verdict = evaluation.verdict(at, record)
            sheet.write_string(row, column, book.letters[verdict], book.verdicts[verdict])
        row += 1
    return row


def _band_words(one: CommuneStanding) -> str:
    if not one.usable:
        return handed_words(Handed.NOTHING_USABLE)
    return str(one.band.title) if one.band else ""


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
        communes = overview.counted
        lines = [
            (handed_words(state), [one.commune.group for one in overview.handing_in.of(state)]) for state in Handed
        ]
        lines += [(str(band.title), [one.group for one in communes if one.band_id == band.id]) for band in rules.bands]
        lines.append((_("Meets every criterion"), [one.group for one in communes if one.meets_all]))
        lines.append((_("Recognised by decision"), [one.group for one in communes if one.decision.recognised]))
        for label, counted in lines:
            row += 1
            sheet.merge_range(row, 0, row, LABEL - 1, label, book.text)
            for column, group in zip(columns[1:], ["all", *groups], strict=True):
                n = len(counted) if column == LABEL else counted.count(group)
                sheet.merge_range(row, column, row, column + 1, n, book.whole)
        row += 2
    return row


LABEL = 4
"""Columns that the labels of the totals take."""
