"""zen-engine (GoRules): one decision per group of communes, whose single expression lists all indicators.

Kind to it: the targets of a group stand in its decision as constants; the answer is one list, which
is about twice as fast as 45 named outputs or a decision table; growth is computed beforehand; a commune
is a dict or JSON bytes made beforehand. What it does not do: missing data, targets awaited, "not
applicable", criteria, the commune.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import zen
from numpy.typing import NDArray

from benchmarks.inputs import Inputs
from benchmarks.peers.conditions import asked, expression, plain_values
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, KnownTarget, Requirement

WORDS = {"all": "and", "any": "or", "not": "not "}
KEY = "met"


class Zen:
    """An engine with a decision per group, and every commune as a request."""

    def __init__(self, inputs: Inputs) -> None:
        rules = inputs.rules
        groups = list(rules.groups)
        content = {group: _decision(_expression(rules, group)) for group in groups}
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
        columns = {name: _python_values(inputs, name) for name in asked(rules)}
        keys = [groups[at] for at in inputs.group.tolist()]
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        self.requests = [{"key": key, "context": row} for key, row in zip(keys, rows, strict=True)]
        self.texts = [(key, json.dumps(row).encode()) for key, row in zip(keys, rows, strict=True)]

    def run_batch(self) -> list[dict[str, Any]]:
        """Evaluate all communes in one call; the engine spreads them over threads."""
        found: list[dict[str, Any]] = self.engine.evaluate_batch(self.requests)
        return found

    def run_each(self) -> list[dict[str, Any]]:
        """Evaluate commune after commune from JSON bytes."""
        evaluate = self.engine.evaluate
        return [evaluate(key, text) for key, text in self.texts]

    def answers(self) -> NDArray[np.bool_]:
        """Return what both ways answer (indicators, communes), having checked that they agree."""
        batch = [result["data"]["result"][KEY] for result in self.run_batch()]
        each = [result["result"][KEY] for result in self.run_each()]
        if batch != each:
            raise AssertionError("zen-engine: evaluate_batch and evaluate differ")
        return np.array(batch, np.bool_).T


def _python_values(inputs: Inputs, measure: str) -> list[Any]:
    values = plain_values(inputs, measure)
    if inputs.rules.measures[measure].traits.choices:
        return [bool(value) for value in values.tolist()]
    return list(values.tolist())


def _expression(rules: CriteriaSet, group: str) -> str:
    def leaf(requirement: Requirement) -> str:
        if rules.measures[requirement.measure].traits.choices:
            return requirement.measure
        assert isinstance(requirement.target, KnownTarget)
        sign = "<=" if requirement.comparator is Comparator.AT_MOST else ">="
        return f"{requirement.measure} {sign} {requirement.target.value_for(group)}"

    return f"[{', '.join(expression(i.condition, leaf, WORDS, lambda name: name) for i in rules.indicators())}]"


def _decision(text: str) -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    expressions = [{"id": "1", "key": KEY, "value": text}]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": place},
            {
                "id": "judge",
                "name": "judge",
                "type": "expressionNode",
                "position": place,
                "content": {"expressions": expressions},
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": place},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "in", "targetId": "judge"},
            {"id": "2", "type": "edge", "sourceId": "judge", "targetId": "out"},
        ],
    }
