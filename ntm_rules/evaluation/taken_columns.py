"""Figures of many communes as a requirement takes them, in 64-bit integers: `taking` for columns.

What is taken of levels of one unit is reckoned for all at once. Shares that were counted have denominators of their
own, and a figure typed with more decimals than are held stands in its text alone: of these what is taken of several
years is worked out one at a time, as `taking` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.figure_columns import FigureColumns, Index
from ntm_rules.dataset.record_views import Earlier, Records
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.sticky import (
    BEYOND,
    GRID,
    TYPED,
    Ints,
    growth_percent,
    percents,
    sticky_mean,
    sticky_quotient,
    sticky_units,
)
from ntm_rules.evaluation.taking import STATE_REASON, WITHOUT_LIMIT, compared, level_of, together
from ntm_rules.evaluation.verdicts import CODE, Reason
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import THIS_YEAR, YEAR_BEFORE, Over, Quantity, Taken

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
CODE_OF_STATE = bytes([0 if s is State.PRESENT else CODE[STATE_REASON[s]] for s in State]).ljust(256)
"""State of a figure -> the code of the reason why there is nothing to compare."""
_STATE_CODES = np.frombuffer(CODE_OF_STATE, np.uint8)
_LARGEST = 2**59
"""Of values below this eight are added up in 64 bits."""
_SMALL = 300_000
"""The product of two counts below this, in percent of six decimals, is held in 64 bits."""
_TOGETHER = 8
Year = tuple[int, int]
"""A year: years from the one judged and 0, or 0 and a year of the calendar."""


class Taking(NamedTuple):
    """What is taken of every record."""

    why: Bytes
    """Codes of the reasons why there is nothing to compare; 0 where there is."""
    units: Ints
    """What is taken; ratios as growths."""
    partly: Bools
    """Of each of several years some are there, and one alone may fail; `units` is then the furthest of them."""


class Takes:
    """The years of some records, and what is taken of their figures."""

    def __init__(self, figures: FigureColumns, records: Records, earlier: Earlier) -> None:
        self.figures, self.records = figures, records
        self._owners: dict[Year, Index] = {(THIS_YEAR, 0): records.owners, (YEAR_BEFORE, 0): earlier.owners}
        """Year -> the owner of it of each record; -1 where nobody reports for it."""

    def row(self, at: int, measure: Measure, taken: Taken, *, least: bool) -> Taking:
        """Return what is taken of every record; `at` is the measure's row of the columns, -1 where nobody reports it."""
        terms = _terms(taken)
        why = self._why(at, taken, terms)
        units, partly = np.zeros(len(self.records), np.int64), np.zeros(len(self.records), np.bool_)
        rows = np.flatnonzero(why == 0)
        if len(rows):
            units[rows] = _Rows(self, at, measure, taken, rows, least=least).units(terms)
        if taken.over is Over.EACH and at >= 0:
            open_ = (why != 0) & ~self._may_be_nothing(at, measure)
            furthest = np.minimum if least else np.maximum
            for term in terms:
                rows = np.flatnonzero(open_ & (self._why(at, taken, [term]) == 0))
                if len(rows):
                    own = _Rows(self, at, measure, taken, rows, least=least).units([term])
                    units[rows] = np.where(partly[rows], furthest(units[rows], own), own)
                    partly[rows] = True
        return Taking(why, units, partly)

    def _may_be_nothing(self, at: int, measure: Measure) -> Bools:
        """Tell of which records the year judged may have, or has, nothing to count, as `taking` says."""
        state = self._states(at, (THIS_YEAR, 0))
        if measure.traits.counted and measure.zero_denominator == "not_applicable":
            found: Bools = state != State.PRESENT
        else:
            found = state == State.NOTHING_TO_COUNT
        return found

    def _why(self, at: int, taken: Taken, terms: list[tuple[Year, Year | None]]) -> Bytes:
        years = list(dict.fromkeys(year for term in terms for year in term if year is not None))
        return self._lacking(at, taken, years, [base for _year, base in terms if base is not None])

    def owners(self, year: Year) -> Index:
        """Return the owner of a year, of each record."""
        if year not in self._owners:
            self._owners[year] = self.figures.in_year(self.records.owners, self.calendar(year))
        return self._owners[year]

    def calendar(self, year: Year) -> Ints:
        """Return a year as the calendar has it, of each record."""
        back, fixed = year
        judged = self.records.years.astype(np.int64)
        return np.full_like(judged, fixed) if fixed else judged + back

    def _lacking(self, at: int, taken: Taken, years: list[Year], bases: list[Year]) -> Bytes:
        judged = self.calendar((THIS_YEAR, 0))
        now, missing = np.zeros(len(judged), np.uint8), np.zeros(len(judged), np.bool_)
        alone = np.ones(len(judged), np.bool_)
        for year in years:
            calendar = self.calendar(year)
            state = self._states(at, year)
            own = calendar == judged
            now = np.where(own, _STATE_CODES[state], now)
            missing |= ~own & (state != State.PRESENT)
            alone &= own | (calendar == judged - 1)
        why = np.where(missing, _either(alone, Reason.PREVIOUS_YEAR_MISSING, Reason.EARLIER_YEAR_MISSING), 0)
        if taken.divides and at >= 0:
            zero = np.zeros(len(judged), np.bool_)
            for base in bases:
                level = self.figures.value[at, self.owners(base)]
                zero |= (level < 0) if taken.from_zero else (level <= 0)
            why = np.where((why == 0) & zero, _either(alone, Reason.PREVIOUS_YEAR_ZERO, Reason.BASE_YEAR_ZERO), why)
        found: Bytes = np.where(now != 0, now, why).astype(np.uint8)
        return found

    def _states(self, at: int, year: Year) -> Bytes:
        owners = self.owners(year)
        if at < 0:
            return np.full(len(owners), State.MISSING, np.uint8)
        found: Bytes = np.where(owners >= 0, self.figures.state[at, owners], np.uint8(State.MISSING)).astype(np.uint8)
        return found


