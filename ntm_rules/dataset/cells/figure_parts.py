"""What one measure's cells come to, and what is wrong with them: the part that every kind of measure shares."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from ntm_rules.dataset.cells.answers import NOT_APPLICABLE, NOTHING_THERE
from ntm_rules.dataset.cells.numbers import Cell, Exact, Refused, from_text, number_and_unit, read_number, show, written
from ntm_rules.dataset.cells.texts import key, looks_old
from ntm_rules.dataset.cells.units import is_unit
from ntm_rules.dataset.records import State
from ntm_rules.exact import PERCENT, TARGET_SCALE, target_units, vietnamese
from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import Measure, Text
from ntm_rules.spelling import as_meant

VALUE, NUMERATOR, DENOMINATOR = range(3)
PRESENT, INVALID = State.PRESENT, State.INVALID

Core = tuple[State, int, int, bool, str]
"""state, value, base, counted, written: the part of a `Reported` that the figures decide."""


class Fault(NamedTuple):
    """What is wrong with one of a figure's cells."""

    part: int
    """VALUE, NUMERATOR or DENOMINATOR."""
    code: str
    written: str
    parameters: dict[str, Any]


Outcome = tuple[Core | None, tuple[Fault, ...]]
NOTHING: Outcome = (None, ())


class FigureReader:
    """Reads what was written for one measure; `kind` decides how."""

    __slots__ = ("_high_text", "_low_text", "_unbounded", "conditional", "high", "id", "low", "measure")

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.id = measure.id
        self.conditional = False
        """Whether another figure asks if there is any."""
        bounds = measure.range
        low = bounds.min if bounds else None
        high = bounds.max if bounds else None
        if measure.traits.counted or low == 0:  # bounds that hold anyway need no checking
            low = None if low is not None and low <= 0 else low
        if measure.traits.counted:
            high = None if high == PERCENT else high  # nothing above 100 is taken unless a range goes further
        self.low = None if low is None else target_units(low)
        """The least that is taken, in 10**-4; None where nothing needs checking."""
        self.high = None if high is None else target_units(high)
        """The most that is taken, as `low`."""
        self._unbounded = low is None and high is None
        self._low_text = "" if low is None else vietnamese(low)
        self._high_text = "" if high is None else vietnamese(high)

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        """Return the value read from three cells (blank is the empty text) and what is wrong with them."""
        raise NotImplementedError

    def instead_of_not_applicable(self) -> Message:
        """Return what to do where somebody answers that this does not apply."""
        if self.conditional:
            return Message("Leave it empty, and answer Không to the question whether the commune has such a thing.")
        if self.measure.zero_denominator == "not_applicable":
            return Message(
                "If the commune has none of this at all, enter 0 as numerator and 0 as denominator; leave both empty"
                " while it is not known."
            )
        if self.measure.traits.yes_or_no:
            return Message(
                "The criteria do not ask first whether there is any: answer Không where the commune has none, and leave"
                " it empty while it is not known."
            )
        return Message(
            "The criteria do not say that this may not apply: leave it empty while there is nothing to enter, and ask the"
            " lead agency."
        )

    def says_nothing_there(self, text: str) -> bool:
        """Tell whether words say that there is nothing to count, where 0 and 0 say so."""
        return self.measure.zero_denominator == "not_applicable" and key(text) in NOTHING_THERE

    def check_range(self, above: int, below: int) -> None:
        """Check `above / below`, both in one unit, against the measure's range."""
        if self.low is not None and above * TARGET_SCALE < self.low * below:
            raise Refused("below-range", bound=self._low_text)
        if self.high is not None and above * TARGET_SCALE > self.high * below:
            raise Refused("above-range", bound=self._high_text)


def number_of(cell: Cell, *, percentage: bool, units: Text) -> Exact:
    try:
        return read_number(cell, percentage=percentage)
    except Refused as refused:
        if refused.code == "not-a-number" and isinstance(cell, str):
            if key(cell) in NOT_APPLICABLE:
                raise Refused("answer-not-applicable") from None
            if looks_old(cell) and not _FRACTION_SIGN.fullmatch(cell.strip()):
                raise Refused("text-old-encoding") from None
            split = number_and_unit(cell)
            if split is not None:
                number = from_text(split[0])
                if is_unit(split[1], units.vi) or is_unit(split[1], units.en):
                    return number
                raise Refused("words-behind-number", words=split[1], unit=units) from None
        raise


def whole_of(cell: Cell, units: Text) -> Exact:
    """Return a number of whole things; one with a dot before three digits is refused with its whole readings alone.

    Raises:
        Refused: it is no number, or may be several.
    """
    try:
        return number_of(cell, percentage=False, units=units)
    except Refused as refused:
        if refused.code != "number-two-readings":
            raise
        raise _of_whole_things(refused.parameters["thousands"], from_text(refused.parameters["decimals"])) from None


def _of_whole_things(thousands: str, otherwise: Exact) -> Refused:
    """Return the refusal of a whole number that may be another; a reading with decimals is offered to nobody."""
    said = {"thousands": thousands, "decimals": show(otherwise)}
    return Refused("number-two-readings", **said, **({"nearest": thousands} if otherwise[1] else {}))


_FRACTION_SIGN = re.compile(r"[0-9., ]*[¼½¾]\s*%?")
_COMMA_AND_THREE = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
"""What is a number with three decimals here, and thousands where a comma stands between them."""


def as_thousands(text: str) -> str:
    """Return how a text reads if its comma stands between thousands; "" where it cannot.

    >>> as_thousands("1,300"), as_thousands("1,300 tấn"), as_thousands("0,300"), as_thousands("1,30")
    ('1300', '1300', '', '')
    """
    figure = without_unit(text)
    return figure.replace(",", "") if _COMMA_AND_THREE.fullmatch(figure) else ""


def without_unit(text: str) -> str:
    """Return the number that a text begins with, where words follow it."""
    figure = as_meant(text).strip()
    split = number_and_unit(figure)
    return split[0] if split else figure


def refuse_comma_in_whole(cell: Cell) -> None:
    """Refuse a whole thing written with a comma before three digits: 2,000 is 2, or two thousand.

    Raises:
        Refused: it is written so.
    """
    if not isinstance(cell, str) or "," not in cell:
        return
    thousands = as_thousands(cell)
    if thousands:
        raise _of_whole_things(thousands, from_text(without_unit(cell)))


def limit_text(limit: int) -> str:
    return vietnamese(Decimal(limit))


def without_value(numerator: Cell, denominator: Cell) -> Outcome:
    """Read a measure that is not a share and has no value, though perhaps a numerator."""
    for part, cell in ((NUMERATOR, numerator), (DENOMINATOR, denominator)):
        if cell != "":
            return invalid(cell), (Fault(part, "value-missing", written(cell), {}),)
    return NOTHING


def unused(numerator: Cell, denominator: Cell) -> tuple[Fault, ...]:
    if numerator == "" and denominator == "":
        return ()
    cells = ((NUMERATOR, numerator), (DENOMINATOR, denominator))
    return tuple(Fault(part, "parts-unused", written(cell), {}) for part, cell in cells if cell != "")


def invalid(cell: Cell) -> Core:
    return INVALID, 0, 0, False, written(cell)


def fault_of(part: int, refused: Refused, cell: Cell) -> Fault:
    return Fault(part, refused.code, written(cell), refused.parameters)
