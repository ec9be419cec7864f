"""Indicators as true-or-false conditions: all that a peer without our five verdicts can compute.

A peer gets 0 or "no" where a figure is absent; its answers are compared with ours only where every
figure of the indicator is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from benchmarks.inputs import Inputs
from ntm_rules.dataset.records import State
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import CriteriaSet, Node, Requirement

Leaf = Callable[[Requirement], str]
"""Writes a requirement as an expression of the peer's language."""


def expression(node: Node, leaf: Leaf, words: Mapping[str, str], exists: Callable[[str], str], op: str = "all") -> str:
    """Write a condition in a peer's language; `words` holds its "all", "any" and "not"."""
    if isinstance(node, Requirement):
        if not node.gates:
            return f"({leaf(node)})"
        if op == "any":
            return f"({exists(node.gates[0].measure)} {words['all']} ({leaf(node)}))"
        return f"(({words['not']}{exists(node.gates[0].measure)}) {words['any']} ({leaf(node)}))"
    parts = [expression(child, leaf, words, exists, node.op) for child in node.children]
    return f"({f' {words[node.op]} '.join(parts)})"


def asked(rules: CriteriaSet) -> list[str]:
    """Return the measures that the indicators read, conditions of recognition left out."""
    found: dict[str, None] = {}
    for indicator in rules.indicators():
        for requirement in indicator.requirements():
            found |= {requirement.measure: None} | dict.fromkeys(requirement.asked)
    return list(found)


def plain_values(inputs: Inputs, measure: str) -> NDArray[np.float64] | NDArray[np.int64]:
    """Return a measure as ordinary numbers: quantities in their unit (shares and growth in percent), answers 0, 1 …"""
    figure = inputs.figures[measure]
    units = np.where(figure.state == State.PRESENT, figure.units(), 0)
    return units / VALUE_SCALE if inputs.rules.measures[measure].traits.quantity else units


def compare(answers: NDArray[np.bool_], verdicts: NDArray[np.uint8], compiled: Compiled) -> int:
    """Hold a peer's answers (indicators, communes) against our verdicts; return how many were compared.

    Raises:
        AssertionError: one differs.
    """
    row_of = {(row.level, row.id): i for i, row in enumerate(compiled.table)}
    compared = 0
    for i, indicator in enumerate(compiled.rules.indicators()):
        parts = verdicts[[row_of["requirement", r.id] for r in indicator.requirements()]]
        full = ((parts == Verdict.MET) | (parts == Verdict.NOT_MET)).all(axis=0)
        ours = verdicts[row_of["indicator", indicator.id]] == Verdict.MET
        different = int((answers[i] != ours)[full].sum())
        if different:
            raise AssertionError(f"{indicator.id}: {different} of {int(full.sum())} answers differ from ours")
        compared += int(full.sum())
    return compared
