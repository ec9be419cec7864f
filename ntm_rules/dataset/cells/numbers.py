"""Numbers as people write them, read exactly: the Vietnamese way in text, typed numbers as they are.

A number is held as `(digits, decimals)`: the integer `digits` times `10 ** -decimals`.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, NamedTuple

from ntm_rules.exact import VALUE_DECIMALS, VALUE_SCALE, plain
from ntm_rules.spelling import as_meant

Exact = tuple[int, int]

POWERS: tuple[int, ...] = tuple(10**n for n in range(64))
LONGEST = 40
"""Figures longer than this are a mistake, whatever they hold."""

_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-"})
_NUMBER = re.compile(
    r"([+-]?)"
    r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[1-9][0-9]{0,2}\.[0-9]{3}(?=,)|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
    r"(?:,([0-9]+))?"
)
_TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_UP = "\u00b2\u00b3\u00b9\u2070-\u209c"
_RAISED = re.compile(f"[0-9][{_UP}]|[{_UP}][0-9]|^[{_UP}][{_UP},.]*$")
"""Raised or lowered digits beside a digit, or alone, as Unicode has them (62³): a footnote's mark, not part of the number."""
_PERCENT_BEHIND = re.compile(r"(.*[0-9.,])\s*(?:[%\uff05\ufe6a\u066a]|phần trăm|per ?cent)", re.DOTALL | re.IGNORECASE)
_DOT_DECIMAL = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_IN_POWERS = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}")
_WHOLE_FLOAT = re.compile(r"[+-]?[0-9]+\.00?")
"""A whole number as programs write it that hold it for a decimal: no dot between thousands has one or two digits behind."""
_WITH_UNIT = re.compile(r"([+-]?[0-9](?:[0-9.,\s]*[0-9])?)\s*([^\W\d_%].*)", re.DOTALL)


class Refused(Exception):
    """A cell that cannot be taken; `code` is a key of the table of problems."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class Percent(NamedTuple):
    """A number in a cell formatted as a percentage: 0.8 is shown as 80%."""

    number: float


class Rescaled(NamedTuple):
    """A number whose cell's format shows another number than it holds: 1.250 for 1250000."""

    number: float
    shown: str
    format: str
    """The format's code."""


class Doubtful(str):
    """A text, or a number as a text, whose look takes back or changes what it says: struck out, raised, lowered.

    It is a text like any other where words are read; `code` says why it is no figure.
    """

    __slots__ = ("code", "shown")

    code: str
    shown: str
    """As a person sees it: raised digits as such (62³)."""

    def __new__(cls, text: str, code: str, shown: str = "") -> Doubtful:
        """Return a text with the reason why it is no figure."""
        doubtful = super().__new__(cls, text)
        doubtful.code, doubtful.shown = code, shown or text
        return doubtful

    def __reduce__(self) -> tuple[type[Doubtful], tuple[str, str, str]]:
        return Doubtful, (str.__str__(self), self.code, self.shown)


STRUCK_OUT, RAISED = "struck-out", "digits-raised"
"""Why a text is doubtful; keys of the table of problems."""


class Broken(NamedTuple):
    """A cell without a usable value: an error such as #N/A, or a formula never calculated."""

    code: str
    text: str


Cell = str | float | int | bool | Decimal | Percent | Rescaled | Broken | dt.date | dt.time | dt.timedelta
"""What a reader hands over for one cell; a blank cell is the empty text."""


def read_number(cell: Cell, *, percentage: bool = False) -> Exact:
    """Return the number a cell holds; `percentage` says that a percent sign or format fits here.

    Raises:
        Refused: not a number, or readable in two ways.

    >>> read_number("1.234,5"), read_number(79.95), read_number("47,5 %", percentage=True)
    ((12345, 1), (7995, 2), (475, 1))
    """
    kind = type(cell)
    if kind is float:
        return from_float(cell)  # type: ignore[arg-type]  # narrowed by its exact type
    if kind is str:
        return from_text(cell, percentage=percentage)  # type: ignore[arg-type]  # as above
    if kind is int:
        return normal(cell, 0)  # type: ignore[arg-type]  # as above
    return _from_other(cell, percentage)


