"""How figures are taken: years, roundings that the law orders, and days counted back."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.rulebook.criteria_set import Comparator, KnownTarget
from ntm_rules.rulebook.models import Within
from ntm_rules.rulebook.taken import YEAR_BEFORE, Over, Quantity, Taken
from tests.strategies import PROVENANCE, requirement

QUANTITIES = [one for one in Comparator if one is not Comparator.EQUALS]


@pytest.mark.parametrize(
    ("taken", "years"),
    [
        (Taken(Quantity.LEVEL), (2026,)),
        (Taken(Quantity.LEVEL, YEAR_BEFORE), (2025,)),
        (Taken(Quantity.LEVEL, over=Over.MEAN, count=3), (2026, 2025, 2024)),
        (Taken(Quantity.GROWTH, YEAR_BEFORE), (2026, 2025)),
        (Taken(Quantity.CHANGE, 2020), (2026, 2020)),
        (Taken(Quantity.GROWTH, YEAR_BEFORE, over=Over.EACH, count=2), (2026, 2025, 2024)),
        (Taken(Quantity.RATIO, 2020, over=Over.EACH, count=2), (2026, 2025, 2020)),
    ],
)
def test_the_years_that_are_read(taken: Taken, years: tuple[int, ...]) -> None:
    assert taken.years(2026) == years


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 3))
def test_halves_are_rounded_away_from_zero_as_people_and_spreadsheets_do(value: Decimal, decimals: int) -> None:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Taken(rounded_to=decimals).rounded(Fraction(value)) == Fraction(rounded)


@given(
    st.decimals(-120, 120, places=4),
    st.decimals(-100, 100, places=2),
    st.integers(0, 3),
    st.sampled_from(QUANTITIES),
    st.sampled_from([-1, 0, 1]),
)
def test_an_exact_figure_reaches_its_bar_where_the_rounded_one_reaches_the_target(
    value: Decimal, target: Decimal, decimals: int, comparator: Comparator, beside: int
) -> None:
    law = requirement(
        "r", "m", comparator, KnownTarget(PROVENANCE, everywhere=target), taken=Taken(rounded_to=decimals)
    )
    bar = law.held_to(target)
    for figure in (Fraction(value), Fraction(bar.value) + Fraction(beside, 10**9)):
        rounded = law.taken.rounded(figure)
        assert bar.comparator.reached(figure, Fraction(bar.value)) is comparator.reached(rounded, Fraction(target))


@pytest.mark.parametrize(
    ("within", "day", "first"),
    [
        ({"years": 3}, "2026-12-31", "2023-12-31"),
        ({"years": 1}, "2028-02-29", "2027-02-28"),
        ({"years": 4}, "2028-02-29", "2024-02-29"),
        ({"months": 1}, "2026-03-31", "2026-02-28"),
        ({"months": 13}, "2028-03-31", "2027-02-28"),
        ({"days": 90}, "2026-03-01", "2025-12-01"),
    ],
)
def test_a_length_of_time_is_counted_back_by_the_calendar(within: dict[str, int], day: str, first: str) -> None:
    assert Within(**within).before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(first)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.integers(1, 300))
def test_so_many_months_back_is_the_same_day_or_the_last_of_its_month(day: dt.date, months: int) -> None:
    first = Within(months=months).before(day)
    assert (day.year - first.year) * 12 + day.month - first.month == months
    assert first.day == day.day or (first.day < day.day and (first + dt.timedelta(days=1)).day == 1)
