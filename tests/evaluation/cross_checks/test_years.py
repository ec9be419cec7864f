"""Figures against the year before: jumps and falls by plain arithmetic, what is met no longer by the reference engine."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.cross_checks import ExactAmount
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.reference import Facts, evaluate_commune
from ntm_rules.evaluation.verdicts import Verdict
from tests.evaluation.cross_checks.given import (
    KINDS,
    YEAR,
    answer,
    check,
    counted,
    found,
    law,
    percent,
    plain,
    report,
    values,
)

BEFORE = YEAR - 1


def quantity(id_: str, part: str, value: Reported | None) -> Fraction | None:
    if value is None or value.state is not State.PRESENT or KINDS[id_] not in ("share", "amount", "growth"):
        return None
    if part:
        return Fraction({"numerator": value.value, "denominator": value.base}[part]) if value.counted else None
    return Fraction(100 * value.value, value.base) if KINDS[id_] == "share" else Fraction(value.value, 10**7)


sizes = st.sampled_from(
    [None, ("points", Decimal("0.5")), ("points", 30), ("percent", 50), ("percent", Decimal("0.1"))]
)


@given(values(), values(), sizes, st.sampled_from(["either", "better", "worse"]))
def test_a_change_is_plain_arithmetic(
    now: dict[str, Reported], before: dict[str, Reported], size: tuple[str, Decimal] | None, direction: str
) -> None:
    condition = {"direction": direction} | ({size[0]: size[1]} if size else {})
    findings = found(check(changed=condition), report(before, year=BEFORE), report(now))
    expected = []
    for id_, kind in KINDS.items():
        one, other = quantity(id_, "", now.get(id_)), quantity(id_, "", before.get(id_))
        if one is None or other is None or one == other or (size and size[0] == "points" and kind != "share"):
            continue
        better = (one > other) == (id_ != "b")
        if direction != "either" and better != (direction == "better"):
            continue
        moved = abs(one - other)
        if size is None or moved > (Fraction(size[1]) if size[0] == "points" else Fraction(size[1]) * abs(other) / 100):
            expected.append((id_, other, one, moved))
    assert [(f.figures[0].measure, *(value_of(f.facts[n]) for n in ("before", "now", "change"))) for f in findings] == (
        expected
    )


def value_of(fact: object) -> Fraction:
    assert isinstance(fact, ExactAmount)
    return fact.value


@given(values(), values(), st.sampled_from(["numerator", "denominator"]))
def test_what_a_share_counts_can_be_compared_instead(
    now: dict[str, Reported], before: dict[str, Reported], part: str
) -> None:
    findings = found(check(changed={"part": part, "percent": 10}), report(before, year=BEFORE), report(now))
    pairs = {id_: (quantity(id_, part, now.get(id_)), quantity(id_, part, before.get(id_))) for id_ in "abc"}
    expected = [
        id_
        for id_, (one, other) in pairs.items()
        if one is not None and other is not None and abs(one - other) * 10 > other
    ]
    assert [(f.figures[0].measure, f.figures[0].part) for f in findings] == [(id_, part) for id_ in expected]


@pytest.mark.parametrize(("now", "fires"), [("70", False), ("70.0000001", True), ("30", False), ("29.9999999", True)])
def test_exactly_the_size_allowed_is_not_more(now: str, fires: bool) -> None:
    reports = report({"a": percent("50")}, year=BEFORE), report({"a": percent(now)})
    assert bool(found(check(changed={"of": {"measures": ["a"]}, "points": 20}), *reports)) == fires


def test_from_nothing_to_something_is_more_than_any_percentage() -> None:
    condition = check(changed={"percent": 900})
    assert found(condition, report({"x": plain("0")}, year=BEFORE), report({"x": plain("0.1")}))
    assert not found(condition, report({"x": plain("0")}, year=BEFORE), report({"x": plain("0")}))


def test_where_no_report_of_the_year_before_is_there_the_figures_that_the_form_carries_serve() -> None:
    condition = check(changed={"points": 20})
    carrying = report({"a": percent("80")}, carried={"a": percent("50")})
    assert [f.figures[0].measure for f in found(condition, carrying)] == ["a"]
    assert found(condition, carrying, report({"a": percent("70")}, year=BEFORE)) == []  # what was reported prevails


def test_without_any_year_before_nothing_is_compared() -> None:
    assert found([check(changed={"points": 20}), check("L", no_longer_met={})], report({"a": percent("80")})) == []


@given(values(), values(), values())
def test_what_is_no_longer_met_is_what_the_reference_engine_judges_so(
    now: dict[str, Reported], before: dict[str, Reported], long_ago: dict[str, Reported]
) -> None:
    reports = [report(v, year=YEAR - i) for i, v in enumerate((now, before, long_ago))]
    findings = found(check(no_longer_met={}), *reports)
    rules = law()

    def verdicts(record: CommuneYear, previous: CommuneYear) -> dict[str, Verdict]:
        result = evaluate_commune(rules, Facts(record, previous, "nhom-1"))
        parts = ((r.id, result.find("requirement", r.id)) for r in rules.requirements())
        return {id_: part.verdict for id_, part in parts if part}

    this_year, last_year = verdicts(*reports[:2]), verdicts(*reports[1:])
    expected = [i for i, v in this_year.items() if v is Verdict.NOT_MET and last_year[i] is Verdict.MET]
    assert [finding.facts["item"] for finding in findings] == expected


def test_what_is_no_longer_met_keeps_both_figures_and_the_target() -> None:
    now, before = counted(49, 100), counted(1, 2)
    (finding,) = found(check(no_longer_met={}), report({"a": before}, year=BEFORE), report({"a": now}))
    held, then = finding.facts["now"], finding.facts["before"]
    assert isinstance(held, Held)
    assert isinstance(then, Held)
    assert (held.reported, held.target, then.reported, then.target) == (now, Decimal(50), before, Decimal(50))


def test_an_answer_of_the_year_before_that_the_form_carries_counts_too() -> None:
    findings = found(check(no_longer_met={}), report({"t": answer(0)}, carried={"t": answer(1)}))
    assert [finding.facts["item"] for finding in findings] == ["1.t"]
