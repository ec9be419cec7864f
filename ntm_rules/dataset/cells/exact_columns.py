"""The cells of one measure, all rows at once -> exact values: plain numbers by arithmetic on the whole column, the rest by
`Figure.read`, each different cell once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cells.cell_columns import BLANK, CellColumn, Floats, NoColumn
from ntm_rules.dataset.cells.figure_parts import FigureReader
from ntm_rules.dataset.cells.figures import Plain
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.shares import PERCENT_BASE, Share
from ntm_rules.dataset.cells.written_figures import Spelling
from ntm_rules.dataset.figure_columns import MISSING, NO_TEXT, SPELT, Bools, Bytes, Ints, NumberedTexts, Numbers
from ntm_rules.dataset.records import State
from ntm_rules.exact import LIMIT, PERCENT, TARGET_SCALE, VALUE_DECIMALS, VALUE_SCALE

Clean = Callable[[Cell], Cell | None]
"""Returns a cell with its text cleaned; None for one that must be looked at where it stands."""
_PRESENT = np.uint8(State.PRESENT)
_LEAST, _MOST = 0.001, 99_999.0
"""Between these a float is known to be the decimal that is nearest to it (`numbers.usual_units`)."""
_MOST_WHOLE = 10.0**11
"""Whole numbers below this are held in 10**-7 (`exact.PLAIN_LIMIT`)."""
_ONCE = tuple[int, int, int, bool, int]
_NOTHING: _ONCE = (int(MISSING), 0, 0, False, NO_TEXT)


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

    def __init__(self, figure: FigureReader, spelling: Spelling, texts: NumberedTexts, clean: Clean) -> None:
        self._figure, self._spelling, self._texts, self._clean = figure, spelling, texts, clean
        self._known: dict[tuple[type, Cell, type, Cell, type, Cell], _ONCE | None] = {}

    def read(
        self, value: CellColumn, numerator: CellColumn, denominator: CellColumn, out: ExactColumn | None = None
    ) -> ExactColumn:
        """Return what three columns say; written into `out`, where that is given: of no figure anywhere."""
        size = len(value)
        if out is None:
            out = ExactColumn(
                state=np.full(size, MISSING, np.uint8),
                value=np.zeros(size, np.int64),
                base=np.zeros(size, np.int64),
                counted=np.zeros(size, np.bool_),
                written=np.full(size, NO_TEXT, np.int32),
                doubtful=np.zeros(size, np.bool_),
            )
        done = self._by_arithmetic(value, numerator, denominator, out)
        if isinstance(numerator, NoColumn) and isinstance(denominator, NoColumn):
            if done is None:
                self._each_value_once(value, slice(None), out)
                return out
            left = ~(done | value.blank)
            if left.any():
                self._each_value_once(value, np.flatnonzero(left), out)
            return out
        alone = numerator.blank & denominator.blank
        left = ~(alone & value.blank)
        if done is not None:
            left &= ~done
        if left.any():
            one_by_one = left & ~alone
            if (left & alone).any():
                self._each_value_once(value, np.flatnonzero(left & alone), out)
            if one_by_one.any():
                self._one_by_one(value, numerator, denominator, np.flatnonzero(one_by_one), out)
        return out

    def _by_arithmetic(
        self, value: CellColumn, numerator: CellColumn, denominator: CellColumn, out: ExactColumn
    ) -> Bools | None:
        """Fill in plain numbers, and return where they stand; None where none can."""
        figure, done = self._figure, None
        if not isinstance(figure, Plain | Share):
            return None
        if not isinstance(value, NoColumn) and value.numbers is not None:
            done, units = (_percent if isinstance(figure, Share) else _plain)(figure, value.numbers)
            for part in (numerator, denominator):
                if not isinstance(part, NoColumn):
                    done &= part.blank
            self._fill(out, done, units, PERCENT_BASE if isinstance(figure, Share) else None, counted=False)
        if not isinstance(figure, Share) or isinstance(numerator, NoColumn) or isinstance(denominator, NoColumn):
            return done
        if numerator.numbers is not None and denominator.numbers is not None:
            ok, above, below = _parts(figure, numerator.numbers, denominator.numbers)
            if not isinstance(value, NoColumn):
                ok &= value.blank
            self._fill(out, ok, above, below, counted=True)
            done = ok if done is None else done | ok
        return done

    @staticmethod
    def _fill(out: ExactColumn, where: Bools, value: Ints, base: Ints | int | None, *, counted: bool) -> None:
        np.copyto(out.value, value, where=where)
        if base is not None:
            np.copyto(out.base, base, where=where)
        np.copyto(out.state, _PRESENT, where=where)
        np.copyto(out.written, SPELT, where=where)
        if counted:
            np.logical_or(out.counted, where, out=out.counted)

    def _each_value_once(self, value: CellColumn, rows: NDArray[np.intp] | slice, out: ExactColumn) -> None:
        codes, uniques = value.codes[rows], value.uniques
        state, written = np.full(len(uniques) + 1, MISSING, np.uint8), np.full(len(uniques) + 1, NO_TEXT, np.int32)
        units, base = np.zeros((2, len(uniques) + 1), np.int64)
        counted, doubtful = np.zeros((2, len(uniques) + 1), np.bool_)
        few = len(uniques) <= len(codes)
        for code in range(len(uniques)) if few and isinstance(rows, slice) else np.unique(codes).tolist():
            once = self._read(uniques[code], "", "") if code != BLANK else _NOTHING
            if once is None:
                doubtful[code] = True
            else:
                state[code], units[code], base[code], counted[code], written[code] = once
        places = codes.astype(np.intp)
        parts: list[tuple[NDArray[Any], NDArray[Any]]] = [
            (out.state, state), (out.value, units), (out.written, written), (out.base, base), (out.counted, counted),
            (out.doubtful, doubtful),
        ]  # fmt: skip
        for part, own in parts:
            if not own.any():
                continue
            if isinstance(rows, slice):
                own.take(places, mode="wrap", out=part)  # blank cells are the last of each
            else:
                part[rows] = own.take(places, mode="wrap")

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
                once = _NOTHING
            elif core is not None and not faults:
                state, units, base, counted, text = core
                once = (int(state), units, base, counted, self._number(int(state), units, base, text, counted=counted))
        self._known[key] = once
        return once

    def _number(self, state: int, value: int, base: int, text: str, *, counted: bool) -> int:
        """Return the number of a figure's text; `SPELT` where it is written as all figures of its measure are."""
        spelling = self._spelling
        if spelling.words or spelling.days or value % 10 == 0 or counted:
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
    ok, units = _usual(numbers, VALUE_DECIMALS - 1)
    return ok, units * 10


