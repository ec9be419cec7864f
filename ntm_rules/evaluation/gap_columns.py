"""The gaps of one requirement over all communes at once, in integers; `ntm_rules.evaluation.gaps` says what they mean.

A value that 64 bits do not hold exactly (a figure typed with more than six decimals, an amount of billions) is worked out
as that module does, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import rounds_up, shown, units_of
from ntm_rules.evaluation.taking import WITHOUT_LIMIT
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import (
    PERCENT,
    TARGET_DECIMALS,
    TARGET_SCALE,
    VALUE_DECIMALS,
    VALUE_SCALE,
    decimals_of,
    plain,
    target_units,
)
from ntm_rules.packed_texts import one_behind_the_other
from ntm_rules.rulebook.criteria_set import KnownTarget, Requirement, Threshold
from ntm_rules.rulebook.models import Measure
from ntm_rules.text_columns import Bools, Ints, TextColumn, decimal_texts, pooled, texts_of

Floats = NDArray[np.float64]
Index = NDArray[np.intp]
_LARGEST = 10**11
"""Levels and amounts in 10**-7 below this are reckoned with in 64 bits."""
_HUNDRED = PERCENT * TARGET_SCALE
_DIVIDED = 10**15
"""A number below this is divided by with 64 bits three digits at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class GapColumns:
    """What separates every commune and year from one requirement's target; empty texts where there is no gap."""

    actual: TextColumn
    """The value held against the target, never shown as crossing it; also where it is reached."""
    shortfall: TextColumn
    quantity: TextColumn
    closeness: Floats
    """Shortfall relative to the target, nearly; 1 where it has no size, 0 where there is no gap."""
    units: Ints
    """The same exactly, in `UNITS`: rounded up, and at most 1."""


class _Figures(NamedTuple):
    """What some communes reported for a requirement."""

    value: Ints
    base: Ints
    counted: Bools
    level: Ints
    """Of the year before."""

    def some(self, rows: Bools) -> _Figures:
        return _Figures(self.value[rows], self.base[rows], self.counted[rows], self.level[rows])


