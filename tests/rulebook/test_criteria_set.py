"""The resolved set answers what evaluators and reports ask of it, in the order of the law."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.rulebook.criteria_set import (
    Combination,
    CriteriaSet,
    KnownTarget,
    Part,
    Provenance,
    Requirement,
    leaves,
    walk,
)
from tests.rulebook.tiny import RULES_1, Tiny
from tests.strategies import by_group

IN_2027 = dt.date(2027, 12, 31)


@pytest.fixture
def rules(tiny: Tiny) -> CriteriaSet:
    return tiny.resolve(as_of=IN_2027)


def test_indicators_stand_in_the_order_of_the_annex_without_the_further_conditions(rules: CriteriaSet) -> None:
    assert [i.id for i in rules.indicators()] == ["1.1", "1.2", "2.1", "2.2", "2.3"]
    assert [i.id for i in rules.conditions] == ["DK.1"]
    assert [i.id for i in rules.every_indicator()] == ["1.1", "1.2", "2.1", "2.2", "2.3", "DK.1"]


def test_requirements_stand_in_the_order_of_the_text_with_the_further_conditions(rules: CriteriaSet) -> None:
    expected = ["1.1.a", "1.1.b", "1.1.c.i", "1.1.c.ii", "1.2", "2.1", "2.2", "2.3", "DK.1"]
    assert [r.id for r in rules.requirements()] == expected
    assert list(rules.requirement_by_id) == expected


def test_every_node_stands_in_the_order_of_the_text_parents_first(rules: CriteriaSet) -> None:
    assert tuple(node.id for node in rules.nodes()) == (
        *("1.1", "1.1.a", "1.1.b", "1.1.c", "1.1.c.i", "1.1.c.ii", "1.2"),
        *("2.1", "2.2", "2.3", "DK.1"),
    )


def test_an_indicator_of_one_condition_is_that_requirement(rules: CriteriaSet) -> None:
    indicator = rules.indicator_by_id["1.2"]
    assert indicator.requirements() == (indicator.condition,)
    assert indicator.requirements()[0].id == "1.2"


def test_indicators_and_conditions_are_found_by_id(rules: CriteriaSet) -> None:
    assert list(rules.indicator_by_id) == ["1.1", "1.2", "2.1", "2.2", "2.3", "DK.1"]
    assert rules.indicator_by_id["2.1"].criterion == "2"
    assert rules.indicator_by_id["DK.1"].criterion == ""


@pytest.mark.parametrize(
    ("id_", "indicator", "kind"),
    [
        ("1.1", "1.1", Combination),
        ("1.1.c", "1.1", Combination),
        ("1.1.c.ii", "1.1", Requirement),
        ("1.2", "1.2", Requirement),
        ("DK.1", "DK.1", Requirement),
    ],
)
def test_an_id_names_an_indicator_a_condition_or_a_part_of_one(
    rules: CriteriaSet, id_: str, indicator: str, kind: type
) -> None:
    found = rules.named(id_)
    assert isinstance(found, Part)
    assert (found.indicator, found.node.id) == (rules.indicator_by_id[indicator], id_)
    assert isinstance(found.node, kind)


def test_an_id_names_a_criterion(rules: CriteriaSet) -> None:
    assert rules.named("2") is rules.criteria[1]


def test_an_indicator_comes_before_a_criterion_of_its_id(rules: CriteriaSet) -> None:
    alone = replace(rules.indicator_by_id["1.2"], id="1", criterion="1")
    named = replace(rules, criteria=(replace(rules.criteria[0], indicators=(alone,)),)).named("1")
    assert named == Part(alone, alone.condition)


def test_every_node_and_criterion_is_named_by_its_id(rules: CriteriaSet) -> None:
    nodes = [found.node if isinstance(found := rules.named(node.id), Part) else found for node in rules.nodes()]
    assert nodes == list(rules.nodes())
    assert [rules.named(criterion.id) for criterion in rules.criteria] == list(rules.criteria)


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("1.1.cc", ["There is no indicator 1.1.cc", "Did you mean “1.1.c”?"]),
        ("dk.1", ["There is no indicator dk.1", "Did you mean “DK.1”?"]),
        ("xyz", ["There is no indicator xyz"]),
    ],
)
def test_an_id_that_names_nothing_is_told_with_the_nearest(rules: CriteriaSet, id_: str, said: list[str]) -> None:
    with pytest.raises(NtmError) as refused:
        rules.named(id_)
    assert [message.render("en") for message in refused.value.messages] == said


def test_measures_are_asked_in_the_order_of_the_rules_each_once_existence_first(rules: CriteriaSet) -> None:
    assert rules.reported_measures == (
        *("plan_approved", "roads_share", "landfill_exists", "landfill_share", "safe"),
        *("clinics", "party_grade", "income", "debt"),
    )


def test_alternatives_say_how_many_there_are(rules: CriteriaSet) -> None:
    assert rules.alternatives == {"1.1.c.i": (1, 2), "1.1.c.ii": (1, 2)}


def test_a_single_alternative_is_none(tiny: Tiny) -> None:
    tiny.change(
        RULES_1,
        "        - id: 1.1.c.ii\n          ruling: safe\n          standard: {pending: {decision: awaited}}\n",
        "",
    )
    assert tiny.resolve().alternatives == {}


def test_an_indicator_has_the_leads_of_its_requirements(rules: CriteriaSet) -> None:
    assert rules.indicator_by_id["1.1"].leads() == ("so-a", "so-b")
    assert rules.indicator_by_id["2.1"].leads() == ("so-a",)


def test_lead_agencies_stand_in_the_order_of_their_file(tiny: Tiny) -> None:
    tiny.change(RULES_1, "lead: so-a", "lead: so-b")
    assert tiny.resolve().lead_agencies == ("so-a", "so-b")


def test_a_node_is_walked_parents_first_and_its_leaves_in_order(rules: CriteriaSet) -> None:
    condition = rules.indicator_by_id["1.1"].condition
    assert isinstance(condition, Combination)
    assert [node.id for node in walk(condition)] == ["1.1", "1.1.a", "1.1.b", "1.1.c", "1.1.c.i", "1.1.c.ii"]
    assert [leaf.id for leaf in leaves(condition)] == ["1.1.a", "1.1.b", "1.1.c.i", "1.1.c.ii"]


SOURCE = Provenance(document="plan")


@pytest.mark.parametrize("group", ["nhom-1", "nhom-9", None])
def test_a_target_for_everyone_needs_no_group(group: str | None) -> None:
    target = KnownTarget(SOURCE, everywhere=Decimal(0))
    assert (target.value_for(group), target.values()) == (Decimal(0), (Decimal(0),))


def test_a_target_by_group_is_unknown_where_the_group_is() -> None:
    target = by_group(nhom_1=Decimal(9), nhom_2=Decimal(8))
    assert [target.value_for(g) for g in ("nhom-1", "nhom-2", "nhom-9", None)] == [9, 8, None, None]
    assert target.values() == (9, 8)
