"""Checking that every id a plan uses is defined, once, and that what belongs together stands together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ntm_rules.i18n import Message
from ntm_rules.rulebook.kinds import SHARES
from ntm_rules.rulebook.models import Decision, IndicatorWritten, Measure, SetHeader
from ntm_rules.rulebook.names import HEADER, Names
from ntm_rules.rulebook.plans import RECOGNISED, STANDARD, Deliverable, FromCommunes, Goal, GoalTarget
from ntm_rules.rulebook.problem_codes import (
    UNFIT_VALUE,
    UNKNOWN_AGENCY,
    UNKNOWN_DOCUMENT,
    UNKNOWN_IN_PLAN,
    UNKNOWN_MEASURE,
    WRONG_KIND,
)
from ntm_rules.rulebook.yaml_reader import Place


def check_plan(
    names: Names,
    figures: Mapping[int, Measure],
    goals: Mapping[int, Goal],
    deliverables: Mapping[int, Deliverable],
    rules: Mapping[str, Mapping[int, IndicatorWritten]],
) -> None:
    """Check the files of a set's plan, and the deliverables that its decisions name."""
    plan = names.header.plan
    ids = [deliverable.id for deliverable in deliverables.values()]
    unsure = plan is not None and plan.deliverables in names.incomplete
    for i, decision in enumerate(names.header.decisions):
        if decision.deliverable:
            place = ("decisions", i, "deliverable")
            names.known(HEADER, place, decision.deliverable, None if unsure else ids, UNKNOWN_IN_PLAN)
    if plan is None:
        return
    names.once(plan.figures, {i: figure.id for i, figure in figures.items()})
    names.once(plan.goals, {i: goal.id for i, goal in goals.items()})
    names.once(plan.deliverables, dict(zip(deliverables, ids, strict=True)))
    for i, deliverable in deliverables.items():
        _deliverable(names, plan.deliverables, i, deliverable)
    known = None if plan.figures in names.incomplete else {figure.id: figure for figure in figures.values()}
    judged = {*rules, *(indicator.id for written in rules.values() for indicator in written.values())}
    for i, goal in goals.items():
        _goal(names, plan.goals, i, goal, known, {STANDARD, RECOGNISED, *judged})


def with_deliverables(header: SetHeader, deliverables: Iterable[Deliverable]) -> SetHeader:
    """Return a header whose decisions say of their deliverables who owes them, by when, and where that stands."""
    by_id = {deliverable.id: deliverable for deliverable in deliverables}

    def filled(decision: Decision) -> Decision:
        its = by_id.get(decision.deliverable or "")
        if its is None:
            return decision
        owner = its.lead[0] if its.lead else None
        return decision.owed_as(owed_by=owner, owed_by_text=its.lead_text, due=its.due, source=its.source)

    return header.model_copy(update={"decisions": tuple(map(filled, header.decisions))})


def _deliverable(names: Names, file: str, i: int, deliverable: Deliverable) -> None:
    names.known(file, (i, "source", "document"), deliverable.source.document, names.documents, UNKNOWN_DOCUMENT)
    for n, lead in enumerate(deliverable.lead or ()):
        names.known(file, (i, "lead", n), lead, names.agencies, UNKNOWN_AGENCY)


def _goal(
    names: Names, file: str, i: int, goal: Goal, figures: Mapping[str, Measure] | None, judged: Iterable[str]
) -> None:
    for place, document in (
        ((i, "source", "document"), goal.source.document),
        ((i, "base", "source", "document"), goal.base.source.document if goal.base and goal.base.source else None),
        ((i, "assigned", "source", "document"), goal.assigned.source.document if goal.assigned else None),
        *(
            ((i, "readings", n, "source", "document"), r.source.document)
            for n, r in enumerate(goal.readings)
            if r.source
        ),
        *(((i, "breaks", n, "source", "document"), b.source.document) for n, b in enumerate(goal.breaks) if b.source),
    ):
        if document is not None:
            names.known(file, place, document, names.documents, UNKNOWN_DOCUMENT)
    for n, lead in enumerate(goal.leads):
        names.known(file, (i, "assigned", "lead", n), lead, names.agencies, UNKNOWN_AGENCY)
    names.once(file, {n: reading.id for n, reading in enumerate(goal.readings)}, (i, "readings"))
    one_of: list[tuple[Place, Goal | object]] = [((i,), goal)]
    one_of += [((i, "readings", n), reading) for n, reading in enumerate(goal.readings)]
    for place, read in one_of:
        figure, communes, target = (getattr(read, key) for key in ("figure", "communes", "target"))
        if figure is not None:
            names.known(file, (*place, "figure"), figure, figures, UNKNOWN_MEASURE)
        if communes is not None:
            _from_communes(names, file, (*place, "communes"), communes, judged)
        if target is not None:
            _target(names, file, (*place, "target"), target, goal)


def _from_communes(names: Names, file: str, place: Place, communes: FromCommunes, judged: Iterable[str]) -> None:
    if communes.average_of is not None:
        names.measure(file, (*place, "average_of"), communes.average_of, SHARES)
    else:
        names.known(file, (*place, communes.form), communes.of, judged, UNKNOWN_IN_PLAN)


def _target(names: Names, file: str, place: Place, target: GoalTarget, goal: Goal) -> None:
    if goal.base is not None and target.year <= goal.base.year:
        message = Message("the year of the target, {year}, does not lie after that of the base", year=target.year)
        names.problem(file, (*place, "year"), message, UNFIT_VALUE)
    if target.times_value_of is not None and target.times_value_of >= target.year:
        message = Message("the value of {year} is not known before the target's year", year=target.times_value_of)
        names.problem(file, (*place, "times_value_of"), message, UNFIT_VALUE)
    if goal.answered and target.number not in (0, 1):
        message = Message("a goal answered yes or no has the target 1")
        names.problem(file, place, message, WRONG_KIND)