def _usual(numbers: Floats, decimals: int) -> tuple[Bools, Ints]:
    """Return which floats are decimals of at most so many places and usual size, and how many of the last place they are.

    A float between `_LEAST` and `_MOST` is a decimal's nearest if the decimal, made a float, is the same again.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        small = not (numbers >= _MOST).any()
        whole = numbers == 0 if small else (numbers >= 0) & (numbers < _MOST_WHOLE) & (np.floor(numbers) == numbers)
        scaled = np.floor(numbers * 10.0**decimals + 0.5)
        ok = (numbers >= _LEAST) & (numbers < _MOST) & (scaled / 10.0**decimals == numbers)
        units = np.where(ok, scaled, 0.0).astype(np.int64)
        if small:
            return ok | whole, units
        given = np.where(whole, numbers, 0.0).astype(np.int64)
        return ok | whole, np.where(whole, given * 10**decimals, units)


def _plain(figure: FigureReader, numbers: Floats) -> tuple[Bools, Ints]:
    """Return which numbers are an amount, a count or a level of growth without doubt, and their value."""
    if isinstance(figure, Plain) and figure.whole:
        ok, units = _usual(numbers, 0)
        units *= VALUE_SCALE
    else:
        ok, units = usual_units(numbers)
    ok &= _in_range(units, figure)
    return ok, units


def _percent(figure: FigureReader, numbers: Floats) -> tuple[Bools, Ints]:
    """Return which numbers are a percentage without doubt, and their value; one of 1 or less may be a fraction."""
    ok, units = usual_units(numbers)
    with np.errstate(invalid="ignore"):
        ok &= (numbers > 1) & (numbers <= (figure.most / TARGET_SCALE if isinstance(figure, Share) else PERCENT))
    ok &= _in_range(units, figure)
    return ok, units


def _parts(figure: Share, numerators: Floats, denominators: Floats) -> tuple[Bools, Ints, Ints]:
    """Return which numbers are so many of so many without doubt, and both in the unit they are counted in."""
    (ok, above), (known, below) = _usual(numerators, figure.decimals), _usual(denominators, figure.decimals)
    ok &= known
    ok &= (below > 0) & (below < LIMIT)
    if figure.most <= PERCENT * TARGET_SCALE:
        ok &= above <= below
    ok &= (PERCENT * above >= below) | (above == 0)
    if figure.low is not None or figure.high is not None:
        ok[ok] &= _share_in_range(above[ok], below[ok], figure)
    return ok, above, below


def _in_range(units: Ints, figure: FigureReader) -> Bools | bool:
    """Tell which values in 10**-7 lie within a measure's range."""
    ok: Bools | bool = True
    if figure.low is not None:
        ok = units >= figure.low * (VALUE_SCALE // TARGET_SCALE)
    if figure.high is not None:
        ok = ok & (units <= figure.high * (VALUE_SCALE // TARGET_SCALE))
    return ok


def _share_in_range(above: Ints, below: Ints, figure: FigureReader) -> Bools:
    """Tell which shares, of parts below 10**12, lie within a measure's range."""
    ok = np.ones(len(above), np.bool_)
    if figure.low is not None:
        ok &= above * (PERCENT * TARGET_SCALE) >= figure.low * below
    if figure.high is not None:
        ok &= above * (PERCENT * TARGET_SCALE) <= figure.high * below
    return ok
