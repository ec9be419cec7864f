"""Whether figures of several years can all be so far from those they are counted from: they hang together year by year.

A rise of a tenth each year from 70% ends above 100% in the fourth year: no share does that, whatever single years can do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

from ntm_rules.evaluation.possible_values import Stretch
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.taken import Quantity, Taken

End = tuple[Fraction | None, bool]
"""How low, or how high, a figure can be at best, and whether it can be just that; None: without limit."""
Terms = Sequence[tuple[int, int | None]]
"""Years, each with the one that it is counted from."""


def can_all_reach(
    taken: Taken, terms: Terms, level: Callable[[int], Stretch], bar: Fraction, *, included: bool, whole: bool
) -> bool:
    """Tell whether every year can be at a bar or above it; `level`: what the figure of a year could be.

    The lowest that will do is best for every year, since the next is held against it.

    >>> share = lambda year: Stretch(Fraction(70), Fraction(70)) if year == 2024 else Stretch(Fraction(0), Fraction(100))
    >>> growth = Taken(Quantity.GROWTH)
    >>> [can_all_reach(growth, [(2026, 2025), (2025, 2024)], share, Fraction(bar), included=True, whole=False) for bar in (19, 20)]
    [True, False]
    """
    bases = {base for _year, base in terms}
    lowest: dict[int, End] = {}
    for year, base in sorted(terms):
        if base is None or base >= year:
            return True
        of = level(base)
        start = lowest.setdefault(base, _rounded_up(_least(taken, of, is_base=True), whole=whole))
        if not _below(start, of):
            return False  # nothing that it could be is counted from
        asked = _at_least(taken, start, (of.high, of.high_in), bar, included)
        own = _least(taken, level(year), is_base=year in bases)
        best = _rounded_up(max(own, asked, key=_as_floor), whole=whole)
        if not _below(best, level(year)):
            return False
        lowest[year] = best
    return True


def can_all_stay(
    taken: Taken, terms: Terms, level: Callable[[int], Stretch], bar: Fraction, *, included: bool, whole: bool
) -> bool:
    """Tell whether every year can be at a bar or below it; the highest that will do is best for every year."""
    bases = {base for _year, base in terms}
    highest: dict[int, End] = {}
    for year, base in sorted(terms):
        if base is None or base >= year:
            return True
        of, own = level(base), level(year)
        start = highest.setdefault(base, _rounded_down((of.high, of.high_in), whole=whole))
        least = _rounded_up(_least(taken, of, is_base=True), whole=whole)
        if not _above(start, least):
            return False
        above_zero = _rounded_up(max(least, (Fraction(0), False), key=_as_floor), whole=whole)
        asked = _at_most(taken, start, above_zero, bar, included)
        if asked is None:
            return False
        best = _rounded_down(min((own.high, own.high_in), asked, key=_as_ceiling), whole=whole)
        if not _above(best, _rounded_up(_least(taken, own, is_base=year in bases), whole=whole)):
            return False
        highest[year] = best
    return True


def _least(taken: Taken, level: Stretch, *, is_base: bool) -> End:
    """Return how low a figure can be; what others are divided by is above 0, or 0 where a rise from 0 counts."""
    low: End = (level.low, level.low_in)
    return max(low, (Fraction(0), taken.from_zero), key=_as_floor) if is_base and taken.divides else low


def _times(taken: Taken, bar: Fraction) -> Fraction:
    return bar if taken.quantity is Quantity.RATIO else 1 + bar / PERCENT


def _is_still_enough(taken: Taken, bar: Fraction, included: bool, *, least: bool) -> bool:
    """Tell whether 0 after 0, which is no rise, is what is asked."""
    still = Fraction(taken.quantity is Quantity.RATIO)
    return (still > bar if least else still < bar) or (included and still == bar)


def _at_least(taken: Taken, lowest: End, highest: End, bar: Fraction, included: bool) -> End:
    """Return what a year must be that is counted from another, of which the lowest and the highest are known."""
    value, at = lowest
    if not taken.divides:
        return (None, True) if value is None else (value + bar, at and included)
    assert value is not None, "what is divided by is not below 0"
    if value == 0 and at:
        enough = _is_still_enough(taken, bar, included, least=True)
        return (None, True) if enough else (Fraction(0), False)
    times = _times(taken, bar)
    if times >= 0:
        return value * times, (at or not times) and included
    high, high_at = highest
    return (None, True) if high is None else (high * times, high_at and included)


def _at_most(taken: Taken, highest: End, lowest: End, bar: Fraction, included: bool) -> End | None:
    """Return the same of what must stay below; None where nothing does. `lowest`: what is above 0 of it."""
    value, at = highest
    if not taken.divides:
        return (None, True) if value is None else (value + bar, at and included)
    if value == 0:
        return (value, True) if _is_still_enough(taken, bar, included, least=False) else None
    times = _times(taken, bar)
    if times > 0:
        return (None, True) if value is None else (value * times, at and included)
    low, low_at = lowest
    assert low is not None, "what is divided by is not below 0"
    return low * times, (low_at or not times) and included


def _rounded_up(end: End, *, whole: bool) -> End:
    value, at = end
    if not whole or value is None:
        return end
    up = ceil(value)
    return Fraction(up if at or up != value else up + 1), True


def _rounded_down(end: End, *, whole: bool) -> End:
    value, at = end
    if not whole or value is None:
        return end
    down = floor(value)
    return Fraction(down if at or down != value else down - 1), True


def _above(end: End, low: End) -> bool:
    value, at = end
    if value is None or low[0] is None:
        return True
    return value > low[0] or (value == low[0] and at and low[1])


def _below(end: End, level: Stretch) -> bool:
    value, at = end
    if value is None or level.high is None:
        return True
    return value < level.high or (value == level.high and at and level.high_in)


def _as_floor(end: End) -> tuple[bool, Fraction, bool]:
    return end[0] is not None, end[0] or Fraction(0), not end[1]


def _as_ceiling(end: End) -> tuple[bool, Fraction, bool]:
    return end[0] is None, end[0] or Fraction(0), end[1]
