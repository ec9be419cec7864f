"""What a figure that is not there yet could turn out to be, cut where some target of the rules divides it.

Values are exact fractions in the unit in which they are held against targets: percent for shares and
growth, the measure's own unit for amounts and counts, the rank for grades, 1 or 0 for answers and
rulings. Between two targets all values are judged alike, so one sample stands for them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.models import Measure, Scale


class Nothing(Enum):
    """What is no value."""

    TO_COUNT = "nothing to count"
    """The share of which there is nothing to count, where the measure lets that be "not applicable"."""
    YET = "nothing yet"
    """Some of the years that are read came in, and nothing follows before the others do."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """All values between two, each end included or not; an end of None is open without limit."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    @property
    def empty(self) -> bool:
        """Whether no value lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    @property
    def sample(self) -> Fraction:
        """One value in it."""
        if self.low is None:
            return Fraction(0) if self.high is None else self.high - 1
        return self.low + 1 if self.high is None else (self.low + self.high) / 2

    def within(self, other: Stretch) -> Stretch:
        """Return what this and another have in common."""
        low, low_in = self.low, self.low_in
        if other.low is not None and (low is None or other.low > low):
            low, low_in = other.low, other.low_in
        elif other.low == low:
            low_in = low_in and other.low_in
        high, high_in = self.high, self.high_in
        if other.high is not None and (high is None or other.high < high):
            high, high_in = other.high, other.high_in
        elif other.high == high:
            high_in = high_in and other.high_in
        return Stretch(low, high, low_in, high_in)

    def least_with(self, other: Stretch) -> Stretch:
        """Return what the lesser of a value of this and one of another could be."""
        low, low_in = _outer(self.low, self.low_in, other.low, other.low_in, lower=True)
        high, high_in = _inner(self.high, self.high_in, other.high, other.high_in, lower=True)
        return Stretch(low, high, low_in, high_in)

    def greatest_with(self, other: Stretch) -> Stretch:
        """Return what the greater of a value of this and one of another could be."""
        low, low_in = _inner(self.low, self.low_in, other.low, other.low_in, lower=False)
        high, high_in = _outer(self.high, self.high_in, other.high, other.high_in, lower=False)
        return Stretch(low, high, low_in, high_in)

    def and_next(self, other: Stretch) -> Stretch:
        """Return this stretch continued by the one that follows it."""
        return Stretch(self.low, other.high, self.low_in, other.high_in)


def _outer(
    one: Fraction | None, one_in: bool, other: Fraction | None, other_in: bool, *, lower: bool
) -> tuple[Fraction | None, bool]:
    """Return the end that lies further out; None lies furthest."""
    if one is None or other is None:
        return None, True
    if one == other:
        return one, one_in or other_in
    return (one, one_in) if (one < other) is lower else (other, other_in)


def _inner(
    one: Fraction | None, one_in: bool, other: Fraction | None, other_in: bool, *, lower: bool
) -> tuple[Fraction | None, bool]:
    """Return the end that lies further in."""
    if one is None:
        return other, other_in
    if other is None:
        return one, one_in
    if one == other:
        return one, one_in and other_in
    return (one, one_in) if (one < other) is lower else (other, other_in)


Possible = Stretch | Nothing | str
"""Values judged alike; a text is the id of a group of communes."""

EVERYTHING = Stretch(None, None)
POSITIVE = Stretch(Fraction(0), None, low_in=False)
ANSWERS = (Stretch(Fraction(0), Fraction(0)), Stretch(Fraction(1), Fraction(1)))


def cut(whole: Stretch, at: Iterable[Fraction]) -> Iterator[Stretch]:
    """Yield a stretch in parts, in order: each of the values `at`, and what lies before, between and after.

    >>> [(str(s.low), str(s.high)) for s in cut(Stretch(Fraction(0), Fraction(100)), [Fraction(80)])]
    [('0', '80'), ('80', '80'), ('80', '100')]
    """
    before: Fraction | None = None
    for value in sorted(set(at)):
        yield from _kept(whole, Stretch(before, value, low_in=False, high_in=False))
        yield from _kept(whole, Stretch(value, value))
        before = value
    yield from _kept(whole, Stretch(before, None, low_in=False, high_in=False))


def _kept(whole: Stretch, part: Stretch) -> Iterator[Stretch]:
    common = part.within(whole)
    if not common.empty:
        yield common


def whole_numbers(parts: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches narrowed to the whole numbers in them, without those that hold none; a count is never 2.5.

    Where no stretch holds one (a range that no count fits), they are left as they are.

    >>> [(str(s.low), str(s.high)) for s in whole_numbers([Stretch(Fraction(0), Fraction(5, 2)), EVERYTHING])]
    [('0', '2'), ('None', 'None')]
    """
    parts = list(parts)
    narrowed = (Stretch(_first_whole(part), _last_whole(part)) for part in parts)
    return [part for part in narrowed if not part.empty] or parts


