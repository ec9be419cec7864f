"""Laying out: every quantity becomes one integer whose order against every target is the value's own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.columnar import BLOCK, Compiled
from ntm_rules.evaluation.columns import columns_of
from ntm_rules.evaluation.sticky import growth_percent, sticky_percent
from ntm_rules.evaluation.verdicts import CODE, REASON_CODES, Reason, Verdict
from ntm_rules.exact import PLAIN_LIMIT, TARGET_SCALE, VALUE_SCALE, target_units, value_units
from ntm_rules.rulebook.criteria_set import Comparator, KnownTarget
from tests.strategies import PROVENANCE, measure, one_requirement_set, percent_targets

SCALE = VALUE_SCALE // TARGET_SCALE


def share_units(part: int, whole: int) -> int:
    return int(sticky_percent(np.array([part]), np.array([whole]))[0])


def growth_units(now: int, before: int) -> int:
    return int(growth_percent(np.array([now]), np.array([before]))[0])


def order(left: Fraction | int, right: Fraction | int) -> int:
    return (left > right) - (left < right)


def bar(target: Decimal) -> int:
    return target_units(target) * SCALE


@given(target=st.decimals(0, 100, places=4), d=st.integers(1, 10**12 - 1), data=st.data())
def test_a_share_in_columns_is_ordered_as_the_share_itself(target: Decimal, d: int, data: st.DataObject) -> None:
    near = int(Fraction(target) * d / 100)
    n = data.draw(st.integers(0, d) | st.integers(max(0, near - 1), min(d, near + 1)))
    units = share_units(n, d)
    assert order(units, bar(target)) == order(Fraction(100 * n, d), Fraction(target))
    assert abs(units) < PLAIN_LIMIT


@pytest.mark.parametrize(("n", "expected"), [(500_000_001, 1), (500_000_000, 0), (499_999_999, -1)])
def test_a_share_a_hair_off_its_target_stays_off(n: int, expected: int) -> None:
    units = share_units(n, 10**9)
    assert order(units, bar(Decimal(50))) == expected


@given(target=st.decimals(-100, 1000, places=4), before=st.integers(1, 10**10), data=st.data())
def test_growth_in_columns_is_ordered_as_the_growth_itself(target: Decimal, before: int, data: st.DataObject) -> None:
    near = int(before * (1 + Fraction(target) / 100))
    now = data.draw(st.integers(0, 10**10) | st.integers(max(0, near - 2), max(0, near + 2)))
    assert order(growth_units(now, before), bar(target)) == order(
        Fraction(100 * (now - before), before), Fraction(target)
    )


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (Reported(State.MISSING), Reason.PREVIOUS_YEAR_MISSING),
        (Reported(State.INVALID, 5), Reason.PREVIOUS_YEAR_MISSING),
        (Reported(State.PRESENT, 0), Reason.PREVIOUS_YEAR_ZERO),
        (Reported(State.PRESENT, -1), Reason.PREVIOUS_YEAR_ZERO),
        (Reported(State.PRESENT, 1), None),
    ],
)
def test_growth_without_a_positive_year_before_says_why(before: Reported, reason: Reason | None) -> None:
    rules = one_requirement_set(
        measure("g", "growth"), Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(1))
    )
    now = CommuneYear("00001", "xã", 2026, {"g": Reported(State.PRESENT, value_units(Decimal(44)))})
    earlier = {("00001", 2026): CommuneYear("00001", "xã", 2025, {"g": before})}
    columns = columns_of([now], rules, Compiled(rules).table, [None], earlier)
    assert columns.why[0, 0] == (0 if reason is None else CODE[reason])


def test_growth_beyond_every_target_still_fits_in_64_bits() -> None:
    assert bar(Decimal(10**8 - 1)) < growth_units(PLAIN_LIMIT - 1, 1) < 2**63
    assert -(2**63) < growth_units(1 - PLAIN_LIMIT, 1) < bar(Decimal(-(10**8)))


def test_reason_codes_are_one_to_one_and_zero_means_judged() -> None:
    assert [CODE[reason] for reason in REASON_CODES] == list(range(len(Reason)))
    assert CODE[Reason.REACHED] == 0


@given(target=percent_targets, seed=st.integers(0, 2**32))
def test_blocks_change_nothing(target: Decimal, seed: int) -> None:
    rules = one_requirement_set(measure("s", "share"), Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=target))
    rng = np.random.default_rng(seed)
    shares = [Reported(State.PRESENT, int(n), 100, counted=True) for n in rng.integers(0, 101, 60)]
    records = [CommuneYear(f"{i:05d}", "xã", 2026, {"s": share}) for i, share in enumerate(shares)]
    compiled = Compiled(rules)
    columns = columns_of(records, rules, compiled.table, [None] * 60, {})
    whole = compiled.verdicts(columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ntm_rules.evaluation.columnar.BLOCK", 7)
        assert (compiled.verdicts(columns) == whole).all()
    assert BLOCK > 60
    expected = [Verdict.MET if share.value >= target else Verdict.NOT_MET for share in shares]
    assert [Verdict(int(v)) for v in whole[0]] == expected
