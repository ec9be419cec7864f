"""When a bar is reached at a pace, and how sure that is: Theil-Sen slopes between all points, from four points on."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from ntm_rules.plan.models import Point

ENOUGH = 4
"""From so many points on an interval is said; fewer are too few."""
_Z = Fraction(1959964, 10**6)
"""Of a normal distribution: 95 of 100 lie within. Of few points fewer: four allow no interval surer than 23 of 24 to either side."""
_FINE = 10**12


def day_after(year: int, years: Fraction) -> dt.date | None:
    """Return the day so many years after the end of a year; None beyond the calendar.

    >>> day_after(2028, Fraction(3, 2))
    datetime.date(2030, 7, 2)
    """
    whole = math.floor(years)
    if year + whole + 1 > dt.MAXYEAR or year + whole < dt.MINYEAR:
        return None
    end = dt.date(year + whole, 12, 31)
    length = (dt.date(year + whole + 1, 12, 31) - end).days
    days = math.ceil((years - whole) * length)
    return end + dt.timedelta(days=days)


def slopes_between(points: Sequence[Point]) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest slope a year that the points allow, some 95 of 100; None of too few points.

    Sen's interval of the slope, by the normal approximation of Kendall's statistic (Sen 1968).
    """
    n = len(points)
    if n < ENOUGH:
        return None
    slopes = sorted((b.value - a.value) / (b.year - a.year) for a, b in combinations(points, 2))
    ties = Counter(point.value for point in points).values()
    variance = _weight(n) - sum(_weight(times) for times in ties)
    spread = Fraction(math.isqrt(variance * _FINE // 18), math.isqrt(_FINE))
    half = _Z * spread
    upper = min(round((len(slopes) + half) / 2), len(slopes) - 1)
    lower = max(round((len(slopes) - half) / 2) - 1, 0)
    return slopes[lower], slopes[upper]


def _weight(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)
