"""The nodes of a set in one flat table: requirements first, then every combination after its parts.

A table can thus be filled from top to bottom. Requirements are ordered so that those judged alike
stand together: first those whose target is awaited, then quantities, then answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.verdicts import BY_STANDARD, Reason, Verdict
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    CriteriaSet,
    Criterion,
    Indicator,
    Node,
    Requirement,
)
from ntm_rules.rulebook.standards import Standard


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node: what it is, how its children combine and in which rows they stand."""

    level: str
    """requirement, indicator, criterion or commune; `recognition` for the further conditions together."""
    id: str
    op: str
    """`all`, `any`, `some` or `standard`; empty for a requirement."""
    children: tuple[int, ...]
    node: Node | Indicator | Criterion | None
    needed: int = 0
    """Of `some`: how many children must be met."""
    standard: Standard | None = None
    """Of what is met by a `standard`: which."""


def flatten(rules: CriteriaSet) -> tuple[NodeRow, ...]:
    """Return the table of a set; the last rows are the further conditions (if any) and the commune."""
    requirements = sorted(rules.requirements(), key=lambda requirement: _form(rules, requirement))
    table = [NodeRow("requirement", r.id, "", (), r) for r in requirements]
    builder = _Builder(table, {r.id: i for i, r in enumerate(requirements)})
    criteria = tuple(builder.criterion(c) for c in rules.criteria)
    if rules.conditions:
        parts = tuple(builder.node(condition.condition) for condition in rules.conditions)
        builder.add(NodeRow("recognition", "conditions", "all", parts, None))
    op = "all" if rules.standard is None else BY_STANDARD
    builder.add(NodeRow("commune", rules.id, op, criteria, None, standard=rules.standard))
    return tuple(table)


class Form(IntEnum):
    """How a requirement is judged; requirements stand in the table in this order."""

    AWAITED = 0
    AT_LEAST = 1
    AT_LEAST_BY_CLASS = 2
    AT_MOST = 3
    AT_MOST_BY_CLASS = 4
    ANSWER = 5
    ANSWER_NO = 6
    """A question to which "no" is the answer that meets."""
    ANSWER_BY_CLASS = 7
    """A grade that differs by class."""


def _form(rules: CriteriaSet, requirement: Requirement) -> Form:
    target = requirement.target
    if isinstance(target, AwaitedTarget):
        return Form.AWAITED
    by_class = isinstance(target, ClassedTarget)
    if not rules.measures[requirement.measure].traits.by_size:
        if by_class:
            return Form.ANSWER_BY_CLASS
        return Form.ANSWER if requirement.answer else Form.ANSWER_NO
    if requirement.comparator.is_ceiling:
        return Form.AT_MOST_BY_CLASS if by_class else Form.AT_MOST
    return Form.AT_LEAST_BY_CLASS if by_class else Form.AT_LEAST


def forms(rules: CriteriaSet, table: tuple[NodeRow, ...]) -> dict[Form, slice]:
    """Return the rows of each form, as slices of the table."""
    found = [_form(rules, row.node) for row in table if isinstance(row.node, Requirement)]
    starts = [sum(form < wanted for form in found) for wanted in range(len(Form) + 1)]
    return {form: slice(starts[form], starts[form + 1]) for form in Form}


class _Builder:
    """Appends combinations to a table that already holds the requirements."""

    def __init__(self, table: list[NodeRow], requirements: dict[str, int]) -> None:
        self.table = table
        self.requirements = requirements

    def add(self, row: NodeRow) -> int:
        self.table.append(row)
        return len(self.table) - 1

    def node(self, node: Node) -> int:
        if isinstance(node, Requirement):
            return self.requirements[node.id]
        children = tuple(self.node(child) for child in node.children)
        return self.add(NodeRow("requirement", node.id, node.op, children, node, node.needed))

    def indicator(self, indicator: Indicator) -> int:
        condition = indicator.condition
        if isinstance(condition, Requirement):
            return self.add(NodeRow("indicator", indicator.id, "all", (self.node(condition),), indicator))
        children = tuple(self.node(part) for part in condition.children)
        return self.add(NodeRow("indicator", indicator.id, condition.op, children, indicator, condition.needed))

    def criterion(self, criterion: Criterion) -> int:
        children = tuple(self.indicator(indicator) for indicator in criterion.indicators)
        op = "all" if criterion.standard is None else BY_STANDARD
        return self.add(NodeRow("criterion", criterion.id, op, children, criterion, standard=criterion.standard))


def in_law_order(table: tuple[NodeRow, ...]) -> Iterator[int]:
    """Yield row numbers parents first, each followed by what stands below it: the order of the text."""
    below = {child for row in table for child in row.children}
    stack = [i for i in range(len(table)) if i not in below]
    while stack:
        at = stack.pop()
        yield at
        stack.extend(reversed(table[at].children))


def result_at(
    table: Sequence[NodeRow],
    at: int,
    verdicts: Sequence[Verdict],
    reasons: Sequence[Reason],
    class_of: Callable[[Classing], str | None],
) -> Result:
    """Return the tree of a node of one commune, from what is known by row of the table."""
    row = table[at]
    level = "commune" if row.level == "recognition" else row.level
    if isinstance(row.node, Requirement):
        target = row.node.target
        own = target.value_for(class_of(target.classing) if isinstance(target, ClassedTarget) else None)
        return Result(level, row.id, verdicts[at], reasons[at], (), row.node, own)
    parts = tuple(result_at(table, child, verdicts, reasons, class_of) for child in row.children)
    return Result(level, row.id, verdicts[at], reasons[at], parts, op=row.op, needed=row.needed)
