"""One requirement of one commune in words: what was reported held against what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.report.hamlet_texts import told_with_hamlets
from ntm_rules.report.html.values import Badge
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.wording.gaps import gap_words
from ntm_rules.wording.targets import own_target_words
from ntm_rules.wording.values import actual_words, counted_words, unreported_words


@dataclass(frozen=True, slots=True)
class HeldWords:
    """One requirement of one commune in words: what was reported held against what is asked."""

    requirement: Requirement
    verdict: Verdict
    badge: Badge
    reason: Reason
    actual: str
    counted: str
    """Numerator and denominator, where a share was counted."""
    target: str
    gap: str
    """How far from the target, and which hamlets are in the way; of the first nothing unless it is NOT_MET."""


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """One indicator in one commune."""

    record: int
    verdict: Verdict
    distance: Fraction
    """As a share of its targets; 0 unless it is NOT_MET."""
    parts: Sequence[HeldWords]


def held_words(
    evaluation: Evaluation, badges: Mapping[Verdict, Badge], requirement: Requirement, record: int
) -> HeldWords:
    """Return one requirement of one record in words."""
    rules = evaluation.rules
    row = evaluation.row_of["requirement", requirement.id]
    reason, one = evaluation.reason(row, record), evaluation.held(row, record)
    asked = reason not in (Reason.DOES_NOT_EXIST, Reason.EXISTENCE_UNANSWERED, Reason.CLASS_EXEMPT)
    verdict = evaluation.verdict(row, record)
    return HeldWords(
        requirement,
        verdict,
        badges[verdict],
        reason,
        (actual_words(rules, one) or unreported_words(one.reported.state)) if asked else "",
        counted_words(rules.measures[requirement.measure], one.reported) if asked else "",
        own_target_words(rules, requirement, evaluation.target(requirement, record)),
        _gap(evaluation, one, verdict, record),
    )


def _gap(evaluation: Evaluation, one: Held, verdict: Verdict, record: int) -> str:
    if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        return ""
    words = gap_words(evaluation.rules, one.requirement, one.gap) if one.gap else ""
    return told_with_hamlets(words, evaluation, record, one.requirement)
