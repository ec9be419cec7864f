"""AGENCY.xlsx: one lead agency's share as sheets to filter and sort; muc-luc.xlsx: the index of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.workbook.book import About, Book, id_width
from ntm_rules.report.workbook.lists import write_about
from ntm_rules.rulebook.criteria_set import AwaitedTarget
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.agency_share import AgencyShare, IndicatorShare
from ntm_rules.standing.lacks import Lack
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.papers import part_words, reason_on_paper
from ntm_rules.wording.standing import lack_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, counted_unit


def write_agency(path: Path, share: AgencyShare, year: int, about: About) -> None:
    """Write one agency's workbook.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    name = agency_name(share.evaluation.rules, share.agency)
    with opened(path, _("{agency}: its indicators, {year}", agency=name, year=year)) as file:
        book = Book(file, about)
        _indicators(book, share, _("{agency}: its indicators, {year}", agency=name, year=year))
        _communes(book, share)
        _short(book, share)
        _owed(book, share)
        _awaited(book, share)
        write_about(book, [share.evaluation.rules])


def write_index(path: Path, shares: Sequence[AgencyShare], year: int, about: About) -> None:
    """Write the list of all agencies with their counts and links to their files beside it."""
    names = [
        _("Lead agency"),
        _("Indicators led"),
        *(str(verdict.label) for verdict in LEGEND_ORDER),
        _("Held up by another agency"),
        _("Paper"),
        _("Workbook"),
    ]
    with opened(path, _("Index of the agencies' reports, {year}", year=year)) as file:
        book = Book(file, about)
        widths = [46, 11, *[13] * 6, 34, 34]
        sheet, row = book.sheet(_("Index"), _("Index of the agencies' reports, {year}", year=year), widths)
        row = book.header(sheet, row, names, 1, row + len(shares))
        for share in shares:
            led = _led(share)
            sheet.write_string(row, 0, agency_name(share.evaluation.rules, share.agency), book.text)
            counts = [sum(found.count(v) for found in led) for v in LEGEND_ORDER]
            sheet.write_row(row, 1, [len(led), *counts, sum(found.elsewhere for found in led)], book.whole)
            for column, suffix in ((8, "docx"), (9, "xlsx")):
                beside = f"{share.agency}.{suffix}"
                sheet.write_url(row, column, f"external:{beside}", book.text, string=beside)
            row += 1
        write_about(book, [share.evaluation.rules for share in shares[:1]])


def _led(share: AgencyShare) -> list[IndicatorShare]:
    return [found for found in share.shares if not found.is_condition]


def _table(
    book: Book, name: str, title: str, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[Any]]
) -> None:
    """Write a sheet with one table; numbers stay numbers, None is an empty cell."""
    widths = [width for _name, width in columns]
    sheet, row = book.sheet(name, title, widths)
    row = book.header(sheet, row, [column for column, _width in columns], 1, row + len(rows))
    if not rows:
        sheet.write_string(row, 0, _("None."), book.text)
    for cells in rows:
        texts = [cell if isinstance(cell, str) else "" for cell in cells]
        book.wrapped_row(sheet, row, texts, widths)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, book.wrapped)
            elif cell is not None:
                sheet.write_number(row, column, cell, book.whole if isinstance(cell, int) else book.number(cell))
        row += 1


def _indicators(book: Book, share: AgencyShare, title: str) -> None:
    columns = [
        (_("Indicator"), id_width((found.indicator.id for found in share.shares), 10)),
        (_("Content"), 70),
        *((str(verdict.label), 13) for verdict in LEGEND_ORDER),
        (_("Held up by another agency"), 13),
        (_("Communes that reported"), 13),
        (_("Of no data yet: awaiting a conclusion"), 13),
    ]
    rows = []
    for found in share.shares:
        text = str(found.indicator.words)
        if found.is_condition:
            text = _("Further condition of recognition: {text}", text=text)
        counts = [found.count(verdict) for verdict in LEGEND_ORDER]
        rows.append([found.indicator.id, text, *counts, found.elsewhere, len(found.verdicts), found.rulings])
    _table(book, _("Summary"), title, columns, rows)