class _Rows:
    """The records of which every figure that a requirement takes is there."""

    def __init__(self, takes: Takes, at: int, measure: Measure, taken: Taken, rows: Index, *, least: bool) -> None:
        self.takes, self.figures, self.at, self.rows = takes, takes.figures, at, rows
        self.measure, self.taken, self.least = measure, taken, least
        self._seen: dict[Year, tuple[Ints, Ints]] = {}

    def units(self, terms: list[tuple[Year, Year | None]]) -> Ints:
        """Return what is taken."""
        if not self.measure.traits.quantity:
            return self._furthest([self._given(year)[0] for year, _base in terms])
        if self.taken.quantity is Quantity.LEVEL and self.taken.over is not Over.MEAN:
            return self._furthest([self._level(year) for year, _base in terms])
        plain = self._plain({year for term in terms for year in term if year is not None})
        found = np.zeros(len(self.rows), np.int64)
        if plain.any():
            found[plain] = self._at_once(terms, plain)
        if self.measure.traits.counted and not self.taken.from_zero:
            counted = ~plain & self._held_whole({year for term in terms for year in term if year is not None})
            found[counted] = self._of_counts(terms, counted)
            plain |= counted
        for row in np.flatnonzero(~plain).tolist():
            found[row] = self._one(terms, row)
        return found

    def _given(self, year: Year) -> tuple[Ints, Ints]:
        if year not in self._seen:
            owners = self.takes.owners(year)[self.rows]
            self._seen[year] = self.figures.value[self.at, owners], self.figures.base[self.at, owners]
        return self._seen[year]

    def _level(self, year: Year) -> Ints:
        value, base = self._given(year)
        return percents(value, base) if self.measure.traits.counted else value

    def _furthest(self, values: list[Ints]) -> Ints:
        furthest = np.minimum if self.least else np.maximum
        found: Ints = furthest.reduce(values)
        return found

    def _plain(self, years: set[Year]) -> Bools:
        """Tell of which records whole millionths of one unit are taken, that 64 bits hold together."""
        plain = np.full(len(self.rows), len(years) <= _TOGETHER)
        for year in years:
            value, base = self._given(year)
            plain &= (value % 10 == 0) & (np.abs(value) < _LARGEST)
            if self.measure.traits.counted:
                plain &= base == TYPED
        return plain

    def _at_once(self, terms: list[tuple[Year, Year | None]], plain: Bools) -> Ints:
        values = []
        for year, base in terms:
            level = self._given(year)[0][plain]
            if base is not None:
                then = self._given(base)[0][plain]
                level = level - then if self.taken.quantity is Quantity.CHANGE else _growths(level, then)
            values.append(level)
        if self.taken.over is not Over.MEAN:
            return self._furthest(values)
        return sticky_mean(np.sum(values, axis=0), len(values))

    def _held_whole(self, years: set[Year]) -> Bools:
        """Tell of which records every figure is held to its last decimal."""
        whole = np.ones(len(self.rows), np.bool_)
        for year in years:
            value, base = self._given(year)
            whole &= (base != TYPED) | (value % 10 == 0)
        return whole

    def _of_counts(self, terms: list[tuple[Year, Year | None]], rows: Bools) -> Ints:
        """Return what is taken of shares, each with a denominator of its own, as one quotient of whole numbers."""

        def shares(year: Year) -> list[tuple[int, int]]:
            value, base = self._given(year)
            return list(zip(value[rows].tolist(), base[rows].tolist(), strict=True))

        if self.taken.over is Over.MEAN:
            return np.array(
                [_mean(one) for one in zip(*(shares(year) for year, _base in terms), strict=True)], np.int64
            )
        if (small := self._of_small_counts(terms, rows)) is not None:
            return small
        reckon = _change if self.taken.quantity is Quantity.CHANGE else _growth
        values = [
            np.array([reckon(*one, *then) for one, then in zip(shares(year), shares(base), strict=True)], np.int64)
            for year, base in terms
            if base is not None
        ]
        return self._furthest(values)

    def _of_small_counts(self, terms: list[tuple[Year, Year | None]], rows: Bools) -> Ints | None:
        """Return the same at once where 64 bits hold every product; None where they do not."""
        given = [[self._given(one) for one in term if one is not None] for term in terms]
        parts = [part[rows] for term in given for figure in term for part in figure]
        if any(len(part) and int(np.abs(part).max()) >= _SMALL for part in parts):
            return None
        values = []
        for now, then in given:
            value, base, before, of = (part[rows] for part in (*now, *then))
            above = PERCENT * (value * of - before * base)
            below = base * of if self.taken.quantity is Quantity.CHANGE else before * base
            units, rest = np.divmod(above * GRID, below)
            values.append(units * 10 + np.where(rest != 0, 5, 0))
        return self._furthest(values)

    def _one(self, terms: list[tuple[Year, Year | None]], row: int) -> int:
        levels: Mapping[Year, Fraction] = {
            year: self._exact(year, row) for term in terms for year in term if year is not None
        }
        values = [compared(self.taken, levels[year], None if base is None else levels[base]) for year, base in terms]
        value = together(self.taken, values, least=self.least)
        if self.taken.quantity is Quantity.RATIO and value != WITHOUT_LIMIT:
            value = PERCENT * (value - 1)
        return sticky_units(value)

    def _exact(self, year: Year, row: int) -> Fraction:
        value, base = (int(part[row]) for part in self._given(year))
        if self.measure.traits.counted and base != TYPED:
            return Fraction(PERCENT * value, base)
        if value % 10 == 0:
            return Fraction(value, VALUE_SCALE)
        owner = int(self.takes.owners(year)[self.rows[row]])
        reported = self.figures.reported(self.measure.id, owner)
        assert reported is not None, "a figure that is there was reported"
        return level_of(self.measure, reported)


