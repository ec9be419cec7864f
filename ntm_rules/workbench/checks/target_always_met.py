"""NTM067: a target that every figure reaches."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ntm_rules.errors import Severity
from ntm_rules.exact import plain
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import Comparator
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Taken
from ntm_rules.rulebook.yaml_reader import RuleProblem
from ntm_rules.workbench.checks.core.bounds import bounds
from ntm_rules.workbench.checks.core.check import Check
from ntm_rules.workbench.checks.core.overlays import CheckedOverlay
from ntm_rules.workbench.checks.core.sets import CheckedSet


def find(subject: CheckedSet) -> Iterator[RuleProblem]:
    """Yield every floor not above the least that can be reported, and every ceiling not below the most."""
    for at in subject.leaves:
        measure = subject.measures.get(at.node.measure or "")
        for place, number in at.target.numbers() if at.target and measure else ():
            if at.target and measure and _always(number, at.target.key, measure, at.node.how_taken):
                yield subject.at(at.file, place, _words(number, measure))


def find_in_overlay(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield the same of an overlay's numbers."""
    for id_, place, number in subject.numbers():
        requirement = subject.requirements[id_]
        measure = subject.whole.measures[requirement.measure]
        if _always(number, requirement.comparator.value, measure, requirement.taken):
            yield subject.at(place, _words(number, measure))


def _always(number: Decimal, key: str, measure: Measure, taken: Taken) -> bool:
    low, high = bounds(measure, taken)
    worst = high if Comparator(key).is_ceiling else low
    return worst is not None and Comparator(key).reached(Fraction(worst), Fraction(number))


def _words(number: Decimal, measure: Measure) -> Message:
    return Message("whatever {measure} is, {number} is reached", measure=measure.id, number=plain(number))


CHECK = Check(
    code="NTM067",
    severity=Severity.WARNING,
    title=N_("A target that every figure reaches"),
    why=N_("The requirement certifies every commune and demands nothing."),
    mend=N_("Correct the target; where nothing is demanded leave the requirement out."),
    of_set=find,
    of_overlay=find_in_overlay,
)
