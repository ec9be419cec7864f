"""One condition implies another only where no figure meets the one and misses the other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.rulebook.models import NodeWritten
from ntm_rules.workbench.checks.core.implying import contradict, implies

GROUPS = ("nhom-1", "nhom-2")
NUMBERS = st.integers(0, 6)
VALUES = NUMBERS | st.fixed_dictionaries(dict.fromkeys(GROUPS, NUMBERS))
LEAVES = st.builds(
    lambda measure, key, value: NodeWritten.model_validate({"id": "x", "measure": measure, key: value}),
    st.sampled_from(["one", "two"]),
    st.sampled_from(["at_least", "at_most"]),
    VALUES,
)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda op, parts: NodeWritten.model_validate({"id": "x", op: parts}),
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
FIGURES = st.fixed_dictionaries({"one": NUMBERS, "two": NUMBERS})


def met(node: NodeWritten, figures: dict[str, int], group: str) -> bool:
    if node.all:
        return all(met(part, figures, group) for part in node.all)
    if node.any:
        return any(met(part, figures, group) for part in node.any)
    target = node.at_least if node.at_least is not None else node.at_most
    number = target[group] if isinstance(target, dict) else target
    assert isinstance(number, Decimal)
    figure = figures[node.measure or ""]
    return figure >= number if node.at_least is not None else figure <= number


@given(NODES, NODES, FIGURES, st.sampled_from(GROUPS))
def test_whoever_meets_what_implies_meets_what_is_implied(
    one: NodeWritten, other: NodeWritten, figures: dict[str, int], group: str
) -> None:
    if implies(one, other) and met(one, figures, group):
        assert met(other, figures, group)


@given(NODES)
def test_every_condition_implies_itself(node: NodeWritten) -> None:
    assert implies(node, node)


@given(VALUES, VALUES)
def test_two_ends_contradict_exactly_where_some_group_can_meet_neither(low: object, high: object) -> None:
    floor = NodeWritten.model_validate({"id": "x", "measure": "one", "at_least": low})
    ceiling = NodeWritten.model_validate({"id": "y", "measure": "one", "at_most": high})
    possible = {
        group: any(met(floor, {"one": n}, group) and met(ceiling, {"one": n}, group) for n in range(7))
        for group in GROUPS
    }
    assert contradict(floor, ceiling) == (not all(possible.values()))
