"""AGENCY.xlsx: one lead agency's share as sheets to filter and sort; muc-luc.xlsx: the index of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.report.tables.agency_work import communes, gaps, owed
from ntm_rules.report.tables.awaited import requirements
from ntm_rules.report.tables.table import Table
from ntm_rules.report.tables.verdict_counts import agencies_led, indicators_led
from ntm_rules.report.xlsx.book import About, Book, id_width
from ntm_rules.report.xlsx.lists import write_about
from ntm_rules.report.xlsx.tables import add_sheet, none_said
from ntm_rules.spreadsheet.files import opened
from ntm_rules.standing.agency_share import AgencyShare
from ntm_rules.wording.agencies import agency_name


def write_agency(path: Path, share: AgencyShare, year: int, about: About) -> None:
    """Write one agency's workbook.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    rules, groups = share.evaluation.rules, bool(share.evaluation.rules.groups)
    title = _("{agency}: its indicators, {year}", agency=agency_name(rules, share.agency), year=year)
    with opened(path, title) as file:
        book = Book(file, about)
        table = indicators_led(share, conditions=True)
        ids = id_width((found.indicator.id for found in share.shares), 10)
        _sheet(book, _("Summary"), title, table.wide(ids, 70, *[13] * 8))
        title = _("Communes, fewest indicators of this agency left to meet first")
        _sheet(book, _("Communes"), title, communes(share).wide(8, 20, 16 if groups else 0, 11, 11, 11, 11, 13, 13, 0))
        title = _("Communes that do not meet an indicator of this agency, nearest first")
        _sheet(book, _("Not met"), title, gaps(share).wide(11, 12, 10, 8, 18, 54, 16, 20, 11, 11, 12, 46))
        title = _("Figures still owed for this agency's indicators")
        _sheet(book, _("Figures owed"), title, owed(share, figures=True).wide(12, 70, 8, 20, 60))
        others = owed(share, figures=False)
        if others:
            title = _("Conclusions awaited for this agency's indicators")
            _sheet(book, _("Conclusions awaited"), title, others.wide(12, 70, 8, 20, 60))
        title = _("Requirements whose target no document in force fixes")
        waiting = requirements((rules, one) for indicator in share.shares for one in indicator.awaited)
        _sheet(book, _("Awaited"), title, waiting.headed(id=_("Part")).only(id=12, part=70, decision=70))
        write_about(book, [rules])


def _sheet(book: Book, name: str, title: str, table: Table) -> None:
    add_sheet(book, name, title, table, empty=none_said(), blank=None)


def write_index(path: Path, shares: Sequence[AgencyShare], year: int, about: About) -> None:
    """Write the list of all agencies with their counts and links to their files beside it."""
    title = _("Index of the agencies' reports, {year}", year=year)
    with opened(path, title) as file:
        book = Book(file, about)
        table = agencies_led(shares).wide(46, 11, *[13] * 6, 34, 34)
        add_sheet(book, _("Index"), title, table, plain=("agency",), tall={})
        write_about(book, [share.evaluation.rules for share in shares[:1]])
