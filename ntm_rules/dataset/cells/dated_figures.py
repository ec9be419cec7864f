"""One measure's cell -> a day: day first, in figures or words, by ISO 8601, or as a spreadsheet counts it."""

from __future__ import annotations

import datetime as dt

from ntm_rules.dataset.cells.days import day_in, day_of_serial
from ntm_rules.dataset.cells.figure_parts import (
    PRESENT,
    VALUE,
    FigureReader,
    Outcome,
    fault_of,
    invalid,
    unused,
    without_value,
)
from ntm_rules.dataset.cells.numbers import Broken, Cell, Doubtful, Refused

FIRST, LAST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
"""Days that can be reported."""


class Dated(FigureReader):
    """A day."""

    __slots__ = ()

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if value == "":
            return without_value(numerator, denominator)
        beside = unused(numerator, denominator)
        try:
            day = _day(value)
        except Refused as refused:
            return invalid(value), (fault_of(VALUE, refused, value), *beside)
        return (PRESENT, day.toordinal(), 0, False, spelt(day)), beside


def spelt(day: dt.date) -> str:
    """Return a day as people write it."""
    return f"{day:%d/%m/%Y}"


def _day(cell: Cell) -> dt.date:
    if isinstance(cell, Broken | Doubtful):
        raise Refused(cell.code)
    if isinstance(cell, dt.datetime):
        day: dt.date | None = cell.date() if cell.time() == dt.time() else None
    elif isinstance(cell, dt.date):
        day = cell
    elif isinstance(cell, str):
        day = day_in(cell.strip()) or day_of_serial(cell)
    else:
        day = day_of_serial(cell)
    if day is None or not FIRST <= day <= LAST:
        raise Refused("not-a-day")
    return day
