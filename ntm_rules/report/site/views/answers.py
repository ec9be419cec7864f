"""The four questions of a leader about the plan's number of communes, and their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from ntm_rules.i18n import _
from ntm_rules.plan.owing import Stage
from ntm_rules.plan.road_map import Planned, RoadMap, RoadScope
from ntm_rules.report.site.layout import Layout
from ntm_rules.rulebook.plans import STANDARD
from ntm_rules.wording import plan as words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.decisions import decision_owner_words as decision_owner
from ntm_rules.wording.decisions import overdue_words, waiting_counts
from ntm_rules.wording.deliverables import deliverable_owner_words, deliverable_words
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.plan_statuses import status_words
from ntm_rules.wording.roadmap import aims_words, busiest_words, done_words, effort_words
from ntm_rules.wording.standing import span

NEAREST, LATEST, LED, MOST_AWAITED, LONGEST = 3, 2, 2, 4, 80
"""Communes, late documents, agencies of one commune, decisions awaited that an answer names; letters of a title."""


class QuestionAndAnswer(NamedTuple):
    """One question and what is to be said to it."""

    question: str
    lines: Sequence[object]


def answers(layout: Layout) -> list[QuestionAndAnswer]:
    """Return the four answers; none where the plan asks for no number of communes."""
    road = layout.contents.road
    if road is None:
        return []
    return [
        QuestionAndAnswer(_("Are we on course?"), list(_course(layout, road))),
        QuestionAndAnswer(_("Which communes are nearest, and with whose work?"), list(_nearest(layout, road))),
        QuestionAndAnswer(_("Which agency is the bottleneck?"), list(_bottleneck(layout, road))),
        QuestionAndAnswer(_("What waits for whom, and since when?"), list(_waits(layout))),
    ]


def _course(layout: Layout, road: RoadMap) -> Iterator[object]:
    plan = layout.contents.plan
    assert plan is not None
    for track in plan.tracks:
        counted = track.communes
        if track.reading is None and counted is not None and counted.number_meeting == STANDARD:
            state = layout.contents.states[track.id]
            latest = words.goal_point_words(plan, track, state.judgement.latest, state.judgement.bar) or _("not known")
            yield _(
                "{aim}: {status}; now {latest}.",
                aim=_(
                    "{target} by {year}",
                    target=words.goal_target_words(plan, track, state.judgement.bar),
                    year=track.target.year,
                ),
                status=status_words(state.status),
                latest=latest,
            )
    where = layout.to("roadmap")
    if road.scope is RoadScope.JUDGED:
        waiting = [one.waiting for one in road.communes] or [0]
        yield Markup("<b>{}</b>").format(
            _(
                "Only as far as can be judged today: {n} requirements of each commune wait for the law.",
                n=span((min(waiting), max(waiting))),
            )
        )
    if road.choice is not None:
        said = _("The road map reaches {aims}", aims=aims_words(road.aims))
        if road.scope is RoadScope.JUDGED:
            said = _("In what can be judged today the road map reaches {aims}", aims=aims_words(road.aims))
        yield Markup('<a href="{}">{}</a>.').format(where, said)
    if road.missed:
        said = _(
            "It cannot reach {aims}: {n} communes can be planned for",
            aims=aims_words(road.missed),
            n=len(road.communes),
        )
        yield Markup('<a href="{}">{}</a>.').format(where, said)


def _nearest(layout: Layout, road: RoadMap) -> Iterator[object]:
    ordered = road.chosen or sorted(road.communes, key=lambda one: (one.effort, one.record))
    next_ = [one for one in ordered if not one.already][:NEAREST]
    done = sum(one.already for one in road.communes)
    if done:
        yield (
            _("Nothing left to do in {n} communes.", n=done)
            if road.scope is RoadScope.WHOLE
            else _("What can be judged is met in {n} communes.", n=done)
        )
    for one in next_:
        name = escape(layout.commune(one.record))
        yield Markup("{}: {}.").format(name, _with_whom(road, one))
    if not next_ and not done:
        yield _("No commune can be planned for: {n} lack figures or targets.", n=len(road.outside))


def _with_whom(road: RoadMap, one: Planned) -> str:
    row = road.efforts.matrix[one.record].tolist()
    led = sorted((at for at, amount in enumerate(row) if amount), key=lambda at: (-row[at], at))
    named = ", ".join(agency_name(road.evaluation.rules, road.agencies[at]) for at in led[:LED])
    more = len(led) - LED
    whom = named if more <= 0 else _("{names} and {n} more agencies", names=named, n=more)
    return _(
        "{done}, {effort} units of work: {whom}", done=done_words(road, one), effort=effort_words(one.effort), whom=whom
    )


def _bottleneck(layout: Layout, road: RoadMap) -> Iterator[object]:
    short = road.shortage.lacking[:, -1].tolist() if road.shortage is not None else []
    for at, lacking in enumerate(short):
        if lacking:
            yield _(
                "{agency} lacks {n} units of work for {aims}.",
                agency=agency_name(layout.rules, road.agencies[at]),
                n=effort_words(lacking),
                aims=aims_words(road.missed),
            )
    if road.choice is not None and road.busiest:
        yield "; ".join(busiest_words(road, 2)) + "."
    if not any(short) and road.choice is None:
        yield _("No agency: figures and targets are lacking first.")


def _waits(layout: Layout) -> Iterator[object]:
    """Yield the decisions that targets wait for, then the documents of the plan that are late."""
    contents = layout.contents
    plan = contents.plan
    assert plan is not None
    awaited = contents.overview.awaited
    for one in awaited[:MOST_AWAITED]:
        title = shortened(one.title or _("no value is in force, and no decision is named"), LONGEST).rstrip(" .")
        since = overdue_words(one)
        owner = shortened(decision_owner(layout.rules, one), LONGEST)
        said = "; ".join(part for part in (owner, since, waiting_counts(one)) if part)
        yield f"{title} ({said})."
    late = [one for one in contents.owed_documents if one.stage is Stage.OVERDUE]
    late.sort(key=lambda one: -one.days)
    for owed in [] if awaited else late[:LATEST]:
        yield _(
            "{document} ({owner}; due {due}): {n} days overdue.",
            document=shortened(deliverable_words(owed).rstrip(" ."), LONGEST),
            owner=shortened(deliverable_owner_words(plan, owed), LONGEST),
            due=on_day(owed.due) if owed.due else "–",
            n=owed.days,
        )
    if late:
        said = _("{n} documents of the plan are overdue", n=len(late))
        yield Markup('<a href="{}">{}</a>.').format(layout.to("deliverables"), said)
    elif not awaited:
        yield _("Nothing is overdue.")
