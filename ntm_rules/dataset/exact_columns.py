"""The cells of one measure, all rows at once -> exact values: plain numbers by arithmetic on the whole column, the rest by
`Figure.read`, each different cell once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cell_columns import CellColumn, Floats
from ntm_rules.dataset.figure_columns import MISSING, NO_TEXT, SPELT, Bools, Bytes, Ints, Numbers, Texts
from ntm_rules.dataset.figure_parts import Figure
from ntm_rules.dataset.figures import Plain
from ntm_rules.dataset.numbers import Cell
from ntm_rules.dataset.records import State
from ntm_rules.dataset.shares import PERCENT_BASE, Share
from ntm_rules.dataset.written_figures import Spelling
from ntm_rules.exact import LIMIT, PERCENT, TARGET_SCALE, VALUE_DECIMALS, VALUE_SCALE

Clean = Callable[[Cell], Cell | None]
"""Returns a cell with its text cleaned; None for one that must be looked at where it stands."""
_PRESENT = np.uint8(State.PRESENT)
_LEAST, _MOST = 0.001, 99_999.0
"""Between these a float is known to be the decimal that is nearest to it (`numbers.usual_units`)."""
_MOST_WHOLE = 10.0**11
"""Whole numbers below this are held in 10**-7 (`exact.PLAIN_LIMIT`)."""
_ONCE = tuple[int, int, int, bool, int]


@dataclass(frozen=True, slots=True, eq=False)
class ExactColumn:
    """The figures of one measure, row by row, as `FigureColumns` holds them."""

    state: Bytes
    value: Ints
    base: Ints
    counted: Bools
    written: Numbers
    doubtful: Bools
    """Rows whose figure has something wrong with it: they are to be read where they stand."""


class ExactReader:
    """Reads the cells of one measure."""

    def __init__(self, figure: Figure, spelling: Spelling, texts: Texts, clean: Clean) -> None:
        self._figure, self._spelling, self._texts, self._clean = figure, spelling, texts, clean
        self._known: dict[tuple[type, Cell, type, Cell, type, Cell], _ONCE | None] = {}

    def read(self, value: CellColumn, numerator: CellColumn, denominator: CellColumn) -> ExactColumn:
        """Return what three columns say."""
        size = len(value)
        out = ExactColumn(
            state=np.full(size, MISSING, np.uint8),
            value=np.zeros(size, np.int64),
            base=np.zeros(size, np.int64),
            counted=np.zeros(size, np.bool_),
            written=np.full(size, NO_TEXT, np.int32),
            doubtful=np.zeros(size, np.bool_),
        )
        alone = numerator.blank & denominator.blank
        done = alone & value.blank
        done |= self._by_arithmetic(value, numerator, denominator, alone, out)
        left = ~done
        if left.any():
            one_by_one = left & ~alone
            if (left & alone).any():
                self._each_value_once(value, np.flatnonzero(left & alone), out)
            if one_by_one.any():
                self._one_by_one(value, numerator, denominator, np.flatnonzero(one_by_one), out)
        return out

    def _by_arithmetic(
        self, value: CellColumn, numerator: CellColumn, denominator: CellColumn, alone: Bools, out: ExactColumn
    ) -> Bools:
        """Fill in plain numbers, and return where they stand."""
        figure = self._figure
        done = np.zeros(len(out.state), np.bool_)
        if isinstance(figure, Plain):
            if value.numbers is None:
                return done
            ok, units = _plain(figure, value.numbers)
            self._fill(out, ok & alone, units, 0, counted=False)
            return ok & alone
        if not isinstance(figure, Share):
            return done
        if value.numbers is not None:
            ok, units = _percent(figure, value.numbers)
            done = ok & alone
            self._fill(out, done, units, PERCENT_BASE, counted=False)
        if numerator.numbers is not None and denominator.numbers is not None:
            ok, above, below = _parts(figure, numerator.numbers, denominator.numbers)
            ok &= value.blank
            self._fill(out, ok, above, below, counted=True)
            done = done | ok
        return done

    @staticmethod
    def _fill(out: ExactColumn, where: Bools, value: Ints, base: Ints | int, *, counted: bool) -> None:
        np.copyto(out.value, value, where=where)
        np.copyto(out.base, base, where=where)
        out.state[where] = _PRESENT
        out.written[where] = SPELT
        if counted:
            out.counted[where] = True

    def _each_value_once(self, value: CellColumn, rows: NDArray[np.intp], out: ExactColumn) -> None:
        codes, uniques = value.codes[rows], value.uniques
        read = np.zeros((5, len(uniques)), np.int64)
        doubtful = np.zeros(len(uniques), np.bool_)
        for code in np.unique(codes).tolist():
            once = self._read(uniques[code], "", "")
            doubtful[code] = once is None
            if once is not None:
                read[:, code] = once
        out.doubtful[rows] = doubtful[codes]
        out.state[rows], out.value[rows], out.base[rows] = read[0, codes], read[1, codes], read[2, codes]
        out.counted[rows], out.written[rows] = read[3, codes] != 0, read[4, codes]

    def _one_by_one(
        self,
        value: CellColumn,
        numerator: CellColumn,
        denominator: CellColumn,
        rows: NDArray[np.intp],
        out: ExactColumn,
    ) -> None:
        values, numerators, denominators = value.cells, numerator.cells, denominator.cells
        for row in rows.tolist():
            once = self._read(values[row], numerators[row], denominators[row])
            if once is None:
                out.doubtful[row] = True
            else:
                out.state[row], out.value[row], out.base[row], out.counted[row], out.written[row] = once

    def _read(self, value: Cell, numerator: Cell, denominator: Cell) -> _ONCE | None:
        """Return what three cells say, in the order of `ExactColumn`; None where something is wrong with them."""
        key = (value.__class__, value, numerator.__class__, numerator, denominator.__class__, denominator)
        if key in self._known:
            return self._known[key]
        cells = [self._clean(cell) for cell in (value, numerator, denominator)]
        once: _ONCE | None = None
        if None not in cells:
            core, faults = self._figure.read(*cells)  # type: ignore[arg-type]  # none of them is None
            if core is None and not faults:
                once = (int(MISSING), 0, 0, False, NO_TEXT)
            elif core is not None and not faults:
                state, units, base, counted, text = core
                once = (int(state), units, base, counted, self._number(int(state), units, base, text, counted=counted))
        self._known[key] = once
        return once

    def _number(self, state: int, value: int, base: int, text: str, *, counted: bool) -> int:
        """Return the number of a figure's text; `SPELT` where it is written as all figures of its measure are."""
        spelling = self._spelling
        if spelling.words or value % 10 == 0 or counted:
            known = not spelling.words or (state, value) in spelling.words
            if known and state in _SPELT and spelling.text(state, value, base, counted) == text:
                return SPELT
        return self._texts.number(text)


