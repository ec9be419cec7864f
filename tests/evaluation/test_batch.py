"""A whole dataset judged: years, groups, the year before, counts, gaps and the frame."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.scores import band_of, tally
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import value_units
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    KnownTarget,
    Requirement,
)
from ntm_rules.rulebook.models import Band
from ntm_rules.rulebook.register import Commune
from tests.strategies import PROVENANCE, SOURCE, by_group, criteria_set, indicator, measure, requirement, text

YES, NO = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0)


def at(value: str | int) -> KnownTarget:
    return KnownTarget(PROVENANCE, everywhere=Decimal(value))


def level(value: str) -> Reported:
    return Reported(State.PRESENT, value_units(Decimal(value)))


def small_set() -> CriteriaSet:
    """Two criteria: growth and a share by group; an answer with alternatives, and one awaited; one condition."""
    measures = {
        m.id: m
        for m in (
            measure("income", "growth"),
            measure("water", "share"),
            *(measure(name, "attestation") for name in ("first", "second", "debt_free")),
            measure("awaited", "amount"),
        )
    }
    grouped = by_group(nhom_1=Decimal(90), nhom_2=Decimal(60))
    grow = requirement("1.1", "income", Comparator.AT_LEAST, at(10))
    water = requirement("1.2", "water", Comparator.AT_LEAST, grouped)
    either = Combination(
        "any",
        tuple(requirement(f"2.1.{x}", m, Comparator.EQUALS, at(1)) for x, m in (("a", "first"), ("b", "second"))),
        "2.1",
    )
    waiting = requirement("2.2", "awaited", Comparator.AT_MOST, AwaitedTarget("awaited"))
    debt = requirement("DK.1", "debt_free", Comparator.EQUALS, at(1))
    criteria = (
        Criterion("1", "1", "1", SOURCE, (indicator("1.1", grow), indicator("1.2", water))),
        Criterion("2", "2", "2", SOURCE, (indicator("2.1", either), indicator("2.2", waiting))),
    )
    communes = tuple(
        Commune(code, f"xã {code}", "xa", dt.date(2025, 7, 1), group=group, group_source="-" if group else "")
        for code, group in (("00001", "nhom-1"), ("00002", "nhom-2"), ("00003", None))
    )
    return criteria_set(criteria, measures, conditions=(indicator("DK.1", debt),), communes=communes)


def records() -> list[CommuneYear]:
    water = Reported(State.PRESENT, 70, 100, counted=True)
    found = []
    for code, now in (("00001", "43"), ("00002", "44"), ("00003", "45")):
        found.append(CommuneYear(code, f"xã {code}", 2025, {"income": level("40")}))
        values = {"income": level(now), "water": water, "first": NO, "second": YES if code == "00002" else NO}
        found.append(CommuneYear(code, f"xã {code}", 2026, {**values, "awaited": level("3"), "debt_free": NO}))
    return found


@pytest.fixture(scope="module")
def judged() -> Evaluation:
    return evaluate(small_set(), records(), years=[2026])


def verdict_of(judged: Evaluation, level: str, id_: str, record: int) -> tuple[str, str]:
    row = judged.row_of[level, id_]
    return judged.verdict(row, record).name, judged.reason(row, record).value


def test_only_the_years_asked_for_are_judged_and_the_others_serve_as_the_year_before(judged: Evaluation) -> None:
    assert [(r.code, r.year) for r in judged.records] == [("00001", 2026), ("00002", 2026), ("00003", 2026)]
    assert verdict_of(judged, "indicator", "1.1", 0) == ("NOT_MET", "below_target")
    assert verdict_of(judged, "indicator", "1.1", 1) == ("MET", "reached")
    both = evaluate(small_set(), records())
    assert len(both.records) == 6
    assert verdict_of(both, "indicator", "1.1", 0) == ("NO_DATA", "previous_year_missing")


def test_each_commune_meets_its_own_group_s_target(judged: Evaluation) -> None:
    assert verdict_of(judged, "indicator", "1.2", 0) == ("NOT_MET", "below_target")
    assert verdict_of(judged, "indicator", "1.2", 1) == ("MET", "reached")
    assert verdict_of(judged, "indicator", "1.2", 2) == ("NO_DATA", "group_unknown")
    rows = judged.row_of
    assert [judged.held(rows["requirement", "1.2"], record).target for record in range(3)] == [90, 60, None]
    assert judged.held(rows["requirement", "2.2"], 0).target is None


def test_what_was_reported_now_and_before(judged: Evaluation) -> None:
    income = judged.held(judged.row_of["requirement", "1.1"], 0)
    assert (income.reported, income.before) == (level("43"), level("40"))
    alone = evaluate(small_set(), [records()[1]])
    income = alone.held(alone.row_of["requirement", "1.1"], 0)
    assert (income.reported, income.before) == (level("43"), NOT_REPORTED)


def test_the_commune_is_all_of_its_criteria_and_the_conditions_stand_apart(judged: Evaluation) -> None:
    commune = judged.level("commune")
    assert [judged.table[row].id for row in commune] == ["test-set"]
    assert [judged.verdict(commune[0], record).name for record in range(3)] == ["NOT_MET", "NO_TARGET", "NOT_MET"]
    assert verdict_of(judged, "recognition", "conditions", 1) == ("NOT_MET", "a_part_not_met")


def test_rows_stand_in_the_order_of_the_text(judged: Evaluation) -> None:
    ids = [(judged.table[row].level, judged.table[row].id) for row in judged.order]
    assert ids == [
        ("commune", "test-set"),
        ("criterion", "1"),
        *(("indicator", "1.1"), ("requirement", "1.1"), ("indicator", "1.2"), ("requirement", "1.2")),
        ("criterion", "2"),
        *(("indicator", "2.1"), ("requirement", "2.1.a"), ("requirement", "2.1.b")),
        *(("indicator", "2.2"), ("requirement", "2.2")),
        ("recognition", "conditions"),
        ("requirement", "DK.1"),
    ]


def test_gaps_of_criteria_come_before_those_of_the_conditions(judged: Evaluation) -> None:
    def ids(record: int) -> list[str]:
        return [held.requirement.id for held, _gap in judged.gaps(record)]

    assert ids(0) == ["1.1", "1.2", "2.1.a", "2.1.b", "DK.1"]
    assert ids(1) == ["DK.1"], "one alternative of 2.1 is met"
    assert ids(2) == ["2.1.a", "2.1.b", "DK.1"]


def test_a_gap_takes_the_commune_s_target_and_the_year_before(judged: Evaluation) -> None:
    growth = judged.gap(judged.row_of["requirement", "1.1"], 0)
    water = judged.gap(judged.row_of["requirement", "1.2"], 0)
    assert growth is not None
    assert water is not None
    assert (growth.shortfall, growth.quantity) == (Decimal("2.50"), Decimal("1.00"))
    assert (water.shortfall, water.quantity) == (Decimal("20.00"), Decimal(20))
    assert judged.gap(judged.row_of["requirement", "1.2"], 1) is None
    assert judged.gap(judged.row_of["indicator", "1.1"], 0) is None


def test_counts_state_their_denominator(judged: Evaluation) -> None:
    assert judged.tally(judged.level("indicator"), [1]) == tally([*[Verdict.MET] * 3, Verdict.NO_TARGET])
    assert judged.tally(judged.level("criterion"), [0]).met == 0
    some = tally(
        [Verdict.MET, Verdict.MET, Verdict.NOT_APPLICABLE, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_MET]
    )
    assert (some.met, some.total, some.applicable) == (2, 6, 5)


def test_bands_include_both_ends() -> None:
    bands = [
        Band(id=id_, title=text(id_), at_least=low, at_most=high)
        for id_, low, high in (("all", 10, 10), ("some", 5, 9), ("few", 0, 4))
    ]
    found = [band.id if (band := band_of(n, bands)) else None for n in range(12)]
    assert found == [*["few"] * 5, *["some"] * 5, "all", None]


def test_the_band_of_a_commune_goes_by_criteria_met_not_by_indicators() -> None:
    bands = tuple(Band(id=str(n), title=text(str(n)), at_least=n, at_most=n) for n in range(6))
    judged = evaluate(dataclasses.replace(small_set(), bands=bands), records(), years=[2026])
    assert judged.tally(judged.level("indicator"), [1]).met == 3
    assert [band.id for record in range(3) if (band := judged.band(record))] == ["0", "1", "0"]


def test_a_commune_outside_the_register_has_no_group() -> None:
    judged = evaluate(small_set(), [CommuneYear("99999", "lạ", 2026, {"water": Reported(State.PRESENT, 70, 100)})])
    assert judged.groups == [None]
    assert judged.reason(judged.row_of["requirement", "1.2"], 0) is Reason.GROUP_UNKNOWN


def test_nothing_to_judge_gives_an_empty_evaluation() -> None:
    judged = evaluate(small_set(), records(), years=[2029])
    assert judged.records == []
    assert judged.verdicts.shape == (len(judged.table), 0)


def test_a_requirement_knows_its_alternatives(judged: Evaluation) -> None:
    assert judged.rules.alternatives == {"2.1.a": (1, 2), "2.1.b": (1, 2)}
    assert isinstance(judged.table[0].node, Requirement)
