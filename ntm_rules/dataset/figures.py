"""One measure's cells -> one reported value, by the measure's kind, exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from ntm_rules.dataset.answers import NOT_APPLICABLE, Answers
from ntm_rules.dataset.numbers import (
    POWERS,
    Cell,
    Exact,
    Refused,
    power,
    read_number,
    usual_units,
    value_units,
    written,
)
from ntm_rules.dataset.records import State
from ntm_rules.dataset.texts import key, looks_old
from ntm_rules.exact import LIMIT, PERCENT, PLAIN_LIMIT, TARGET_SCALE, VALUE_SCALE, target_units, vietnamese
from ntm_rules.rulebook.models import QUANTITIES, Measure, Scale

VALUE, NUMERATOR, DENOMINATOR = range(3)
GROWTH_DECIMALS = 6
PRESENT, INVALID = State.PRESENT, State.INVALID

PERCENT_BASE = PERCENT * VALUE_SCALE

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
_NOTHING: Outcome = (None, ())


class Figure:
    """Reads what was written for one measure; `kind` decides how."""

    __slots__ = ("_high", "_high_text", "_low", "_low_text", "_unbounded", "id", "measure")

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.id = measure.id
        bounds = measure.range
        low = bounds.min if bounds else None
        high = bounds.max if bounds else None
        if measure.kind == "share" or low == 0:  # bounds that hold anyway need no checking
            low = None if low is not None and low <= 0 else low
        if measure.kind == "share":
            high = None if high is not None and high >= PERCENT else high
        self._low = None if low is None else target_units(low)
        self._high = None if high is None else target_units(high)
        self._unbounded = low is None and high is None
        self._low_text = "" if low is None else vietnamese(low)
        self._high_text = "" if high is None else vietnamese(high)

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        """Return the value read from three cells (blank is the empty text) and what is wrong with them."""
        raise NotImplementedError

    def _check_range(self, above: int, below: int) -> None:
        """Check `above / below`, both in one unit, against the measure's range."""
        if self._low is not None and above * TARGET_SCALE < self._low * below:
            raise Refused("below-range", bound=self._low_text)
        if self._high is not None and above * TARGET_SCALE > self._high * below:
            raise Refused("above-range", bound=self._high_text)


def figure_for(measure: Measure, scale: Scale | None) -> Figure:
    """Return the reader of one measure."""
    if measure.kind == "share":
        return Share(measure)
    if measure.kind in QUANTITIES:
        return Plain(measure)
    return Stated(measure, scale)


