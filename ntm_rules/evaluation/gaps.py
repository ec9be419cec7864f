"""How far from the target: in the indicator's unit, and in things that can be counted.

A value is always shown rounded away from its target's far side, so that what fails is never shown
as reaching: 79,996 against 80 is shown 79,99, and its shortfall 0,01.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import NOT_REPORTED, Reported, State
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.exact import PERCENT, VALUE_SCALE, ceil_to, decimals_of, floor_to, plain_fraction
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, Requirement, leaves
from ntm_rules.rulebook.models import Measure

UNITS = 10**9
"""Distances are added up as whole parts of so many, each rounded up: the same for the same gap, and never 0 for one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What separates a requirement from its target."""

    direction: str
    """`raise`, `lower`, `obtain` (an answer, ruling or grade), or `end` (what the answer yes says there is)."""
    shortfall: Decimal | None = None
    """In the measure's unit, rounded up; points for shares and growth; steps for grades; of a count whole things."""
    quantity: Decimal | None = None
    """Countable amount that closes the gap, denominators unchanged; None when it cannot be counted."""
    closeness: Fraction = Fraction(1)
    """Shortfall relative to the target, exactly, for ordering; 1 where it has no size."""


class Distance(NamedTuple):
    """How far a node is from being met; the lesser is the nearer. The one rule by which alternatives are ordered."""

    waits: bool
    """Whether something it needs waits for the law: such an alternative comes after those that can be met today."""
    relative: Fraction
    """Shortfall relative to the target; of parts that are all needed that of the furthest, of alternatives of the nearest.

    1 where a figure or a conclusion is not there, which is never as good as reached; 0 for what waits for the law alone.
    """
    requirements: int
    """How many are in its way, of alternatives those of the nearest."""


REACHED = Distance(False, Fraction(0), 0)
UNKNOWN = Distance(False, Fraction(1), 1)
LEFT_TO_NOBODY = Distance(True, Fraction(0), 0)
"""Of what waits for the law alone."""


def distance_of(
    verdict: Verdict, op: str, parts: Iterable[tuple[Verdict, Distance]], gap: Gap | None, needed: int = 0
) -> Distance:
    """Return a node's distance.

    Args:
        verdict: its own.
        op: `all`, `any` or `some`; empty for a requirement.
        parts: verdict and distance of what it combines; none for a requirement.
        gap: of a requirement that is not met.
        needed: of a `some`, how many parts must be met.
    """
    if verdict in (Verdict.MET, Verdict.NOT_APPLICABLE):
        return REACHED
    if not op:
        if verdict is Verdict.NO_TARGET:
            return LEFT_TO_NOBODY
        return Distance(False, gap.closeness, 1) if gap is not None else UNKNOWN
    applicable = [distance for part, distance in parts if part is not Verdict.NOT_APPLICABLE]
    if op == "any":
        return min(applicable)
    if op == SOME:  # the nearest first, and first of all what is met; too few that apply can never be enough
        applicable = sorted([*applicable, *[UNKNOWN] * (needed - len(applicable))])[:needed]
    return Distance(
        any(part.waits for part in applicable),
        max(part.relative for part in applicable),
        sum(part.requirements for part in applicable),
    )


