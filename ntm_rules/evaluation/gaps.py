"""How far from the target: in the indicator's unit, and in things that can be counted.

A value is always shown rounded away from its target's far side, so that what fails is never shown
as reaching: 79,996 against 80 is shown 79,99, and its shortfall 0,01.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.taking import WITHOUT_LIMIT, FiguresOf, compared, level_of, needed_level
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.exact import PERCENT, ceil_to, decimals_of, floor_to
from ntm_rules.rulebook.criteria_set import Combination, Comparator, CriteriaSet, Requirement, Threshold, leaves
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Over, Quantity, Taken

YEAR = 365
"""So many days are as far as a figure that nobody knows."""
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
    if not applicable:  # a standard may ask for more than applies
        return UNKNOWN
    return Distance(
        any(part.waits for part in applicable),
        max(part.relative for part in applicable),
        sum(part.requirements for part in applicable),
    )


def units_of(distance: Fraction) -> int:
    """Return a distance in `UNITS`: a limit exceeded ten times is no further than a figure that nobody knows."""
    return min(-(-distance.numerator * UNITS // distance.denominator), UNITS)


def shown(measure: Measure, value: Fraction, requirement: Requirement, target: Decimal | None = None) -> Decimal:
    """Return a value rounded to the measure's decimals without ever crossing what it is held to."""
    bar = Threshold(Decimal(0), requirement.comparator) if target is None else requirement.held_to(target)
    decimals = max(measure.decimals, decimals_of(bar.value))
    return ceil_to(value, decimals) if rounds_up(bar.comparator) else floor_to(value, decimals)


def rounds_up(comparator: Comparator) -> bool:
    """Tell which way a value is rounded to be shown: up below a limit it may reach or above a bar it must pass.

    Rounded so, neither what reaches its target nor what misses it is shown on the other side.
    """
    return comparator.is_ceiling is not comparator.is_strict


def things_to_do(rules: CriteriaSet, requirements: Iterable[str]) -> int:
    """Return how many gaps there are to close, given the ids of the requirements missed.

    The parts of a choice count together as the fewest of them that may be enough: of an "or" one.
    """
    below: dict[str, set[str]] = {}
    for id_ in requirements:
        below.setdefault(rules.choice_of.get(id_, id_), set()).add(id_)
    return sum(_fewest(rules.choices.get(whole), ids) for whole, ids in below.items())


def _fewest(choice: Combination | None, missed: set[str]) -> int:
    if choice is None or not choice.needed:
        return 1
    short = sum(any(leaf.id in missed for leaf in leaves(part)) for part in choice.children)
    return max(1, choice.needed - (len(choice.children) - short))


def gap_between(
    requirement: Requirement, measure: Measure, target: Decimal, value: Fraction, figures: FiguresOf, of_year: int
) -> Gap:
    """Return the gap of a value that is known to miss its target; `figures`: what was reported for each year."""
    if measure.traits.graded:
        steps = int(target) - int(value)
        return Gap("obtain", shortfall=Decimal(steps), closeness=Fraction(steps, max(1, int(target))))
    if measure.traits.dated:
        days = abs(int(value) - int(target))
        later = requirement.comparator.is_ceiling
        return Gap(
            "lower" if later else "raise", shortfall=Decimal(days), closeness=min(Fraction(days, YEAR), Fraction(1))
        )
    if not measure.traits.quantity:
        return Gap("obtain" if requirement.answer else "end")
    taken, bar = requirement.taken.of(measure), requirement.held_to(target)
    lower, strict = bar.comparator.is_ceiling, bar.comparator.is_strict
    direction, quantity = "lower" if lower else "raise", _quantity(measure, taken, bar, figures, of_year)
    if value == WITHOUT_LIMIT:
        return Gap(direction, quantity=quantity)
    whole = measure.traits.whole and taken.stays_whole
    distance = value - Fraction(bar.value) if lower else Fraction(bar.value) - value
    decimals = 0 if whole else max(measure.decimals, decimals_of(bar.value))
    shortfall = _steps_over(distance, decimals, strict=strict)
    if whole or strict:
        distance = Fraction(shortfall)
    closeness = distance / abs(Fraction(bar.value)) if bar.value else distance
    return Gap(direction, shortfall=shortfall, quantity=quantity, closeness=closeness)


def _steps_over(distance: Fraction, decimals: int, *, strict: bool) -> Decimal:
    """Return the least of so many decimals that covers a distance, or passes it where the target itself does not do."""
    return floor_to(distance, decimals) + Decimal(1).scaleb(-decimals) if strict else ceil_to(distance, decimals)


def _quantity(measure: Measure, taken: Taken, bar: Threshold, figures: FiguresOf, judged: int) -> Decimal | None:
    """Return by how many things, in the smallest unit they are counted in, the figure of the year judged is short.

    Of a count whole things; None where they are not counted, or where that figure alone cannot close the gap.
    """
    (year, base), *rest = taken.terms(judged)
    if year != judged or any(figures(one).state is not State.PRESENT for one in taken.years(judged)):
        return None
    lower, strict = bar.comparator.is_ceiling, bar.comparator.is_strict
    level = partial(_level, measure, figures)
    if taken.over is Over.EACH and not all(
        bar.comparator.reached(compared(taken, level(one), None if of is None else level(of)), Fraction(bar.value))
        for one, of in rest
    ):
        return None
    others = [level(one) for one, _base in rest] if taken.over is Over.MEAN else []
    start = None if base is None else level(base)
    if start == 0 and taken.divides and Fraction(bar.value) > (1 if taken.quantity is Quantity.RATIO else 0):
        strict = True  # whatever is above 0 has risen without limit
    needed = needed_level(taken, Fraction(bar.value), start, others)
    reported = figures(judged)
    if measure.traits.counted:
        if not reported.counted or measure.counted is None or not 0 <= needed <= measure.whole_percent:
            return None
        value, needed, decimals, unit = Fraction(reported.value), needed * reported.base / PERCENT, 0, measure.counted
        steps = _steps_over(value - needed if lower else needed - value, decimals, strict=strict)
        return steps.scaleb(-unit.decimals)
    value = level(judged)
    decimals = 0 if measure.traits.whole else measure.decimals
    return _steps_over(value - needed if lower else needed - value, decimals, strict=strict)


def _level(measure: Measure, figures: FiguresOf, year: int) -> Fraction:
    return level_of(measure, figures(year))
