"""Figures of several years that hang together: whether all can be as asked is what trying every case says."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from ntm_rules.evaluation.chained_years import can_all_reach, can_all_stay
from ntm_rules.evaluation.possible_values import Stretch
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.taken import Quantity, Taken

LEAST, MOST = -2, 8
TERMS = [(2024, 2023), (2025, 2024), (2026, 2025)]
OF_ONE_BASE = [(2024, 2023), (2026, 2023)]
YEARS = (2023, 2024, 2025, 2026)
spans = st.tuples(st.integers(LEAST, MOST), st.integers(LEAST, MOST)).map(sorted).map(tuple)


def taken_from(quantity: Quantity, value: int, base: int, *, from_zero: bool) -> Fraction | None:
    if quantity is Quantity.CHANGE:
        return Fraction(value - base)
    if base == 0 and from_zero:
        return Fraction(10**9) if value > 0 else Fraction(quantity is Quantity.RATIO)
    if base <= 0:
        return None
    return Fraction(value, base) if quantity is Quantity.RATIO else PERCENT * Fraction(value - base, base)


def any_case(
    taken: Taken,
    terms: list[tuple[int, int]],
    levels: list[tuple[int, int]],
    bar: Fraction,
    *,
    least: bool,
    included: bool,
) -> bool:
    def holds(value: Fraction | None) -> bool:
        if value is None:
            return False
        return (value > bar if least else value < bar) or (included and value == bar)

    cases = (dict(zip(YEARS, case, strict=True)) for case in product(*(range(low, high + 1) for low, high in levels)))
    return any(
        all(
            holds(taken_from(taken.quantity, case[year], case[base], from_zero=taken.from_zero)) for year, base in terms
        )
        for case in cases
    )


@given(
    quantity=st.sampled_from([Quantity.CHANGE, Quantity.GROWTH, Quantity.RATIO]),
    from_zero=st.booleans(),
    terms=st.sampled_from([TERMS, OF_ONE_BASE]),
    levels=st.lists(spans, min_size=len(YEARS), max_size=len(YEARS)),
    bar=st.integers(-14, 12),
    least=st.booleans(),
    included=st.booleans(),
)
@example(Quantity.CHANGE, False, TERMS, [(5, 5), (0, 8), (0, 8), (6, 8)], -1, False, True)
@example(Quantity.GROWTH, False, TERMS, [(3, 3), (0, 8), (0, 8), (0, 4)], 2, True, False)
@example(Quantity.RATIO, False, TERMS, [(1, 1), (1, 8), (1, 8), (3, 8)], 3, False, True)
@example(Quantity.RATIO, False, TERMS, [(1, 1), (1, 8), (1, 8), (1, 4)], 3, True, True)
@example(Quantity.GROWTH, False, TERMS, [(0, 0), (0, 8), (0, 8), (0, 8)], 0, False, True)
@example(Quantity.GROWTH, True, TERMS, [(0, 0), (0, 8), (0, 8), (0, 8)], 0, False, True)
@example(Quantity.GROWTH, True, TERMS, [(0, 8), (0, 8), (0, 0), (0, 0)], 0, False, False)
@example(Quantity.GROWTH, False, TERMS, [(0, 8), (0, 1), (0, 8), (0, 8)], -10, False, True)
@example(Quantity.RATIO, False, OF_ONE_BASE, [(0, 8), (0, 8), (0, 8), (-2, -2)], -1, True, True)
@example(Quantity.RATIO, True, OF_ONE_BASE, [(0, 6), (-1, 0), (3, 3), (-2, 1)], -3, False, True)
def test_of_whole_numbers_it_is_what_trying_every_case_says(
    quantity: Quantity,
    from_zero: bool,
    terms: list[tuple[int, int]],
    levels: list[tuple[int, int]],
    bar: int,
    least: bool,
    included: bool,
) -> None:
    taken = Taken(quantity, from_zero=from_zero and quantity is not Quantity.CHANGE)
    held = Fraction(bar) * (10 if quantity is Quantity.GROWTH else 1) / (2 if quantity is Quantity.RATIO else 1)
    stretches = {year: Stretch(Fraction(low), Fraction(high)) for year, (low, high) in zip(YEARS, levels, strict=True)}
    ask = can_all_reach if least else can_all_stay
    said = ask(taken, terms, stretches.__getitem__, held, included=included, whole=True)
    assert said is any_case(taken, terms, levels, held, least=least, included=included)


def test_a_share_may_be_as_small_as_one_likes_and_is_still_counted_from() -> None:
    open_, known = Stretch(Fraction(0), Fraction(100)), Stretch(Fraction(1, 10**9), Fraction(1, 10**9))
    twice = [(2026, 2025), (2025, 2024)]
    growth = Taken(Quantity.GROWTH)
    levels = {2024: open_, 2025: open_, 2026: known}
    assert can_all_reach(growth, twice, levels.__getitem__, Fraction(10**6), included=True, whole=False)
    levels = {2024: Stretch(Fraction(0), Fraction(0)), 2025: open_, 2026: known}
    assert not can_all_reach(growth, twice, levels.__getitem__, Fraction(1), included=True, whole=False)
    assert not can_all_stay(growth, twice, levels.__getitem__, Fraction(1), included=True, whole=False)
    rise = Taken(Quantity.GROWTH, from_zero=True)
    assert can_all_reach(rise, twice, levels.__getitem__, Fraction(1), included=True, whole=False)
    assert not can_all_stay(rise, twice, levels.__getitem__, Fraction(1), included=True, whole=False)
    levels[2026] = open_
    assert can_all_stay(rise, twice, levels.__getitem__, Fraction(0), included=True, whole=False)
    assert not can_all_stay(rise, twice, levels.__getitem__, Fraction(0), included=False, whole=False)
