"""Figures that hit their target to the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.cross_checks.targets import at_an_end
from tests.evaluation.cross_checks.given import TARGETS, YEAR, check, counted, found, percent, plain, report, values
from tests.strategies import measure

EXACTLY = check(exactly_the_target={})


@given(values(), values())
def test_a_target_is_hit_when_the_exact_figure_equals_it(now: dict[str, Reported], before: dict[str, Reported]) -> None:
    findings = found(EXACTLY, report(before, year=YEAR - 1), report(now))
    expected = []
    for id_ in ("a", "b", "x", "g"):  # the target of c is 100 percent, beyond which nothing lies
        value, earlier = now.get(id_), before.get(id_)
        if value is None or value.state is not State.PRESENT:
            continue
        if id_ in "ab":
            actual = Fraction(100 * value.value, value.base)
        elif id_ == "x":
            actual = Fraction(value.value, 10**7)
        elif earlier is None or earlier.state is not State.PRESENT or earlier.value == 0:
            continue
        else:
            actual = Fraction(100 * (value.value - earlier.value), earlier.value)
        if actual == TARGETS[id_]:
            expected.append(id_)
    assert [finding.figures[0].measure for finding in findings] == expected


@pytest.mark.parametrize(("value", "fires"), [("49.9999999", False), ("50", True), ("50.0000001", False)])
def test_a_hair_beside_the_target_is_not_on_it(value: str, fires: bool) -> None:
    assert bool(found(EXACTLY, report({"a": percent(value)}))) == fires


def test_growth_is_held_against_the_target_as_a_rate() -> None:
    before = report({"g": plain("30")}, year=YEAR - 1)
    assert [f.facts["item"] for f in found(EXACTLY, before, report({"g": plain("31.5")}))] == ["1.g"]
    assert found(EXACTLY, before, report({"g": plain("31.51")})) == []


def test_all_of_them_is_no_coincidence() -> None:
    assert found(EXACTLY, report({"c": counted(7, 7)})) == []
    assert found(EXACTLY, report({"a": percent("0")}), targets={"a": 0}) == []


def test_an_end_of_a_range_is_one_and_other_targets_are_not() -> None:
    debt = measure("x", "amount").model_copy(update={"range": measure("x", "amount").range})
    bounded = type(debt).model_validate({**debt.model_dump(), "range": {"min": 0, "max": 9}})
    assert [at_an_end(bounded, Decimal(target)) for target in (0, 1, 9)] == [True, False, True]
    assert not at_an_end(debt, Decimal(0))
