"""Scales of pictures: where an axis begins and ends. For drawing alone; nothing is judged by them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import Taken
from ntm_rules.wording.values import unit_of, with_unit

MOST_TICKS = 5


def scale(values: Sequence[Fraction], *, whole: bool) -> tuple[Fraction, Fraction, Fraction]:
    """Return where an axis begins and ends and how far its ticks are apart; 0 is always on it.

    With `whole`, for shares, it has all of 100%, so that the pictures of different shares are alike.

    >>> [str(x) for x in scale([Fraction(41), Fraction(52)], whole=True)]
    ['0', '100', '25']
    >>> [str(x) for x in scale([Fraction(-3), Fraction(18)], whole=False)]
    ['-5', '20', '5']
    >>> [str(x) for x in scale([Fraction(0)], whole=False)]
    ['0', '1/2', '1/2']
    """
    low, high = min(Fraction(0), *values), max(Fraction(0), *values)
    if whole and low == 0 and high <= PERCENT:
        return Fraction(0), Fraction(PERCENT), Fraction(PERCENT, 4)
    least = (high - low or 1) / MOST_TICKS
    size = Fraction(10) ** math.floor(math.log10(least))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)
    return step * math.floor(low / step), step * max(math.ceil(high / step), 1), step


def scale_amount_words(measure: Measure, value: Fraction, taken: Taken) -> str:
    """Return a place on a measure's axis with its unit."""
    return with_unit(Decimal(value.numerator) / Decimal(value.denominator), unit_of(measure, taken))
