"""One requirement: the questions in their order, and the boundary of every form of target."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_conditions
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    KnownTarget,
    Node,
    Target,
)
from ntm_rules.rulebook.models import Measure
from tests.strategies import (
    PROVENANCE,
    SOURCE,
    by_group,
    criteria_set,
    indicator,
    measure,
    one_requirement_set,
    percent_targets,
    requirement,
)

AT_LEAST, AT_MOST, IS = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUALS
YES = Reported(State.PRESENT, 1)
NO = Reported(State.PRESENT, 0)


def at(value: str | int | Decimal) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def counted(n: int, d: int) -> Reported:
    return Reported(State.PRESENT, n, d, counted=True)


def percent(value: str | Decimal) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), PERCENT * VALUE_SCALE)


def amount(value: str | Decimal) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)))


def judge(
    spec: Measure,
    comparator: Comparator,
    target: Target,
    now: Reported | None,
    before: Reported | None = None,
    group: str | None = None,
) -> tuple[str, str]:
    rules = one_requirement_set(spec, comparator, target)
    report = CommuneYear("00001", "xã", 2026, {spec.id: now} if now else {})
    previous = CommuneYear("00001", "xã", 2025, {spec.id: before}) if before else None
    found = evaluate_commune(rules, Facts(report, previous, group)).find("requirement", "1.1")
    assert found is not None
    return found.verdict.name, found.reason.value


SHARE, GROWTH, AMOUNT = measure("s", "share"), measure("g", "growth"), measure("a", "amount")
ANSWER, RULING, GRADE = measure("y", "attestation"), measure("r", "ruling"), measure("x", "grade")


@pytest.mark.parametrize(
    ("reported", "verdict"),
    [
        (counted(29, 100), "MET"),
        (counted(28, 100), "NOT_MET"),
        (counted(28999, 100000), "NOT_MET"),
        (percent("29"), "MET"),
        (percent("28.99999999999"), "NOT_MET"),
    ],
)
def test_29_of_100_meets_29_percent_and_nothing_less_does(reported: Reported, verdict: str) -> None:
    assert judge(SHARE, AT_LEAST, at(29), reported)[0] == verdict


@given(target=percent_targets, d=st.integers(1, 10**6))
def test_a_counted_share_meets_at_least_exactly_from_the_least_whole_number_that_reaches(
    target: Decimal, d: int
) -> None:
    least = ceil(Fraction(target) * d / 100)
    if least <= d:
        assert judge(SHARE, AT_LEAST, at(target), counted(least, d)) == ("MET", "reached")
    if least > 0:
        assert judge(SHARE, AT_LEAST, at(target), counted(least - 1, d)) == ("NOT_MET", "below_target")


@given(target=percent_targets, d=st.integers(1, 10**6))
def test_a_counted_share_meets_at_most_exactly_up_to_the_greatest_whole_number_within(target: Decimal, d: int) -> None:
    greatest = int(target * d // 100)
    assert judge(SHARE, AT_MOST, at(target), counted(greatest, d)) == ("MET", "reached")
    if greatest < d:
        assert judge(SHARE, AT_MOST, at(target), counted(greatest + 1, d)) == ("NOT_MET", "above_target")


EPSILONS = [Decimal(1).scaleb(-k) for k in (2, 6, 7, 9, 12)]


@pytest.mark.parametrize("epsilon", EPSILONS)
@pytest.mark.parametrize("target", [Decimal(n) for n in ("0.01", "50", "79.95", "99.9999", "100")])
def test_a_typed_percentage_turns_at_its_target_and_nowhere_else(target: Decimal, epsilon: Decimal) -> None:
    assert judge(SHARE, AT_LEAST, at(target), percent(target))[0] == "MET"
    assert judge(SHARE, AT_MOST, at(target), percent(target))[0] == "MET"
    assert judge(SHARE, AT_LEAST, at(target), percent(target - epsilon))[0] == "NOT_MET"
    assert judge(SHARE, AT_MOST, at(target), percent(target + epsilon))[0] == "NOT_MET"


@pytest.mark.parametrize("epsilon", EPSILONS)
def test_an_amount_turns_at_its_target_and_nowhere_else(epsilon: Decimal) -> None:
    assert judge(AMOUNT, AT_LEAST, at("3.5"), amount("3.5"))[0] == "MET"
    assert judge(AMOUNT, AT_LEAST, at("3.5"), amount(Decimal("3.5") - epsilon))[0] == "NOT_MET"
    assert judge(AMOUNT, AT_MOST, at("3.5"), amount(Decimal("3.5") + epsilon)) == ("NOT_MET", "above_target")
    assert judge(AMOUNT, AT_MOST, at(0), amount(0))[0] == "MET"


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("44", "40", ("MET", "reached")),
        ("43.999999", "40", ("NOT_MET", "below_target")),
        ("36", "40", ("NOT_MET", "below_target")),
        ("44", "0", ("NO_DATA", "previous_year_zero")),
        ("44", None, ("NO_DATA", "previous_year_missing")),
    ],
)
def test_growth_is_compared_with_the_year_before(now: str, before: str | None, expected: tuple[str, str]) -> None:
    earlier = amount(before) if before is not None else None
    assert judge(GROWTH, AT_LEAST, at(10), amount(now), earlier) == expected


@pytest.mark.parametrize(
    "state", [State.MISSING, State.INVALID, State.CONFLICTING], ids=lambda state: state.name.lower()
)
def test_growth_needs_a_usable_figure_of_the_year_before(state: State) -> None:
    assert judge(GROWTH, AT_LEAST, at(10), amount(44), Reported(state)) == ("NO_DATA", "previous_year_missing")


@pytest.mark.parametrize(
    ("spec", "now", "expected"),
    [
        (ANSWER, YES, ("MET", "reached")),
        (ANSWER, NO, ("NOT_MET", "answered_no")),
        (RULING, YES, ("MET", "reached")),
        (RULING, NO, ("NOT_MET", "ruled_not_met")),
        (RULING, Reported(State.AWAITED), ("NO_DATA", "ruling_awaited")),
    ],
)
def test_answers_and_rulings(spec: Measure, now: Reported, expected: tuple[str, str]) -> None:
    assert judge(spec, IS, at(1), now) == expected


@pytest.mark.parametrize(
    ("rank", "expected"),
    [(1, ("NOT_MET", "grade_below")), (2, ("MET", "reached")), (3, ("MET", "reached"))],
)
def test_a_grade_meets_its_own_rank_and_better(rank: int, expected: tuple[str, str]) -> None:
    assert judge(GRADE, AT_LEAST, at(2), Reported(State.PRESENT, rank)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.MISSING, ("NO_DATA", "not_reported")),
        (State.INVALID, ("NO_DATA", "invalid_value")),
        (State.CONFLICTING, ("NO_DATA", "conflicting_values")),
        (State.NOTHING_TO_COUNT, ("NOT_APPLICABLE", "nothing_to_count")),
    ],
)
@pytest.mark.parametrize("target", [at(80), AwaitedTarget("awaited")], ids=["known", "awaited"])
def test_a_value_that_is_not_there_says_why_before_anything_is_said_of_the_target(
    state: State, expected: tuple[str, str], target: Target
) -> None:
    assert judge(SHARE, AT_LEAST, target, Reported(state)) == expected


@pytest.mark.parametrize("reason", ["target_pending", "standard_pending", "no_value_in_force", "no_reference_figure"])
def test_an_awaited_target_is_never_met_and_never_missed(reason: str) -> None:
    for value in ("0", "100"):
        assert judge(SHARE, AT_LEAST, AwaitedTarget("awaited", reason), percent(value)) == ("NO_TARGET", reason)


def test_a_target_by_group_takes_the_commune_s_own_and_nothing_when_the_group_is_unknown() -> None:
    target = by_group(nhom_1=Decimal(95), nhom_2=Decimal(80))
    assert judge(SHARE, AT_LEAST, target, percent("90"), group="nhom-1")[0] == "NOT_MET"
    assert judge(SHARE, AT_LEAST, target, percent("90"), group="nhom-2")[0] == "MET"
    assert judge(SHARE, AT_LEAST, target, percent("90")) == ("NO_DATA", "group_unknown")


def if_any(exists: Reported | None, value: Reported | None) -> tuple[str, str]:
    condition = requirement("1.1", "s", AT_LEAST, at(80), gates=(Gate("exists"),))
    rules = one_criterion(condition, SHARE, measure("exists", "attestation"))
    values = {k: v for k, v in (("exists", exists), ("s", value)) if v is not None}
    found = evaluate_commune(rules, Facts(CommuneYear("1", "xã", 2026, values))).find("requirement", "1.1")
    assert found is not None
    return found.verdict.name, found.reason.value


def one_criterion(condition: Node, *measures: Measure) -> CriteriaSet:
    criterion = Criterion("1", "1", "1", SOURCE, (indicator("1.1", condition),))
    return criteria_set((criterion,), {spec.id: spec for spec in measures})


@pytest.mark.parametrize(
    ("exists", "value", "expected"),
    [
        (None, percent("90"), ("NO_DATA", "existence_unanswered")),
        (Reported(State.INVALID), percent("90"), ("NO_DATA", "existence_unanswered")),
        (NO, None, ("NOT_APPLICABLE", "does_not_exist")),
        (NO, percent("10"), ("NOT_APPLICABLE", "does_not_exist")),
        (YES, percent("90"), ("MET", "reached")),
        (YES, percent("10"), ("NOT_MET", "below_target")),
        (YES, None, ("NO_DATA", "not_reported")),
    ],
)
def test_if_any(exists: Reported | None, value: Reported | None, expected: tuple[str, str]) -> None:
    assert if_any(exists, value) == expected


def test_an_indicator_with_one_condition_is_that_condition() -> None:
    rules = one_requirement_set(SHARE, AT_LEAST, at(80))
    result = evaluate_commune(rules, Facts(CommuneYear("1", "xã", 2026, {"s": percent("70")})))
    found = result.find("indicator", "1.1")
    assert found is not None
    assert (found.verdict, found.reason) == (Verdict.NOT_MET, Reason.BELOW_TARGET)
    assert [child.id for child in found.children] == ["1.1"]


def test_alternatives_need_one_and_parts_need_all() -> None:
    parts = tuple(requirement(f"1.1.{x}", "y" if x == "a" else "z", IS, at(1)) for x in "ab")
    other = measure("z", "attestation")
    answers = {"y": YES, "z": NO}
    for op, verdict, reason in (("any", "MET", "one_alternative_met"), ("all", "NOT_MET", "a_part_not_met")):
        rules = one_criterion(Combination(op, parts, "1.1"), ANSWER, other)
        result = evaluate_commune(rules, Facts(CommuneYear("1", "xã", 2026, answers))).find("indicator", "1.1")
        assert result is not None
        assert (result.verdict.name, result.reason.value) == (verdict, reason)


def test_further_conditions_stand_apart_from_the_criteria() -> None:
    criterion = Criterion("1", "1", "1", SOURCE, (indicator("1.1", requirement("1.1", "y", IS, at(1))),))
    condition = indicator("DK.1", requirement("DK.1", "z", IS, at(1)))
    rules = criteria_set((criterion,), {"y": ANSWER, "z": measure("z", "attestation")}, conditions=(condition,))
    facts = Facts(CommuneYear("1", "xã", 2026, {"y": YES, "z": NO}))
    assert evaluate_commune(rules, facts).verdict is Verdict.MET
    conditions = evaluate_conditions(rules, facts)
    assert conditions is not None
    assert conditions.verdict is Verdict.NOT_MET


def test_a_set_without_further_conditions_has_no_verdict_on_them() -> None:
    rules = one_requirement_set(ANSWER, IS, at(1))
    assert evaluate_conditions(rules, Facts(CommuneYear("1", "xã", 2026))) is None


@given(low=percent_targets, high=percent_targets, target=percent_targets)
def test_a_higher_share_never_does_worse_against_at_least_nor_better_against_at_most(
    low: Decimal, high: Decimal, target: Decimal
) -> None:
    low, high = sorted((low, high))
    order = {"NOT_MET": 0, "MET": 1}
    assert (
        order[judge(SHARE, AT_LEAST, at(target), percent(low))[0]]
        <= order[judge(SHARE, AT_LEAST, at(target), percent(high))[0]]
    )
    assert (
        order[judge(SHARE, AT_MOST, at(target), percent(high))[0]]
        <= order[judge(SHARE, AT_MOST, at(target), percent(low))[0]]
    )
