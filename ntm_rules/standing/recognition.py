"""Communes that a decision has recognised, as they report it, and that do not meet everything now."""

from __future__ import annotations

from typing import NamedTuple

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, State
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet


class Recognised(NamedTuple):
    """One commune that was recognised."""

    record: int
    code: str
    name: str
    document: str
    """The decision, as the commune names it."""
    year: int
    """The year whose report says it: the year judged, or the year before."""
    criteria_not_met: tuple[str, ...]
    """Criteria that are not met now; those that cannot be judged are none of them."""
    conditions_not_met: tuple[str, ...]

    @property
    def no_longer(self) -> bool:
        """Whether something is not met now: recognised, and not up to it any more."""
        return bool(self.criteria_not_met or self.conditions_not_met)


class RecognitionDecision(NamedTuple):
    """What a report says of a decision of recognition."""

    recognised: bool | None
    """None where it says nothing."""
    document: str


def decision_in(rules: CriteriaSet, report: CommuneYear) -> RecognitionDecision:
    """Return what a report says of a decision of recognition, by the ruling that the set names for it."""
    said = report.get(rules.recognition) if rules.recognition else NOT_REPORTED
    return RecognitionDecision(bool(said.value) if said.state is State.PRESENT else None, said.document)


def recognised_in(
    rules: CriteriaSet, facts: Facts, result: Result, conditions: Result | None, record: int = 0
) -> Recognised | None:
    """Return what a commune that was recognised does not meet now; None where no report says that it was.

    A report of the year itself that says "no" holds against that of the year before.
    """
    by, decision = facts.report, decision_in(rules, facts.report)
    if decision.recognised is None and facts.previous is not None:
        by, decision = facts.previous, decision_in(rules, facts.previous)
    if not decision.recognised:
        return None
    return Recognised(
        record=record,
        code=facts.report.code,
        name=facts.report.name,
        document=decision.document,
        year=by.year,
        criteria_not_met=_not_met(result),
        conditions_not_met=_not_met(conditions) if conditions is not None else (),
    )


def _not_met(result: Result) -> tuple[str, ...]:
    return tuple(child.id for child in result.children if child.verdict is Verdict.NOT_MET)