class _Value(NamedTuple):
    """What is held against the target: `above / below` where `decimals` are those of targets, else `above` in 10**-7."""

    above: Ints
    below: Ints
    decimals: int

    def at(self, decimals: int, *, up: bool) -> Ints:
        """Return the values in 10**-decimals, rounded up or down."""
        if self.decimals == VALUE_DECIMALS:
            above, below = self.above, self.below * 10 ** (VALUE_DECIMALS - decimals)
        else:
            above, below = self.above * 10**decimals, self.below
        rounded: Ints = _ceil(above, below) if up else above // below
        return rounded

    def short_of(self, bar: int) -> Ints:
        """Return how far the values are below a target, in 10**-`self.decimals` / below."""
        if self.decimals == VALUE_DECIMALS:
            short: Ints = bar * (VALUE_SCALE // TARGET_SCALE) - self.above
        else:
            short = bar * self.below - self.above * TARGET_SCALE
        return short

    def times_target(self, bar: int) -> int:
        """Return by what, besides `below`, a distance as `short_of` gives it is to be divided: it is then relative to the target.

        Where that is 0 it is as it is.
        """
        times: int = abs(bar) * 10 ** (self.decimals - TARGET_DECIMALS) if bar else 10**self.decimals
        return times


def gap_columns(evaluation: Evaluation, row: int) -> GapColumns:
    """Return the gaps of a requirement's row."""
    node = evaluation.table[row].node
    assert isinstance(node, Requirement)
    measure = evaluation.rules.measures[node.measure]
    reader = _Reader(evaluation, row, node, measure)
    parts = list(reader.parts())
    size = len(evaluation.records)
    closeness, units = np.zeros(size), np.zeros(size, np.int64)
    columns = []
    for name in ("actual", "shortfall", "quantity"):
        texts, numbers = pooled([getattr(part, name) for _rows, part in parts])
        column = np.zeros(size, np.int32)
        for (rows, _part), own in zip(parts, numbers, strict=True):
            column[rows] = own + 1
        columns.append(TextColumn(column, one_behind_the_other([[""], texts])))
    for rows, part in parts:
        closeness[rows], units[rows] = part.closeness, part.units
    return GapColumns(columns[0], columns[1], columns[2], closeness, units)


class _Reader:
    """Works out one requirement, the communes of one class after the other: they have one target."""

    def __init__(self, evaluation: Evaluation, row: int, node: Requirement, measure: Measure) -> None:
        self.evaluation, self.row, self.node, self.measure = evaluation, row, node, measure
        self.taken = node.taken.of(measure)
        records = evaluation.records
        self.figures, self.owners, self.before = records.columns, records.owners, evaluation.previous.owners
        names = self.figures.measures
        self.at = names.index(node.measure) if node.measure in names else -1

    def parts(self) -> Iterator[tuple[Index, GapColumns]]:
        """Yield some rows at a time, and what there is of them."""
        if self.at < 0:
            return
        if self.measure.traits.dated or not (
            self.taken.is_level or (self.taken.is_yearly_growth and not self.measure.traits.counted)
        ):
            rows = np.arange(len(self.owners))
            yield rows, self._one_by_one(rows)
            return
        present = self.figures.state[self.at, self.owners] == State.PRESENT
        targets, number = self.evaluation.targets(self.node)
        for at, target in enumerate(targets):
            rows = np.flatnonzero(present & (number == at) if len(targets) > 1 else present)
            if not len(rows):
                continue
            value = target.everywhere if isinstance(target, KnownTarget) else None
            missed = self.evaluation.verdicts[self.row, rows] == Verdict.NOT_MET
            if self.measure.traits.quantity:
                yield from self._quantities(rows, missed, value)
            else:
                yield rows, self._answers(rows, missed, value)

    def _answers(self, rows: Index, missed: Bools, target: Decimal | None) -> GapColumns:
        value = self.figures.value[self.at, self.owners[rows]]
        grades = self.measure.traits.graded and target is not None
        steps = int(target or 0) - value
        nothing = np.zeros(len(rows), np.bool_)
        return GapColumns(
            texts_of(value, lambda one: self.evaluation.rules.answer_code(self.measure, one)),
            texts_of(steps, str, missed if grades else nothing),
            texts_of(steps, str, nothing),
            *_relative(missed, steps if grades else np.ones_like(value), max(1, int(target or 0)) if grades else 1),
        )

    def _quantities(self, rows: Index, missed: Bools, target: Decimal | None) -> Iterator[tuple[Index, GapColumns]]:
        owners, figures, at = self.owners[rows], self.figures, self.at
        last = self.before[rows]
        level = np.where((last >= 0) & (figures.state[at, last] == State.PRESENT), figures.value[at, last], 0)
        given = _Figures(figures.value[at, owners], figures.base[at, owners], figures.counted[at, owners], level)
        from_zero = np.zeros(len(rows), np.bool_)
        if self.taken.is_yearly_growth:
            grows = level > 0
            if self.taken.from_zero:
                grows |= (last >= 0) & (figures.state[at, last] == State.PRESENT) & (level == 0)
            rows, missed, given, from_zero = rows[grows], missed[grows], given.some(grows), level[grows] == 0
        bar = None if target is None else self.node.held_to(target)
        decimals = max(self.measure.decimals, decimals_of(bar.value) if bar is not None else 0)
        exact = self._exact(given) & ~from_zero if decimals <= TARGET_DECIMALS else np.zeros(len(rows), np.bool_)
        for counted in (False, True):
            some = exact & (given.counted == counted)
            if some.any():
                value = self._value(given.some(some), counted=counted)
                yield rows[some], self._reckoned(value, given.some(some), missed[some], bar, decimals)
        if not exact.all():
            yield rows[~exact], self._one_by_one(rows[~exact])

    def _exact(self, given: _Figures) -> Bools:
        """Tell of which figures everything is held in 64 bits."""
        exact = np.equal(given.value % 10, 0)
        if self.measure.traits.counted:
            exact |= given.counted
        elif self.taken.is_yearly_growth:
            exact &= np.equal(given.level % 10, 0) & (np.abs(given.value) < _LARGEST) & (given.level < _LARGEST)
        return exact

    def _value(self, given: _Figures, *, counted: bool) -> _Value:
        if self.taken.is_yearly_growth:
            return _Value(PERCENT * (given.value - given.level), given.level, TARGET_DECIMALS)
        if counted:
            return _Value(PERCENT * given.value, given.base, TARGET_DECIMALS)
        return _Value(given.value, np.ones_like(given.value), VALUE_DECIMALS)

    def _reckoned(
        self, value: _Value, given: _Figures, missed: Bools, held: Threshold | None, decimals: int
    ) -> GapColumns:
        comparator = self.node.comparator if held is None else held.comparator
        actual = decimal_texts(value.at(decimals, up=rounds_up(comparator)), decimals)
        nothing = TextColumn(np.zeros(len(missed), np.int32), [""])
        if held is None:
            return GapColumns(actual, nothing, nothing, np.zeros(len(missed)), np.zeros(len(missed), np.int64))
        bar, lower, strict = target_units(held.value), comparator.is_ceiling, comparator.is_strict
        distance = value.short_of(bar) * (-1 if lower else 1)
        whole = self.measure.traits.whole and self.taken.stays_whole
        kept = 0 if whole else decimals
        units = _steps_over(distance, value.below * 10 ** (value.decimals - kept), strict=strict)
        if whole or strict:
            relative = _relative(missed, units * 10 ** (TARGET_DECIMALS - kept), abs(bar) or TARGET_SCALE)
        else:
            relative = _relative(missed, distance, value.times_target(bar), value.below)
        shortfall = decimal_texts(units, kept, missed)
        return GapColumns(actual, shortfall, self._quantity(given, bar, missed, lower=lower, strict=strict), *relative)

    def _quantity(self, given: _Figures, bar: int, missed: Bools, *, lower: bool, strict: bool) -> TextColumn:
        """Return how many things, in the smallest unit they are counted in, close the gap."""
        sign = -1 if lower else 1
        measure = self.measure
        if measure.traits.counted:
            if (
                measure.counted is None
                or not given.counted.all()
                or not 0 <= bar <= target_units(measure.whole_percent)
            ):
                return TextColumn(np.zeros(len(missed), np.int32), [""])
            needed = _steps_over(sign * (given.base * bar - given.value * _HUNDRED), _HUNDRED, strict=strict)
            decimals = measure.counted.decimals
            return decimal_texts(needed, decimals, missed)
        decimals = 0 if measure.traits.whole else measure.decimals
        over = 10 ** (VALUE_DECIMALS - decimals)
        if self.taken.is_yearly_growth:
            short, step = given.level * (_HUNDRED + bar) - given.value * _HUNDRED, _HUNDRED * over
        else:
            short, step = bar * (VALUE_SCALE // TARGET_SCALE) - given.value, over
        needed = _steps_over(sign * short, step, strict=strict)
        return decimal_texts(needed, decimals, missed)

    def _one_by_one(self, rows: Index) -> GapColumns:
        """Work out what some communes lack as `ntm_rules.evaluation.gaps` does for one."""
        said: list[Sequence[str]] = []
        closeness, units = np.zeros(len(rows)), np.zeros(len(rows), np.int64)
        for at, record in enumerate(rows.tolist()):
            held = self.evaluation.held(self.row, record)
            gap, value = held.gap, held.value
            if value is None or value == WITHOUT_LIMIT:
                actual = ""
            elif self.measure.traits.quantity:
                actual = plain(shown(self.measure, value, self.node, held.target))
            else:
                actual = self.evaluation.rules.answer_code(self.measure, int(value))
            shortfall, quantity = (gap.shortfall, gap.quantity) if gap else (None, None)
            said.append((actual, *("" if one is None else plain(one) for one in (shortfall, quantity))))
            if gap:
                closeness[at], units[at] = gap.closeness, units_of(gap.closeness)
        columns = [TextColumn(np.arange(len(rows), dtype=np.int32), texts) for texts in zip(*said, strict=True)]
        return GapColumns(columns[0], columns[1], columns[2], closeness, units)


def _relative(missed: Bools, above: Ints, times: int, below: Ints | None = None) -> tuple[Floats, Ints]:
    """Return above / (times x below) of those that are missed, nearly and in `UNITS`; 0 of the others."""
    above, below = np.where(missed, above, 0), np.ones_like(above) if below is None else below
    nearly: Floats = above / (below * float(times))
    if times * int(below.max(initial=1)) >= _DIVIDED:
        exact = [units_of(Fraction(one, times * of)) for one, of in zip(above.tolist(), below.tolist(), strict=True)]
        return nearly, np.array(exact, np.int64)
    whole = below * times
    rest, units = np.minimum(above, whole), np.zeros_like(above)
    for _digits in range(3):
        more, rest = np.divmod(rest * 1000, whole)
        units = units * 1000 + more
    return nearly, units + (rest > 0)


def _ceil(above: Ints, below: Ints | np.int64 | int) -> Ints:
    rounded: Ints = -(-above // below)
    return rounded


def _steps_over(above: Ints, below: Ints | int, *, strict: bool) -> Ints:
    """Return the fewest whole steps that cover `above / below`, or pass it where the target itself does not do."""
    return above // below + 1 if strict else _ceil(above, below)
