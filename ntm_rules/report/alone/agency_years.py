"""viec-co-quan.html: the year's work of the lead agencies on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.agency_years import agency_work
from ntm_rules.report.tables.verdict_counts import indicators_led
from ntm_rules.standing.agency_share import agency_share
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.plan_reports import document_sentence, documents_sentence, goal_sentence, indicators_sentence


def agency_years_page(
    plan: Plan,
    states: Mapping[str, TrackState],
    years: Sequence[AgencyYear],
    overview: Overview | None,
    title: str,
    results_year: int,
    *,
    warnings: Sequence[str],
    foot: Sequence[str],
) -> bytes:
    """Return the page; `results_year`: the year of the communes' results, `foot` says what it was made from."""
    words = _("The year's work of every lead agency")
    parts = [Section(words, table=drawn(agency_work(plan, states, years), words, ("agency",)))]
    parts += [part for year in years for part in _of(plan, states, year, overview, results_year)]
    return alone_page(title, [], parts, warnings=warnings, foot=foot)


def _of(
    plan: Plan, states: Mapping[str, TrackState], year: AgencyYear, overview: Overview | None, judged: int
) -> Iterator[Section]:
    name = str(plan.loaded.agencies[year.agency].name)
    said = [
        indicators_sentence(year, judged),
        *(goal_sentence(plan, track, states[track.id]) for track in year.tracks),
        documents_sentence(year.documents),
        *(document_sentence(plan, one) for one in year.documents),
    ]
    table = None
    if year.standing is not None and overview is not None:
        share = agency_share(overview.evaluation, year.agency)
        table = drawn(indicators_led(share), _("Indicators led by {agency}", agency=name))
    yield Section(name, said, table=table)
