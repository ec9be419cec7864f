"""A share: a percentage, a count of things over another, or both where they agree."""

from __future__ import annotations

import datetime as dt
import re

from ntm_rules.dataset.cells.agreement import KEPT_DECIMALS, perhaps_of_one, says_the_same
from ntm_rules.dataset.cells.figure_parts import (
    DENOMINATOR,
    INVALID,
    NOTHING,
    NUMERATOR,
    PRESENT,
    VALUE,
    Core,
    Fault,
    FigureReader,
    Outcome,
    as_thousands,
    fault_of,
    invalid,
    limit_text,
    number_of,
    refuse_comma_in_whole,
    whole_of,
    without_unit,
)
from ntm_rules.dataset.cells.numbers import (
    POWERS,
    Cell,
    Exact,
    Refused,
    decimals_written,
    normal,
    power,
    read_number,
    show,
    usual_units,
    value_units,
    written,
)
from ntm_rules.dataset.cells.units import is_unit
from ntm_rules.dataset.records import State
from ntm_rules.exact import LIMIT, PERCENT, TARGET_SCALE, VALUE_SCALE, target_units
from ntm_rules.rulebook.models import Measure, Text

PERCENT_BASE = PERCENT * VALUE_SCALE
_HUNDRED = PERCENT * TARGET_SCALE


