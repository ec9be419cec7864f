"""Every measure is asked for by a rule, or is there for information and says so."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.resolve import resolve
from tests.criteria.plan import SET

IN_FORCE = resolve(SET, as_of=dt.date(2026, 12, 31))
INFORMATIONAL = ("recognition_decision",)
"""Reported beside the criteria, read by no rule."""
WHOLE = {"hộ", "người", "khu dân cư", "vùng sản xuất", "thủ tục", "cơ sở", "đơn vị dữ liệu"}
MEASURED = {"km", "ha", "tấn"}

each_measure = pytest.mark.parametrize("measure", SET.measures.values(), ids=lambda measure: measure.id)
each_share = pytest.mark.parametrize(
    "measure", [m for m in SET.measures.values() if m.kind == "share"], ids=lambda measure: measure.id
)


def test_the_measures_stand_in_the_order_in_which_the_rules_ask_for_them() -> None:
    assert tuple(SET.measures) == IN_FORCE.reported_measures + INFORMATIONAL


def test_no_two_requirements_read_the_same_measure() -> None:
    read = Counter(requirement.measure for requirement in IN_FORCE.requirements())
    assert set(read.values()) == {1}


def test_recognition_is_reported_and_never_computed() -> None:
    measure = SET.measures["recognition_decision"]
    assert measure.kind == "ruling"
    assert measure.label.vi == "Quyết định công nhận xã đạt chuẩn NTM"
    assert "không bao giờ tính" in measure.note.vi


@each_measure
def test_each_measure_can_be_shown_in_both_languages(measure: Measure) -> None:
    for text in (measure.label, measure.unit, measure.evidence):
        assert text.vi.strip()
        assert text.en.strip()


@each_measure
def test_an_id_holds_no_double_underscore(measure: Measure) -> None:
    assert "__" not in measure.id


@each_measure
def test_a_statement_names_the_body_that_leads_its_requirement(measure: Measure) -> None:
    if measure.kind not in ("attestation", "ruling", "grade") or measure.id in INFORMATIONAL:
        return
    asking = [r for r in IN_FORCE.requirements() if measure.id in r.asked]
    assert {r.lead for r in asking} == {measure.attested_by}


@each_share
def test_a_share_lies_between_0_and_100_percent(measure: Measure) -> None:
    assert measure.unit.vi == "%"
    assert measure.range is not None
    assert (measure.range.min, measure.range.max) == (0, 100)


@each_share
def test_things_are_counted_whole_and_lengths_areas_and_weights_to_the_thousandth(measure: Measure) -> None:
    assert measure.counted is not None
    assert measure.counted.unit.vi in WHOLE | MEASURED
    assert measure.counted.decimals == (3 if measure.counted.unit.vi in MEASURED else 0)


def test_landfilled_waste_is_counted_against_all_solid_waste_as_printed() -> None:
    counted = SET.measures["household_waste_landfilled_share"].counted
    assert counted is not None
    assert counted.denominator.vi == "Tổng lượng chất thải rắn phát sinh"
    assert "tổng lượng chất thải rắn phát sinh" in IN_FORCE.requirement_by_id["8.1.c"].text
    assert "xác nhận" in IN_FORCE.requirement_by_id["8.1.c"].note.vi


def test_income_is_reported_as_a_level() -> None:
    income = SET.measures["income_per_capita"]
    assert income.unit.vi == "triệu đồng/người/năm"
    assert income.range is not None
    assert income.range.min is not None
    assert income.range.min > 0, "growth over nothing has no meaning"


def test_what_is_asked_only_if_any_names_the_question_whether_there_is_any(loaded: LoadedSet) -> None:
    assert loaded.conditional == {
        "rural_tourism_infrastructure_in_place": "rural_tourism_models_exist",
        "rural_tourism_operates_effectively": "rural_tourism_models_exist",
        "children_in_special_circumstances_supported": "children_in_special_circumstances_exist",
        "solid_waste_system_compliant": "solid_waste_system_exists",
    }
