"""The gaps of one requirement over all communes at once, in integers; `ntm_rules.evaluation.gaps` says what they mean.

A value that 64 bits do not hold exactly (a figure typed with more than six decimals, an amount of billions) is worked out
as that module does, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import actual_fraction, rounds_up, shown
from ntm_rules.evaluation.text_columns import Bools, Ints, TextColumn, plain_decimal, pooled, texts_of
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
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Requirement
from ntm_rules.rulebook.models import Measure

Floats = NDArray[np.float64]
Index = NDArray[np.intp]
_LARGEST = 10**11
"""Levels and amounts in 10**-7 below this are reckoned with in 64 bits."""
_HUNDRED = PERCENT * TARGET_SCALE


@dataclass(frozen=True, slots=True, eq=False)
class GapColumns:
    """What separates every commune and year from one requirement's target; empty texts where there is no gap."""

    actual: TextColumn
    """The value held against the target, never shown as crossing it; also where it is reached."""
    shortfall: TextColumn
    quantity: TextColumn
    closeness: Floats
    """Shortfall relative to the target, nearly; 1 where it has no size, 0 where there is no gap."""


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

    def over_target(self, distance: Ints, bar: int) -> Floats:
        """Return a distance relative to the target, or as it is where that is 0."""
        scale = abs(bar) * 10.0 ** (self.decimals - TARGET_DECIMALS) if bar else 10.0**self.decimals
        relative: Floats = distance / (self.below * scale)
        return relative


def gap_columns(evaluation: Evaluation, row: int, only: Index | None = None) -> GapColumns:
    """Return the gaps of a requirement's row; `only`: of these records, as if the others had reported nothing."""
    node = evaluation.table[row].node
    assert isinstance(node, Requirement)
    measure = evaluation.rules.measures[node.measure]
    reader = _Reader(evaluation, row, node, measure, only)
    parts = list(reader.parts())
    size = len(evaluation.records)
    closeness = np.zeros(size)
    columns = []
    for name in ("actual", "shortfall", "quantity"):
        texts, numbers = pooled([getattr(part, name) for _rows, part in parts])
        column = np.zeros(size, np.int32)
        for (rows, _part), own in zip(parts, numbers, strict=True):
            column[rows] = own + 1
        columns.append(TextColumn(column, ["", *texts]))
    for rows, part in parts:
        closeness[rows] = part.closeness
    return GapColumns(columns[0], columns[1], columns[2], closeness)