def _mean(shares: Sequence[tuple[int, int]]) -> int:
    above, below = 0, 1
    for value, base in shares:
        above, below = above * base + value * below, below * base
    return sticky_quotient(PERCENT * above, below * len(shares))


def _change(value: int, base: int, before: int, of: int) -> int:
    return sticky_quotient(PERCENT * (value * of - before * base), base * of)


def _growth(value: int, base: int, before: int, of: int) -> int:
    return sticky_quotient(PERCENT * (value * of - before * base), before * base)


def _terms(taken: Taken) -> list[tuple[Year, Year | None]]:
    """Return `Taken.terms` for records of whatever year."""

    def year(since: int, back: int) -> Year:
        return (since - back, 0) if since <= THIS_YEAR else (0, since - back)

    if not taken.compares_years:
        return [(year(taken.since, back), None) for back in range(taken.count)]
    base_back = 0 if taken.since > THIS_YEAR else 1
    return [((-back, 0), year(taken.since, back * base_back)) for back in range(taken.count)]


def _growths(now: Ints, before: Ints) -> Ints:
    """Return growth in percent; from 0, where that is a rise, beyond every target."""
    from_zero = before == 0
    if not from_zero.any():
        return growth_percent(now, before)
    found = growth_percent(np.where(from_zero, 1, now), np.where(from_zero, 1, before))
    return np.where(from_zero, np.where(now > 0, BEYOND, 0), found)


def _either(alone: Bools, near: Reason, far: Reason) -> Bytes:
    return np.where(alone, np.uint8(CODE[near]), np.uint8(CODE[far]))
