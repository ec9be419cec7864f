"""viec-co-quan.xlsx: the year's work of the lead agencies as sheets to filter and sort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.tables.agency_years import agency_work, documents_of, goals_of
from ntm_rules.report.xlsx.book import About, Book
from ntm_rules.report.xlsx.lists import write_about
from ntm_rules.report.xlsx.tables import add_sheet, none_said
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.spreadsheet.files import opened


def write_agency_years(
    path: Path,
    plan: Plan,
    states: Mapping[str, TrackState],
    years: Sequence[AgencyYear],
    title: str,
    about: About,
    rules: CriteriaSet,
) -> None:
    """Write the workbook.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    with opened(path, title) as file:
        book = Book(file, about)
        add_sheet(book, _("Agencies"), title, agency_work(plan, states, years).wide(44, *[14] * 9))
        table = goals_of(plan, states, years).wide(40, 70, 10, 22, 30, 30, 24)
        add_sheet(book, _("Goals"), _("Goals of the plan that each agency leads"), table, empty=none_said())
        table = documents_of(plan, years).wide(40, 60, 10, 22, 18, 24, 46)
        add_sheet(book, _("Documents"), _("Documents that each agency owes"), table, empty=none_said())
        write_about(book, [rules])
