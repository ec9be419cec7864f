"""Where a set has a standard of its own, what it does not need is left out of the work, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.standards import standard_verdict
from ntm_rules.evaluation.verdicts import Verdict, combine
from ntm_rules.exact import value_units
from ntm_rules.plan.effort import SCALE, efforts_of
from ntm_rules.plan.needed import Cost, counts_points, every_part, needed_indicators
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Criterion, KnownTarget
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from tests.examples import examples
from tests.plan.test_effort import MODEL
from tests.strategies import PROVENANCE, SOURCE, YEAR, Case, cases, criteria_set, indicator, measure, requirement


def costs(evaluation: Evaluation) -> dict[int, Cost]:
    """Every indicator takes its place in the law, none is blocked but what waits."""
    size = len(evaluation.records)
    return {
        row: Cost(
            np.full(size, at),
            np.isin(evaluation.verdicts[row], (Verdict.NO_DATA, Verdict.NO_TARGET)),
        )
        for at, row in enumerate(evaluation.level("indicator"), start=1)
    }


@settings(max_examples=examples(150))
@given(cases())
def test_once_what_is_needed_is_met_the_commune_meets_the_standard(case: Case) -> None:
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    found = needed_indicators(evaluation, costs(evaluation))
    rules = case.rules
    for record in range(len(evaluation.records)):
        needed = {evaluation.table[row].id for row, here in found.indicators.items() if here[record]}
        then = {
            evaluation.table[row].id: Verdict.MET
            if evaluation.table[row].id in needed
            else evaluation.verdict(row, record)
            for row in found.indicators
        }
        already = {
            evaluation.table[row].id for row in found.indicators if evaluation.verdict(row, record) <= Verdict.MET
        }
        assert not needed & already, "what is met, or does not apply, is no work"
        if found.too_few[record]:
            continue
        assert whole(rules, then) in (Verdict.MET, Verdict.NOT_APPLICABLE)
        if rules.standard is None and not any(criterion.standard for criterion in rules.criteria):
            assert needed == set(then) - already


def whole(rules: CriteriaSet, indicators: dict[str, Verdict]) -> Verdict:
    criteria = {}
    for criterion in rules.criteria:
        own = [indicators[one.id] for one in criterion.indicators]
        criteria[criterion.id] = (
            combine("all", own)
            if criterion.standard is None
            else standard_verdict(criterion.standard, lambda named: indicators[named.id])
        )
    if rules.standard is None:
        return combine("all", criteria.values())
    known = {"criterion": criteria, "indicator": indicators}
    return standard_verdict(rules.standard, lambda named: known[named.level][named.id])


AMOUNT = measure("a", "amount")
CRITERIA = [Named("criterion", str(at)) for at in range(1, 5)]


def of(id_: str, target: int) -> Criterion:
    """A criterion of one indicator, for which the one figure is to reach a target."""
    condition = requirement(f"{id_}.1", "a", Comparator.AT_LEAST, KnownTarget(PROVENANCE, everywhere=Decimal(target)))
    row = replace(indicator(f"{id_}.1", condition), points=Decimal(25))
    return Criterion(id=id_, title=id_, title_en=id_, source=SOURCE, indicators=(row,))


def judged(standard: Standard | None) -> Evaluation:
    """A figure of 10 against targets of 10, 40, 20 and 1000: met, and short by three quarters, a half and nearly all."""
    criteria = tuple(of(str(at), target) for at, target in enumerate((10, 40, 20, 1000), start=1))
    rules = replace(criteria_set(criteria, {"a": AMOUNT}), standard=standard)
    return evaluate(rules, [CommuneYear("1", "1", YEAR, {"a": Reported(State.PRESENT, value_units(Decimal(10)))})])


def so_many(needed: int, *names: Named, percent: bool = False) -> Standard:
    return Standard(WEIGHED, names, "criteria", Decimal(needed), percent)


@pytest.mark.parametrize(
    ("standard", "work"),
    [
        (None, ["2.1", "3.1", "4.1"]),
        (so_many(2, *CRITERIA), ["3.1"]),
        (so_many(3, *CRITERIA), ["2.1", "3.1"]),
        (so_many(75, *CRITERIA, percent=True), ["2.1", "3.1"]),
        (so_many(1, *CRITERIA), []),
        (Standard("all", (so_many(2, *CRITERIA), Standard("all", (CRITERIA[3],), "criteria"))), ["4.1"]),
        (Standard("any", (so_many(4, *CRITERIA), Standard("all", (CRITERIA[1],), "criteria"))), ["2.1"]),
    ],
)
def test_of_so_many_criteria_those_of_the_least_work_are_planned_for(
    standard: Standard | None, work: list[str]
) -> None:
    found = efforts_of(judged(standard), MODEL)
    assert [requirement.id for requirement, _effort in found.work_in(0)] == work
    each = {"2.1": 1.5, "3.1": 1, "4.1": 1.98}
    assert int(found.total[0]) == sum(int(each[id_] * SCALE) for id_ in work)
    assert not found.too_few.any()


def test_more_than_there_is_cannot_be_planned_for() -> None:
    assert efforts_of(judged(so_many(5, *CRITERIA)), MODEL).too_few.all()


def test_where_points_are_counted_every_part_is_planned_for_and_that_is_told() -> None:
    points = Standard(
        WEIGHED, tuple(Named("indicator", f"{at}.1", Decimal(25)) for at in range(1, 5)), "points", Decimal(50)
    )
    evaluation = judged(points)
    assert len(efforts_of(evaluation, MODEL).work_in(0)) == 3
    assert counts_points(points)
    assert every_part(evaluation.rules)
    assert not every_part(judged(so_many(2, *CRITERIA)).rules)
