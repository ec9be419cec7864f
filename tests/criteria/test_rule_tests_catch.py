"""The tests beside the rules catch a slip in any rule: each rule is changed in each way that changes what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from ntm_rules.rulebook.criteria_set import (
    Combination,
    Comparator,
    CriteriaSet,
    Indicator,
    KnownTarget,
    Node,
    Requirement,
    walk,
)
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import Case, find, read_cases
from ntm_rules.workbench.testing.runner import run

LOADED = load_set(find_set("lai-chau-2026-2030"))
CASES = read_cases(LOADED, find_files(LOADED.folder, LOADED.header))
RULES = next(case.rules for case in CASES if not case.test.suppose)
OTHER_WAY = {Comparator.AT_LEAST: Comparator.AT_MOST, Comparator.AT_MOST: Comparator.AT_LEAST}
STEP = Decimal("0.0001")

Slip = Callable[[Node], Node]


def shifted(by: Decimal) -> Slip:
    def shift(node: Node) -> Node:
        assert isinstance(node, Requirement)
        target = node.target
        if not isinstance(target, KnownTarget) or target.provenance.overlay:
            return node
        return replace(node, target=replace(target, everywhere=target.everywhere + by))

    return shift


def slips(node: Node) -> Iterator[tuple[str, Slip]]:
    """Yield what can be written wrongly in one node, as (name, change)."""
    if isinstance(node, Combination):
        other = "any" if node.op == "all" else "all"
        yield f"{other} for {node.op}", lambda n: replace(n, op=other)  # type: ignore[call-arg]
        return
    kind = RULES.measures[node.measure].kind
    yield "another lead", lambda n: replace(n, lead="ubnd-cac-xa")  # type: ignore[call-arg]
    if node.comparator in OTHER_WAY and kind != "grade":
        yield "the other way", lambda n: replace(n, comparator=OTHER_WAY[n.comparator])  # type: ignore[call-arg, union-attr]
    if node.gates:
        yield "without if any", lambda n: replace(n, gates=())  # type: ignore[call-arg]
    if isinstance(node.target, KnownTarget) and node.comparator in OTHER_WAY:
        step = Decimal(1) if kind == "grade" else STEP
        yield "a target too high", shifted(step)
        yield "a target too low", shifted(-step)


def changed(node: Node, id_: str, slip: Slip) -> Node:
    if node.id == id_:
        return slip(node)
    if isinstance(node, Combination):
        return replace(node, children=tuple(changed(child, id_, slip) for child in node.children))
    return node


def law_with(rules: CriteriaSet, id_: str, slip: Slip) -> CriteriaSet:
    def all_of(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
        return tuple(replace(i, condition=changed(i.condition, id_, slip)) for i in indicators)

    criteria = tuple(replace(c, indicators=all_of(c.indicators)) for c in rules.criteria)
    return replace(rules, criteria=criteria, conditions=all_of(rules.conditions))


def under(case: Case, id_: str, slip: Slip) -> Case:
    rules = law_with(case.rules, id_, slip)
    tested = find(rules, case.test.of)
    assert tested is not None
    return replace(case, rules=rules, tested=tested)


MUTANTS = [
    (indicator.id, node.id, name, slip)
    for indicator in (*RULES.indicators(), *RULES.conditions)
    for node in walk(indicator.condition)
    for name, slip in slips(node)
]


@pytest.mark.parametrize(
    ("indicator", "node", "slip"),
    [pytest.param(i, n, s, id=f"{n} {name}") for i, n, name, s in MUTANTS],
)
def test_a_slip_in_a_rule_makes_a_test_fail(indicator: str, node: str, slip: Slip) -> None:
    own = [under(case, node, slip) for case in CASES if case.tested.owner.id == indicator]
    assert [o for o in run(own, "reference") if not o.passed]


def test_every_rule_is_changed_and_without_a_change_all_pass() -> None:
    assert len(MUTANTS) >= 140
    assert {node.id for i in (*RULES.indicators(), *RULES.conditions) for node in walk(i.condition)} == {
        node for _indicator, node, _name, _slip in MUTANTS
    }
    assert all(o.passed for o in run([under(case, "", lambda n: n) for case in CASES], "reference"))
