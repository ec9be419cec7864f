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
    lowest: dict[int, End] = {}
    for year, base in sorted(terms):
        if base is None or base >= year:
            return True
        start = lowest.setdefault(base, _least(level(base), above_zero=taken.divides))
        asked = _asked(taken, start, bar, included)
        if asked is None:
            return True
        own = _least(level(year), above_zero=taken.divides and any(of == year for _year, of in terms))
        best = _rounded_up(max(own, asked, key=_as_floor), whole=whole)
        if not _below(best, level(year)):
            return False
        lowest[year] = best
    return True


def can_all_stay(
    taken: Taken, terms: Terms, level: Callable[[int], Stretch], bar: Fraction, *, included: bool, whole: bool
) -> bool:
    """Tell whether every year can be at a bar or below it; the highest that will do is best for every year."""
    highest: dict[int, End] = {}
    for year, base in sorted(terms):
        if base is None or base >= year:
            return True
        of = level(base)
        start = highest.setdefault(base, (of.high, of.high_in))
        asked = _asked(taken, start, bar, included)
        if asked is None:
            return True
        own = level(year)
        best = min((own.high, own.high_in), asked, key=_as_ceiling)
        best = _rounded_down(best, whole=whole)
        if not _above(best, _least(own, above_zero=taken.divides and any(of == year for _year, of in terms))):
            return False
        highest[year] = best
    return True


def _least(level: Stretch, *, above_zero: bool) -> End:
    low: End = (level.low, level.low_in)
    return max(low, (Fraction(0), False), key=_as_floor) if above_zero else low


def _asked(taken: Taken, base: End, bar: Fraction, included: bool) -> End | None:
    """Return what a year must be that is counted from another; None where a higher base does not ask for more."""
    value, at = base
    if value is None:
        return None, True
    if not taken.divides:
        return value + bar, at and included
    times = bar if taken.quantity is Quantity.RATIO else 1 + bar / PERCENT
    return (value * times, at and included) if times > 0 else None


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