def units_of(distance: Fraction) -> int:
    """Return a distance in `UNITS`: a limit exceeded ten times is no further than a figure that nobody knows."""
    return min(-(-distance.numerator * UNITS // distance.denominator), UNITS)


def actual_fraction(measure: Measure, reported: Reported, before: Reported = NOT_REPORTED) -> Fraction | None:
    """Return the exact value that is held against the target, in the measure's compared unit.

    Percent for shares and growth; None when the value is not there or is not a quantity.
    """
    if reported.state is not State.PRESENT or not measure.traits.quantity:
        return None
    if measure.traits.counted and reported.base != PERCENT * VALUE_SCALE:
        return Fraction(PERCENT * reported.value, reported.base)
    if measure.traits.needs_year_before:
        if before.state is not State.PRESENT or before.value <= 0:
            return None
        now, start = typed_fraction(reported), typed_fraction(before)
        return PERCENT * (now - start) / start
    return typed_fraction(reported)


def shown(measure: Measure, value: Fraction, comparator: Comparator, target: Decimal | None = None) -> Decimal:
    """Return a value rounded to the measure's decimals without ever crossing its target."""
    decimals = max(measure.decimals, decimals_of(target) if target is not None else 0)
    return ceil_to(value, decimals) if rounds_up(comparator) else floor_to(value, decimals)


def rounds_up(comparator: Comparator) -> bool:
    """Tell which way a value is rounded to be shown: up below a limit it may reach or above a bar it must pass.

    Rounded so, neither what reaches its target nor what misses it is shown on the other side.
    """
    return comparator.is_ceiling is not comparator.is_strict


def things_to_do(rules: CriteriaSet, missed: Iterable[str]) -> int:
    """Return how many gaps there are to close, given the ids of the requirements missed.

    The parts of a choice count together as the fewest of them that may be enough: of an "or" one.
    """
    below: dict[str, set[str]] = {}
    for id_ in missed:
        below.setdefault(rules.choice_of.get(id_, id_), set()).add(id_)
    return sum(_fewest(rules.choices.get(whole), ids) for whole, ids in below.items())


def _fewest(choice: Combination | None, missed: set[str]) -> int:
    if choice is None or not choice.needed:
        return 1
    short = sum(any(leaf.id in missed for leaf in leaves(part)) for part in choice.children)
    return max(1, choice.needed - (len(choice.children) - short))


def gap_between(
    requirement: Requirement,
    measure: Measure,
    target: Decimal,
    reported: Reported,
    before: Reported = NOT_REPORTED,
) -> Gap:
    """Return the gap of a value that is known to miss its target."""
    if measure.traits.graded:
        steps = int(target) - reported.value
        return Gap("obtain", shortfall=Decimal(steps), closeness=Fraction(steps, max(1, int(target))))
    actual = actual_fraction(measure, reported, before)
    if actual is None:
        return Gap("obtain" if requirement.answer else "end")
    lower, strict = requirement.comparator.is_ceiling, requirement.comparator.is_strict
    distance = actual - Fraction(target) if lower else Fraction(target) - actual
    decimals = 0 if measure.traits.whole else max(measure.decimals, decimals_of(target))
    shortfall = _steps_over(distance, decimals, strict=strict)
    if measure.traits.whole or strict:
        distance = Fraction(shortfall)
    return Gap(
        direction="lower" if lower else "raise",
        shortfall=shortfall,
        quantity=_quantity(measure, Fraction(target), reported, before, lower=lower, strict=strict),
        closeness=distance / abs(Fraction(target)) if target else distance,
    )


def _steps_over(distance: Fraction, decimals: int, *, strict: bool) -> Decimal:
    """Return the least of so many decimals that covers a distance, or passes it where the target itself does not do."""
    return floor_to(distance, decimals) + Decimal(1).scaleb(-decimals) if strict else ceil_to(distance, decimals)


def _quantity(
    measure: Measure, target: Fraction, reported: Reported, before: Reported, *, lower: bool, strict: bool
) -> Decimal | None:
    """Return how many things, in the smallest unit they are counted in, close the gap; of a count whole things."""
    if measure.traits.counted:
        if not reported.counted or measure.counted is None:
            return None
        bar = target * reported.base / PERCENT
        return _steps_over(reported.value - bar if lower else bar - reported.value, 0, strict=strict).scaleb(
            -measure.counted.decimals
        )
    bar = plain_fraction(before.value) * (1 + target / PERCENT) if measure.traits.needs_year_before else target
    value = plain_fraction(reported.value)
    decimals = 0 if measure.traits.whole else measure.decimals
    return _steps_over(value - bar if lower else bar - value, decimals, strict=strict)
