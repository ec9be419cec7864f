"""Gaps: how far, in the unit and in countable things, and never shown as reached when it is not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.gaps import Gap, gap_between, shown, things_to_do
from ntm_rules.evaluation.reference import Facts, taken_value
from ntm_rules.evaluation.taking import LackingFigures, level_of
from ntm_rules.exact import PERCENT, VALUE_SCALE, value_units
from ntm_rules.rulebook.criteria_set import Combination, Comparator, Criterion, KnownTarget, Node
from ntm_rules.rulebook.models import Measure
from tests.strategies import PROVENANCE, SOURCE, criteria_set, indicator, measure, percent_targets, requirement

AT_LEAST, AT_MOST, IS = Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.EQUALS
MORE_THAN, LESS_THAN = Comparator.MORE_THAN, Comparator.LESS_THAN
SHARE, GROWTH, AMOUNT, GRADE = (measure(k, k) for k in ("share", "growth", "amount", "grade"))
COUNT = measure("count", "count")
ANSWER, RULING = measure("attestation", "attestation"), measure("ruling", "ruling")


def at(value: str | int | Decimal) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def counted(n: int, d: int) -> Reported:
    return Reported(State.PRESENT, n, d, counted=True)


def percent(value: str) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)), PERCENT * VALUE_SCALE)


def amount(value: str) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)))


def gap(
    spec: Measure, comparator: Comparator, target: str | int | Decimal, now: Reported, before: Reported = NOT_REPORTED
) -> Gap:
    known, law = facts(spec, now, before), requirement("r", spec.id, comparator, at(target))
    value = taken_value(spec, law, known)
    assert isinstance(value, Fraction)
    return gap_between(law, spec, Decimal(target), value, known.figures(spec.id), 2026)


def facts(spec: Measure, now: Reported, before: Reported) -> Facts:
    years = {2026: now, 2025: before}
    return Facts(*(CommuneYear("1", "xã", year, {spec.id: figure}) for year, figure in years.items()))


def test_a_counted_share_says_points_and_things() -> None:
    found = gap(SHARE, AT_LEAST, 80, counted(1375, 1790))
    assert (found.direction, found.shortfall, found.quantity) == ("raise", Decimal("3.19"), Decimal(57))


def test_too_much_says_how_much_has_to_go() -> None:
    found = gap(SHARE, AT_MOST, 50, counted(931, 1860))
    assert (found.direction, found.shortfall, found.quantity) == ("lower", Decimal("0.06"), Decimal(1))


def test_where_the_target_itself_does_not_do_the_gap_is_the_smallest_step_past_it() -> None:
    below = gap(SHARE, LESS_THAN, 5, counted(5, 100))
    assert (below.direction, below.shortfall, below.quantity) == ("lower", Decimal("0.01"), 1)
    assert below.closeness == Fraction(1, 500)
    above = gap(SHARE, MORE_THAN, 90, counted(899, 1000))
    assert (above.direction, above.shortfall, above.quantity) == ("raise", Decimal("0.11"), 2)
    assert gap(COUNT, LESS_THAN, 3, amount("3")).quantity == 1
    assert gap(AMOUNT, MORE_THAN, "2.5", amount("2.5")).shortfall == Decimal("0.01")


@given(
    st.integers(1, 500),
    st.decimals(0, 100, places=2),
    st.sampled_from([MORE_THAN, LESS_THAN]),
    st.data(),
)
def test_the_things_of_a_strict_gap_are_the_fewest_that_close_it(
    whole: int, target: Decimal, comparator: Comparator, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))

    def meets(things: int) -> bool:
        share = Fraction(100 * things, whole)
        return share > target if comparator is MORE_THAN else share < target

    if not meets(part):
        found = gap(SHARE, comparator, target, counted(part, whole)).quantity
        assert found is not None
        step = 1 if comparator is MORE_THAN else -1
        assert meets(part + step * int(found))
        assert not meets(part + step * (int(found) - 1))


def test_a_share_without_its_parts_cannot_be_counted() -> None:
    found = gap(SHARE, AT_LEAST, 80, percent("79.996"))
    assert (found.shortfall, found.quantity) == (Decimal("0.01"), None)


@pytest.mark.parametrize(
    ("value", "comparator", "target", "display"),
    [
        ("79.996", AT_LEAST, 80, "79.99"),
        ("50.0001", AT_MOST, 50, "50.01"),
        ("80", AT_LEAST, 80, "80.00"),
        ("79.9999", AT_LEAST, "79.9999", "79.9999"),
        ("4.9999", LESS_THAN, 5, "4.99"),
        ("5", LESS_THAN, 5, "5.00"),
        ("90.0001", MORE_THAN, 90, "90.01"),
        ("90", MORE_THAN, 90, "90.00"),
    ],
)
def test_a_value_is_never_shown_across_its_target(
    value: str, comparator: Comparator, target: str | int, display: str
) -> None:
    law = requirement("r", SHARE.id, comparator, at(target))
    assert str(shown(SHARE, level_of(SHARE, percent(value)), law, Decimal(target))) == display


def test_growth_says_points_and_the_amount_that_would_have_been_enough() -> None:
    found = gap(GROWTH, AT_LEAST, 10, amount("43.5"), amount("40"))
    assert (found.shortfall, found.quantity) == (Decimal("1.25"), Decimal("0.50"))


def test_amounts_count_in_their_own_unit() -> None:
    assert gap(AMOUNT, AT_LEAST, "3.5", amount("2.25")).quantity == Decimal("1.25")
    assert gap(AMOUNT, AT_MOST, 0, amount("12")).shortfall == Decimal("12.00")


def test_of_seven_things_six_make_eighty_percent_and_of_a_count_a_broken_target_takes_one_more() -> None:
    assert gap(SHARE, AT_LEAST, 80, counted(4, 7)).quantity == 2
    assert gap(SHARE, AT_MOST, 30, counted(4, 7)).quantity == 2
    assert gap(COUNT, AT_LEAST, "7.5", amount("4")).quantity == 4
    assert gap(COUNT, AT_MOST, "7.5", amount("9")).quantity == 2
    assert str(gap(COUNT, AT_LEAST, 8, amount("4")).shortfall) == "4"


def test_grades_count_in_steps_and_answers_in_nothing() -> None:
    assert gap(GRADE, AT_LEAST, 2, Reported(State.PRESENT, 0)).shortfall == 2
    for spec in (ANSWER, RULING):
        found = gap(spec, IS, 1, Reported(State.PRESENT, 0))
        assert (found.direction, found.shortfall, found.quantity) == ("obtain", None, None)


@given(target=percent_targets, d=st.integers(1, 10**6), n=st.integers(0, 10**6))
def test_the_counted_amount_closes_the_gap_and_one_less_does_not(target: Decimal, d: int, n: int) -> None:
    n = min(n, d)
    exact = Fraction(100 * n, d)
    assume(exact != Fraction(target))
    comparator = AT_LEAST if exact < target else AT_MOST
    things = gap(SHARE, comparator, target, counted(n, d)).quantity
    assert things is not None
    assert things >= 1
    move = 1 if comparator is AT_LEAST else -1

    def reaches(count: int) -> bool:
        share = Fraction(100 * (n + move * count), d)
        return share >= target if comparator is AT_LEAST else share <= target

    assert reaches(int(things))
    assert not reaches(int(things) - 1)


@given(target=st.decimals(0, 200, places=4), n=st.integers(0, 200))
def test_what_is_missing_of_a_count_is_the_fewest_whole_things_that_suffice(target: Decimal, n: int) -> None:
    assume(n != target)
    move = 1 if n < target else -1
    found = gap(COUNT, AT_LEAST if move > 0 else AT_MOST, target, amount(str(n)))
    things = found.quantity
    assert things is not None
    assert things == found.shortfall == int(things) >= 1
    assert move * (n + move * things) >= move * target
    assert move * (n + move * (things - 1)) < move * target


@given(target=percent_targets, d=st.integers(1, 10**6), n=st.integers(0, 10**6))
def test_what_is_shown_and_what_is_short_never_hide_the_miss(target: Decimal, d: int, n: int) -> None:
    n = min(n, d)
    exact = Fraction(100 * n, d)
    assume(exact < target)
    found = gap(SHARE, AT_LEAST, target, counted(n, d))
    assert found.shortfall is not None
    assert found.shortfall > 0
    display = shown(SHARE, exact, requirement("r", SHARE.id, AT_LEAST, at(target)), target)
    assert display < target
    assert display + found.shortfall >= target


def gaps_of(node: Node, values: dict[str, Reported]) -> list[str]:
    measures = {m.id: m for m in (SHARE, AMOUNT, ANSWER)}
    criterion = Criterion("1", "1", "1", SOURCE, (indicator("1.1", node),))
    evaluation = evaluate(criteria_set((criterion,), measures), [CommuneYear("00001", "xã", 2026, values)])
    return [held.requirement.id for held, _gap in evaluation.gaps(0)]


SHARE_80 = requirement("far", "share", AT_LEAST, at(80))
AMOUNT_10 = requirement("near", "amount", AT_LEAST, at(10))
ANSWER_YES = requirement("answer", "attestation", IS, at(1))


def test_of_alternatives_the_nearest_comes_first_whatever_the_order_of_the_text() -> None:
    values = {"share": percent("8"), "amount": amount("9"), "attestation": Reported(State.PRESENT, 0)}
    for order in ((SHARE_80, ANSWER_YES, AMOUNT_10), (ANSWER_YES, AMOUNT_10, SHARE_80)):
        assert gaps_of(Combination("any", order, "1.1"), values) == ["near", "far", "answer"]


def test_alternatives_that_are_not_in_the_way_are_no_gap() -> None:
    values = {"share": percent("8"), "amount": amount("10")}
    assert gaps_of(Combination("any", (SHARE_80, AMOUNT_10), "1.1"), values) == []


def test_of_parts_all_that_miss_are_gaps_in_the_order_of_the_text() -> None:
    values = {"share": percent("8"), "amount": amount("9"), "attestation": Reported(State.PRESENT, 1)}
    assert gaps_of(Combination("all", (SHARE_80, ANSWER_YES, AMOUNT_10), "1.1"), values) == ["far", "near"]


def test_what_has_no_data_is_no_gap_but_a_miss_beside_it_is() -> None:
    values = {"share": percent("8")}
    assert gaps_of(Combination("all", (SHARE_80, AMOUNT_10), "1.1"), values) == ["far"]
    assert gaps_of(Combination("any", (SHARE_80, AMOUNT_10), "1.1"), values) == []


def test_an_or_counts_as_one_thing_to_do_whatever_stands_below_it() -> None:
    measures = {m.id: m for m in (SHARE, AMOUNT, ANSWER)}
    either = Combination("any", (SHARE_80, Combination("all", (AMOUNT_10, ANSWER_YES), "1.1.b")), "1.1")
    alone = requirement("alone", "share", AT_LEAST, at(90))
    both = requirement("both", "share", AT_LEAST, at(91))
    rules = criteria_set(
        (
            Criterion(
                "1",
                "1",
                "1",
                SOURCE,
                (indicator("1.1", either), indicator("1.2", Combination("all", (alone, both), "1.2"))),
            ),
        ),
        measures,
    )
    assert things_to_do(rules, ["far", "near", "answer"]) == 1
    assert things_to_do(rules, ["far", "near", "answer", "alone"]) == 2
    assert things_to_do(rules, ["alone", "both"]) == 2
    assert things_to_do(rules, ["answer"]) == 1
    assert things_to_do(rules, []) == 0


def test_of_so_many_parts_as_many_are_to_do_as_are_still_short() -> None:
    parts = tuple(requirement(name, "a", AT_LEAST, at(10)) for name in ("p", "q", "r"))
    rules = criteria_set(
        (Criterion("1", "1", "1", SOURCE, (indicator("1.1", Combination("some", parts, "1.1", needed=2)),)),),
        {"a": measure("a", "amount")},
    )
    assert [things_to_do(rules, missed) for missed in (["p", "q", "r"], ["p", "q"], ["p"])] == [2, 1, 1]


def test_closeness_is_the_shortfall_relative_to_the_target() -> None:
    assert gap(SHARE, AT_LEAST, 80, percent("60")).closeness == Fraction(1, 4)
    assert gap(SHARE, AT_MOST, 50, percent("75")).closeness == Fraction(1, 2)
    assert gap(AMOUNT, AT_MOST, 0, amount("12")).closeness == 12
    assert gap(GRADE, AT_LEAST, 2, Reported(State.PRESENT, 1)).closeness == Fraction(1, 2)
    assert gap(GRADE, AT_LEAST, 1, Reported(State.PRESENT, 0)).closeness == 1
    assert gap(ANSWER, IS, 1, Reported(State.PRESENT, 0)).closeness == 1


def test_a_grade_is_obtained_in_steps_from_where_it_stands() -> None:
    found = gap(GRADE, AT_LEAST, 3, Reported(State.PRESENT, 1))
    assert (found.direction, found.shortfall, found.quantity) == ("obtain", 2, None)


def test_too_much_of_an_amount_says_what_has_to_go() -> None:
    found = gap(AMOUNT, AT_MOST, "2.5", amount("4"))
    assert (found.direction, found.shortfall, found.quantity) == ("lower", Decimal("1.50"), Decimal("1.50"))


def test_things_counted_with_decimals_keep_them() -> None:
    roads = SHARE.model_copy(update={"counted": SHARE.counted.model_copy(update={"decimals": 3})})  # type: ignore[union-attr]
    found = gap(roads, AT_LEAST, 100, counted(41999, 42000))
    assert (found.shortfall, found.quantity) == (Decimal("0.01"), Decimal("0.001"))


@pytest.mark.parametrize(
    ("spec", "now", "before", "expected"),
    [
        (SHARE, counted(1, 3), NOT_REPORTED, Fraction(100, 3)),
        (AMOUNT, amount("2.5"), NOT_REPORTED, Fraction(5, 2)),
        (GROWTH, amount("44"), amount("40"), Fraction(10)),
        (GROWTH, amount("44"), NOT_REPORTED, None),
        (GROWTH, amount("44"), amount("0"), None),
        (GROWTH, amount("44"), Reported(State.INVALID, 40), None),
        (SHARE, Reported(State.MISSING), NOT_REPORTED, None),
        (ANSWER, Reported(State.PRESENT, 1), NOT_REPORTED, Fraction(1)),
    ],
)
def test_the_actual_value_is_exact_or_not_there(
    spec: Measure, now: Reported, before: Reported, expected: Fraction | None
) -> None:
    comparator = AT_LEAST if spec.traits.quantity else Comparator.EQUALS
    value = taken_value(spec, requirement("r", spec.id, comparator, at(1)), facts(spec, now, before))
    assert (None if isinstance(value, LackingFigures) else value) == expected


def test_without_a_target_a_value_has_the_measure_s_decimals() -> None:
    floor, ceiling = (requirement("r", SHARE.id, one, at(1)) for one in (AT_LEAST, AT_MOST))
    assert str(shown(SHARE, Fraction(1, 3), floor)) == "0.33"
    assert str(shown(SHARE, Fraction(1, 3), ceiling)) == "0.34"
    whole = SHARE.model_copy(update={"decimals": 0})
    assert str(shown(whole, Fraction(1, 3), floor)) == "0"
    assert str(shown(whole, Fraction(1, 3), floor, Decimal("0.5"))) == "0.3"
