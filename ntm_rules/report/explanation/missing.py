"""What stands in the way of a verdict: requirements not met with their gaps, figures owed, decisions awaited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.gaps import Distance, Gap, distance_of, gap_of
from ntm_rules.evaluation.reference import Facts, Result
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.wording import agency_name, decision_words, gap_words, owed_words
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Requirement


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a commune lacks: what, by how much, and who to turn to."""

    requirement: Requirement
    result: Result
    gap: Gap | None
    words: str
    lead: str


def reported_for(requirement: Requirement, facts: Facts) -> tuple[Reported, Reported]:
    """Return what was reported for a requirement, and in the year before."""
    now = facts.report.get(requirement.measure)
    before = facts.previous.get(requirement.measure) if facts.previous else Reported(State.MISSING)
    return now, before


def result_gap(rules: CriteriaSet, result: Result, facts: Facts) -> Gap | None:
    """Return the gap of a requirement's result; None unless it is NOT_MET."""
    if result.requirement is None:
        return None
    now, before = reported_for(result.requirement, facts)
    return gap_of(result, rules.measures[result.requirement.measure], now, before)


def result_distance(rules: CriteriaSet, result: Result, facts: Facts) -> Distance:
    """Return how far a result is from being met; what `Evaluation.distance` says of the commune among all."""
    parts = [(part.verdict, result_distance(rules, part, facts)) for part in result.children]
    return distance_of(result.verdict, result.op, parts, result_gap(rules, result, facts))


def nearest_first(rules: CriteriaSet, alternatives: Iterable[Result], facts: Facts) -> tuple[Result, ...]:
    """Return those alternatives of an "or" that are not met, the nearest first."""
    failed = (part for part in alternatives if part.verdict is Verdict.NOT_MET)
    return tuple(sorted(failed, key=lambda part: result_distance(rules, part, facts)))


def missing(rules: CriteriaSet, indicator: Result, facts: Facts, verdict: Verdict) -> Iterator[Missing]:
    """Yield the requirements at or below a result that stand in its way with this verdict.

    Only through nodes that themselves have the verdict, so that alternatives of an `any` that is
    met, or parts that do not decide, are left out; alternatives come nearest first.
    """
    if indicator.verdict is not verdict:
        return
    if indicator.requirement is not None:
        yield _missing(rules, indicator, facts)
        return
    parts = indicator.children
    if verdict is Verdict.NOT_MET and indicator.op == "any":
        parts = nearest_first(rules, parts, facts)
    for part in parts:
        yield from missing(rules, part, facts, verdict)


def _missing(rules: CriteriaSet, result: Result, facts: Facts) -> Missing:
    requirement = result.requirement
    assert requirement is not None
    gap = result_gap(rules, result, facts)
    if gap is not None:
        words = gap_words(rules, requirement, gap)
    elif isinstance(requirement.target, AwaitedTarget) and result.verdict is Verdict.NO_TARGET:
        words = decision_words(rules, requirement.target.decision) or str(result.reason.words)
    else:
        words = owed_words(rules, requirement, result.reason)
    return Missing(requirement, result, gap, words, agency_name(rules, requirement.lead))