def _from_other(cell: Cell, percentage: bool) -> Exact:
    if isinstance(cell, Percent):
        if not percentage:
            raise Refused("percent-format")
        digits, decimals = from_float(cell.number)
        if abs(digits) > power(decimals):
            raise Refused("percent-over-one", written=show((digits, decimals)))
        return normal(digits * 100, decimals)
    if isinstance(cell, Broken | Doubtful):
        raise Refused(cell.code)
    if isinstance(cell, Rescaled):
        raise Refused("number-shown-otherwise", held=show(from_float(cell.number)))
    if isinstance(cell, bool):
        raise Refused("not-a-number")
    if isinstance(cell, Decimal):
        return _from_decimal(cell)
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise Refused("date-not-number")
    raise Refused("not-a-number")


def from_text(text: str, *, percentage: bool = False) -> Exact:
    """Return the number a text says in Vietnamese notation.

    Raises:
        Refused: anything that is not one number readable in one way.
    """
    if len(text) > LONGEST:
        raise Refused("number-too-long" if text.lstrip("+-")[:1].isdigit() else "not-a-number")
    figure = text.translate(_SPACES).strip()
    bare = without_percent(figure)
    figure, sign = (figure, "") if bare is None else (bare, "%")
    match = _NUMBER.fullmatch(figure)
    if match is None and not figure.isascii():
        figure = as_meant(figure)
        match = _NUMBER.fullmatch(figure)
    if match is None and _WHOLE_FLOAT.fullmatch(figure):
        figure = figure.partition(".")[0]
        match = _NUMBER.fullmatch(figure)
    if match is None:
        if _RAISED.search(figure):
            raise Refused(RAISED)
        if _IN_POWERS.fullmatch(figure):
            raise Refused("number-in-powers")
        if _TWO_READINGS.fullmatch(figure):
            raise Refused(
                "number-two-readings",
                thousands=figure.replace(".", "") + sign,
                decimals=figure.replace(".", ",") + sign,
            )
        if _DOT_DECIMAL.fullmatch(figure):
            raise Refused("number-dot-decimal", suggestion=figure.replace(".", ",") + sign)
        raise Refused("not-a-number")
    if sign and not percentage:
        raise Refused("percent-sign", suggestion=figure)
    minus, whole, fraction = match.groups(default="")
    digits = int(whole.replace(".", "").replace(" ", "") + fraction)
    return normal(-digits if minus == "-" else digits, len(fraction))


def without_percent(text: str) -> str | None:
    """Return what stands before a percent sign, or before words that say so, behind a number; None where none stands.

    >>> without_percent("0,62 %"), without_percent("62 phần trăm"), without_percent("62")
    ('0,62', '62', None)
    """
    match = _PERCENT_BEHIND.fullmatch(text.translate(_SPACES).strip())
    return match[1].rstrip() if match else None


def number_and_unit(text: str) -> tuple[str, str] | None:
    """Return a number and the words that follow it; None for any other text.

    >>> number_and_unit("42,5 km"), number_and_unit("khoảng 42")
    (('42,5', 'km'), None)
    """
    match = _WITH_UNIT.fullmatch(text.translate(_SPACES).strip())
    return (match[1].rstrip(), match[2].strip()) if match else None


def decimals_written(text: str) -> int:
    """Return how many decimals a number in Vietnamese notation is written with, zeros at its end included.

    >>> decimals_written("80,00"), decimals_written("80 %"), decimals_written("1.234,5")
    (2, 0, 1)
    """
    figure = without_percent(text) or text.strip()
    mark = "." if _WHOLE_FLOAT.fullmatch(figure) else ","
    return len(figure.partition(mark)[2])