class Share(FigureReader):
    """A percentage, as one figure, as numerator and denominator, or as both if they agree."""

    __slots__ = ("_counted_units", "_nothing_to_count", "_whole", "decimals", "most")

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        assert measure.counted is not None  # the model sees to it
        self._counted_units = measure.counted.unit
        self.decimals = measure.counted.decimals
        self._whole = self.decimals == 0 and self._unbounded
        self._nothing_to_count = measure.zero_denominator == "not_applicable"
        self.most = target_units(measure.whole_percent)
        """The most percent there can be, in 10**-4; more than 100 only where the measure's range says so."""

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if numerator == "" and denominator == "":
            if value == "":
                return NOTHING
            if value.__class__ is float and self._unbounded and value <= PERCENT:
                usual = usual_units(value)
                if usual is not None and value > 1:
                    return (PRESENT, usual[0], PERCENT_BASE, False, usual[1]), ()
            return self._alone(value)
        if (
            self._whole
            and value == ""
            and numerator.__class__ is float
            and denominator.__class__ is float
            and 0.0 <= numerator <= denominator < LIMIT
        ):  # the usual case, short
            above, below = int(numerator), int(denominator)
            if above == numerator and below == denominator and below and (PERCENT * above >= below or not above):
                return (PRESENT, above, below, True, f"{above}/{below}"), ()
        if numerator == "" or denominator == "":
            return self._half(value, numerator, denominator)
        try:
            above, below = self._part(numerator), self._part(denominator)
            typed = None if value == "" else self._percentage(value)
        except Refused:
            return self._explained(value, numerator, denominator)
        return self._counted(value, typed, numerator, above, denominator, below)

    def _alone(self, value: Cell) -> Outcome:
        """Read a share given in one cell: a percentage, or numerator / denominator in one."""
        parts = _FRACTION.fullmatch(value) if isinstance(value, str) and "/" in value else None
        if parts is not None and not _MONTH.fullmatch(parts[0]):
            core, faults = self.read("", parts[1].strip(), parts[2].strip())
            return core, tuple(fault._replace(part=VALUE) for fault in faults)
        try:
            if isinstance(value, dt.date) or parts is not None:
                raise Refused("date-not-share")
            core = self._typed(value)
        except Refused as refused:
            meant = refused.parameters["suggestion"] if refused.code == "number-dot-decimal" else ""
            if meant and perhaps_of_one(meant, value_units(read_number(meant, percentage=True))):
                return self._unclear(meant, written(value))
            return invalid(value), (fault_of(VALUE, refused, value),)
        return self._unclear(value, core[4]) if perhaps_of_one(value, core[1]) else (core, ())

    @staticmethod
    def _unclear(value: Cell, text: str) -> Outcome:
        """Return a share that may be a percentage or a fraction of 1; a mend must not be as unclear again."""
        number = read_number(value)
        hundredfold = _hundredfold(number)
        sign = "%" if hundredfold[0] <= power(hundredfold[1]) else ""
        said = {"percent": written(value), "hundredfold": show(hundredfold), "clear": show(hundredfold) + sign}
        return (State.UNCLEAR, 0, 0, False, text), (Fault(VALUE, "share-below-one", text, said),)

    def _counted(
        self, value: Cell, typed: Exact | None, numerator: Cell, above: int, denominator: Cell, below: int
    ) -> Outcome:
        text = f"{written(numerator)}/{written(denominator)}"
        if below == 0:
            if above == 0 and self._nothing_to_count and (typed is None or typed[0] == 0):
                return (State.NOTHING_TO_COUNT, 0, 0, True, text), ()
            fault = Fault(DENOMINATOR, "zero-denominator", written(denominator), {})
            return (INVALID, 0, 0, False, text), (fault,)
        try:
            if above > below and self.most <= _HUNDRED:
                self._refuse_comma_in(denominator, numerator)
                raise Refused("numerator-over-denominator", denominator=written(denominator))
            if not self._unbounded:
                self.check_range(PERCENT * above, below)
        except Refused as refused:
            part, cell = (NUMERATOR, numerator) if refused.code != "number-two-readings" else (DENOMINATOR, denominator)
            return (INVALID, 0, 0, False, text), (fault_of(part, refused, cell),)
        core: Core = (PRESENT, above, below, True, text)
        if typed is None:
            return self._doubted(core, numerator, denominator)
        if not says_the_same(value, typed, above, below):
            fault = Fault(VALUE, "percent-disagrees", written(value), {"counted": text})
            return (State.CONFLICTING, 0, 0, False, f"{written(value)}; {text}"), (fault,)
        return core, ()

    def _doubted(self, core: Core, numerator: Cell, denominator: Cell) -> Outcome:
        """Return a counted share that no percentage confirms, with the doubts that its figures raise.

        A comma before three digits in one of the two may have been meant between thousands: that share is not used.
        """
        above, below, text = core[1], core[2], core[4]
        if not above or not below:
            return core, ()
        doubtful = (
            (NUMERATOR, numerator, denominator, above * 1000 <= below),
            (DENOMINATOR, denominator, numerator, "," in text),
        )
        for part, cell, other, fits in doubtful if self.decimals else ():
            thousands = _perhaps_thousands(cell, other, bare_numbers=part == NUMERATOR) if fits else ""
            if thousands:
                percent = _small_percent(above, below)
                said = {"counted": text, "decimals": written(cell), "thousands": thousands, "percent": percent}
                return (State.UNCLEAR, 0, 0, False, text), (Fault(part, "comma-two-readings", written(cell), said),)
        if PERCENT * above < below:
            percent = _small_percent(above, below)
            return core, (Fault(NUMERATOR, "share-counted-below-one", text, {"percent": percent}),)
        return core, ()

    def _half(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        """Read a share of which only the numerator, or only the denominator, is given."""
        given = DENOMINATOR if numerator == "" else NUMERATOR
        cell = denominator if numerator == "" else numerator
        code = "numerator-missing" if numerator == "" else "denominator-missing"
        text = written(cell) if value == "" else f"{written(value)}; {written(cell)}"
        return (INVALID, 0, 0, False, text), (Fault(given, code, written(cell), {}),)

    def _explained(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        """Name everything that is wrong in the three cells."""
        faults: list[Fault] = []
        for part, cell in ((VALUE, value), (NUMERATOR, numerator), (DENOMINATOR, denominator)):
            try:
                if part != VALUE:
                    self._part(cell)
                elif cell != "":
                    self._percentage(cell)
            except Refused as refused:
                faults.append(fault_of(part, refused, cell))
        text = f"{written(numerator)}/{written(denominator)}"
        if value != "":
            text = f"{written(value)}; {text}"
        return (INVALID, 0, 0, False, text), tuple(faults)

    def _part(self, cell: Cell) -> int:
        """Return a numerator or denominator in the unit it is counted in."""
        if self.decimals:
            digits, decimals = number_of(cell, percentage=False, units=self._counted_units)
        else:
            digits, decimals = whole_of(cell, self._counted_units)
        if not self.decimals and cell.__class__ is str:
            refuse_comma_in_whole(cell)
        if decimals > self.decimals:
            raise Refused("part-decimals" if self.decimals else "part-not-whole", allowed=self.decimals)
        units = digits * POWERS[self.decimals - decimals]
        if units < 0:
            raise Refused("negative")
        if units >= LIMIT:
            raise Refused("too-large", limit=limit_text(LIMIT // POWERS[self.decimals]))
        return units

    def _refuse_comma_in(self, denominator: Cell, numerator: Cell) -> None:
        """Refuse a whole smaller than its part because its comma was meant between thousands: 500 of 1,000.

        Raises:
            Refused: it was perhaps.
        """
        thousands = _perhaps_thousands(denominator, numerator, bare_numbers=False)
        if thousands:
            decimals = show(read_number(without_unit(str(denominator))))
            raise Refused("number-two-readings", thousands=thousands, decimals=decimals)

    def _percentage(self, cell: Cell) -> Exact:
        try:
            number = number_of(cell, percentage=True, units=_PERCENT_UNITS)
        except Refused as refused:
            words = str(refused.parameters.get("words", ""))
            if words and (is_unit(words, self._counted_units.vi) or is_unit(words, self._counted_units.en)):
                raise Refused("count-in-value", words=words) from None
            raise
        digits, decimals = number
        if digits < 0:
            raise Refused("negative")
        if digits > PERCENT * power(decimals) and self.most <= _HUNDRED:
            raise Refused("above-100")
        return number

    def _typed(self, cell: Cell) -> Core:
        units = value_units(self._percentage(cell))
        if not self._unbounded:
            self.check_range(units, VALUE_SCALE)
        return PRESENT, units, PERCENT_BASE, False, written(cell)


_PERCENT_UNITS = Text(vi="%", en="%")
_FRACTION = re.compile(r"\s*([0-9][^/]*)/\s*([0-9][^/]*)")
"""A numerator and a denominator in one cell, their units behind them perhaps: 5/6, 42,5 km/50 km."""
_MONTH = re.compile(r"\s*(?:0?[1-9]|1[0-2])\s*/\s*20[0-9]{2}\s*")
"""What is a month of a year rather than so few of so many: 5/2026."""


def _hundredfold(number: Exact) -> Exact:
    digits, decimals = number
    return normal(digits * PERCENT, decimals)


def _perhaps_thousands(cell: Cell, other: Cell, *, bare_numbers: bool) -> str:
    """Return how a part reads if its comma stands between thousands; "" where it cannot, or the other part has decimals.

    `bare_numbers`: also of a typed number, which keeps no zeros at its end: of 1,300 a cell holds 1.3.
    """
    if isinstance(cell, str):
        thousands = as_thousands(cell) if "," in cell else ""
    elif bare_numbers:
        digits, decimals = read_number(cell)
        thousands = str(digits * power(3 - decimals)) if 0 < decimals <= 3 and digits >= power(decimals) else ""
    else:
        thousands = ""
    if not thousands:
        return ""
    number, decimals = _plainly(other)
    return "" if decimals or (isinstance(number, str) and decimals_written(number)) else thousands


def _plainly(cell: Cell) -> tuple[Cell, int]:
    """Return a cell without the unit behind its number, and how many decimals it has."""
    number = without_unit(cell) if isinstance(cell, str) else cell
    return number, read_number(number)[1]


def _small_percent(above: int, below: int) -> str:
    """Return a share in percent with two decimals, or as many as show that it is not 0."""
    decimals = 2
    while decimals < KEPT_DECIMALS and 2 * PERCENT * above * power(decimals) < below:
        decimals += 1
    rounded = (2 * PERCENT * above * power(decimals) + below) // (2 * below)
    return show(normal(rounded, decimals))
