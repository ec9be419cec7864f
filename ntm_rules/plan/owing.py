"""The documents that a plan asks for: done, due, overdue, and which targets of how many communes wait for them.

Overdue is derived from the day, never stored. What is done stands in the plan's file, or is reported beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.plan.loader import Plan
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.plans import Deliverable
from ntm_rules.standing.awaited import AwaitedDocument, awaited_documents, communes_waiting

SOON, LATER = 30, 90
"""Days within which what is due is told apart from what is due later."""


class Stage(StrEnum):
    """Where a document owed stands on a day; in the order of a list."""

    OVERDUE = "OVERDUE"
    DUE_SOON = "DUE_SOON"
    DUE_LATER = "DUE_LATER"
    AHEAD = "AHEAD"
    DONE = "DONE"


class ReportOfIssue(NamedTuple):
    """That a document was issued, as somebody reports it."""

    deliverable: str
    number: str
    date: dt.date
    year: int | None = None
    """Of a document of every year, which year's it is."""
    agency: str | None = None
    """Of one that every lead agency owes, whose it is."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """What waits for a document: targets in force that no decision fixes yet."""

    requirements: tuple[str, ...]
    indicators: tuple[str, ...]
    conditions: tuple[str, ...]
    communes: int
    """Of which a verdict lacks the target; all of the register where nobody has reported yet."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A document owed once, or its part of one year."""

    deliverable: Deliverable
    year: int | None
    due: dt.date | None
    """The last day; None where it was done before the plan."""
    day_stated: bool
    """False where the plan names a year and no day."""
    owners: tuple[str, ...]
    """The agencies that still owe it, or owed it where it is done."""
    done: tuple[ReportOfIssue, ...]
    stage: Stage
    days: int
    """Overdue: days past the due day; else days until it; 0 where it is done."""
    blocks: Blocked | None = None
    settled: bool = False
    """Targets once waited for it and none does any more, though nobody has said that it was issued."""

    @property
    def id(self) -> str:
        """The deliverable's id, of a yearly one with the year behind a slash."""
        return f"{self.deliverable.id}/{self.year}" if self.year is not None else self.deliverable.id


def owed(
    plan: Plan,
    today: dt.date,
    reports: Sequence[ReportOfIssue] = (),
    *,
    rules: CriteriaSet | None = None,
    evaluation: Evaluation | None = None,
) -> list[Owed]:
    """Return every document that the plan asks for, of yearly ones those of past years and of the next to come.

    Args:
        plan: the plan.
        today: the day on which they are looked at.
        reports: what was issued besides what the plan itself says.
        rules: the law of the day, by which is known what waits; None: nothing is said of that.
        evaluation: the communes' verdicts, by which communes that wait are counted; None: all of the register.
    """
    waiting = _waiting(plan, today, rules) if rules is not None else {}
    awaited = {decision.deliverable for decision in plan.loaded.header.decisions}
    found = []
    for deliverable in plan.deliverables:
        blocked = _blocked(plan, waiting.get(deliverable.id), evaluation)
        settled = rules is not None and not rules.illustrative and deliverable.id in awaited and blocked is None
        found += [
            _stand(plan, one, due, year, stated, today, reports, blocked, settled=settled)
            for one, due, year, stated in _times(deliverable, today)
        ]
    return sorted(found, key=lambda one: (list(Stage).index(one.stage), one.due or dt.date.min, one.id))


def _times(deliverable: Deliverable, today: dt.date) -> Iterator[tuple[Deliverable, dt.date | None, int | None, bool]]:
    """Yield when a document is owed: day, year, whether the day is stated."""
    yearly = deliverable.every_year
    if yearly is None:
        year = deliverable.in_year
        due = deliverable.due or (dt.date(year, 12, 31) if year else None)
        yield deliverable, due, None, deliverable.due is not None
        return
    month, day = yearly.month or 12, yearly.day or 31
    for year in range(yearly.from_, yearly.to + 1):
        due = dt.date(year, month, day)
        yield deliverable, due, year, yearly.month is not None
        if due >= today:
            return


def _stand(
    plan: Plan,
    deliverable: Deliverable,
    due: dt.date | None,
    year: int | None,
    stated: bool,
    today: dt.date,
    reported: Sequence[ReportOfIssue],
    blocked: Blocked | None,
    *,
    settled: bool,
) -> Owed:
    issued = [ReportOfIssue(deliverable.id, done.number, done.date) for done in deliverable.done or ()]
    issued += [r for r in reported if r.deliverable == deliverable.id and r.year == year and r.date <= today]
    owners = tuple(plan.loaded.agencies[lead].id for lead in deliverable.lead or ())
    if deliverable.by_each:
        everyone = led_by(plan)
        by = {r.agency for r in issued}
        owners = tuple(agency for agency in everyone if agency not in by)
        done = not owners
        owners = owners or everyone
    else:
        done = bool(issued)
    days = 0
    if done or due is None:
        stage = Stage.DONE
    elif due < today:
        stage, days = Stage.OVERDUE, (today - due).days
    else:
        days = (due - today).days
        stage = Stage.DUE_SOON if days <= SOON else Stage.DUE_LATER if days <= LATER else Stage.AHEAD
    return Owed(
        deliverable,
        year,
        due,
        stated,
        owners,
        tuple(issued),
        stage,
        days,
        None if done else blocked,
        settled and not done,
    )


def led_by(plan: Plan) -> tuple[str, ...]:
    """Return the lead agencies of the criteria: each owes what every one of them owes."""
    leads = {indicator.lead for indicator in plan.loaded.indicators()}
    leads |= {node.lead for node in plan.loaded.nodes() if node.lead}
    return tuple(id_ for id_, agency in plan.loaded.agencies.items() if id_ in leads and agency.role == "lead")


def _waiting(plan: Plan, today: dt.date, rules: CriteriaSet) -> Mapping[str, AwaitedDocument]:
    """Return deliverable -> the decision that it is, where targets in force wait for that."""
    is_of = {decision.id: decision.deliverable for decision in plan.loaded.header.decisions if decision.deliverable}
    return {is_of[one.id]: one for one in awaited_documents(rules, today) if one.id in is_of}


def _blocked(plan: Plan, document: AwaitedDocument | None, evaluation: Evaluation | None) -> Blocked | None:
    if document is None:
        return None
    communes = len(plan.loaded.communes.within()) if evaluation is None else communes_waiting(evaluation, document)
    return Blocked(document.requirements, document.indicators, document.conditions, communes)


def by_agency(plan: Plan, documents: Sequence[Owed]) -> dict[str, list[Owed]]:
    """Return agency -> the documents that it owes or has delivered, in the order of the set's agencies."""
    found: dict[str, list[Owed]] = {agency: [] for agency in plan.loaded.agencies}
    for one in documents:
        for owner in one.owners:
            found[owner].append(one)
        if one.deliverable.by_each:
            for report in one.done:
                if report.agency in found and report.agency not in one.owners:
                    found[str(report.agency)].append(one)
    return {agency: its for agency, its in found.items() if its}
