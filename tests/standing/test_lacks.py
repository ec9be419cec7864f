"""Owed is owed: whatever failed beside it; a ruling and a group awaited are no figure that a commune owes."""

from __future__ import annotations

from dataclasses import replace

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import ClassedTarget, CriteriaSet
from ntm_rules.standing.lacks import Lack, body_of, lacks_of
from tests.standing.conftest import AWAITED, NO, YES, judged, share


def owed(evaluation: Evaluation, *lacks: Lack, record: int = 0) -> dict[str, bool]:
    return {found.requirement.id: found.decides for found in lacks_of(evaluation).of(record, *lacks)}


def test_a_figure_below_an_indicator_that_fails_already_is_owed_all_the_same(lai_chau: CriteriaSet) -> None:
    failed = judged(lai_chau, {"household_waste_treated_share": share(60)})
    found = owed(failed)
    assert "8.1.b" not in found
    assert found["8.1.a"] is found["8.1.c"] is False, "8.1 is not met without them"
    assert found["9.2.a"] is True


def test_a_further_condition_that_fails_hides_no_figure_of_the_others(filled: CriteriaSet) -> None:
    conditions = [r.id for c in filled.conditions for r in c.requirements()]
    failing = next(
        r for c in filled.conditions for r in c.requirements() if filled.measures[r.measure].kind == "ruling"
    )
    found = lacks_of(judged(filled, {failing.measure: NO}))
    told = [one.requirement.id for one in found.of(0) if one.condition]
    assert told == [id_ for id_ in conditions if id_ != failing.id]


def test_the_alternative_of_an_or_that_is_met_is_not_owed(filled: CriteriaSet) -> None:
    choice = next(
        id_
        for id_ in filled.alternatives
        if id_ not in filled.parts_of_alternatives
        and filled.measures[filled.requirement_by_id[id_].measure].kind == "attestation"
        and not filled.requirement_by_id[id_].gates
    )
    others = {id_ for id_, of in filled.choice_of.items() if of == filled.choice_of[choice]} - {choice}
    measure = filled.requirement_by_id[choice].measure
    nothing, met = judged(filled, {}), judged(filled, {measure: YES})
    assert others <= set(owed(nothing))
    assert met.verdict(met.row_of["requirement", choice], 0) is Verdict.MET
    assert not others & set(owed(met))


def test_a_ruling_awaited_is_its_bodys_turn_and_a_class_of_its_own(lai_chau: CriteriaSet) -> None:
    ruling = lai_chau.requirement_by_id["5.1"]
    evaluation = judged(lai_chau, {ruling.measure: AWAITED}, {})
    assert list(owed(evaluation, Lack.RULING)) == ["5.1"]
    assert "5.1" not in owed(evaluation, Lack.FIGURE)
    assert "5.1" in owed(evaluation, Lack.FIGURE, record=1)
    assert body_of(lai_chau, ruling) == "so-van-hoa-the-thao-du-lich"
    lacks = lacks_of(evaluation)
    indicator, criterion = evaluation.row_of["indicator", "5.1"], evaluation.row_of["criterion", "5"]
    assert [lacks.kind(indicator, record) for record in (0, 1)] == [Lack.RULING, Lack.FIGURE]
    assert lacks.kind(criterion, 0) is Lack.FIGURE, "figures are owed in criterion 5 too"
    assert lacks.counts(Lack.RULING)[:2].tolist() == [1, 0]


def test_a_group_that_nobody_named_is_no_figure_of_the_commune(filled: CriteriaSet) -> None:
    requirement = next(r for r in filled.requirements() if isinstance(r.target, ClassedTarget))
    first = filled.communes.within()[0]
    rules = replace(filled, communes=filled.communes.replaced({first.code: replace(first, group=None)}))
    assert filled.measures[requirement.measure].kind == "share"
    evaluation = judged(rules, {requirement.measure: share(50)})
    assert requirement.id in owed(evaluation, Lack.GROUP)
    assert requirement.id not in owed(evaluation, Lack.FIGURE)


def test_what_is_needed_and_decides_is_what_stood_in_the_way_before(sample: Evaluation) -> None:
    lacks = lacks_of(sample)
    assert (lacks.needed | ~lacks.deciding).all(), "what decides is needed"
    assert lacks.needed.sum() > lacks.deciding.sum()
    without = sample.verdicts == Verdict.NO_DATA
    assert ((lacks.kinds != Lack.NONE) == without).all()
