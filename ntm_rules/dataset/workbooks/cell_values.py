"""What one cell of a sheet's XML holds: its type, value, style and formula made into the value that it stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ntm_rules.dataset.cells.numbers import RAISED, Broken, Cell, Doubtful, written
from ntm_rules.dataset.workbooks.cell_styles import DEFAULT_STYLE, NO_STYLES, Styles
from ntm_rules.dataset.workbooks.rich_text import raised, unescaped

_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:nan|inf(?:inity)?))")
_INDEX = re.compile(r"[0-9]{1,9}")
_DAY_1900, _DAY_1904 = (
    dt.datetime.combine(dt.date(year, month, day), dt.time()) for year, month, day in ((1899, 12, 30), (1904, 1, 1))
)
_LEAP_DAY_OF_1900 = 60
"""Day 29 February 1900, which Excel believes in: days before it are one off."""
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}


class SharedText(NamedTuple):
    """A cell that refers to one of the texts which the sheets of its workbook share."""

    number: int
    doubt: str
    """What the cell's font throws on it; empty for none."""

    def of(self, texts: Sequence[str]) -> Cell:
        """Return what the cell holds in a workbook."""
        if self.number >= len(texts):
            return Broken("cell-unreadable", str(self.number))
        return doubted(texts[self.number], self.doubt) if self.doubt else texts[self.number]


class PlainRow(NamedTuple):
    """A row of a plain sheet."""

    number: int
    """From 0."""
    cells: list[Cell | SharedText]
    """From column A to the last that holds something."""
    shared: bool
    """Whether one of them is a `SharedText`."""
    hidden: list[int]
    """The rows that nobody sees, of this one and those without cells before it."""


@dataclass(slots=True)
class Seen:
    """What rows and cells hold under the same styles, by what stands in the file."""

    rows: dict[bytes, PlainRow] = field(default_factory=dict)
    once: set[int] = field(default_factory=set)
    """The hashes of rows seen once: most never come again."""
    cells: dict[bytes, Cell | SharedText] = field(default_factory=dict)
    numbers: set[bytes] = field(default_factory=set)
    """How cells begin whose number is what it is: no formula made it, and its style shows it as it is."""


@dataclass(slots=True)
class WorkbookContext:
    """What the cells of a workbook refer to."""

    styles: Styles = NO_STYLES
    texts: Sequence[str] = ()
    """The texts that its sheets share."""
    from_1904: bool = False
    calculated: bool = True
    """Whether the results of formulas are results; else a stored 0 may only hold the place of one."""
    seen: Seen = field(default_factory=Seen)
    """What was seen in workbooks that are the same in all this, but for the shared texts."""


def cell_of(
    kind: str, value: str | None, text: str | None, formula: bool, style: str | None, context: WorkbookContext
) -> Cell:
    """Return what a cell holds: its type, its value, its own text, whether a formula made it, the number of its style."""
    styled = style.strip().encode() if style is not None else DEFAULT_STYLE
    if text is not None and (kind == "inlineStr" or not value):  # a text of its own, whatever the type says
        cell: Cell = text if text or value is None else unescaped(value)
    elif not value and kind != "str":
        cell = Broken("formula-not-calculated", "") if formula else ""
    else:
        cell = _valued(kind, value or "", styled, context)
    if formula and not context.calculated and is_placeholder(cell):
        return Broken("formula-not-calculated", "")
    if isinstance(cell, float) and styled in context.styles.formats:
        cell = context.styles.formats[styled].seen(cell)
    doubt = context.styles.fonts.get(styled)
    return doubted(cell, doubt) if doubt else cell


def is_placeholder(cell: Cell) -> bool:
    """Tell whether a formula's stored result is one that writers put down without calculating: 0, no, nothing."""
    return cell == "" or (isinstance(cell, float | bool) and not cell)


def doubted(cell: Cell, doubt: str) -> Cell:
    """Return a cell with the doubt that its font throws on it; errors and blanks have none."""
    if cell == "" or isinstance(cell, Broken | Doubtful):
        return cell
    text = written(cell)
    return Doubtful(text, doubt, raised(text) if doubt == RAISED else text)


def _valued(kind: str, value: str, style: bytes, context: WorkbookContext) -> Cell:
    if kind in ("str", "inlineStr"):
        return unescaped(value)
    stripped = value.strip()
    if kind == "s":
        if _INDEX.fullmatch(stripped) and int(stripped) < len(context.texts):
            return context.texts[int(stripped)]
        return Broken("cell-unreadable", stripped)
    if kind == "b":
        truth = _BOOLEANS.get(stripped.lower())
        return Broken("cell-unreadable", stripped) if truth is None else truth
    if kind == "e":
        return Broken("cell-error", stripped)
    if kind == "d":
        return _day_of(stripped)
    if kind != "n":
        return Broken("cell-unreadable", stripped)
    if not _NUMBER.fullmatch(stripped):
        return unescaped(value)  # words where a number should stand: they are read as words
    number = float(stripped)
    day = context.styles.days.get(style)
    return number if day is None else _moment(number, day.kind == "span", context.from_1904)


def _moment(number: float, span: bool, from_1904: bool) -> Cell:
    """Return the day, time or span of time that a number stands for; where it stands for none, that it is no number."""
    try:
        if span:
            return dt.timedelta(days=number)
        if not from_1904 and number < _LEAP_DAY_OF_1900 and number >= 1:
            number += 1
        seconds = round(number * 86_400_000) / 1000
        moment = (_DAY_1904 if from_1904 else _DAY_1900) + dt.timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return Broken("date-not-number", written(number))
    if number < 1:
        return moment.time()
    return moment.date() if number.is_integer() else moment


def _day_of(text: str) -> Cell:
    """Return the day or time that a text in ISO 8601 is; the text itself where it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment.time() == dt.time() else moment
