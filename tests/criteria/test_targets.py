"""What the rules demand: 67 requirements, six numbers with a source, and every other target pending."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    KnownTarget,
    Node,
    Requirement,
)
from ntm_rules.rulebook.kinds import QUANTITIES
from ntm_rules.rulebook.resolve import resolve
from tests.criteria.plan import PLAN, SET

IN_FORCE = resolve(SET, as_of=dt.date(2026, 12, 31))
OF_THE_CRITERIA = [r for indicator in IN_FORCE.indicators() for r in indicator.requirements()]
OF_THE_CONDITIONS = [r for indicator in IN_FORCE.conditions for r in indicator.requirements()]

STATED = {
    "2.1.c": (Comparator.AT_LEAST, 100),
    "2.1.d": (Comparator.AT_LEAST, 50),
    "2.6.a": (Comparator.AT_LEAST, 100),
    "8.1.b": (Comparator.AT_LEAST, 80),
    "8.1.c": (Comparator.AT_MOST, 50),
    "9.2.b": (Comparator.AT_LEAST, 90),
}
"""The only numbers the plan sets for a commune."""
IF_ANY = {
    "3.5.a": "rural_tourism_models_exist",
    "3.5.b": "rural_tourism_models_exist",
    "6.6.b": "children_in_special_circumstances_exist",
    "8.1.a": "solid_waste_system_exists",
}
"""Requirements under "(nếu có)" and the question that decides whether they apply."""


def kind(requirement: Requirement) -> str:
    return SET.measures[requirement.measure].kind


def counted(node: Node) -> int:
    """Count atomic conditions; alternatives of which one is enough count once."""
    if isinstance(node, Combination) and node.op == "all":
        return sum(counted(child) for child in node.children)
    return 1


def test_the_44_sub_rows_state_67_requirements() -> None:
    sub_rows = [indicator for indicator in IN_FORCE.indicators() if "." in indicator.id]
    assert len(sub_rows) == 44
    assert sum(counted(indicator.condition) for indicator in sub_rows) == 67


def test_criterion_1_is_one_statement_and_invents_no_content() -> None:
    [indicator] = IN_FORCE.criteria[0].indicators
    [requirement] = indicator.requirements()
    assert (requirement.id, kind(requirement), requirement.text) == ("1", "attestation", "Quy hoạch")
    assert "không đặt thêm" in indicator.note.vi


def test_every_known_target_names_the_row_it_comes_from() -> None:
    for indicator in IN_FORCE.indicators():
        for requirement in indicator.requirements():
            if isinstance(requirement.target, KnownTarget):
                provenance = requirement.target.provenance
                assert (provenance.document, provenance.article) == ("ke-hoach-5434", f"III {indicator.id}")


def test_only_two_rows_offer_alternatives() -> None:
    alternatives = {
        indicator.id: [r.id for r in indicator.requirements()]
        for indicator in IN_FORCE.indicators()
        if isinstance(indicator.condition, Combination) and indicator.condition.op == "any"
    }
    assert alternatives == {
        "3.3": ["3.3.a", "3.3.b", "3.3.c"],
        "3.10": ["3.10.a", "3.10.b", "3.10.c", "3.10.d"],
    }
    assert {i.id for i in IN_FORCE.indicators() if " hoặc " in i.text} == set(alternatives)


def test_if_any_covers_exactly_the_requirements_it_stands_at() -> None:
    assert {r.id: r.gates[0].measure for r in OF_THE_CRITERIA if r.gates} == IF_ANY


def test_the_share_under_if_any_does_not_apply_where_there_is_nothing_to_count() -> None:
    requirement = IN_FORCE.requirement_by_id["8.3"]
    assert SET.measures[requirement.measure].zero_denominator == "not_applicable"
    assert [m.id for m in SET.measures.values() if m.zero_denominator != "invalid"] == [requirement.measure]
    if_any = {i.id for i in IN_FORCE.indicators() if "(nếu có)" in i.text}
    assert if_any == {"3.5", "6.6", "8.1", "8.3"}


def test_exactly_six_targets_are_numbers() -> None:
    known = {
        r.id: (r.comparator, r.target.everywhere)
        for r in IN_FORCE.requirements()
        if kind(r) in QUANTITIES and isinstance(r.target, KnownTarget)
    }
    assert known == {id_: (comparator, Decimal(value)) for id_, (comparator, value) in STATED.items()}


@pytest.mark.parametrize("id_", STATED)
def test_a_stated_number_stands_in_the_requirements_own_words(id_: str) -> None:
    comparator, value = STATED[id_]
    words = IN_FORCE.requirement_by_id[id_].text
    sign = "≤" if comparator is Comparator.AT_MOST else "(?:≥|đạt|đến)"
    assert re.search(rf"{sign} {value}%", words)


def test_every_percentage_printed_in_annex_iii_is_a_target() -> None:
    annex = PLAN[PLAN.index("\nPhụ lục III\n") :]
    printed = sorted(int(number) for number in re.findall(r"(\d+)\\?%", annex))
    assert printed == sorted(value for _, value in STATED.values())


def test_every_other_quantity_waits_on_the_provincial_decision() -> None:
    awaited = {r.id: r.target for r in OF_THE_CRITERIA if kind(r) in QUANTITIES and r.id not in STATED}
    assert set(awaited) == {
        *("2.1.e", "2.2.b", "2.4", "2.6.b", "3.1", "3.8", "4.1", "4.2"),
        *("6.1", "6.2", "6.3", "6.4", "7.2", "8.2", "8.3"),
    }
    for target in awaited.values():
        assert isinstance(target, AwaitedTarget)
        assert target.decision == "bo-tieu-chi-xa-ntm-lai-chau"
        assert target.reason == "target_pending"


def test_what_states_no_content_waits_on_the_provincial_decision_too() -> None:
    awaited = {
        r.id: r.target for r in OF_THE_CRITERIA if kind(r) not in QUANTITIES and isinstance(r.target, AwaitedTarget)
    }
    assert {id_: (target.decision, target.reason) for id_, target in awaited.items()} == {
        "1": ("bo-tieu-chi-xa-ntm-lai-chau", "standard_pending"),
        "2.5": ("bo-tieu-chi-xa-ntm-lai-chau", "standard_pending"),
    }


def test_whether_100_percent_governs_production_areas_is_left_open() -> None:
    target = IN_FORCE.requirement_by_id["2.6.b"].target
    assert isinstance(target, AwaitedTarget)
    assert "vùng sản xuất" in target.note.vi


def test_only_poverty_and_landfilling_and_debt_are_ceilings() -> None:
    ceilings = {r.id for r in IN_FORCE.requirements() if r.comparator is Comparator.AT_MOST}
    assert ceilings == {"6.1", "8.1.c", "DK.1"}


def test_a_target_points_the_way_its_measure_is_better() -> None:
    for r in IN_FORCE.requirements():
        if kind(r) in QUANTITIES:
            lower = SET.measures[r.measure].sense == "lower"
            assert (r.comparator is Comparator.AT_MOST) == lower, r.id


def test_income_is_judged_by_its_growth() -> None:
    assert kind(IN_FORCE.requirement_by_id["3.1"]) == "growth"
    assert {r.id for r in OF_THE_CRITERIA if kind(r) == "growth"} == {"3.1"}


def test_other_standards_verdicts_are_received_not_computed() -> None:
    rulings = {r.id for r in OF_THE_CRITERIA if kind(r) == "ruling"}
    assert rulings == {"5.1", "5.2", "5.3", "10.1"}
    assert rulings == {i.id for i in IN_FORCE.indicators() if i.text.startswith("Xã đạt")}


def test_the_four_bodies_must_be_classified_as_performing_well_or_better() -> None:
    scale = IN_FORCE.scales["xep-loai-nhiem-vu"]
    grades = [grade.id for grade in scale.grades]
    graded = [r for r in OF_THE_CRITERIA if kind(r) == "grade"]
    assert [r.id for r in graded] == ["9.1.a", "9.1.b", "9.1.c", "9.1.d"]
    assert grades == ["khong-hoan-thanh", "hoan-thanh", "hoan-thanh-tot", "hoan-thanh-xuat-sac"]
    for r in graded:
        assert isinstance(r.target, KnownTarget)
        assert r.target.everywhere == grades.index("hoan-thanh-tot")
        assert r.comparator is Comparator.AT_LEAST
    assert "thấp nhất" in graded[-1].note.vi


def test_every_condition_of_recognition_waits_on_the_rules_of_2026_2030() -> None:
    assert [r.id for r in OF_THE_CONDITIONS] == ["DK.1", "DK.2.a", "DK.2.b", "DK.3"]
    for r in OF_THE_CONDITIONS:
        assert isinstance(r.target, AwaitedTarget)
        assert r.target.decision == "quy-dinh-cong-nhan-2026-2030"
    assert [r.target.reason for r in OF_THE_CONDITIONS if isinstance(r.target, AwaitedTarget)] == [
        "target_pending",
        "target_pending",
        "target_pending",
        "standard_pending",
    ]


def test_the_conditions_say_that_their_words_are_of_the_period_before_and_their_lead_is_a_reading() -> None:
    for condition in IN_FORCE.conditions:
        assert condition.source.document == "qd-18-2022-qd-ttg"
        assert "2021-2025" in condition.source.note.vi
        assert "cách hiểu" in condition.note.vi


@pytest.mark.parametrize("year", range(2026, 2031))
def test_all_45_items_are_in_force_in_every_year_of_the_period(year: int) -> None:
    resolved = resolve(SET, as_of=dt.date(year, 12, 31))
    assert len(list(resolved.indicators())) == 45
    assert resolved.notices == ()
