"""How a reported figure is taken before it is held against a target: of which years, as what, and how it is rounded.

What is held against the target is in the measure's unit (a level, a mean of levels, a change), in percent (a growth)
or in times (a ratio). Nothing here knows what was reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntm_rules.rulebook.models import Measure, TakenWritten, YearWritten

THIS_YEAR, YEAR_BEFORE = 0, -1
"""Years counted from the one judged; any other number is a year of the calendar."""


class Quantity(StrEnum):
    """What of a figure is held against a target."""

    OWN = "own"
    """What its kind says: of a growth the growth over the year before, of all others the level."""
    LEVEL = "level"
    CHANGE = "change"
    GROWTH = "growth"
    RATIO = "ratio"


class Over(StrEnum):
    """Over how many years it is taken."""

    ONE = "one"
    MEAN = "mean"
    EACH = "each"
    """Every one of them must meet the target: the one that is furthest from it is held against it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How a requirement takes the figures of its measure."""

    quantity: Quantity = Quantity.OWN
    since: int = THIS_YEAR
    """Of a level the year whose it is, else the year it is counted from."""
    over: Over = Over.ONE
    count: int = 1
    """The year judged and so many years before it, less one."""
    from_zero: bool = False
    """Whether a rise from 0 is a rise without limit, and 0 after 0 none."""
    rounded_to: int | None = None
    """Decimals to which it is rounded before it is held against the target, halves away from 0."""

    def of(self, measure: Measure) -> Taken:
        """Return how figures of a measure are taken, its kind's own way put in."""
        if self.quantity is not Quantity.OWN:
            return self
        return _as_growth(self) if measure.traits.needs_year_before else _as_level(self)

    @property
    def is_level(self) -> bool:
        """Whether it is the figure of the year judged as it was reported."""
        return self.quantity is Quantity.LEVEL and self.over is Over.ONE and self.since == THIS_YEAR

    @property
    def is_yearly_growth(self) -> bool:
        """Whether it is the growth over the year before."""
        return self.quantity is Quantity.GROWTH and self.over is Over.ONE and self.since == YEAR_BEFORE

    @property
    def compares_years(self) -> bool:
        """Whether one year's figure is held against another's."""
        return self.quantity in (Quantity.CHANGE, Quantity.GROWTH, Quantity.RATIO)

    @property
    def divides(self) -> bool:
        """Whether it is divided by the figure of an earlier year, which must then be above 0."""
        return self.quantity in (Quantity.GROWTH, Quantity.RATIO)

    @property
    def stays_whole(self) -> bool:
        """Whether whole figures give a whole number."""
        return not self.divides and self.over is not Over.MEAN

    @lru_cache(maxsize=1024)  # noqa: B019 - small values, of which a law has few, and asked for with every figure
    def terms(self, this_year: int) -> tuple[tuple[int, int | None], ...]:
        """Return the years whose figures are taken, each with the year that it is counted from, the latest first."""
        if not self.compares_years:
            first = calendar_year(self.since, this_year)
            return tuple((first - back, None) for back in range(self.count))
        return tuple((this_year - back, calendar_year(self.since, this_year - back)) for back in range(self.count))

    @lru_cache(maxsize=1024)  # noqa: B019 - as `terms`
    def years(self, this_year: int) -> tuple[int, ...]:
        """Return every year that is read, the latest first."""
        read = {year for term in self.terms(this_year) for year in term if year is not None}
        return tuple(sorted(read, reverse=True))

    def rounded(self, value: Fraction) -> Fraction:
        """Return what is held against the target.

        >>> Taken(rounded_to=1).rounded(Fraction("94.95")), Taken(rounded_to=0).rounded(Fraction("-2.5"))
        (Fraction(95, 1), Fraction(-3, 1))
        """
        if self.rounded_to is None:
            return value
        scale = 10**self.rounded_to
        size = floor(abs(value) * scale + Fraction(1, 2))
        return Fraction(size if value >= 0 else -size, scale)

    def bar(self, target: Decimal, *, ceiling: bool, strict: bool) -> tuple[Decimal, bool]:
        """Return what the exact value must reach for the rounded one to reach a target, and whether it must pass it.

        >>> Taken(rounded_to=1).bar(Decimal(95), ceiling=False, strict=False)
        (Decimal('94.95'), False)
        >>> Taken(rounded_to=0).bar(Decimal(5), ceiling=True, strict=False)
        (Decimal('5.5'), True)
        """
        if self.rounded_to is None:
            return target, strict
        step = Decimal(1).scaleb(-self.rounded_to)
        steps = Fraction(target) / Fraction(step)
        if ceiling:  # the highest that rounds to an allowed one
            nearest = ceil(steps) - 1 if strict else floor(steps)
            return nearest * step + step / 2, nearest >= 0
        nearest = floor(steps) + 1 if strict else ceil(steps)
        return nearest * step - step / 2, nearest <= 0


AS_ITS_KIND = Taken()


@lru_cache(maxsize=256)
def _as_growth(taken: Taken) -> Taken:
    return replace(taken, quantity=Quantity.GROWTH, since=YEAR_BEFORE)


@lru_cache(maxsize=256)
def _as_level(taken: Taken) -> Taken:
    return replace(taken, quantity=Quantity.LEVEL)


def calendar_year(year: int, this_year: int) -> int:
    """Return a year as the calendar has it."""
    return this_year + year if year <= THIS_YEAR else year


def since_words(year: int) -> str:
    """Return a year as it is written.

    >>> since_words(YEAR_BEFORE), since_words(2020)
    ('year_before', '2020')
    """
    return {THIS_YEAR: "this_year", YEAR_BEFORE: "year_before"}.get(year, str(year))


def taken_as(way: TakenWritten | None, rounded_to: int | None) -> Taken:
    """Return what is written as it is taken."""
    if way is None:
        return replace(AS_ITS_KIND, rounded_to=rounded_to)
    quantity, since = next(
        ((quantity, reading_year(year)) for quantity, year in way.quantities.items() if year is not None),
        (Quantity.OWN, THIS_YEAR),
    )
    over = Over.MEAN if way.mean_of else Over.EACH if way.each_of else Over.ONE
    return Taken(
        quantity,
        since,
        over,
        way.mean_of or way.each_of or 1,
        from_zero=way.from_zero is not None,
        rounded_to=rounded_to,
    )


def reading_year(year: YearWritten) -> int:
    """Return a year as it is written, as `Taken` has it."""
    return {"this_year": THIS_YEAR, "year_before": YEAR_BEFORE}[year] if isinstance(year, str) else year


def beside_last_year(measure: Measure, ways: Iterable[Taken], this_year: int) -> bool:
    """Tell whether a form asks last year's figure of a measure beside this year's.

    It does of levels whose growth is compared, and of numbers that some requirement takes of last year.
    """
    if measure.traits.needs_year_before:
        return True
    plain = measure.traits.quantity and not measure.traits.counted and not measure.unit_is_percent
    return plain and this_year - 1 in earlier_years(ways, this_year)


def earlier_years(ways: Iterable[Taken], this_year: int) -> tuple[int, ...]:
    """Return the years before the one judged that are read, the latest first."""
    return tuple(sorted({year for one in ways for year in one.years(this_year) if year != this_year}, reverse=True))
