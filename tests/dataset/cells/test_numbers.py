"""Numbers are read the Vietnamese way, exactly, or refused with the reason."""

from __future__ import annotations

import math
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_rules import exact
from ntm_rules.dataset.cells.numbers import (
    Broken,
    Percent,
    Refused,
    from_float,
    normal,
    read_number,
    show,
    usual_units,
    value_units,
    written,
)


def decimal(number: tuple[int, int]) -> Decimal:
    return Decimal(f"{number[0]}E-{number[1]}")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("80", "80"),
        ("79,95", "79.95"),
        ("0,5", "0.5"),
        ("007", "7"),
        ("1,234", "1.234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("10 000", "10000"),
        ("1 234 567,5", "1234567.5"),
        ("177\u00a0000", "177000"),
        ("1\u202f234", "1234"),
        ("-5,2", "-5.2"),
        ("\u22125,2", "-5.2"),
        ("+3,5", "3.5"),
        ("80,50", "80.5"),
    ],
)
def test_reads_vietnamese_notation(text: str, meant: str) -> None:
    assert decimal(read_number(text)) == Decimal(meant)


@pytest.mark.parametrize("text", ["47,5%", "47,5 %", "47,50\u00a0%"])
def test_takes_a_percent_sign_where_percentages_stand(text: str) -> None:
    assert read_number(text, percentage=True) == (475, 1)


def test_refuses_a_percent_sign_elsewhere() -> None:
    with pytest.raises(Refused) as refused:
        read_number("47,5%")
    assert (refused.value.code, refused.value.parameters) == ("percent-sign", {"suggestion": "47,5"})


@pytest.mark.parametrize(("text", "thousands", "decimals"), [("1.234", "1234", "1,234"), ("-4.700", "-4700", "-4,700")])
def test_refuses_what_reads_two_ways_and_gives_both(text: str, thousands: str, decimals: str) -> None:
    with pytest.raises(Refused) as refused:
        read_number(text)
    assert refused.value.code == "number-two-readings"
    assert refused.value.parameters == {"thousands": thousands, "decimals": decimals}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("80.5", "80,5"), ("0.123", "0,123"), ("1234.567", "1234,567"), ("80.0000", "80,0000")],
)
def test_refuses_a_decimal_point_and_says_what_to_write(text: str, suggestion: str) -> None:
    with pytest.raises(Refused) as refused:
        read_number(text)
    assert (refused.value.code, refused.value.parameters["suggestion"]) == ("number-dot-decimal", suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "1,234.5",
        "1,234,567",
        "≥80",
        "N/A",
        "-",
        "1/2",
        "80,",
        ",5",
        "1.23,5",
        "12.34.567",
        "0.000.001",
        "1__234",
        "12_34",
        "٣",
        "٨٠",
        "80%%",
        "%",
        "Có",
        "--5",
        "1.234.56",
        "nan",
        "inf",
        "0x10",
    ],
)
def test_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(Refused, match="not-a-number"):
        read_number(text.replace("_", " "))


def test_refuses_endless_digits_rather_than_counting_them() -> None:
    with pytest.raises(Refused, match="number-too-long"):
        read_number("9" * 10_000)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_refuses_numbers_that_are_none(value: float) -> None:
    with pytest.raises(Refused, match="not-finite"):
        read_number(value)


def test_a_boolean_is_never_a_number() -> None:
    with pytest.raises(Refused, match="not-a-number"):
        read_number(True)


def test_a_broken_cell_keeps_its_own_reason() -> None:
    with pytest.raises(Refused, match="cell-error"):
        read_number(Broken("cell-error", "#N/A"))


@pytest.mark.parametrize(
    ("shown", "meant"), [(0.8, "80"), (0.125, "12.5"), (1.0, "100"), (0.0, "0"), (0.07, "7"), (1e-70, "1E-68")]
)
def test_a_percent_format_holds_hundredths(shown: float, meant: str) -> None:
    assert decimal(read_number(Percent(shown), percentage=True)) == Decimal(meant)


def test_a_percent_format_over_one_is_not_guessed() -> None:
    with pytest.raises(Refused) as refused:
        read_number(Percent(80.0), percentage=True)
    assert (refused.value.code, refused.value.parameters) == ("percent-over-one", {"written": "80"})


def test_a_percent_format_does_not_fit_a_count() -> None:
    with pytest.raises(Refused, match="percent-format"):
        read_number(Percent(0.8))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9))
def test_what_it_shows_it_reads_back(number: Decimal) -> None:
    digits, decimals = normal(int(number.scaleb(6)), 6)
    assert read_number(show((digits, decimals))) == (digits, decimals)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**8))
def test_thousands_marks_change_nothing_where_accepted(number: Decimal) -> None:
    text = exact.vietnamese(number)
    assume("." not in text or "," in text or text.count(".") > 1)
    assert decimal(read_number(text)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_the_digits_a_spreadsheet_shows(value: float) -> None:
    if abs(value) < 1e40:
        assert decimal(from_float(value)) == exact.from_float(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**4), max_value=10**4))
def test_units_are_those_of_exact(number: Decimal) -> None:
    sign, figures, exponent = number.as_tuple()
    assume(isinstance(exponent, int) and -20 < exponent <= 0 and len(figures) <= 20)
    assert isinstance(exponent, int)
    digits = int("".join(map(str, figures))) * (-1 if sign else 1)
    assert value_units(normal(digits, -exponent)) == exact.value_units(number)


def test_units_hold_where_decimal_arithmetic_would_round() -> None:
    nearly = (int("79" + "9" * 38), 38)
    assert value_units(nearly) == 799_999_995


@given(st.one_of(st.floats(0, 100_000), st.decimals(0, 100_000, places=3).map(float)))
def test_the_short_way_gives_what_the_long_way_gives(value: float) -> None:
    short = usual_units(value)
    if short is not None:
        assert short == (value_units(from_float(value)), written(value))


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_or_refused(text: str, percentage: bool) -> None:
    with suppress(Refused):
        digits, decimals = read_number(text, percentage=percentage)
        assert isinstance(digits, int)
        assert decimals >= 0


@pytest.mark.parametrize("text", ["62³", "9¹", "¹9", "12₂", "⁹¹", "1.234,5²"])
def test_raised_digits_are_no_digits_of_a_number(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_number(text)
    assert refused.value.code == "digits-raised"


@pytest.mark.parametrize("text", ["6.23E+02", "1,3e5", "2E3", "6.23E+02 %"])
def test_powers_of_ten_are_told_and_no_part_of_them_is_offered_as_the_number(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_number(text, percentage=True)
    assert (refused.value.code, refused.value.parameters) == ("number-in-powers", {})
