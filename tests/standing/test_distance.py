"""What keeps something from being met: only what decides; and how far it is."""

from __future__ import annotations

from fractions import Fraction

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.distance import distance

YES, NO = Reported(State.PRESENT, 1), Reported(State.PRESENT, 0)
PERCENT = 10**7


def share(percent: int) -> Reported:
    return Reported(State.PRESENT, percent * PERCENT, 100 * PERCENT)


def judged(rules: CriteriaSet, **values: Reported) -> Evaluation:
    return evaluate(rules, [CommuneYear("03595", "Than Uyên", 2026, values)])


def owed(evaluation: Evaluation, verdict: Verdict = Verdict.NO_DATA) -> list[str]:
    way = evaluation.in_the_way(verdict)[:, 0]
    return [evaluation.table[row].id for row in evaluation.order if way[row] and not evaluation.table[row].children]


def test_a_missing_figure_below_what_is_decided_without_it_is_not_owed(lai_chau: CriteriaSet) -> None:
    nothing = owed(judged(lai_chau))
    assert {"8.1.a", "8.1.b", "8.1.c"} <= set(nothing)
    assert nothing == [id_ for id_ in lai_chau.requirement_by_id if id_ in set(nothing)], "in the order of the law"
    failed = judged(lai_chau, household_waste_treated_share=share(60))
    assert not {"8.1.a", "8.1.c"} & set(owed(failed))
    assert "8.1.b" in owed(failed, Verdict.NOT_MET)


def test_the_targets_awaited_are_those_that_decide(lai_chau: CriteriaSet) -> None:
    found = owed(judged(lai_chau, multidimensional_poverty_rate=share(9)), Verdict.NO_TARGET)
    assert found == ["6.1"]


def test_the_distance_is_that_of_the_furthest_part_where_all_are_needed(lai_chau: CriteriaSet) -> None:
    values = {"household_waste_treated_share": share(60), "household_waste_landfilled_share": share(55)}
    evaluation = judged(lai_chau, **values)
    at = evaluation.row_of["indicator", "8.1"]
    assert distance(evaluation, at, 0) == Fraction(20, 80)
    assert distance(evaluation, evaluation.row_of["requirement", "8.1.c"], 0) == Fraction(5, 50)
    assert distance(evaluation, evaluation.row_of["indicator", "9.2"], 0) == 0, "not judged, so not far"
