"""What of a commune's figures is held against a target, exactly: of one year or several, as it was reported or compared.

One function for every evaluator, gap and explanation; fractions only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Over, Quantity, Taken

STATE_REASON = {
    State.MISSING: Reason.NOT_REPORTED,
    State.INVALID: Reason.INVALID_VALUE,
    State.CONFLICTING: Reason.CONFLICTING_VALUES,
    State.UNCLEAR: Reason.UNCLEAR_VALUE,
    State.AWAITED: Reason.RULING_AWAITED,
    State.NOTHING_TO_COUNT: Reason.NOTHING_TO_COUNT,
    State.HAMLETS_NOT_LISTED: Reason.HAMLETS_NOT_LISTED,
    State.HAMLETS_UNKNOWN: Reason.HAMLETS_UNKNOWN,
    State.HAMLETS_WITHOUT_TARGET: Reason.HAMLETS_WITHOUT_TARGET,
}
"""Why a value that is not there leaves a requirement unjudged (or, with nothing to count, not applicable)."""
WITHOUT_LIMIT = Fraction(10**40)
"""A rise from 0, where the law takes it as a rise: beyond every target and every other rise."""

FiguresOf = Callable[[int], Reported]
"""Year -> what was reported for it."""


class LackingFigures(NamedTuple):
    """Why there is nothing to hold against a target, and which years' figures it is for."""

    reason: Reason
    years: tuple[int, ...]
    furthest: Fraction | None = None
    """Of each of several years that which is furthest from the target, of those that are there: it may fail alone."""


def take(measure: Measure, taken: Taken, figures: FiguresOf, of_year: int, *, least: bool) -> Fraction | LackingFigures:
    """Return the value that is held against a target, not rounded yet, or why there is none.

    `taken` has its kind's own way put in (`Taken.of`); `least`: of each of several years the least is held against the
    target, else the greatest. In percent for shares and growth, in times for ratios, else in
    the measure's unit; the rank of a grade, 1 or 0 of an answer.
    """
    lacking = lack(taken, figures, of_year)
    if lacking is not None:
        return lacking._replace(furthest=_furthest_there(measure, taken, figures, of_year, least=least))

    def level(year: int) -> Fraction:
        return level_of(measure, figures(year))

    values = [
        compared(taken, level(year), None if base is None else level(base)) for year, base in taken.terms(of_year)
    ]
    return together(taken, values, least=least)


def _furthest_there(measure: Measure, taken: Taken, figures: FiguresOf, judged: int, *, least: bool) -> Fraction | None:
    """Return what is furthest from the target of the years whose figures are there; None where it decides nothing."""
    if taken.over is not Over.EACH or may_be_nothing(measure, taken, figures, judged):
        return None

    def there(year: int, base: int | None) -> bool:
        read = (figures(one).state is State.PRESENT for one in (year, base) if one is not None)
        return all(read) and not (base is not None and taken.divides and no_base(taken, figures(base).value))

    values = [
        compared(taken, level_of(measure, figures(year)), None if base is None else level_of(measure, figures(base)))
        for year, base in taken.terms(judged)
        if there(year, base)
    ]
    return together(taken, values, least=least) if values else None


def may_be_nothing(measure: Measure, taken: Taken, figures: FiguresOf, of_year: int) -> bool:
    """Tell whether the year judged may have, or has, nothing to count: then no other year's figure matters."""
    state = figures(of_year).state
    if of_year not in taken.years(of_year) or state is State.PRESENT:
        return False
    return state is State.NOTHING_TO_COUNT or (measure.traits.counted and measure.zero_denominator == "not_applicable")


def lack(taken: Taken, figures: FiguresOf, of_year: int) -> LackingFigures | None:
    """Return why a figure cannot be taken, and which years' figures it is for; None where it can."""
    years = taken.years(of_year)
    if of_year in years and figures(of_year).state is not State.PRESENT:
        return LackingFigures(STATE_REASON[figures(of_year).state], (of_year,))
    missing = tuple(year for year in years if figures(year).state is not State.PRESENT)
    if missing:
        return LackingFigures(missing_reason(taken, of_year), missing)
    bases = dict.fromkeys(base for _year, base in taken.terms(of_year) if base is not None) if taken.divides else {}
    zeros = tuple(base for base in bases if no_base(taken, figures(base).value))
    return LackingFigures(zero_reason(taken, of_year), zeros) if zeros else None


def missing_reason(taken: Taken, of_year: int) -> Reason:
    """Return why nothing is taken where an earlier year's figure is missing."""
    alone = set(taken.years(of_year)) <= {of_year, of_year - 1}
    return Reason.PREVIOUS_YEAR_MISSING if alone else Reason.EARLIER_YEAR_MISSING


def zero_reason(taken: Taken, of_year: int) -> Reason:
    """Return why nothing is taken where the figure it is counted from is 0."""
    alone = set(taken.years(of_year)) <= {of_year, of_year - 1}
    return Reason.PREVIOUS_YEAR_ZERO if alone else Reason.BASE_YEAR_ZERO


def no_base(taken: Taken, units: int) -> bool:
    """Tell whether nothing can be divided by a figure."""
    return units < 0 or (units == 0 and not taken.from_zero)


def level_of(measure: Measure, reported: Reported) -> Fraction:
    """Return a figure that is there: percent of a share, the rank of an answer."""
    if measure.traits.counted and reported.base != PERCENT * VALUE_SCALE:
        return Fraction(PERCENT * reported.value, reported.base)
    return typed_fraction(reported) if measure.traits.quantity else Fraction(reported.value)


def compared(taken: Taken, level: Fraction, base: Fraction | None) -> Fraction:
    """Return one year's figure as it is taken."""
    if base is None:
        return level
    if taken.quantity is Quantity.CHANGE:
        return level - base
    if base == 0:
        still = Fraction(taken.quantity is Quantity.RATIO)
        return WITHOUT_LIMIT if level > 0 else still
    return level / base if taken.quantity is Quantity.RATIO else PERCENT * (level - base) / base


def together(taken: Taken, values: Sequence[Fraction], *, least: bool) -> Fraction:
    """Return what the figures of several years come to: their mean, or of each the one furthest from the target."""
    if taken.over is Over.MEAN:
        return sum(values, Fraction(0)) / len(values)
    return min(values) if least else max(values)


def needed_level(taken: Taken, bar: Fraction, base: Fraction | None, others: Sequence[Fraction]) -> Fraction:
    """Return the figure of the year judged at which what is taken is `bar`.

    `base`: the figure it is counted from; `others`: of a mean the figures of the other years.
    """
    if taken.over is Over.MEAN:
        return bar * (len(others) + 1) - sum(others)
    if base is None:
        return bar
    if taken.quantity is Quantity.CHANGE:
        return base + bar
    return base * bar if taken.quantity is Quantity.RATIO else base * (1 + bar / PERCENT)
