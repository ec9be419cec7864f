"""The nodes of a set in one flat table: parents before children, siblings side by side.

The order is breadth first, so that the children of any node are one slice; evaluators that work on
arrays fill the table from the bottom up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion, Indicator, Node, Requirement

Source = Requirement | Indicator | Criterion | Node | None


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node: where its children stand, how they combine, and what it is."""

    level: str
    """requirement, indicator, criterion or commune; `recognition` for the further conditions together."""
    id: str
    op: str
    """`all` or `any`; empty for a requirement."""
    first: int
    stop: int
    """The children are rows first to stop - 1; none for a requirement."""
    node: Source
    lead: str = ""


def flatten(rules: CriteriaSet) -> tuple[NodeRow, ...]:
    """Return the table: the commune, then (if any) the further conditions together, then all below."""
    roots: list[tuple[str, str, str, Source, list[_Pending]]] = [
        ("commune", rules.id, "all", None, [_criterion(c) for c in rules.criteria])
    ]
    if rules.conditions:
        below = [_node(condition.condition) for condition in rules.conditions]
        roots.append(("recognition", "conditions", "all", None, below))
    waiting = [_Pending(*root) for root in roots]
    table: list[NodeRow] = []
    read = 0
    while read < len(waiting):
        item = waiting[read]
        first = len(waiting)
        waiting += item.below
        table.append(NodeRow(item.level, item.id, item.op, first, len(waiting), item.node, _lead(item.node)))
        read += 1
    return tuple(table)


def in_law_order(table: tuple[NodeRow, ...]) -> Iterator[int]:
    """Yield row numbers parents first, each followed by what stands below it: the order of the text."""
    children_of_none = {child for row in table for child in range(row.first, row.stop)}
    stack = [i for i in range(len(table)) if i not in children_of_none][::-1]
    while stack:
        at = stack.pop()
        yield at
        stack.extend(range(table[at].stop - 1, table[at].first - 1, -1))


@dataclass(slots=True)
class _Pending:
    level: str
    id: str
    op: str
    node: Source
    below: list[_Pending]


def _criterion(criterion: Criterion) -> _Pending:
    return _Pending("criterion", criterion.id, "all", criterion, [_indicator(i) for i in criterion.indicators])


def _indicator(indicator: Indicator) -> _Pending:
    condition = _node(indicator.condition)
    if isinstance(indicator.condition, Requirement):
        return _Pending("indicator", indicator.id, "all", indicator, [condition])
    return _Pending("indicator", indicator.id, condition.op, indicator, condition.below)


def _node(node: Node) -> _Pending:
    if isinstance(node, Requirement):
        return _Pending("requirement", node.id, "", node, [])
    return _Pending("requirement", node.id, node.op, node, [_node(child) for child in node.children])


def _lead(node: Source) -> str:
    return node.lead if isinstance(node, Requirement | Indicator) else ""
