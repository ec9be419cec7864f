"""The number that a typed figure is, every decimal of it: verdicts need seven, words and explanations need all."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from ntm_rules.dataset.cells.numbers import Exact, Refused, from_text, number_and_unit, power, value_units
from ntm_rules.dataset.records import Reported
from ntm_rules.exact import plain_fraction


def typed_fraction(reported: Reported) -> Fraction:
    """Return the number of a figure that was typed as one, exactly.

    A figure of more than six decimals is held with a seventh that says "and more" (`ntm_rules.exact`); what it is stands
    in what was written. Of a figure that no reader made, what is held.

    >>> from ntm_rules.dataset.records import State
    >>> typed_fraction(Reported(State.PRESENT, 799999995, written="79,99999999999"))
    Fraction(7999999999999, 100000000000)
    """
    if reported.value % 10 == 0:
        return plain_fraction(reported.value)
    number = _number(reported.written)
    if number is None or value_units(number) != reported.value:
        return plain_fraction(reported.value)
    return Fraction(number[0], power(number[1]))


def _number(written: str) -> Exact | None:
    split = number_and_unit(written)
    return _of_people(written) or _of_program(written) or (_of_people(split[0]) if split else None)


def _of_people(written: str) -> Exact | None:
    try:
        return from_text(written, percentage=True)
    except Refused:
        return None


def _of_program(written: str) -> Exact | None:
    """Return a number in the notation of programs ("1e-07"), which a cell of a very small number is written in."""
    try:
        sign, digits, exponent = Decimal(written.replace(",", ".")).as_tuple()
    except InvalidOperation:
        return None
    if not isinstance(exponent, int) or exponent > 0:
        return None
    whole = int("".join(map(str, digits)))
    return (-whole if sign else whole), -exponent
