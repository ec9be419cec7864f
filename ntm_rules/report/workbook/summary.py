"""The first sheet: communes by band and group, then a row for each with its counts and criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.rows import summary_rows
from ntm_rules.report.workbook.book import Book

NARROWEST, ROOM = 16, 2
"""Characters: the least width of a column of words, and what a text needs besides its letters."""


def write_summary(book: Book, evaluations: Sequence[Evaluation]) -> None:
    rules = evaluations[0].rules
    criteria = [c.id for c in rules.criteria]
    has_points = any(evaluation.rules.has_points for evaluation in evaluations)
    names = [
        _("Code"),
        _("Commune"),
        _("Year"),
        _("Group"),
        _("Criteria met"),
        _("of"),
        _("Indicators met"),
        _("of (applicable)"),
        _("Indicators not met"),
        _("No data yet"),
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
    sheet, row = book.sheet(
        _("Summary"),
        rules.title.in_language(current_language()),
        [
            8,
            18,
            7,
            10,
            *[9] * 8,
            _wide(b.title.in_language(current_language()) for b in rules.bands),
            verdict,
            verdict,
            18,
            *[9] * (2 * has_points + len(criteria)),
        ],
    )
    row = _totals(book, sheet, row + 1, evaluations)
    sheet.write_string(
        row,
        0,
        _(
            "Bands count criteria met only. A criterion that cannot be judged yet is not counted as met; columns {first} on show which.",
            first=_("C{id}", id=criteria[0]),
        ),
        book.text,
    )
    row += 2
    count = sum(len(e.records) for e in evaluations)
    row = book.header(sheet, row, names, 2, row + count)
    bands = {band.id: band.title.in_language(current_language()) for band in rules.bands}
    looks = {str: book.text, int: book.whole, Decimal: book.number}
    recognised = {"yes": _("Yes"), "no": _("No"), "": _("not reported")}
    for evaluation in evaluations:
        by_criterion = evaluation.level("criterion")
        for record, s in enumerate(summary_rows(evaluation)):
            unknown = _("unknown") if rules.groups else ""
            group = rules.groups[s.group].title.in_language(current_language()) if s.group else unknown
            cells: list[Any] = [
                s.commune_code,
                s.commune,
                s.year,
                group,
                s.criteria_met,
                s.criteria_applicable,
                s.indicators_met,
                s.indicators_applicable,
                s.indicators_not_met,
                s.indicators_no_data,
                s.indicators_no_target,
                s.indicators_not_applicable,
                bands.get(s.band, ""),
                book.labels[Verdict[s.meets_every_criterion]],
                book.labels[Verdict[s.further_conditions]] if s.further_conditions else "",
                recognised[s.recognised],
            ]
            if has_points:
                cells += [Decimal(points) if points else "" for points in (s.points, s.points_total)]
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, looks[type(cell)])
            for column, at in enumerate(by_criterion, len(cells)):
                verdict = evaluation.verdict(at, record)
                sheet.write_string(row, column, book.letters[verdict], book.verdicts[verdict])
            row += 1


def _wide(texts: Iterable[str]) -> float:
    """Return the width of a column that holds each of these texts whole."""
    return max((NARROWEST, *(ROOM + len(text) for text in texts)))


def _totals(book: Book, sheet: Worksheet, row: int, evaluations: Sequence[Evaluation]) -> int:
    """Write the counts of communes by band and group, as the provincial forms count them."""
    for evaluation in evaluations:
        rules, language = evaluation.rules, current_language()
        groups = [*rules.groups, None] if rules.groups else []
        found = [
            (evaluation.groups[r], s.band, s.meets_every_criterion, s.recognised)
            for r, s in enumerate(summary_rows(evaluation))
        ]
        year = evaluation.records[0].year if evaluation.records else ""
        head = [
            _("Communes in {year}", year=year),
            "",
            _("Total"),
            *(rules.groups[g].title.in_language(language) if g else _("Group unknown") for g in groups),
        ]
        sheet.set_row(row, 32)
        for column, name in enumerate(head):
            sheet.write_string(row, column, name, book.head)
        lines: list[tuple[str, Any]] = [(_("Evaluated"), lambda _found: True)]
        for band in rules.bands:
            lines.append((band.title.in_language(language), lambda f, band=band.id: f[1] == band))
        lines.append((_("Meets every criterion"), lambda f: f[2] == Verdict.MET.name))
        lines.append((_("Recognised by decision"), lambda f: f[3] == "yes"))
        for label, chosen in lines:
            row += 1
            counted = [f for f in found if chosen(f)]
            sheet.write_string(row, 0, label, book.text)
            sheet.write_number(row, 2, len(counted), book.whole)
            for column, group in enumerate(groups, 3):
                sheet.write_number(row, column, sum(f[0] == group for f in counted), book.whole)
        row += 2
    return row