def _first_whole(part: Stretch) -> Fraction | None:
    if part.low is None:
        return None
    up = ceil(part.low)
    return Fraction(up if part.low_in or up != part.low else up + 1)


def _last_whole(part: Stretch) -> Fraction | None:
    if part.high is None:
        return None
    down = floor(part.high)
    return Fraction(down if part.high_in or down != part.high else down - 1)


def values_of(measure: Measure, scale: Scale | None) -> tuple[Stretch, ...]:
    """Return every value a figure of a measure could have, when it is not a growth, from the lowest up."""
    if measure.traits.choices:
        return ANSWERS
    if measure.traits.graded:
        assert scale is not None  # the model sees to it
        return tuple(Stretch(Fraction(rank), Fraction(rank)) for rank in range(len(scale.grades)))
    return (levels(measure),)


def levels(measure: Measure) -> Stretch:
    """Return the numbers that readers take for a measure: its range, nothing below 0 unless that says so.

    Shares to 100, or further where their range goes further.
    """
    if measure.traits.dated:
        return EVERYTHING
    low = measure.range.min if measure.range else None
    high = measure.range.max if measure.range else None
    allowed = Stretch(Fraction(low if low is not None else 0), None if high is None else Fraction(high))
    return allowed.within(Stretch(Fraction(0), Fraction(measure.whole_percent))) if measure.traits.counted else allowed


def growth_values(measure: Measure, now: Fraction | None, before: Fraction | None) -> Stretch:
    """Return every growth in % that could come out; a level of None could be any that readers take.

    The level of the year before is above 0, for without that there is no rate.

    >>> income = Measure.model_validate({"id": "income", "kind": "growth", "sense": "higher",
    ...     **{key: {"vi": "-", "en": "-"} for key in ("label", "unit", "evidence")}})
    >>> growth_values(income, Fraction(44), Fraction(40)).sample
    Fraction(10, 1)
    >>> growth_values(income, Fraction(44), None).low  # never reached: 44 of however much
    Fraction(-100, 1)
    """
    level = levels(measure)
    level_now = level if now is None else Stretch(now, now)
    level_before = level.within(POSITIVE) if before is None else Stretch(before, before)
    if level_before.empty:
        level_before = POSITIVE
    low, low_in = _ratio(level_now.low, level_before, least=True)
    high, high_in = _ratio(level_now.high, level_before, least=False)
    return Stretch(_rate(low), _rate(high), low_in, high_in)


def _ratio(level: Fraction | None, before: Stretch, *, least: bool) -> tuple[Fraction | None, bool]:
    """Return the least (or the greatest) of level / before, and whether it is reached; None without limit."""
    if level is None:
        return None, True
    if level == 0:
        return Fraction(0), True
    largest_before = (level > 0) is least
    if largest_before:
        return (Fraction(0), False) if before.high is None else (level / before.high, True)
    return (None, True) if not before.low else (level / before.low, True)


def _rate(ratio: Fraction | None) -> Fraction | None:
    return None if ratio is None else PERCENT * (ratio - 1)
