"""The reports that a plan asks for, as unsigned drafts: an agency's year, the province's year, mid-term and final review.

Every number in them comes from the computation that screen and workbook show; what only people can say is left as dots.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.i18n import N_, _
from ntm_rules.plan.agency_year import AgencyYear
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import TrackState
from ntm_rules.plan.owing import Owed, Stage
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.tables.agency_years import agency_work
from ntm_rules.report.tables.goals import values
from ntm_rules.report.tables.verdict_counts import indicators_led
from ntm_rules.report.word.components import (
    Issuer,
    add_addressees,
    add_closing,
    add_head,
    add_title,
    agency_as_issuer,
    draft_words,
)
from ntm_rules.report.word.grounds import add_grounds, called
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, Paper
from ntm_rules.report.word.tables import add_captioned, verdict_widths
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.plans import Deliverable
from ntm_rules.standing.agency_share import agency_share
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.plan import goal_source
from ntm_rules.wording.plan_reports import document_sentence, documents_sentence, goal_sentence, indicators_sentence
from ntm_rules.wording.plan_statuses import status_counts_words
from ntm_rules.wording.standing import headline

TITLES = {
    "agency_year": N_("Results of {year} of the goals, indicators and tasks that the agency leads under {document}"),
    "province_year": N_("Results of {year} in carrying out {document}"),
    "midterm": N_("Mid-term review of carrying out {document}, {first} - {year}"),
    "final": N_("Final review of carrying out {document}, {first} - {year}"),
}
"""Kind of report -> what it is about."""
OVER_YEARS = ("midterm", "final")
"""Kinds that look back over the years."""
WIDE = 150


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """A plan as it stands on a day, and what its reports say besides."""

    plan: Plan
    states: Mapping[str, TrackState]
    documents: Sequence[Owed]
    agencies: Sequence[AgencyYear]
    today: dt.date
    rules: CriteriaSet
    overview: Overview | None = None
    """The communes of the latest year judged; None: nobody has reported."""
    overlays: Sequence[Overlay] = ()
    warnings: Sequence[str] = ()

    @property
    def year(self) -> int:
        """The year that the reports are of."""
        return self.today.year


def plan_report(subject: PlanSubject, kind: str, of: AgencyYear | None = None) -> bytes:
    """Return a report as a Word file; `of`: the agency whose year it is, where it is one agency's."""
    plan, header = subject.plan, subject.plan.loaded.header
    asked = next((one for one in plan.deliverables if one.report == kind), None)
    about = _(TITLES[kind], year=subject.year, first=header.period.from_, document=_plan_name(plan))
    paper = Paper(about, foot=[draft_words(), *(words.partition(":")[0] for words in subject.warnings)])
    issuer = _issuer(plan, of)
    recipients = [str(recipient) for recipient in asked.recipients] if asked else []
    recipients = [name for name in recipients if name.upper() not in issuer.name]
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_addressees(paper, recipients)
    add_warnings(paper, subject.warnings)
    add_grounds(paper, subject.rules, header.legal_basis, subject.overlays)
    paper.heading(_("{n}. SCOPE AND GROUNDS", n="I"))
    _scope(paper, subject, asked)
    paper.heading(_("{n}. RESULTS", n="II"))
    if of is not None:
        _agency(paper, subject, of)
    else:
        _province(paper, subject, over_years=kind in OVER_YEARS)
    for n, title in (("III", N_("{n}. SHORTCOMINGS AND CAUSES")), ("IV", N_("{n}. TASKS AHEAD AND PROPOSALS"))):
        paper.heading(_(title, n=n))
        paper.hint(_("(For the issuing body to complete: the program knows figures, not causes.)"))
        paper.dots()
    add_closing(paper, issuer, [_("As addressed")] if recipients else [])
    return paper.bytes()


def _plan_name(plan: Plan) -> str:
    """Return the document in which the plan's goals stand."""
    documents = {document.id: document for document in plan.loaded.header.documents}
    named = documents.get(plan.goals[0].source.document) if plan.goals else None
    return called(named) if named else str(plan.loaded.header.province)


def _issuer(plan: Plan, of: AgencyYear | None) -> Issuer:
    header = plan.loaded.header
    reporting = header.reporting
    id_ = of.agency if of else reporting.by if reporting else ""
    agency = plan.loaded.agencies.get(id_)
    superior = agency.superior if agency and agency.superior else reporting.superior if reporting and not of else None
    return agency_as_issuer(str(agency.name) if agency else "", str(header.province), str(superior) if superior else "")


def _scope(paper: Paper, subject: PlanSubject, asked: Deliverable | None) -> None:
    day = on_day(subject.today)
    if asked is not None:
        source = goal_source(subject.plan, asked.source)
        paper.add(_("This report is made under {source}; figures are as of {day}.", source=source, day=day))
    else:
        paper.add(_("Figures are as of {day}.", day=day))
    if subject.overview is not None:
        for line in headline(subject.rules, subject.overview.ceiling):
            paper.add(f"{line.rstrip('.')}.")


def _agency(paper: Paper, subject: PlanSubject, of: AgencyYear) -> None:
    paper.heading(_("{n}. Indicators over the communes", n=1), 2)
    judged = subject.overview.year if subject.overview else subject.year
    paper.add(indicators_sentence(of, judged))
    if of.standing is not None and subject.overview is not None:
        share = agency_share(subject.overview.evaluation, of.agency)
        title = _("Table {table}. Indicators led, by number of communes", table=paper.next_table())
        add_captioned(paper, title, indicators_led(share).wide(19, 52, *verdict_widths(18), 0, 0, 0))
    paper.heading(_("{n}. Goals of the plan", n=2), 2)
    if of.tracks:
        _goals(paper, subject, of.tracks)
    else:
        paper.add(_("The plan assigns no goal to it."))
    paper.heading(_("{n}. Documents", n=3), 2)
    _documents(paper, subject, of.documents)


def _province(paper: Paper, subject: PlanSubject, *, over_years: bool) -> None:
    plan, states = subject.plan, subject.states
    paper.heading(_("{n}. Goals of the plan", n=1), 2)
    paper.add(status_counts_words(states.values()))
    _goals(paper, subject, plan.tracks)
    if over_years:
        title = _("Table {table}. Figures over the years", table=paper.next_table())
        add_captioned(paper, title, values(plan, states).wide(38, 14, 32, 60, 46))
        for track in plan.tracks:
            paper.picture(goal_chart(plan, track, states[track.id], subject.warnings), WIDE)
    paper.heading(_("{n}. The lead agencies", n=2), 2)
    paper.turn(landscape=True)
    title = _("Table {table}. The work of each lead agency", table=paper.next_table())
    table = agency_work(plan, states, subject.agencies)
    add_captioned(paper, title, table.wide(60, *[22] * 9), width=LANDSCAPE_WIDTH)
    paper.turn(landscape=False)
    paper.heading(_("{n}. Documents", n=3), 2)
    _documents(paper, subject, subject.documents)


def _goals(paper: Paper, subject: PlanSubject, tracks: Sequence[Track]) -> None:
    for track in tracks:
        paper.item(goal_sentence(subject.plan, track, subject.states[track.id]))


def _documents(paper: Paper, subject: PlanSubject, documents: Sequence[Owed]) -> None:
    paper.add(documents_sentence(documents))
    for one in documents:
        if one.stage is not Stage.AHEAD:
            paper.item(document_sentence(subject.plan, one))
