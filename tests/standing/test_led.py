"""What an agency leads, requirement by requirement: who stands where because of it, once and under its agency alone."""

from __future__ import annotations

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.lacks import Lack, lacks_of
from ntm_rules.standing.led import Led, led
from tests.standing.conftest import AWAITED, judged, share


def of_requirements(evaluation: Evaluation) -> dict[str, Led]:
    records = range(len(evaluation.records))
    gaps = {record: [(held.requirement, gap) for held, gap in evaluation.gaps(record)] for record in records}
    found = led(evaluation, lacks_of(evaluation), gaps)
    return {one.requirement.id: one for its in found.values() for one in its}


def test_every_requirement_stands_once_under_the_agency_that_leads_it(filled: CriteriaSet) -> None:
    evaluation = judged(filled, {})
    found = led(evaluation, lacks_of(evaluation), {})
    assert {agency: {one.requirement.lead for one in its} for agency, its in found.items()} == {a: {a} for a in found}
    told = [one.requirement.id for its in found.values() for one in its]
    assert sorted(told) == sorted(r.id for i in filled.every_indicator() for r in i.requirements())


def test_who_misses_it_and_who_owes_it_are_told_apart(lai_chau: CriteriaSet) -> None:
    found = of_requirements(judged(lai_chau, {"household_waste_treated_share": share(60)}))
    assert [record for record, _gap in found["8.1.b"].short] == [0]
    assert [(record, one.lack) for record, one in found["8.1.a"].owing] == [(0, Lack.FIGURE)]
    assert found["8.1.b"].owing == found["8.1.a"].short == found["8.1.b"].concluding == []


def test_a_conclusion_awaited_is_no_figure_owed(filled: CriteriaSet) -> None:
    ruling = next(r for r in filled.requirements() if filled.measures[r.measure].kind == "ruling" and not r.applies_if)
    one = of_requirements(judged(filled, {ruling.measure: AWAITED}))[ruling.id]
    assert [lacking.lack for _record, lacking in one.concluding] == [Lack.RULING]
    assert one.owing == []


def test_who_waits_for_the_law_is_told(lai_chau: CriteriaSet) -> None:
    evaluation = judged(lai_chau, {"multidimensional_poverty_rate": share(5)})
    assert evaluation.verdict(evaluation.row_of["requirement", "6.1"], 0) is Verdict.NO_TARGET
    assert of_requirements(evaluation)["6.1"].awaiting == [0]


def test_of_several_communes_the_nearest_comes_first(lai_chau: CriteriaSet) -> None:
    far, near = ({"household_waste_treated_share": share(n)} for n in (20, 70))
    short = of_requirements(judged(lai_chau, far, near))["8.1.b"].short
    assert [record for record, _gap in short] == [1, 0]
