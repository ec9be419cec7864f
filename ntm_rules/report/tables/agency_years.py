"""The year's work of every lead agency in one row: indicators, goals that are late, documents that are overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.tables.table import Cell, Table, Term, numbers, texts


def agency_work(plan: Plan, states: Mapping[str, TrackState], years: Sequence[AgencyYear]) -> Table:
    """Return some agencies with counts of their work; nothing where nothing was judged."""
    columns = [
        *texts(agency=_("Lead agency")),
        *numbers(indicators=_("Indicators led"), not_met=_("Not met in communes"), share=_("Share not met")),
        *numbers(gaining=_("Communes gaining a criterion if it finished"), place=_("Place by effect")),
        *numbers(goals=_("Goals led"), late=_("Goals late")),
        *numbers(documents=_("Documents owed"), overdue=_("Documents overdue")),
    ]
    return Table.of(columns, [_row(plan, states, year) for year in years])


def _row(plan: Plan, states: Mapping[str, TrackState], year: AgencyYear) -> list[Cell]:
    own = year.standing
    of_communes: list[Cell] = (
        [None] * 5 if own is None else [own.indicators, own.not_met, own.share, own.gaining, year.place]
    )
    name = Term(year.agency, str(plan.loaded.agencies[year.agency].name))
    goals, late = len(year.tracks), len(year.late(states))
    return [name, *of_communes, goals, late, len(year.documents), len(year.overdue)]