class _Reader:
    """Works out one requirement, the communes of one group after the other: they have one target."""

    def __init__(
        self, evaluation: Evaluation, row: int, node: Requirement, measure: Measure, only: Index | None
    ) -> None:
        self.only = only
        self.evaluation, self.row, self.node, self.measure = evaluation, row, node, measure
        self.lower, self.strict = node.comparator.is_ceiling, node.comparator.is_strict
        records = evaluation.records
        self.figures, self.owners, self.before = records.columns, records.owners, evaluation.previous.owners
        names = self.figures.measures
        self.at = names.index(node.measure) if node.measure in names else -1

    def parts(self) -> Iterator[tuple[Index, GapColumns]]:
        """Yield some rows at a time, and what there is of them."""
        if self.at < 0:
            return
        present = self.figures.state[self.at, self.owners] == State.PRESENT
        if self.only is not None:
            wanted = np.zeros(len(present), np.bool_)
            wanted[self.only] = True
            present &= wanted
        target = self.node.target
        by_group = {} if isinstance(target, AwaitedTarget) else target.by_group
        for group in [*self.evaluation.rules.groups, None] if by_group else [None]:
            rows = np.flatnonzero(present & self.evaluation.of_group(group) if by_group else present)
            if not len(rows):
                continue
            value = None if isinstance(target, AwaitedTarget) else target.value_for(group)
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
            np.where(missed, steps / max(1, int(target or 0)) if grades else 1.0, 0.0),
        )

    def _quantities(self, rows: Index, missed: Bools, target: Decimal | None) -> Iterator[tuple[Index, GapColumns]]:
        owners, figures, at = self.owners[rows], self.figures, self.at
        last = self.before[rows]
        level = np.where((last >= 0) & (figures.state[at, last] == State.PRESENT), figures.value[at, last], 0)
        given = _Figures(figures.value[at, owners], figures.base[at, owners], figures.counted[at, owners], level)
        if self.measure.traits.needs_year_before:
            grows = level > 0
            rows, missed, given = rows[grows], missed[grows], given.some(grows)
        decimals = max(self.measure.decimals, decimals_of(target) if target is not None else 0)
        exact = self._exact(given) if decimals <= TARGET_DECIMALS else np.zeros(len(rows), np.bool_)
        for counted in (False, True):
            some = exact & (given.counted == counted)
            if some.any():
                value = self._value(given.some(some), counted=counted)
                yield rows[some], self._reckoned(value, given.some(some), missed[some], target, decimals)
        if not exact.all():
            yield rows[~exact], self._one_by_one(rows[~exact])

    def _exact(self, given: _Figures) -> Bools:
        """Tell of which figures everything is held in 64 bits."""
        exact = np.equal(given.value % 10, 0)
        if self.measure.traits.counted:
            exact |= given.counted
        elif self.measure.traits.needs_year_before:
            exact &= np.equal(given.level % 10, 0) & (np.abs(given.value) < _LARGEST) & (given.level < _LARGEST)
        return exact

    def _value(self, given: _Figures, *, counted: bool) -> _Value:
        if self.measure.traits.needs_year_before:
            return _Value(PERCENT * (given.value - given.level), given.level, TARGET_DECIMALS)
        if counted:
            return _Value(PERCENT * given.value, given.base, TARGET_DECIMALS)
        return _Value(given.value, np.ones_like(given.value), VALUE_DECIMALS)

    def _reckoned(
        self, value: _Value, given: _Figures, missed: Bools, target: Decimal | None, decimals: int
    ) -> GapColumns:
        actual = texts_of(
            value.at(decimals, up=rounds_up(self.node.comparator)), lambda units: plain_decimal(units, decimals)
        )
        nothing = TextColumn(np.zeros(len(missed), np.int32), [""])
        if target is None:
            return GapColumns(actual, nothing, nothing, np.zeros(len(missed)))
        bar = target_units(target)
        distance = value.short_of(bar) * (-1 if self.lower else 1)
        whole = self.measure.traits.whole
        kept = 0 if whole else decimals
        units = _steps_over(distance, value.below * 10 ** (value.decimals - kept), strict=self.strict)
        if whole or self.strict:
            relative = units * (TARGET_SCALE / abs(bar) if bar else 1.0) / 10**kept
        else:
            relative = value.over_target(distance, bar)
        shortfall = texts_of(units, lambda one: plain_decimal(one, 0 if whole else decimals), missed)
        return GapColumns(actual, shortfall, self._quantity(given, bar, missed), np.where(missed, relative, 0.0))

    def _quantity(self, given: _Figures, bar: int, missed: Bools) -> TextColumn:
        """Return how many things, in the smallest unit they are counted in, close the gap."""
        sign = -1 if self.lower else 1
        measure = self.measure
        if measure.traits.counted:
            if measure.counted is None or not given.counted.all():
                return TextColumn(np.zeros(len(missed), np.int32), [""])
            needed = _steps_over(sign * (given.base * bar - given.value * _HUNDRED), _HUNDRED, strict=self.strict)
            decimals = measure.counted.decimals
            return texts_of(needed, lambda units: plain_decimal(units, decimals), missed)
        decimals = 0 if measure.traits.whole else measure.decimals
        over = 10 ** (VALUE_DECIMALS - decimals)
        if measure.traits.needs_year_before:
            short, step = given.level * (_HUNDRED + bar) - given.value * _HUNDRED, _HUNDRED * over
        else:
            short, step = bar * (VALUE_SCALE // TARGET_SCALE) - given.value, over
        needed = _steps_over(sign * short, step, strict=self.strict)
        return texts_of(needed, lambda units: plain_decimal(units, decimals), missed)

    def _one_by_one(self, rows: Index) -> GapColumns:
        """Work out what some communes lack as `ntm_rules.evaluation.gaps` does for one."""
        said: list[Sequence[str]] = []
        closeness = np.zeros(len(rows))
        for at, record in enumerate(rows.tolist()):
            held = self.evaluation.held(self.row, record)
            value, gap = actual_fraction(self.measure, held.reported, held.before), held.gap
            actual = "" if value is None else plain(shown(self.measure, value, self.node.comparator, held.target))
            shortfall, quantity = (gap.shortfall, gap.quantity) if gap else (None, None)
            said.append((actual, *("" if one is None else plain(one) for one in (shortfall, quantity))))
            closeness[at] = gap.closeness if gap else 0
        columns = [TextColumn(np.arange(len(rows), dtype=np.int32), texts) for texts in zip(*said, strict=True)]
        return GapColumns(columns[0], columns[1], columns[2], closeness)


def _ceil(above: Ints, below: Ints | np.int64 | int) -> Ints:
    rounded: Ints = -(-above // below)
    return rounded


def _steps_over(above: Ints, below: Ints | int, *, strict: bool) -> Ints:
    """Return the fewest whole steps that cover `above / below`, or pass it where the target itself does not do."""
    return above // below + 1 if strict else _ceil(above, below)
