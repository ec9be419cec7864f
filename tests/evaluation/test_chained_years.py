"""Figures of several years that hang together: whether all can be as asked is what trying every case says."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

from hypothesis import example, given
from hypothesis import strategies as st

from ntm_rules.evaluation.chained_years import can_all_reach, can_all_stay
from ntm_rules.evaluation.possible_values import Stretch
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.taken import Quantity, Taken

MOST = 8
TERMS = [(2024, 2023), (2025, 2024), (2026, 2025)]
YEARS = (2023, 2024, 2025, 2026)
spans = st.tuples(st.integers(0, MOST), st.integers(0, MOST)).map(sorted).map(tuple)


def taken_from(quantity: Quantity, value: int, base: int) -> Fraction | None:
    if quantity is Quantity.CHANGE:
        return Fraction(value - base)
    if not base:
        return None
    return Fraction(value, base) if quantity is Quantity.RATIO else PERCENT * Fraction(value - base, base)


def any_case(quantity: Quantity, levels: list[tuple[int, int]], bar: Fraction, *, least: bool, included: bool) -> bool:
    def holds(value: Fraction | None) -> bool:
        if value is None:
            return False
        return (value > bar if least else value < bar) or (included and value == bar)

    return any(
        all(holds(taken_from(quantity, value, base)) for base, value in pairwise(case))
        for case in product(*(range(low, high + 1) for low, high in levels))
    )


@given(
    quantity=st.sampled_from([Quantity.CHANGE, Quantity.GROWTH, Quantity.RATIO]),
    levels=st.lists(spans, min_size=len(YEARS), max_size=len(YEARS)),
    bar=st.integers(-3, 6),
    least=st.booleans(),
    included=st.booleans(),
)
@example(quantity=Quantity.CHANGE, levels=[(5, 5), (0, 8), (0, 8), (6, 8)], bar=-1, least=False, included=True)
@example(quantity=Quantity.GROWTH, levels=[(3, 3), (0, 8), (0, 8), (0, 4)], bar=2, least=True, included=False)
@example(quantity=Quantity.RATIO, levels=[(1, 1), (1, 8), (1, 8), (3, 8)], bar=3, least=False, included=True)
@example(quantity=Quantity.RATIO, levels=[(1, 1), (1, 8), (1, 8), (1, 4)], bar=3, least=True, included=True)
def test_of_whole_numbers_it_is_what_trying_every_case_says(
    quantity: Quantity, levels: list[tuple[int, int]], bar: int, least: bool, included: bool
) -> None:
    held = Fraction(bar) * (10 if quantity is Quantity.GROWTH else 1) / (2 if quantity is Quantity.RATIO else 1)
    stretches = {year: Stretch(Fraction(low), Fraction(high)) for year, (low, high) in zip(YEARS, levels, strict=True)}
    ask = can_all_reach if least else can_all_stay
    said = ask(Taken(quantity), TERMS, stretches.__getitem__, held, included=included, whole=True)
    possible = any_case(quantity, levels, held, least=least, included=included)
    assert said or not possible, "what is possible is never ruled out"
    divided_by_none = quantity is not Quantity.CHANGE and any(low == 0 for low, _high in levels)
    if not divided_by_none and (
        quantity is not Quantity.RATIO or held > 0
    ):  # of these it may only say too often that it can
        assert said is possible
