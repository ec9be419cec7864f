"""The work of an agency, and what waits on a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.people import AgencyWork, LedIndicator, Waiting
from ntm_rules.report.book.views.index import waiting_in
from ntm_rules.report.html.links import Link, in_a_row
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.report.html.words import vietnamese
from ntm_rules.rulebook.models import Decision
from ntm_rules.wording.decisions import decision_due_words


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A requirement whose target is awaited, and what it is about."""

    id: Link
    words: object
    measure: object
    lead: Link


@dataclass(frozen=True, slots=True)
class BookAgencyPage:
    """What the page of an agency shows."""

    printed: Markup | None
    """What the source calls it."""
    leads_title: str
    leads: PageTable | None
    conditions: PageTable | None
    waiting: Sequence[WaitingRow]
    owes: Sequence[tuple[Link, str, int]]
    """Each decision, its due day, and how many requirements wait on it."""
    attests: Sequence[Link]
    cooperates: Markup


def agency(layout: BookLayout, work: AgencyWork) -> BookAgencyPage:
    """Return what the page of an agency shows."""
    contents, name, n = layout.contents, work.agency.name, len(work.leads)
    title = _("1 indicator of {agency}", agency=name)
    if n > 1:
        title = _("{n} indicators of {agency}", n=n, agency=name)
    return BookAgencyPage(
        printed=vietnamese("; ".join(work.agency.printed)) if work.agency.printed else None,
        leads_title=title,
        leads=_led(layout, _("Indicators it leads"), work.leads),
        conditions=_led(layout, _("Further conditions it leads"), work.conditions),
        waiting=waiting_rows(layout, work.waiting),
        owes=[
            (layout.decision(one.id), decision_due_words(one), waiting_in(contents.waiting[one.id]))
            for one in work.owes
        ],
        attests=[layout.measure(one.id) for one in work.attests],
        cooperates=in_a_row(layout.indicator(one.id) for one in work.cooperates),
    )


def _led(layout: BookLayout, caption: str, indicators: Iterable[LedIndicator]) -> PageTable | None:
    """Return the indicators that it leads, and which requirements of one of which it does not lead all."""
    part = Markup("<b>{}</b> {}")
    rows = [
        (
            named(layout.indicator(one.indicator.id)),
            Cell(
                layout.link("indicator", one.indicator.id, one.indicator.words),
                aside="" if one.whole else _("Of this indicator it leads only:"),
                lines=() if one.whole else [part.format(layout.node(its.id), its.words) for its in one.requirements],
            ),
            Cell("", badge=layout.state(one.requirements)),
        )
        for one in indicators
    ]
    return stacked("led", caption, [_("No."), _("Indicator"), _("Target")], rows) if rows else None


def waiting_rows(layout: BookLayout, waiting: Iterable[Waiting]) -> list[WaitingRow]:
    """Return the requirements that wait, with what they are about."""
    return [
        WaitingRow(layout.node(r.id), r.words, layout.rules.measures[r.measure].label, layout.agency(r.lead))
        for one in waiting
        for r in one.requirements
    ]


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What the page of a decision awaited shows."""

    decision: Decision
    owner: object
    due: str
    late: bool
    """Past its due day while something waits on it."""
    announced: Markup | None
    waits: str
    waiting: Sequence[WaitingRow]


def decision(layout: BookLayout, one: Decision) -> DecisionPage:
    """Return what the page of a decision shows."""
    waiting = layout.contents.waiting[one.id]
    return DecisionPage(
        one,
        layout.owner(one),
        decision_due_words(one),
        bool(waiting and one.due and one.due < layout.rules.as_of),
        layout.place(one.source, "decision", one.id) if one.source else None,
        _(
            "{requirements} requirements of {indicators} indicators and conditions have no target until it is issued.",
            requirements=waiting_in(waiting),
            indicators=len(waiting),
        ),
        waiting_rows(layout, waiting),
    )