def from_float(value: float) -> Exact:
    """Return a binary float as the 15 significant digits a spreadsheet shows (see `exact.from_float`).

    Raises:
        Refused: NaN or infinite.
    """
    if -1e15 < value < 1e15:
        whole = int(value)
        if whole == value:
            return whole, 0
        text = format(value, ".15g")
        if "e" not in text:
            digits, _, fraction = text.partition(".")
            return int(digits + fraction), len(fraction)
    elif value != value or value in (float("inf"), float("-inf")):
        raise Refused("not-finite")
    return _from_decimal(Decimal(format(value, ".15g")))


def _from_decimal(value: Decimal) -> Exact:
    if not value.is_finite():
        raise Refused("not-finite")
    sign, figures, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # finite
    if not any(figures):
        return 0, 0
    if exponent > LONGEST or len(figures) > LONGEST or exponent < -400:
        raise Refused("number-too-long")
    digits = int("".join(map(str, figures)))
    digits = -digits if sign else digits
    return normal(digits * power(exponent), 0) if exponent >= 0 else normal(digits, -exponent)


def normal(digits: int, decimals: int) -> Exact:
    """Return a number without trailing zeros after the decimal mark.

    >>> normal(1200, 2), normal(1200, 0)
    ((12, 0), (1200, 0))
    """
    while decimals and digits % 10 == 0:
        digits //= 10
        decimals -= 1
    return digits, decimals


def power(exponent: int) -> int:
    """Return 10 to a power that is not negative."""
    return POWERS[exponent] if exponent < len(POWERS) else int(10**exponent)


def value_units(number: Exact) -> int:
    """Return a number in 10**-7 with a sticky last digit, for any count of digits (see `exact.value_units`)."""
    digits, decimals = number
    if decimals < VALUE_DECIMALS:
        return digits * POWERS[VALUE_DECIMALS - decimals]
    whole, rest = divmod(digits, power(decimals - VALUE_DECIMALS + 1))
    return whole * 10 + (5 if rest else 0)


def usual_units(value: float) -> tuple[int, str] | None:
    """Return a float's value in 10**-7 and as written, for figures of usual size; None: take the long way.

    Exact: `units / 10**7` is the float nearest to that decimal, so when it is this float, these are
    its 15 significant digits.

    >>> usual_units(79.95), usual_units(80.0), usual_units(1 / 3)
    ((799500000, '79,95'), (800000000, '80'), None)
    """
    if not 0.001 <= value < 99_999:
        return None
    units = int(value * VALUE_SCALE + 0.5)
    if units % 10 or units / VALUE_SCALE != value:
        return None
    whole = int(value)
    return units, str(whole) if whole == value else repr(value).replace(".", ",")


def show(number: Exact) -> str:
    """Write a number with a decimal comma and no thousands marks.

    >>> show((-12345, 2)), show((5, 3))
    ('-123,45', '0,005')
    """
    digits, decimals = number
    if not decimals:
        return str(digits)
    text = str(abs(digits)).rjust(decimals + 1, "0")
    return f"{'-' if digits < 0 else ''}{text[:-decimals]},{text[-decimals:]}"


def _plain(value: Decimal) -> str:
    """Return a decimal without exponent or trailing zeros, where it is of a size that people write."""
    if not value.is_finite() or abs(value.adjusted()) > LONGEST:
        return str(value)
    return plain(value)


def written(cell: Cell) -> str:
    """Return what a person sees in a cell."""
    kind = type(cell)
    if kind is str:
        return cell  # type: ignore[return-value]  # narrowed by its exact type
    if kind is float:
        whole = int(cell) if -1e15 < cell < 1e15 else None  # type: ignore[operator, arg-type]
        return str(whole) if whole == cell else format(cell, ".15g").replace(".", ",")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Percent):
        return format(cell.number * 100, ".15g").replace(".", ",") + "%"
    if isinstance(cell, Broken):
        return cell.text
    if isinstance(cell, Rescaled | Doubtful):
        return cell.shown
    if isinstance(cell, Decimal):
        return _plain(cell).replace(".", ",")
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)
