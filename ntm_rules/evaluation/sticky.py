"""Divisions into 64-bit integers of 10**-7 that keep their order against every target (`ntm_rules.exact`)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ntm_rules.exact import PERCENT, VALUE_SCALE

Ints = NDArray[np.int64]

TYPED = PERCENT * VALUE_SCALE
"""The base of a percentage that was typed as such, in 10**-7."""
BEYOND = 2**62
"""Stands for any number larger than every target can be."""
GRID = VALUE_SCALE // 10
_MOST_AT_ONCE = 2**63 // (PERCENT * GRID)
"""Parts below this are divided in one step."""
_PERCENT_DECIMALS = 8
"""Two decimals of a percentage and six behind them."""
_MOST_TIMES = 4 * 10**9
"""More than so many times the level of the year before is beyond every target."""


def sticky_units(value: Fraction) -> int:
    """Return one exact number as an integer that keeps its order against every target.

    >>> sticky_units(Fraction(1, 3)), sticky_units(Fraction(-1, 4))
    (3333335, -2500000)
    """
    return sticky_quotient(value.numerator, value.denominator)


def sticky_quotient(above: int, below: int) -> int:
    """Return a quotient of two whole numbers, the lower above 0, as `sticky_units` does."""
    units, rest = divmod(above * GRID, below)
    sticky: int = units * 10 + (5 if rest else 0)
    return max(-BEYOND, min(BEYOND, sticky))


def sticky_mean(values: Ints, count: int) -> Ints:
    """Return sums of so many whole millionths, in 10**-7, divided by their number."""
    units, rest = np.divmod(values // 10, count)
    found: Ints = units * 10 + np.where(rest != 0, 5, 0)
    return found


def percents(part: Ints, whole: Ints) -> Ints:
    """Return shares as `sticky_percent` does; percentages that were typed, which are at most 100, need no division."""
    if (whole != TYPED).any():
        return sticky_percent(part, whole)
    tens = part // 10 * 10
    units: Ints = tens + np.where(tens != part, 5, 0)
    return units


def sticky_percent(part: Ints, whole: Ints) -> Ints:
    """Return 100 x part / whole as integers of 10**-7 that keep their order against every target.

    Six decimals, and a seventh that is 5 where digits were left over (`ntm_rules.exact`).

    >>> sticky_percent(np.array([1, 1]), np.array([3, 4])).tolist()
    [333333335, 250000000]
    """
    if len(part) and part.max() < _MOST_AT_ONCE:
        units: Ints = part * (PERCENT * GRID) // whole
        return units * 10 + np.where(part * (PERCENT * GRID) != units * whole, 5, 0)
    percent, rest = np.divmod(part * PERCENT, whole)
    grid, rest = np.divmod(rest * GRID, whole)
    units = (percent * GRID + grid) * 10
    return units + np.where(rest != 0, 5, 0)


def growth_percent(now: Ints, before: Ints) -> Ints:
    """Return growth in percent over levels above 0 as `sticky_percent` does; beyond every target where 64 bits end.

    >>> growth_percent(np.array([11, 10**18 - 1]), np.array([10, 1])).tolist() == [100_000_000, 2**62]
    True
    """
    whole, rest = np.divmod(now - before, before)
    digits = np.zeros(len(now), np.int64)
    left, divisor = rest.astype(np.uint64), before.astype(np.uint64)
    for _ in range(_PERCENT_DECIMALS):  # one figure at a time, so that nothing passes 64 bits
        figure, left = np.divmod(left * np.uint64(10), divisor)
        digits = digits * 10 + figure.astype(np.int64)
    units = (
        np.clip(whole, -_MOST_TIMES, _MOST_TIMES) * (PERCENT * VALUE_SCALE) + digits * 10 + np.where(left != 0, 5, 0)
    )
    return np.where(np.abs(whole) >= _MOST_TIMES, np.sign(whole) * BEYOND, units)