def _communes(book: Book, share: AgencyShare) -> None:
    rules, evaluation = share.evaluation.rules, share.evaluation
    columns = [
        (_("Code"), 8),
        (_("Commune"), 20),
        *([(_("Group"), 16)] if rules.groups else []),
        (_("Indicators met"), 11),
        (_("of (applicable)"), 11),
        (_("Indicators not met"), 11),
        (_("No data yet"), 11),
        (_("Target not yet fixed"), 13),
        (_("Of no data yet: awaiting a conclusion"), 13),
    ]
    rows = [
        [
            evaluation.records[r].code,
            evaluation.records[r].name,
            *([group_title(rules, evaluation.groups[r])] if rules.groups else []),
            share.of_record(r, Verdict.MET),
            share.applicable(r),
            *(share.of_record(r, v) for v in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET)),
            share.rulings(r),
        ]
        for r in share.nearest_first()
    ]
    _table(book, _("Communes"), _("Communes, fewest indicators of this agency left to meet first"), columns, rows)


def _short(book: Book, share: AgencyShare) -> None:
    rules, evaluation = share.evaluation.rules, share.evaluation
    columns = [
        (_("Indicator"), 11),
        (_("Part"), 12),
        (_("Order, nearest first"), 10),
        (_("Code"), 8),
        (_("Commune"), 18),
        (_("Requirement"), 54),
        (_("Reported"), 16),
        (_("Target"), 20),
        (_("Shortfall"), 11),
        (_("Amount"), 11),
        (_("Unit"), 12),
        (_("What is missing"), 46),
    ]
    rows = []
    for found in share.shares:
        for n, short in enumerate(found.short, 1):
            record = evaluation.records[short.record]
            for held, gap in short.gaps:
                requirement = held.requirement
                measure = rules.measures[requirement.measure]
                rows.append(
                    [
                        found.indicator.id,
                        requirement.id,
                        n,
                        record.code,
                        record.name,
                        part_words(rules, requirement),
                        actual_words(rules, held),
                        target_words(rules, requirement, held.target),
                        None if gap.shortfall is None else float(gap.shortfall),
                        None if gap.quantity is None else float(gap.quantity),
                        counted_unit(measure) if gap.quantity is not None else "",
                        gap_words(rules, requirement, gap),
                    ]
                )
    _table(book, _("Not met"), _("Communes that do not meet an indicator of this agency, nearest first"), columns, rows)


def _owed(book: Book, share: AgencyShare) -> None:
    columns = [
        (_("Part"), 12),
        (_("Requirement"), 70),
        (_("Code"), 8),
        (_("Commune"), 20),
        (_("Why there is no data"), 60),
    ]
    rules, records = share.evaluation.rules, share.evaluation.records

    def rows(*, figures: bool) -> list[list[str]]:
        return [
            [
                owed.requirement.id,
                part_words(rules, owed.requirement),
                records[record].code,
                records[record].name,
                reason_on_paper(owed.reason) if figures else lack_words(rules, owed.requirement, owed.lack),
            ]
            for found in share.shares
            for owed in found.owed
            if (owed.lack is Lack.FIGURE) is figures
            for record in owed.records
        ]

    title = _("Figures still owed for this agency's indicators")
    _table(book, _("Figures owed"), title, columns, rows(figures=True))
    others = rows(figures=False)
    if others:
        columns[-1] = (_("Whose turn it is"), 60)
        title = _("Conclusions awaited for this agency's indicators")
        _table(book, _("Conclusions awaited"), title, columns, others)


def _awaited(book: Book, share: AgencyShare) -> None:
    rules = share.evaluation.rules
    columns = [(_("Part"), 12), (_("Requirement"), 70), (_("Decision awaited"), 70)]
    rows = []
    for found in share.shares:
        for requirement in found.awaited:
            target = requirement.target
            assert isinstance(target, AwaitedTarget)
            owed = decision_words(rules, target.decision) or _("no target is in force on this date")
            rows.append([requirement.id, part_words(rules, requirement), owed])
    _table(book, _("Awaited"), _("Requirements whose target no document in force fixes"), columns, rows)
