"""The figures of many reports as exact integers, this year's and those of the year before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.record_views import Earlier, Records
from ntm_rules.dataset.records import State
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.models import Measure

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Index = NDArray[np.intp]
Floats = NDArray[np.float64]
FITTING = 2.0**62
"""Numbers below this are held in 64 bits, even where their size is known as a float only."""


class FigureColumn(NamedTuple):
    """One measure's figures; all 0 where there is none."""

    present: Bools
    value: Ints
    base: Ints
    counted: Bools


class Ratios(NamedTuple):
    """Exact values, `above / below`, as `ratio_of` gives each; 0 / 1 where there is none."""

    there: Bools
    above: Ints
    below: Ints

    def at(self, rows: Index) -> Ratios:
        """Return some of them."""
        return Ratios(self.there[rows], self.above[rows], self.below[rows])


class Figures:
    """The figures of reports, by measure."""

    def __init__(self, records: Records, previous: Earlier) -> None:
        self.columns, self.owners, self._before = records.columns, records.owners, previous.owners
        self.rows = {name: row for row, name in enumerate(self.columns.measures)}
        """Measure -> row of the columns."""

    def __len__(self) -> int:
        return len(self.owners)

    @cached_property
    def carrying(self) -> Sequence[int]:
        """The positions of reports whose form carries figures of the year before."""
        carried = self.columns.carried
        return [at for at, owner in enumerate(self.owners.tolist()) if owner in carried] if carried else []

    @cached_property
    def before_known(self) -> Bools:
        """Where something is known of the year before."""
        known: Bools = self._before >= 0
        known[self.carrying] = True
        return known

    def now(self, measure: str) -> FigureColumn:
        """Return what was reported for a measure."""
        return self._given(measure, self.owners)

    def reported_before(self, measure: str) -> FigureColumn:
        """Return what was reported for a measure in the year before."""
        given, there = self._given(measure, self._before), self._before >= 0
        value, base = (np.where(there, part, 0) for part in (given.value, given.base))
        return FigureColumn(given.present & there, value, base, given.counted & there)

    def before(self, measure: str) -> FigureColumn:
        """Return what is known of a measure for the year before: as reported then, else as the form carries it."""
        given = self.reported_before(measure)
        for at in self.carrying:
            carried = self.columns.carried[int(self.owners[at])].get(measure)
            if carried is None or self._reported_before(measure, at):
                continue
            if carried.state is State.PRESENT:
                given.present[at], given.counted[at] = True, carried.counted
                given.value[at], given.base[at] = carried.value, carried.base
        return given

    def _reported_before(self, measure: str, at: int) -> bool:
        owner, row = self._before[at], self.rows.get(measure)
        return bool(owner >= 0 and row is not None and self.columns.state[row, owner] != State.MISSING)

    def _given(self, measure: str, owners: Index) -> FigureColumn:
        row = self.rows.get(measure)
        if row is None:
            nothing = np.zeros(len(owners), np.int64)
            return FigureColumn(nothing.astype(np.bool_), nothing, nothing.copy(), nothing.astype(np.bool_))
        columns = self.columns
        present = columns.state[row, owners] == State.PRESENT
        value, base = (np.where(present, part[row, owners], 0) for part in (columns.value, columns.base))
        return FigureColumn(present, value, base, columns.counted[row, owners])


def ratios_of(measure: Measure, part: str, column: FigureColumn) -> Ratios:
    """Return the exact values of quantities, or of what shares count (`ratio_of` says the same of one)."""
    if part:
        there = column.present & column.counted & (measure.counted is not None)
        decimals = measure.counted.decimals if measure.counted is not None else 0
        value, below = column.value if part == "numerator" else column.base, np.full(len(there), 10**decimals)
    elif measure.traits.counted:
        there = column.present
        typed = column.base == PERCENT * VALUE_SCALE  # no need to multiply
        value = np.where(typed, column.value, PERCENT * column.value)
        below = np.where(typed, VALUE_SCALE, column.base)
    else:
        there, value, below = column.present, column.value, np.full(len(column.value), VALUE_SCALE)
    return Ratios(there, np.where(there, value, 0), np.where(there, below, 1))


def told(test: Callable[..., Any], size: Floats, *parts: Ints) -> Bools:
    """Return what a test of integers says of each row: in 64 bits where nothing reaches `size`, else in whole numbers.

    >>> told(lambda a, b: a * a > b, np.array([9.0, 1e40]), np.array([3, 10**18]), np.array([9, 5])).tolist()
    [False, True]
    """
    fits = size < FITTING
    found = np.zeros(len(fits), np.bool_)
    if fits.any():
        found[fits] = test(*(part[fits] for part in parts))
    if not fits.all():
        found[~fits] = test(*(part[~fits].astype(object) for part in parts)).astype(np.bool_)
    return found


def sized(part: Ints) -> Floats:
    """Return about how large integers are, never less than 1."""
    return np.abs(part.astype(np.float64)) + 1.0
