"""Sums, things that are one and the same, contradictions: against plain arithmetic, and at the boundary."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.cross_checks import ExactAmount, Finding
from tests.evaluation.cross_checks.given import (
    INVALID,
    answer,
    check,
    counted,
    found,
    percent,
    plain,
    report,
    values,
)

TERMS = [f"{id_}.{part}" for id_ in "abc" for part in ("numerator", "denominator")]
terms = st.lists(st.sampled_from(TERMS), min_size=1, max_size=3)


def things(reported: dict[str, Reported], term: str) -> int | None:
    """What a share counts, read off the report."""
    id_, _, part = term.partition(".")
    value = reported.get(id_)
    if value is None or value.state is not State.PRESENT or not value.counted:
        return None
    return value.value if part == "numerator" else value.base


@given(values(), terms, terms, st.sampled_from(["at_most", "at_least", "equals"]), st.sampled_from([None, 10, 33.5]))
def test_a_relation_is_plain_arithmetic(
    reported: dict[str, Reported], left: list[str], right: list[str], comparison: str, tolerance: float | None
) -> None:
    from decimal import Decimal

    slack = None if tolerance is None else Decimal(str(tolerance))
    condition = {"sum": left, comparison: right, "tolerance_percent": slack}
    findings = found(check(relation=condition), report(reported))
    counts = [[things(reported, term) for term in side] for side in (left, right)]
    if any(count is None for side in counts for count in side):
        assert findings == []
        return
    one, other = (sum(Fraction(count or 0) for count in side) for side in counts)
    allowed = other * Fraction(slack or 0) / 100
    broken = {
        "at_most": one > other + allowed,
        "at_least": one < other - allowed,
        "equals": not other - allowed <= one <= other + allowed,
    }[comparison]
    assert bool(findings) == broken
    if broken:
        facts = findings[0].facts
        assert [value_of(facts[name]) for name in ("left", "right", "difference")] == [one, other, abs(one - other)]
        assert {f"{f.measure}.{f.part}" for f in findings[0].figures} == {*left, *right}


def value_of(fact: object) -> Fraction:
    assert isinstance(fact, ExactAmount)
    return fact.value


@pytest.mark.parametrize(("n", "fires"), [(9, False), (10, False), (11, True)])
def test_at_most_holds_at_the_boundary_itself(n: int, fires: bool) -> None:
    condition = {"sum": ["a.numerator"], "at_most": ["b.denominator"]}
    findings = found(check(relation=condition), report({"a": counted(n, 20), "b": counted(0, 10)}))
    assert bool(findings) == fires


@pytest.mark.parametrize(("n", "fires"), [(110, False), (111, True), (90, False), (89, True)])
def test_a_tolerance_is_percent_of_the_second_sum_both_ends_included(n: int, fires: bool) -> None:
    condition = {"sum": ["a.denominator"], "equals": ["b.denominator"], "tolerance_percent": 10}
    assert bool(found(check(relation=condition), report({"a": counted(1, n), "b": counted(1, 100)}))) == fires


@pytest.mark.parametrize(("n", "fires"), [(90, False), (89, True), (500, False)])
def test_at_least_is_allowed_the_tolerance_downwards(n: int, fires: bool) -> None:
    condition = {"sum": ["a.denominator"], "at_least": ["b.denominator"], "tolerance_percent": 10}
    assert bool(found(check(relation=condition), report({"a": counted(1, n), "b": counted(1, 100)}))) == fires


@pytest.mark.parametrize(("n", "fires"), [(50, False), (49, True)])
def test_the_tolerance_of_one_thing_is_percent_of_the_largest_number_given(n: int, fires: bool) -> None:
    condition = {"of": ["a.denominator", "b.denominator"], "tolerance_percent": 50}
    assert bool(found(check(same=condition), report({"a": counted(1, n), "b": counted(1, 100)}))) == fires


def test_figures_in_percent_and_amounts_can_be_related_too() -> None:
    shares = {"sum": ["a", "b"], "at_most": ["c"]}
    assert found(check(relation=shares), report({"a": percent("60"), "b": counted(2, 5), "c": percent("99.9")}))
    assert not found(check(relation=shares), report({"a": percent("60"), "b": counted(2, 5), "c": percent("100")}))
    assert found(check(relation={"sum": ["x"], "equals": ["x", "x"]}), report({"x": plain("0.5")}))


def test_an_unusable_figure_is_not_judged_a_second_time() -> None:
    condition = {"sum": ["a.numerator"], "at_most": ["b.numerator"]}
    assert found(check(relation=condition), report({"a": counted(5, 9), "b": INVALID})) == []


@given(values(), st.lists(st.sampled_from(TERMS), min_size=2, max_size=4, unique=True), st.sampled_from([None, 50]))
def test_same_compares_what_is_there(reported: dict[str, Reported], of: list[str], tolerance: int | None) -> None:
    findings = found(check(same={"of": of, "tolerance_percent": tolerance}), report(reported))
    there = [count for term in of if (count := things(reported, term)) is not None]
    differ = bool(there) and (max(there) - min(there)) * 100 > (tolerance or 0) * max(there)
    assert bool(findings) == differ
    if differ:
        assert len(findings) == 1
        assert [amount_of(findings[0], i) for i in range(len(there))] == there


def amount_of(finding: Finding, at: int) -> Fraction:
    amount = finding.figures[at].amount
    assert amount is not None
    return amount.value


STATEMENTS = {
    "a above 50": ({"figure": "a", "above": 50}, lambda v: share(v, "a") is not None and share(v, "a") > 50),
    "b below 20": ({"figure": "b", "below": 20}, lambda v: share(v, "b") is not None and share(v, "b") < 20),
    "x equals 7": ({"figure": "x", "equals": 7}, lambda v: "x" in v and v["x"] == plain("7")),
    "a counts 3": ({"figure": "a.numerator", "equals": 3}, lambda v: things(v, "a.numerator") == 3),
    "t yes": ({"figure": "t", "answered": "yes"}, lambda v: v.get("t") == answer(1)),
    "t no": ({"figure": "t", "answered": "no"}, lambda v: v.get("t") == answer(0)),
    "r met": ({"figure": "r", "answered": "met"}, lambda v: v.get("r") == answer(1)),
    "r not met": ({"figure": "r", "answered": "not_met"}, lambda v: v.get("r") == answer(0)),
    "k good": ({"figure": "k", "answered": "hoan-thanh-tot"}, lambda v: v.get("k") == answer(2)),
}
some = st.lists(st.sampled_from(sorted(STATEMENTS)), min_size=1, max_size=3, unique=True)


def share(reported: dict[str, Reported], id_: str) -> Fraction | None:
    value = reported.get(id_)
    return Fraction(100 * value.value, value.base) if value and value.state is State.PRESENT else None


@given(values(), some, some)
def test_a_contradiction_is_all_of_these_and_one_of_those(
    reported: dict[str, Reported], when: list[str], yet: list[str]
) -> None:
    condition = {"when": [STATEMENTS[w][0] for w in when], "yet": [STATEMENTS[y][0] for y in yet]}
    findings = found(check(contradiction=condition), report(reported))
    holding = [y for y in yet if STATEMENTS[y][1](reported)]
    fires = all(STATEMENTS[w][1](reported) for w in when) and bool(holding)
    assert bool(findings) == fires
    if fires:
        (finding,) = findings
        denied = finding.facts["yet"]
        assert isinstance(denied, list)
        assert [figure.measure for figure in denied] == [y[0] for y in holding]
