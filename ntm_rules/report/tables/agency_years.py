"""The year's work of every lead agency: a row of counts, and its goals and documents line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.tables.deliverables import deliverables
from ntm_rules.report.tables.goals import goals
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


def goals_of(plan: Plan, states: Mapping[str, TrackState], years: Sequence[AgencyYear]) -> Table:
    """Return the goals that some agencies lead, a line for each agency and goal."""
    keys = ("text", "letter", "status", "target", "latest", "day")
    rows: list[list[Cell]] = []
    columns = goals(plan, states, ()).only(*keys).columns
    for year in years:
        name = Term(year.agency, str(plan.loaded.agencies[year.agency].name))
        rows += [[name, *row] for row in goals(plan, states, year.tracks).only(*keys).rows]
    return Table.of([*texts(agency=_("Lead agency")), *columns], rows)


def documents_of(plan: Plan, years: Sequence[AgencyYear]) -> Table:
    """Return the documents that some agencies owe or have delivered, a line for each agency and document."""
    keys = ("task", "letter", "stage", "due", "said", "blocks")
    rows: list[list[Cell]] = []
    columns = deliverables(plan, ()).only(*keys).columns
    for year in years:
        name = Term(year.agency, str(plan.loaded.agencies[year.agency].name))
        rows += [[name, *row] for row in deliverables(plan, year.documents).only(*keys).rows]
    return Table.of([*texts(agency=_("Lead agency")), *columns], rows)
