"""Lai Châu's catalogue of cross-checks: each has a report that it finds and one, hardly different, that it does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear, Dataset, Evidence, Reported, State
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.i18n import use_language
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.wording.findings import finding_row
from tests.criteria.plan import SET
from tests.evaluation.cross_checks.given import answer, counted, percent, plain
from tests.examples import examples
from tests.strategies import crowds

YEAR = 2026
HERE, THERE = "03390", "03394"
GOOD = ("Số 12/QĐ-SYT ngày 05/3/2027",)

Values = Mapping[str, Reported]


@dataclass(frozen=True)
class Case:
    """A report that a check finds, and one that it does not."""

    finds: Values
    passes: Values
    before: Values = field(default_factory=dict)
    beside: Values = field(default_factory=dict)
    """What another commune reports."""
    evidence: Sequence[Evidence] = ()
    good_evidence: Sequence[Evidence] = ()
    problems: Sequence[str] = ()
    good_problems: Sequence[str] = ()


def households(n: int, d: int, *ids: str) -> dict[str, Reported]:
    return {id_: counted(n, d) for id_ in ids}


POOR, WATER, LIGHT = (
    "multidimensional_poverty_rate",
    "households_clean_water_share",
    "households_safe_electricity_share",
)
TREATED, LANDFILLED = "household_waste_treated_share", "household_waste_landfilled_share"
TO_STANDARD, TREES = "commune_roads_to_standard_share", "commune_roads_with_trees_share"
ASKED, SATISFIED = "households_surveyed_share", "residents_satisfied_share"
FIVE_NO = "households_five_no_three_clean_three_safe_share"
HEALTH, GRADE = "national_health_standard_ruling", "government_grade"
YES, NO = answer(1), answer(0)
SIX = (LIGHT, "solid_houses_share", WATER, "online_procedures_share", "residential_areas_covered_share", TREES)


def denied(when: str, yet: str) -> Case:
    """Answered "no", yet a part of it "yes"; as good: both "no"."""
    return Case({when: NO, yet: YES}, {when: NO, yet: NO})


CASES: dict[str, Case] = {
    "KC01": Case(households(10, 1870, WATER) | households(9, 1869, POOR), households(10, 1870, WATER, POOR, LIGHT)),
    "KC02": Case(
        {"good_farming_households_share": counted(1, 1871), POOR: counted(9, 1870)},
        {"good_farming_households_share": counted(1, 1870), POOR: counted(9, 1870)},
    ),
    "KC03": Case(
        {ASKED: counted(900, 1870), SATISFIED: counted(800, 899)},
        {ASKED: counted(900, 1870), SATISFIED: counted(800, 900)},
    ),
    "KC04": Case(
        {LANDFILLED: counted(900_001, 2_000_000), TREATED: counted(0, 900_000)},
        {LANDFILLED: counted(900_000, 2_000_000), TREATED: counted(0, 900_000)},
    ),
    "KC05": Case(
        {TREATED: counted(1, 900_001), LANDFILLED: counted(1, 900_000)},
        {TREATED: counted(1, 900_000), LANDFILLED: counted(1, 900_000)},
    ),
    "KC06": Case(
        {TREATED: counted(600_001, 1_000_000), LANDFILLED: counted(400_000, 1_200_000)},
        {TREATED: counted(600_000, 1_000_000), LANDFILLED: counted(400_000, 1_200_000)},
    ),
    "KC07": Case(
        {TO_STANDARD: counted(1, 42_000), TREES: counted(1, 42_001)},
        {TO_STANDARD: counted(1, 42_000), TREES: counted(1, 42_000)},
    ),
    "KC08": Case(
        {TO_STANDARD: counted(42_001, 50_000), TREES: counted(1, 42_000)},
        {TO_STANDARD: counted(42_000, 50_000), TREES: counted(1, 42_000)},
    ),
    "KC09": Case(
        {POOR: counted(400, 1000), FIVE_NO: counted(601, 1000)}, {POOR: counted(400, 1000), FIVE_NO: counted(600, 1000)}
    ),
    "KC10": denied("ocop_plan_exists", "ocop_plan_carried_out_effectively"),
    "KC11": denied("wastewater_scheme_exists", "wastewater_scheme_carried_out"),
    "KC12": denied("solid_waste_system_exists", "solid_waste_system_compliant"),
    "KC13": denied("rural_tourism_models_exist", "rural_tourism_operates_effectively"),
    "KC14": denied("children_in_special_circumstances_exist", "children_in_special_circumstances_supported"),
    "KC15": Case(
        {"safe_security_and_order_ruling": YES, "security_and_order_ensured": NO},
        {"safe_security_and_order_ruling": YES, "security_and_order_ensured": YES},
    ),
    "KC16": Case(
        {"recognition_decision": YES, "construction_debt": plain("0.01")},
        {"recognition_decision": YES, "construction_debt": plain("0"), HEALTH: YES},
    ),
    "KC20": Case({WATER: percent("60.01")}, {WATER: percent("60")}, before={WATER: percent("40")}),
    "KC21": Case({POOR: counted(1, 1151)}, {POOR: counted(1, 1150)}, before={POOR: counted(1, 1000)}),
    "KC22": Case(
        {"income_per_capita": plain("37.51")},
        {"income_per_capita": plain("37.5")},
        before={"income_per_capita": plain("30")},
    ),
    "KC23": Case({TREATED: counted(799, 1000)}, {TREATED: counted(800, 1000)}, before={TREATED: percent("81")}),
    "KC24": Case({WATER: percent("38.99")}, {WATER: percent("39")}, before={WATER: percent("40")}),
    "KC30": Case({HEALTH: YES}, {HEALTH: answer(1, document=GOOD[0]), WATER: percent("80")}),
    "KC31": Case({TREATED: percent("81")}, {TREATED: percent("79"), WATER: percent("81", document=GOOD[0])}),
    "KC32": Case({HEALTH: answer(1, document="Số 12/QĐ-SYT")}, {HEALTH: answer(1, document=GOOD[0])}),
    "KC33": Case(
        {HEALTH: answer(1, document="Quyết định của Sở Y tế ngày 05/3/2027")}, {HEALTH: answer(1, document=GOOD[0])}
    ),
    "KC34": Case(
        {GRADE: answer(2, document="Thông báo số 3/TB ngày 30/12/2025")},
        {GRADE: answer(2, document="Thông báo số 3/TB ngày 08/01/2027")},
    ),
    "KC35": Case(
        {HEALTH: YES},
        {HEALTH: YES},
        evidence=[Evidence(HEALTH, "12/QĐ-SYT", dt.date(2062, 3, 5), "Sở Y tế")],
        good_evidence=[Evidence(HEALTH, "12/QĐ-SYT", dt.date(2027, 3, 5), "Sở Y tế")],
    ),
    "KC40": Case({id_: percent("90") for id_ in SIX}, {id_: percent("90") for id_ in SIX[:5]}),
    "KC41": Case(
        {id_: counted(i + 1, 99) for i, id_ in enumerate(SIX)},
        {id_: counted(i + 1, 98) for i, id_ in enumerate(SIX)},
        before={id_: counted(i + 1, 99) for i, id_ in enumerate(SIX)},
    ),
    "KC42": Case(
        {id_: counted(i + 1, 99) for i, id_ in enumerate(SIX)},
        {id_: counted(i + 1, 98) for i, id_ in enumerate(SIX)},
        beside={id_: counted(i + 1, 99) for i, id_ in enumerate(SIX)},
    ),
    "KC43": Case({TREATED: counted(800, 1000)}, {TREATED: counted(801, 1000)}),
    "KC50": Case({}, {}, problems=["numerator-over-denominator"], good_problems=["denominator-missing"]),
    "KC51": Case({}, {}, problems=["percent-disagrees"], good_problems=["above-100"]),
    "KC52": Case({}, {}, problems=["given-twice-differently"], good_problems=["repeated"]),
}
EVERY = pytest.mark.parametrize("check", SET.cross_checks, ids=lambda check: check.id)


def findings(rules: CriteriaSet, case: Case, values: Values, evidence: Any, problems: Sequence[str]) -> list[Finding]:
    records = [CommuneYear(HERE, "Bình Lư", YEAR, values, evidence)]
    if case.before:
        records.append(CommuneYear(HERE, "Bình Lư", YEAR - 1, case.before))
    if case.beside:
        records.append(CommuneYear(THERE, "Sin Suối Hồ", YEAR, case.beside))
    told = [
        Problem(code, "a.xlsx", "2026", "E9", commune_code=HERE, year=YEAR, measure=WATER, value="9", parameters=WORDS)
        for code in problems
    ]
    return cross_check(evaluate(rules, records, years=[YEAR]), Dataset(records, told))


WORDS = {"denominator": "8", "counted": "8/9", "other_value": "8", "other": "b.xlsx"}


def test_every_check_has_its_case_and_no_case_is_left_of_a_check_that_is_gone() -> None:
    assert list(CASES) == [check.id for check in SET.cross_checks]


@EVERY
def test_a_check_finds_what_it_is_for_and_nothing_hardly_different(filled: CriteriaSet, check: CrossCheck) -> None:
    case = CASES[check.id]
    rules = replace(filled, cross_checks=(check.model_copy(update={"unless": ()}),))
    found = findings(rules, case, case.finds, case.evidence, case.problems)
    assert found
    assert {finding.code for finding in found} <= {HERE, THERE}
    assert findings(rules, case, case.passes, case.good_evidence, case.good_problems) == []


@EVERY
def test_what_a_finding_says_is_complete_in_both_languages(filled: CriteriaSet, check: CrossCheck) -> None:
    case = CASES[check.id]
    rules = replace(filled, cross_checks=(check.model_copy(update={"unless": ()}),))
    finding = findings(rules, case, case.finds, case.evidence, case.problems)[0]
    said = []
    for language in ("vi", "en"):
        use_language(language)
        row = finding_row(rules, finding)
        assert row.title == check.title.in_language(language)
        assert row.message
        assert "{" not in row.message + row.mend
        said.append((row.message, row.mend))
    assert said[0] != said[1]


@settings(max_examples=examples(25))
@given(data=st.data())
def test_no_report_breaks_the_catalogue_and_every_finding_can_be_told(filled: CriteriaSet, data: st.DataObject) -> None:
    case = data.draw(crowds(filled, 4))
    dataset = Dataset(case.records)
    found = cross_check(evaluate(filled, case.records, years=[YEAR]), dataset)
    for finding in found:
        row = finding_row(filled, finding)
        assert row.message
        assert set(row.measures.split(";")) <= set(filled.measures)
    alone = [f for r in case.records if r.year == YEAR for f in cross_check_report(filled, dataset, r)]
    assert alone == found


def test_codes_are_short_stable_and_in_order() -> None:
    codes = [check.id for check in SET.cross_checks]
    assert codes == sorted(codes)
    assert all(code.startswith("KC") and code[2:].isdecimal() and len(code) == 4 for code in codes)


def test_what_a_number_chosen_here_is_said_to_be_no_rule() -> None:
    """A size that no document fixes must not be taken for law."""
    chosen = [c for c in SET.cross_checks if c.all_identical or (c.changed and (c.changed.points or c.changed.percent))]
    assert len(chosen) >= 6
    for check in chosen:
        assert "không phải quy định" in check.why.vi, check.id
        assert "no rule" in check.why.en, check.id


def test_problems_of_reading_that_are_taken_over_are_ones_that_readers_tell() -> None:
    assert {code for check in SET.cross_checks for code in check.reading or ()} <= set(KINDS)


def test_a_figure_that_cannot_be_used_sets_nothing_off(filled: CriteriaSet) -> None:
    values = {id_: Reported(State.INVALID) for id_ in SET.measures}
    records = [CommuneYear(HERE, "Bình Lư", year, values) for year in (YEAR - 1, YEAR)]
    assert cross_check(evaluate(filled, records, years=[YEAR]), Dataset(records)) == []
