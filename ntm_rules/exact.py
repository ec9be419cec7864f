"""Exact fixed-point numbers: the only numbers that take part in a verdict.

Three scales, all integers, chosen so that every value fits in 64 bits:

- a *target* has at most 4 decimals and is held as `target * 10**4`;
- a *plain value* (a percentage typed as one figure, an amount, a count) is held as `value * 10**7`:
  six true decimals and a seventh, sticky digit that is 5 when digits were left over and 0 otherwise,
  so that a value that lies strictly between two targets stays strictly between them;
- a *counted share* is numerator and denominator in the smallest unit they are counted in.

A share meets `at_least t` when `numerator * 100 * 10**4 >= (t * 10**4) * denominator`, in integers.
"""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

TARGET_DECIMALS = 4
TARGET_SCALE = 10**TARGET_DECIMALS
VALUE_DECIMALS = 7
VALUE_SCALE = 10**VALUE_DECIMALS
PERCENT = 100
LIMIT = 10**12
"""The parts of a counted share are below this, in the unit they are counted in; readers refuse more."""
PLAIN_LIMIT = 10**18
"""Plain values in 10**-7 are below this in absolute value (100 billion units), well within 64 bits."""


def target_units(target: Decimal) -> int:
    """Return a target as an integer of 10**-4; raises ValueError when it has more decimals.

    >>> target_units(Decimal("79.95"))
    799500
    """
    scaled = target.scaleb(TARGET_DECIMALS)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"more than {TARGET_DECIMALS} decimals: {target}")
    return int(scaled)


def value_units(value: Decimal) -> int:
    """Return a plain value as an integer of 10**-7 whose order against every target is the value's own.

    >>> value_units(Decimal("80")), value_units(Decimal("79.99999999999"))
    (800000000, 799999995)
    """
    grid = value.scaleb(VALUE_DECIMALS - 1)
    whole = grid.to_integral_value(rounding=ROUND_FLOOR)
    return int(whole) * 10 + (0 if whole == grid else 5)


def plain_fraction(units: int) -> Fraction:
    """Return the value that an integer of 10**-7 stands for."""
    return Fraction(units, VALUE_SCALE)


def target_fraction(units: int) -> Fraction:
    """Return the value that an integer of 10**-4 stands for."""
    return Fraction(units, TARGET_SCALE)


def floor_to(value: Fraction, decimals: int) -> Decimal:
    """Round towards minus infinity, so that a value short of a target is never shown as reaching it.

    >>> floor_to(Fraction(79996, 1000), 2)
    Decimal('79.99')
    """
    scaled = value * 10**decimals
    return _decimal(scaled.numerator // scaled.denominator, decimals)


def ceil_to(value: Fraction, decimals: int) -> Decimal:
    """Round towards plus infinity.

    >>> ceil_to(Fraction(50001, 1000), 2)
    Decimal('50.01')
    """
    scaled = value * 10**decimals
    return _decimal(-(-scaled.numerator // scaled.denominator), decimals)


def nearest_to(value: Fraction, decimals: int) -> Decimal:
    """Round a share between 0 and 100 to the nearest, halves up; what is not 0 or 100 never looks so.

    >>> nearest_to(Fraction(16100, 563), 1), nearest_to(Fraction(99999, 1000), 1), nearest_to(Fraction(1, 1000), 1)
    (Decimal('28.6'), Decimal('99.9'), Decimal('0.1'))
    """
    least = Fraction(1, 10**decimals)
    rounded = Fraction(math.floor(value / least + Fraction(1, 2))) * least
    if 0 < value < 100:
        rounded = min(max(rounded, least), 100 - least)
    return _decimal(int(rounded / least), decimals)


def _decimal(units: int, decimals: int) -> Decimal:
    return Decimal(units).scaleb(-decimals)


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number has once trailing zeros are dropped.

    >>> decimals_of(Decimal("79.950")), decimals_of(Decimal("80"))
    (2, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def from_float(value: float) -> Decimal:
    """Return the number a spreadsheet shows for a binary float: its 15 significant digits.

    >>> from_float(0.1 + 0.2), from_float(79.95)
    (Decimal('0.3'), Decimal('79.95'))
    """
    return Decimal(format(value, ".15g"))


def as_percent_of(value: Decimal, numerator: Fraction, denominator: Fraction) -> bool:
    """Tell whether a typed percentage is numerator / denominator rounded to the decimals it is written with.

    Of more decimals than a spreadsheet keeps exactly, a billionth is near enough.

    >>> as_percent_of(Decimal("79"), Fraction(1976), Fraction(2500))
    True
    >>> as_percent_of(Decimal("80.00"), Fraction(1976), Fraction(2500))
    False
    """
    exponent = value.as_tuple().exponent
    half = Fraction(1, 2 * 10 ** max(-exponent, 0)) if isinstance(exponent, int) else Fraction(0)
    return abs(Fraction(value) - PERCENT * numerator / denominator) <= max(half, Fraction(1, 10**9))


def plain(number: Decimal) -> str:
    """Write a number with a decimal point, no exponent and no trailing zeros, for machines.

    >>> plain(Decimal("80.00")), plain(Decimal("1E+3"))
    ('80', '1000')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_fraction(value: Fraction) -> str:
    """Return a number exactly: a decimal where it has an end, else a fraction.

    >>> written_fraction(Fraction(7995, 100)), written_fraction(Fraction(100, 3)), written_fraction(Fraction(-1, 2))
    ('79.95', '100/3', '-0.5')
    """
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    digits = value.numerator * 10**places // value.denominator
    sign, shown = "-" if digits < 0 else "", str(abs(digits)).rjust(places + 1, "0")
    return f"{sign}{shown[:-places]}.{shown[-places:]}" if places else f"{sign}{shown}"


def vietnamese(number: Decimal) -> str:
    """Write a number the Vietnamese way: dot between thousands, comma before decimals.

    >>> vietnamese(Decimal("1234567.50"))
    '1.234.567,5'
    """
    return in_vietnamese(plain(number))


def in_vietnamese(text: str) -> str:
    """Return a number as `plain` writes it the Vietnamese way.

    >>> in_vietnamese("-1234.5")
    '-1.234,5'
    """
    whole, _, rest = text.partition(".")
    if 0 < len(whole) <= 3 and whole[0] != "-":
        return f"{whole},{rest}" if rest else whole
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits or 0):,}".replace(",", ".")
    return f"{sign}{grouped}" + (f",{rest}" if rest else "")


__all__ = [
    "LIMIT",
    "PERCENT",
    "PLAIN_LIMIT",
    "TARGET_DECIMALS",
    "TARGET_SCALE",
    "VALUE_DECIMALS",
    "VALUE_SCALE",
    "as_percent_of",
    "ceil_to",
    "decimals_of",
    "floor_to",
    "from_float",
    "in_vietnamese",
    "plain",
    "plain_fraction",
    "target_fraction",
    "target_units",
    "value_units",
    "vietnamese",
]