class Share(Figure):
    """A percentage, as one figure, as numerator and denominator, or as both if they agree."""

    __slots__ = ("_decimals", "_nothing_to_count", "_whole")

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        assert measure.counted is not None  # the model sees to it
        self._decimals = measure.counted.decimals
        self._whole = self._decimals == 0 and self._unbounded
        self._nothing_to_count = measure.zero_denominator == "not_applicable"

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if numerator == "" and denominator == "":
            if value == "":
                return _NOTHING
            if value.__class__ is float and self._unbounded and value <= PERCENT:
                usual = usual_units(value)
                if usual is not None and value > 1:
                    return (PRESENT, usual[0], PERCENT_BASE, False, usual[1]), ()
            try:
                core = self._typed(value)
                return core, _perhaps_a_fraction(value, core)
            except Refused as refused:
                return _invalid(value), (_fault(VALUE, refused, value),)
        if (
            self._whole
            and value == ""
            and numerator.__class__ is float
            and denominator.__class__ is float
            and 0.0 <= numerator <= denominator < LIMIT
        ):  # the usual case, short
            above, below = int(numerator), int(denominator)
            if above == numerator and below == denominator and below:
                return (PRESENT, above, below, True, f"{above}/{below}"), ()
        if numerator == "" or denominator == "":
            return self._half(value, numerator, denominator)
        try:
            above, below = self._part(numerator), self._part(denominator)
            typed = None if value == "" else self._percentage(value)
        except Refused:
            return self._explained(value, numerator, denominator)
        return self._counted(value, typed, numerator, above, denominator, below)

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
            if above > below:
                raise Refused("numerator-over-denominator", denominator=written(denominator))
            if not self._unbounded:
                self._check_range(PERCENT * above, below)
        except Refused as refused:
            return (INVALID, 0, 0, False, text), (_fault(NUMERATOR, refused, numerator),)
        if typed is not None and not agree(typed, above, below):
            fault = Fault(VALUE, "percent-disagrees", written(value), {"counted": text})
            return (State.CONFLICTING, 0, 0, False, f"{written(value)}; {text}"), (fault,)
        return (PRESENT, above, below, True, text), ()

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
                faults.append(_fault(part, refused, cell))
        text = f"{written(numerator)}/{written(denominator)}"
        if value != "":
            text = f"{written(value)}; {text}"
        return (INVALID, 0, 0, False, text), tuple(faults)

    def _part(self, cell: Cell) -> int:
        """Return a numerator or denominator in the unit it is counted in."""
        digits, decimals = read_number(cell)
        if decimals > self._decimals:
            raise Refused("part-decimals" if self._decimals else "part-not-whole", allowed=self._decimals)
        units = digits * POWERS[self._decimals - decimals]
        if units < 0:
            raise Refused("negative")
        if units >= LIMIT:
            raise Refused("too-large", limit=_limit_text(LIMIT // POWERS[self._decimals]))
        return units

    def _percentage(self, cell: Cell) -> Exact:
        number = _number(cell, percentage=True)
        digits, decimals = number
        if digits < 0:
            raise Refused("negative")
        if digits > PERCENT * power(decimals):
            raise Refused("above-100")
        return number

    def _typed(self, cell: Cell) -> Core:
        units = value_units(self._percentage(cell))
        if not self._unbounded:
            self._check_range(units, VALUE_SCALE)
        return PRESENT, units, PERCENT_BASE, False, written(cell)


class Plain(Figure):
    """A growth, an amount or a count: one number in the measure's unit."""

    __slots__ = ("_growth", "_may_be_negative", "_percentage", "_whole")

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._growth = measure.kind == "growth"
        self._whole = measure.kind == "count"
        self._may_be_negative = self._low is not None and self._low < 0
        self._percentage = measure.unit.vi.lstrip().startswith("%")

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if value == "":
            return _without_value(numerator, denominator)
        unused = _unused(numerator, denominator)
        if value.__class__ is float and self._unbounded:
            usual = usual_units(value)
            if usual is not None and not (self._whole and usual[0] % VALUE_SCALE):
                return (PRESENT, usual[0], 0, False, usual[1]), unused
        try:
            number = _number(value, percentage=self._percentage)
            if self._whole and number[1]:
                raise Refused("count-not-whole")
            units = value_units(number)
            if units < 0 and not self._may_be_negative:
                raise Refused("negative")
            if self._growth and number[1] > GROWTH_DECIMALS:
                raise Refused("too-many-decimals", allowed=GROWTH_DECIMALS)
            if not self._unbounded:
                self._check_range(units, VALUE_SCALE)
            if not -PLAIN_LIMIT < units < PLAIN_LIMIT:
                raise Refused("too-large", limit=_limit_text(PLAIN_LIMIT // VALUE_SCALE))
        except Refused as refused:
            return _invalid(value), (_fault(VALUE, refused, value), *unused)
        return (PRESENT, units, 0, False, written(value)), unused


class Stated(Figure):
    """An attestation, a ruling or a grade: one of a few answers."""

    __slots__ = ("_answers",)

    def __init__(self, measure: Measure, scale: Scale | None) -> None:
        super().__init__(measure)
        self._answers = Answers(measure, scale)

    def read(self, value: Cell, numerator: Cell, denominator: Cell) -> Outcome:
        if value == "":
            return _without_value(numerator, denominator)
        unused = _unused(numerator, denominator)
        try:
            state, meaning = self._answers.read(value)
        except Refused as refused:
            return _invalid(value), (_fault(VALUE, refused, value), *unused)
        return (state, meaning, 0, False, written(value)), unused


def agree(typed: Exact, above: int, below: int) -> bool:
    """Tell whether a typed percentage is a count rounded or cut to its own decimals (`exact.as_percent_of`).

    >>> agree((3333, 2), 1, 3), agree((3334, 2), 1, 3), agree((3335, 2), 1, 3)
    (True, True, False)
    """
    digits, decimals = typed
    return abs(digits * below - PERCENT * above * power(decimals)) < below


def _number(cell: Cell, *, percentage: bool) -> Exact:
    try:
        return read_number(cell, percentage=percentage)
    except Refused as refused:
        if refused.code == "not-a-number" and isinstance(cell, str):
            if key(cell) in NOT_APPLICABLE:
                raise Refused("answer-not-applicable") from None
            if looks_old(cell):
                raise Refused("text-old-encoding") from None
        raise


def _perhaps_a_fraction(cell: Cell, core: Core) -> tuple[Fault, ...]:
    """Return a doubt about a bare share above 0 and up to 1, which may have been meant as a fraction of 1."""
    bare = cell.__class__ is float or (isinstance(cell, str) and not cell.rstrip().endswith("%"))
    if bare and 0 < core[1] <= VALUE_SCALE:
        return (Fault(VALUE, "share-below-one", core[4], {}),)
    return ()


def _limit_text(limit: int) -> str:
    return vietnamese(Decimal(limit))


def _without_value(numerator: Cell, denominator: Cell) -> Outcome:
    """Read a measure that is not a share and has no value, though perhaps a numerator."""
    for part, cell in ((NUMERATOR, numerator), (DENOMINATOR, denominator)):
        if cell != "":
            return _invalid(cell), (Fault(part, "value-missing", written(cell), {}),)
    return _NOTHING


def _unused(numerator: Cell, denominator: Cell) -> tuple[Fault, ...]:
    if numerator == "" and denominator == "":
        return ()
    cells = ((NUMERATOR, numerator), (DENOMINATOR, denominator))
    return tuple(Fault(part, "parts-unused", written(cell), {}) for part, cell in cells if cell != "")


def _invalid(cell: Cell) -> Core:
    return INVALID, 0, 0, False, written(cell)


def _fault(part: int, refused: Refused, cell: Cell) -> Fault:
    return Fault(part, refused.code, written(cell), refused.parameters)
