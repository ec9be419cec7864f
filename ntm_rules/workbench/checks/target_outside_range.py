"""NTM066: a target that no figure can reach."""

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
    """Yield every floor above what can be reported, and every ceiling below it."""
    for at in subject.leaves:
        measure = subject.measures.get(at.node.measure or "")
        for place, number in at.target.numbers() if at.target and measure else ():
            message = _never(number, at.target.key, measure, at.node.how_taken) if at.target and measure else None
            if message:
                yield subject.at(at.file, place, message)


def find_in_overlay(subject: CheckedOverlay) -> Iterator[RuleProblem]:
    """Yield the same of an overlay's numbers."""
    for id_, place, number in subject.numbers():
        requirement = subject.requirements[id_]
        measure = subject.whole.measures[requirement.measure]
        message = _never(number, requirement.comparator.value, measure, requirement.taken)
        if message:
            yield subject.at(place, message)


def _never(number: Decimal, key: str, measure: Measure, taken: Taken) -> Message | None:
    comparator, (low, high) = Comparator(key), bounds(measure, taken)
    best = low if comparator.is_ceiling else high
    if best is None or comparator.reached(Fraction(best), Fraction(number)):
        return None
    said = {"number": plain(number), "measure": measure.id}
    if number == best:
        return Message("{measure} cannot pass {number}, which does not meet {key}", key=key, **said)
    if comparator.is_ceiling:
        return Message("{number} is below {low}, the least that {measure} can be", low=plain(best), **said)
    return Message("{number} is above {high}, the most that {measure} can be", high=plain(best), **said)


CHECK = Check(
    code="NTM066",
    severity=Severity.ERROR,
    title=N_("A target that no figure can reach"),
    why=N_("Every commune fails, whatever it does."),
    mend=N_("Correct the target, or the measure's `range`."),
    of_set=find,
    of_overlay=find_in_overlay,
)
