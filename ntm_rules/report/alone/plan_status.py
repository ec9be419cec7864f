"""muc-tieu.html: how the goals of a plan stand, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.goals import goals, values
from ntm_rules.wording.plan_statuses import status_counts_words


def status_page(
    plan: Plan,
    states: Mapping[str, TrackState],
    title: str,
    rule: Sequence[tuple[str, str]],
    warnings: Sequence[str],
    foot: Sequence[str],
) -> bytes:
    """Return the page; `rule`: how a status is reached; `foot`: what it was made from."""
    sections = list(_sections(plan, states, rule, warnings))
    return alone_page(title, [status_counts_words(states.values())], sections, warnings=warnings, foot=foot)


def _sections(
    plan: Plan, states: Mapping[str, TrackState], rule: Sequence[tuple[str, str]], warnings: Sequence[str]
) -> Iterator[Section]:
    words = _("Every goal")
    table = goals(plan, states)
    course = (
        "letter",
        "text",
        "target",
        "year",
        "base",
        "latest",
        "distance",
        "needed",
        "actual",
        "ratio",
        "day",
        "lead",
    )
    yield Section(words, table=drawn(table.only(*course), words, ("text",)))
    words = _("What must be known of each goal")
    yield Section(words, table=drawn(table.only("text", "status", "remarks", "origin", "source"), words, ("text",)))
    pictures = [chart for track in plan.tracks if (chart := goal_chart(plan, track, states[track.id], warnings))]
    yield Section(_("Course over the years"), (), pictures)
    words = _("The figures that went into each goal")
    yield Section(words, table=drawn(values(plan, states), words, ("goal",)))
    yield Section(_("How a status is reached"), [f"{head}: {said}" for head, said in rule])
