"""A plain Python loop over dicts and lists that computes all five verdicts of every node, as anyone would write it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.inputs import Inputs
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.verdicts import PRECEDENCE, Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, KnownTarget, Requirement

MET, NOT_MET = int(Verdict.MET), int(Verdict.NOT_MET)
NO_DATA, NO_TARGET, NOT_APPLICABLE = int(Verdict.NO_DATA), int(Verdict.NO_TARGET), int(Verdict.NOT_APPLICABLE)
ORDER = {op: [int(verdict) for verdict in order] for op, order in PRECEDENCE.items()}


class Leaf(NamedTuple):
    """A requirement: the bars by group (or one under "*"), none while the target is awaited."""

    measure: str
    at_most: bool
    bars: dict[str, int]
    applies_if: str | None


class Whole(NamedTuple):
    """A combination of earlier nodes."""

    op: str
    children: list[int]


class PlainLoop:
    """Every commune a dict of measure -> exact integer, None where absent."""

    def __init__(self, inputs: Inputs, compiled: Compiled) -> None:
        self.nodes = [
            _leaf(row.node, compiled) if isinstance(row.node, Requirement) else Whole(row.op, list(row.children))
            for row in compiled.table
        ]
        figures = inputs.figures
        columns = {
            name: [
                value if state == State.PRESENT else None
                for value, state in zip(figure.units().tolist(), figure.state.tolist(), strict=True)
            ]
            for name, figure in figures.items()
        }
        rows = zip(*columns.values(), strict=True)
        self.communes = list(
            zip([dict(zip(columns, row, strict=True)) for row in rows], inputs.group_ids(), strict=True)
        )

    def run(self) -> list[list[int]]:
        """Return the verdicts of all nodes, commune by commune."""
        return [self.judge(figures, group) for figures, group in self.communes]

    def judge(self, figures: dict[str, int | None], group: str | None) -> list[int]:
        """Return one commune's verdicts."""
        verdicts: list[int] = []
        for node in self.nodes:
            if isinstance(node, Leaf):
                verdicts.append(judge_leaf(node, figures, group))
                continue
            found = {verdicts[child] for child in node.children}
            for verdict in ORDER[node.op]:
                if verdict in found:
                    verdicts.append(verdict)
                    break
        return verdicts

    def verdicts(self) -> NDArray[np.uint8]:
        """Return the verdicts in our shape: (nodes, communes)."""
        return np.array(self.run(), np.uint8).T


def judge_leaf(leaf: Leaf, figures: dict[str, int | None], group: str | None) -> int:
    """Return the verdict of one requirement."""
    if leaf.applies_if is not None:
        exists = figures[leaf.applies_if]
        if exists is None:
            return NO_DATA
        if not exists:
            return NOT_APPLICABLE
    value = figures[leaf.measure]
    if value is None:
        return NO_DATA
    bars = leaf.bars
    if not bars:
        return NO_TARGET
    if "*" in bars:
        bar = bars["*"]
    elif group is None:
        return NO_DATA
    else:
        bar = bars[group]
    reached = value <= bar if leaf.at_most else value >= bar
    return MET if reached else NOT_MET


def _leaf(requirement: Requirement, compiled: Compiled) -> Leaf:
    target = requirement.target
    scale = VALUE_SCALE if compiled.rules.measures[requirement.measure].traits.quantity else 1
    bars: dict[str, int] = {}
    gate = requirement.gates[0].measure if requirement.gates else None
    if not isinstance(target, AwaitedTarget):
        values = {"*": target.everywhere} if isinstance(target, KnownTarget) else target.by_group
        bars = {group: int(value * scale) for group, value in values.items()}
    return Leaf(requirement.measure, requirement.comparator is Comparator.AT_MOST, bars, gate)
