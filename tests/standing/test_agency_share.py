"""An agency's share: its own gaps and figures owed, nearest to pass first, nobody else's charged to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.reading import read_dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.rulebook.criteria_set import Combination
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.standing.agencies import agencies
from ntm_rules.standing.agency_share import agency_share, choices_of
from tests.conftest import ILLUSTRATIVE, SAMPLES
from tests.examples import examples
from tests.standing.test_agency_counts import led_by_several
from tests.strategies import GROUPS, YEAR, communes_in, crowds, sets


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    rulebook = open_rulebook(LawAsked("lai-chau-2026-2030", [ILLUSTRATIVE]))
    records = read_dataset([SAMPLES / "lai-chau-2026.csv"], rulebook.questionnaire()).records
    return evaluate(rulebook.for_year(2026), records, years=[2026])


def test_the_communes_that_miss_an_indicator_come_nearest_first(evaluation: Evaluation) -> None:
    share = next(s for s in agency_share(evaluation, "so-nong-nghiep-moi-truong").shares if s.indicator.id == "8.1")
    names = [evaluation.records[short.record].name for short in share.short]
    assert names[:3] == ["Than Uyên", "Phong Thổ", "Mường Kim"], "79,96%, then 79,95%, then 76,58% of 80%"
    distances = [short.distance for short in share.short]
    assert distances == sorted(distances)
    assert len(names) == share.count(Verdict.NOT_MET)


def test_its_measures_are_those_its_own_requirements_ask_for(evaluation: Evaluation) -> None:
    rules = evaluation.rules
    for agency in rules.lead_agencies:
        own = {requirement.measure for requirement in rules.requirements() if requirement.lead == agency}
        assert agency_share(evaluation, agency).measures == own


def test_only_requirements_directly_below_an_any_are_its_choices(evaluation: Evaluation) -> None:
    condition = evaluation.rules.indicator_by_id["3.10"].condition
    assert isinstance(condition, Combination)
    assert choices_of(condition) == dict.fromkeys(("3.10.a", "3.10.b", "3.10.c", "3.10.d"), condition.id)
    assert choices_of(evaluation.rules.indicator_by_id["3.2"].condition) == {}
    nested = Combination("all", (condition, condition.children[0]), "x")
    assert choices_of(nested) == choices_of(condition)
    assert choices_of(Combination("any", (Combination("all", condition.children, "y"),), "x")) == {}


def test_all_gaps_of_the_criteria_are_some_agencys_and_only_its_own(evaluation: Evaluation) -> None:
    charged = set()
    for agency in evaluation.rules.lead_agencies:
        for share in agency_share(evaluation, agency).shares:
            for short in share.short:
                assert {own.requirement.lead for own in short.gaps} == {agency}
                charged |= {(short.record, own.requirement.id) for own in short.gaps}
    expected = {
        (record, held.requirement.id)
        for record in range(len(evaluation.records))
        for held, _gap in evaluation.gaps(record)
    }
    assert charged == expected


def test_of_a_row_that_splits_its_lead_an_agency_has_its_own_alternatives(evaluation: Evaluation) -> None:
    share = next(s for s in agency_share(evaluation, "so-cong-thuong").shares if s.indicator.id == "3.10")
    assert {own.requirement.id for short in share.short for own in short.gaps} == {"3.10.b"}
    assert share.count(Verdict.NOT_MET) == len(share.short) == 22


def test_further_conditions_are_told_apart_and_not_counted_among_indicators(evaluation: Evaluation) -> None:
    share = agency_share(evaluation, "cong-an-tinh")
    assert [(s.indicator.id, s.is_condition) for s in share.shares] == [
        ("10.2", False),
        ("10.3", False),
        ("DK.3", True),
    ]
    assert max(share.applicable(r) for r in range(36)) == 2


def test_a_commune_without_figures_is_not_near(evaluation: Evaluation) -> None:
    share = agency_share(evaluation, "so-y-te")
    left = [share.applicable(r) - share.of_record(r, Verdict.MET) for r in share.nearest_first()]
    assert left == sorted(left)


@settings(max_examples=examples(40))
@given(st.data())
def test_its_counts_are_those_of_the_table_by_agency(data: st.DataObject) -> None:
    rules = led_by_several(data.draw(sets(communes_in([*GROUPS, None] * 3))), data)
    case = data.draw(crowds(rules, 9))
    found = evaluate(case.rules, case.records, years=[YEAR])
    for counted in agencies(found):
        shares = [s for s in agency_share(found, counted.agency).shares if not s.is_condition]
        own = [sum(share.count(verdict) for share in shares) for verdict in LEGEND_ORDER]
        assert own == [counted.met, counted.not_met, counted.no_data, counted.no_target, counted.not_applicable]
        assert (len(shares), sum(s.elsewhere for s in shares)) == (counted.indicators, counted.elsewhere)
