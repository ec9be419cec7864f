"""What the law lets be judged whole, and the most a commune can meet: by what each rule can come to, not by reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    CriteriaSet,
    KnownTarget,
    Node,
    Provenance,
    Requirement,
)
from ntm_rules.rulebook.loader import load_set
from ntm_rules.rulebook.models import Range
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.standing.ceiling import Reach, ceiling_of, group_ceiling, judgeable, reach
from ntm_rules.standing.one_commune import counted_in
from ntm_rules.wording.standing import headline
from tests.examples import examples
from tests.standing.conftest import NO, YES, judged
from tests.strategies import YEAR, Case, by_group, cases
from tests.turns.conftest import TURNS

PENDING = AwaitedTarget("awaited")


def parts(op: str, *nodes: Node) -> Combination:
    return Combination(op, nodes, "x")


@pytest.fixture(scope="module")
def known(lai_chau: CriteriaSet) -> Requirement:
    return lai_chau.requirement_by_id["8.1.b"]


@pytest.fixture(scope="module")
def pending(known: Requirement) -> Requirement:
    return replace(known, target=PENDING)


@pytest.fixture(scope="module")
def if_any(lai_chau: CriteriaSet) -> Requirement:
    return lai_chau.requirement_by_id["8.1.a"]


def test_all_waits_with_any_part_and_an_alternative_can_be_met_beside_one_that_waits(
    lai_chau: CriteriaSet, known: Requirement, pending: Requirement
) -> None:
    for node, expected in (
        (known, Reach(whole=True, attainable=True)),
        (pending, Reach(whole=False, attainable=False)),
        (parts("all", known, pending), Reach(whole=False, attainable=False)),
        (parts("any", known, pending), Reach(whole=False, attainable=True)),
        (parts("any", parts("all", known, pending), pending), Reach(whole=False, attainable=False)),
    ):
        assert reach(lai_chau, [node], None) == expected


def test_what_may_not_apply_need_not_wait_and_an_answer_settles_which(
    lai_chau: CriteriaSet, known: Requirement, if_any: Requirement
) -> None:
    waiting = replace(if_any, target=PENDING)
    question = if_any.gates[0].measure
    assert reach(lai_chau, [parts("all", known, waiting)], None) == Reach(whole=False, attainable=True)
    assert reach(lai_chau, [parts("all", known, waiting)], None, {question: False}) == Reach(True, True)
    assert reach(lai_chau, [parts("all", known, waiting)], None, {question: True}) == Reach(False, False)


def test_one_question_is_answered_alike_in_all_parts(lai_chau: CriteriaSet, if_any: Requirement) -> None:
    """One of two alternatives cannot apply where the other does not: both hang on one question."""
    waiting = replace(if_any, target=PENDING)
    both = parts("all", replace(if_any, id="x"), parts("any", if_any, waiting))
    assert reach(lai_chau, [both], None) == Reach(whole=False, attainable=True)
    assert reach(lai_chau, [parts("all", waiting, replace(waiting, id="y"))], None).attainable


def test_a_target_by_group_cannot_be_judged_where_the_group_is_not_known(
    lai_chau: CriteriaSet, known: Requirement
) -> None:
    grouped = by_group(nhom_1=Decimal(90), nhom_2=Decimal(80))
    node = replace(known, target=grouped)
    assert reach(lai_chau, [node], "nhom-1") == Reach(True, True)
    assert reach(lai_chau, [node], None) == Reach(False, False)


def test_a_target_beyond_what_can_be_reported_cannot_be_met(lai_chau: CriteriaSet, known: Requirement) -> None:
    beyond = replace(known, target=KnownTarget(Provenance("x"), everywhere=Decimal(101)))
    assert reach(lai_chau, [beyond], None) == Reach(whole=True, attainable=False)


def test_the_law_of_today_lets_few_criteria_be_judged_and_no_commune_pass_them(sample: Evaluation) -> None:
    ceiling = ceiling_of(sample)
    waiting = [
        criterion.id
        for criterion in sample.rules.criteria
        if any(isinstance(r.target, AwaitedTarget) for i in criterion.indicators for r in i.requirements())
    ]
    least, most = ceiling.whole
    assert (least, most) == ceiling.highest == (10 - len(waiting),) * 2
    assert ceiling.alike
    assert not ceiling.complete
    assert ceiling.total == 10
    for group in ceiling.groups:
        assert list(group.waiting) == waiting
        assert group.attainable == group.whole
        assert not group.conditions_whole
    met = [sample.tally(sample.level("criterion"), [record]).met for record in range(len(sample.records))]
    assert max(met) <= most
    assert ceiling.reached == sum(n == most for n in met) > 0
    assert ceiling.reported == 36
    assert sum(group.communes for group in ceiling.groups) == 36


def test_with_every_target_fixed_all_can_be_judged(illustrated: Evaluation, filled: CriteriaSet) -> None:
    ceiling = ceiling_of(illustrated)
    assert ceiling.whole == ceiling.highest == (10, 10)
    assert ceiling.complete
    assert [(group.group, group.communes) for group in ceiling.groups] == [("nhom-1", 2), ("nhom-2", 2), ("nhom-3", 32)]
    unknown = group_ceiling(filled, None)
    assert not unknown.conditions_whole or len(unknown.whole) < 10, "targets by group need the group"
    assert {one.group for one in ceiling.by_group()} == {"nhom-1", "nhom-2", "nhom-3"}


def test_what_a_commune_can_have_judged_follows_its_answers_and_what_it_has_met(filled: CriteriaSet) -> None:
    conditional = next(r for r in filled.requirements() if r.gates)
    pending = {r.id for r in filled.requirements() if r.gates == conditional.gates}
    rules = replace(
        filled,
        criteria=tuple(
            replace(c, indicators=tuple(replace(i, condition=_waiting(i.condition, pending)) for i in c.indicators))
            for c in filled.criteria
        ),
    )
    question = conditional.gates[0].measure
    evaluation = judged(rules, {question: NO}, {question: YES}, {})
    level = evaluation.level("indicator")
    at = next(
        i
        for i, row in enumerate(level)
        if conditional in filled.indicator_by_id[evaluation.table[row].id].requirements()
    )
    assert judgeable(evaluation, "indicator").whole[at].tolist() == [True, False, False]


def _waiting(node: Node, ids: set[str]) -> Node:
    if isinstance(node, Requirement):
        return replace(node, target=PENDING) if node.id in ids else node
    return replace(node, children=tuple(_waiting(child, ids) for child in node.children))


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_what_can_be_judged_of_all_communes_is_what_can_be_of_each(case: Case) -> None:
    """Whatever shuts a commune out of a rule: an answer, an exception, a number of something."""
    evaluation = evaluate(case.rules, case.records, years=[YEAR])
    for level in ("indicator", "criterion"):
        found = judgeable(evaluation, level)
        applies = evaluation.verdicts[evaluation.level(level)] != Verdict.NOT_APPLICABLE
        for record in range(len(evaluation.records)):
            one = counted_in(case.rules, evaluation.facts(record), evaluation.result(record), level)
            among = [int((part & applies)[:, record].sum()) for part in (found.whole, found.attainable)]
            assert among == [one.judgeable, one.attainable]


@pytest.fixture(scope="module")
def turns() -> CriteriaSet:
    return resolve(load_set(TURNS), as_of=dt.date(2026, 12, 31))


def test_communes_that_targets_tell_apart_stand_apart_and_none_waits_for_what_another_class_awaits(
    turns: CriteriaSet,
) -> None:
    """A border commune with every target fixed is not held down by the target that communes in difficulty await."""
    (first, *_), roads = turns.criteria, turns.requirement_by_id["1.6.a"]
    indicator = replace(turns.indicator_by_id["1.6"], condition=roads)
    rules = replace(turns, criteria=(replace(first, indicators=(indicator,), standard=None),), conditions=())
    ceiling = ceiling_of(evaluate(rules, []))
    assert [(one.classes["khu-vuc"], one.whole, one.attainable) for one in ceiling.groups] == [
        ("bien-gioi", ("1",), ("1",)),
        (None, ("1",), ("1",)),
        ("kho-khan", (), ()),
    ]
    assert (ceiling.whole, ceiling.highest) == ((0, 1), (0, 1))
    first_line, *groups = headline(rules, ceiling)
    assert first_line.startswith("0-1/1")
    assert [line.split(":")[1].split()[0] for line in groups] == ["1/1", "1/1", "0/1"]


def test_a_change_may_fall_below_the_least_that_the_figure_itself_can_be(turns: CriteriaSet) -> None:
    fall = turns.requirement_by_id["2.2.b"]
    measure = turns.measures[fall.measure].model_copy(update={"range": Range(min=Decimal(0), max=Decimal(100))})
    rules = replace(turns, measures={**turns.measures, fall.measure: measure})
    assert reach(rules, [fall], None).attainable