_SPELT = (int(State.PRESENT), int(State.AWAITED))


def usual_units(numbers: Floats) -> tuple[Bools, Ints]:
    """Return which floats are decimals of at most six places and usual size, and their value in 10**-7, exactly.

    As `numbers.usual_units` for one, and whole numbers up to the largest that can be held.

    >>> [part.tolist() for part in usual_units(np.array([79.95, 80.0, 1 / 3, np.nan, -1.0, 2.0e9, 0.0]))]
    [[True, True, False, False, False, True, True], [799500000, 800000000, 0, 0, 0, 20000000000000000, 0]]
    """
    whole = (numbers >= 0) & (numbers < _MOST_WHOLE)
    given = np.where(whole, numbers, 0.0)
    truncated = np.floor(given)
    whole &= truncated == numbers
    decimal = (numbers >= _LEAST) & (numbers < _MOST) & ~whole
    scaled = np.floor(np.where(decimal, numbers, 0.0) * VALUE_SCALE + 0.5)
    units = scaled.astype(np.int64)
    decimal &= (units % 10 == 0) & (scaled / VALUE_SCALE == numbers)
    found = np.where(whole, truncated, 0.0).astype(np.int64) * VALUE_SCALE
    return whole | decimal, np.where(decimal, units, found)


def _plain(figure: Plain, numbers: Floats) -> tuple[Bools, Ints]:
    """Return which numbers are an amount, a count or a level of growth without doubt, and their value."""
    ok, units = usual_units(numbers)
    if figure.whole:
        ok &= units % VALUE_SCALE == 0
    return ok & _in_range(units, figure), units


def _percent(figure: Share, numbers: Floats) -> tuple[Bools, Ints]:
    """Return which numbers are a percentage without doubt, and their value; one of 1 or less may be a fraction."""
    ok, units = usual_units(numbers)
    ok &= (numbers > 1) & (numbers <= PERCENT)
    return ok & _in_range(units, figure), units


def _parts(figure: Share, numerators: Floats, denominators: Floats) -> tuple[Bools, Ints, Ints]:
    """Return which numbers are so many of so many without doubt, and both in the unit they are counted in."""
    over = 10 ** (VALUE_DECIMALS - figure.decimals)
    (ok, above), (known, below) = usual_units(numerators), usual_units(denominators)
    ok &= known & (above % over == 0) & (below % over == 0)
    above, below = above // over, below // over
    ok &= (above <= below) & (below > 0) & (below < LIMIT)
    ok &= (PERCENT * above >= below) | (above == 0)
    ok[ok] &= _share_in_range(above[ok], below[ok], figure)
    return ok, above, below


def _in_range(units: Ints, figure: Figure) -> Bools:
    """Tell which values in 10**-7 lie within a measure's range."""
    ok = np.ones(len(units), np.bool_)
    if figure.low is not None:
        ok &= units >= figure.low * (VALUE_SCALE // TARGET_SCALE)
    if figure.high is not None:
        ok &= units <= figure.high * (VALUE_SCALE // TARGET_SCALE)
    return ok


def _share_in_range(above: Ints, below: Ints, figure: Figure) -> Bools:
    """Tell which shares, of parts below 10**12, lie within a measure's range."""
    ok = np.ones(len(above), np.bool_)
    if figure.low is not None:
        ok &= above * (PERCENT * TARGET_SCALE) >= figure.low * below
    if figure.high is not None:
        ok &= above * (PERCENT * TARGET_SCALE) <= figure.high * below
    return ok
