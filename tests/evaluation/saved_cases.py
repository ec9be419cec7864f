"""Cases kept as JSON: a set described compactly, what communes reported, and the verdict of every node.

    {
      "about": "why it is kept",
      "as_of": "2026-12-31",
      "groups": ["nhom-1", "nhom-2"],
      "communes": {"00001": "nhom-1", "00002": null},
      "measures": {"roads": "share", "exists": "attestation"},
      "criteria": {"1": {"1.1": {"id": "1.1.x", "all": [LEAF, LEAF]}, "1.2": LEAF}},
      "conditions": {"DK.1": LEAF},
      "records": [{"commune": "00001", "year": 2026, "values": {"roads": ["PRESENT", 4, 5, "counted"]},
                   "hamlets": {"Bản A": {"halls": ["PRESENT", 1]}}}],
      "expected": {"00001/2026": {"indicator 1.1": "MET every_part_met"}}
    }

    LEAF = {"id": "1.1.a", "measure": "roads", "at_least": TARGET, "applies_if": "exists"}
    TARGET = "80" | {"nhom-1": "80", "nhom-2": "75"} | {"awaited": "target_pending"}

`at_most` and `is` stand in the place of `at_least`. A value is its state, then `value`, `base` and
"counted" as far as they are given (`ntm_rules.dataset.records.Reported`). A leaf that counts hamlets has `each_hamlet`, a
leaf or combination of `hamlet_measures`, and `hamlets`, the measure that says how many there are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.engines import evaluate_with
from ntm_rules.evaluation.verdicts import OPERATORS
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Criterion,
    Gate,
    Hamlets,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Requirement,
    Target,
)
from ntm_rules.rulebook.describe import described_standard, standard_described
from ntm_rules.rulebook.models import Group
from ntm_rules.rulebook.register import Commune
from ntm_rules.rulebook.taken import AS_ITS_KIND, Over, Quantity, Taken
from tests.strategies import CLASSINGS, PROVENANCE, SOURCE, Case, criteria_set, indicator, measure, requirement, text

FOLDER = Path(__file__).with_name("cases")

Verdicts = dict[str, dict[str, str]]
"""Commune and year -> node -> verdict and reason."""


def verdicts_of(evaluation: Evaluation) -> Verdicts:
    """Every verdict and reason of an evaluation, as a saved case holds them."""
    return {
        f"{record.code}/{record.year}": {
            f"{row.level} {row.id}": f"{evaluation.verdict(i, at).name} {evaluation.reason(i, at).value}"
            for i, row in enumerate(evaluation.table)
        }
        for at, record in enumerate(evaluation.records)
    }


# --- writing -----------------------------------------------------------------------------------------


def write_case(case: Case, about: str, path: Path) -> Path:
    """Save a case with the verdicts that the reference gives; a person then checks them by hand."""
    rules = case.rules
    reporting = {record.code for record in case.records}
    written = {
        "about": about,
        "as_of": rules.as_of.isoformat(),
        "groups": list(rules.groups),
        "communes": {commune.code: commune.group for commune in rules.communes.within() if commune.code in reporting},
        "classes": {c.code: dict(c.classes) for c in rules.communes.within() if c.code in reporting and c.classes},
        "provinces": {c.code: c.province for c in rules.communes.within() if c.code in reporting and c.province},
        "measures": {spec.id: spec.kind for spec in rules.measures.values() if spec.id in rules.reported_measures},
        "may_be_nothing": [
            spec.id
            for spec in rules.measures.values()
            if spec.id in rules.reported_measures and spec.zero_denominator == "not_applicable"
        ],
        **_written_hamlets(rules),
        "criteria": {c.id: {i.id: _written_node(i.condition) for i in c.indicators} for c in rules.criteria},
        "conditions": {i.id: _written_node(i.condition) for i in rules.conditions},
        **_written_standards(rules),
        "records": [
            {
                "commune": record.code,
                "year": record.year,
                "values": {
                    id_: _written_value(value) for id_, value in record.values.items() if id_ in rules.reported_measures
                },
                **_hamlets_of(rules, record),
            }
            for record in case.records
        ],
        "expected": verdicts_of(evaluate_with("reference", rules, case.records)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _written_hamlets(rules: CriteriaSet) -> dict[str, Any]:
    kinds = {id_: rules.measures[id_].kind for id_ in rules.hamlet_measures}
    return {"hamlet_measures": kinds} if kinds else {}


def _hamlets_of(rules: CriteriaSet, record: CommuneYear) -> dict[str, Any]:
    found = {
        name: {id_: _written_value(value) for id_, value in one.values.items() if id_ in rules.hamlet_measures}
        for name, one in record.hamlets.items()
    }
    return {"hamlets": found} if found else {}


def _written_standards(rules: CriteriaSet) -> dict[str, Any]:
    standards = {criterion.id: criterion.standard for criterion in rules.criteria} | {"": rules.standard}
    written = {id_: described_standard(standard) for id_, standard in standards.items() if standard is not None}
    return {"standards": written} if written else {}


def _written_node(node: Node) -> dict[str, Any]:
    if isinstance(node, Combination):
        needed = {"needed": node.needed} if node.needed else {}
        return {"id": node.id, **needed, node.op: [_written_node(child) for child in node.children]}
    leaf: dict[str, Any] = {"id": node.id, "measure": node.measure, node.comparator.value: _written_target(node.target)}
    return {
        **leaf,
        **({"gates": [[g.measure, g.comparator.value, str(g.bar)] for g in node.gates]} if node.gates else {}),
        **({} if node.answer else {"answer": 0}),
        **({"each_hamlet": _written_node(node.hamlets.each), "hamlets": node.hamlets.number} if node.hamlets else {}),
        **({"taken": dataclasses.asdict(node.taken)} if node.taken != AS_ITS_KIND else {}),
    }


def _written_target(target: Target | Cell) -> Any:
    if isinstance(target, AwaitedTarget):
        return {"awaited": target.reason}
    if isinstance(target, KnownTarget):
        return str(target.everywhere)
    if isinstance(target, NotAsked):
        return {"exempt": True}
    cells = target.cells.values()
    if target.classing.is_group and target.rest is None and all(isinstance(cell, KnownTarget) for cell in cells):
        return {group: str(value) for group, value in target.by_group.items()}  # wherever each is taken from
    own = {class_: _written_target(cell) for class_, cell in target.cells.items()}
    return {"by": target.classing.by, "cells": own, "rest": target.rest and _written_target(target.rest)}


def _written_value(value: Reported) -> list[object]:
    parts: list[object] = [value.state.name]
    if value.state is State.PRESENT:
        parts.append(value.value)
    if value.base:
        parts.append(value.base)
    return [*parts, "counted"] if value.counted else parts


# --- reading -----------------------------------------------------------------------------------------


def read_case(path: Path) -> tuple[Case, Verdicts]:
    """Return a saved case and the verdicts it is to have."""
    written = json.loads(path.read_text(encoding="utf-8"))
    kinds = written["measures"]
    communes = tuple(
        Commune(
            code,
            code,
            "xa",
            dt.date(2025, 7, 1),
            group=group,
            group_source="test" if group else "",
            classes=tuple(written.get("classes", {}).get(code, {}).items()),
            province=written.get("provinces", {}).get(code, ""),
        )
        for code, group in written["communes"].items()
    )
    built = criteria_set(
        tuple(
            Criterion(id=id_, title=id_, title_en=id_, source=SOURCE, indicators=_indicators(rows))
            for id_, rows in written["criteria"].items()
        ),
        {
            id_: measure(id_, kind, not_applicable_at_zero=id_ in written.get("may_be_nothing", ()))
            for id_, kind in kinds.items()
        }
        | {id_: measure(id_, kind, per="hamlet") for id_, kind in written.get("hamlet_measures", {}).items()},
        conditions=_indicators(written["conditions"]),
        communes=communes,
    )
    standards = {id_: standard_described(said) for id_, said in written.get("standards", {}).items()}
    judged = tuple(dataclasses.replace(one, standard=standards.get(one.id)) for one in built.criteria)
    rules: CriteriaSet = dataclasses.replace(
        built,
        as_of=dt.date.fromisoformat(written["as_of"]),
        criteria=judged,
        standard=standards.get(""),
        groups={group: Group(id=group, title=text(group)) for group in written["groups"]},
    )
    records = tuple(
        CommuneYear(
            record["commune"],
            record["commune"],
            record["year"],
            {id_: _value(parts) for id_, parts in record["values"].items()},
            hamlets={name: _hamlet(record, name, said) for name, said in record.get("hamlets", {}).items()},
        )
        for record in written["records"]
    )
    return Case(rules, records), written["expected"]


def _hamlet(record: dict[str, Any], name: str, said: dict[str, Any]) -> CommuneYear:
    values = {id_: _value(parts) for id_, parts in said.items()}
    return CommuneYear(record["commune"], name, record["year"], values)


def _indicators(rows: dict[str, Any]) -> tuple[Indicator, ...]:
    return tuple(indicator(id_, _node(condition)) for id_, condition in rows.items())


def _node(written: dict[str, Any]) -> Node:
    for op in OPERATORS:
        if op in written:
            children = tuple(_node(child) for child in written[op])
            return Combination(op=op, children=children, id=written["id"], needed=written.get("needed", 0))
    comparator = next(one for one in Comparator if one.value in written)
    leaf: Requirement = requirement(
        written["id"],
        written["measure"],
        comparator,
        _target(written[comparator.value]),
        gates=_gates(written),
        answer=written.get("answer", 1),
        hamlets=Hamlets(_node(written["each_hamlet"]), written["hamlets"]) if "each_hamlet" in written else None,
        taken=_taken(written["taken"]) if "taken" in written else AS_ITS_KIND,
    )
    return leaf


def _taken(written: dict[str, Any]) -> Taken:
    return Taken(**{**written, "quantity": Quantity(written["quantity"]), "over": Over(written["over"])})


def _gates(written: dict[str, Any]) -> tuple[Gate, ...]:
    plain = [(written["applies_if"], "is", "1")] if "applies_if" in written else []
    return tuple(Gate(name, Comparator(how), Decimal(bar)) for name, how, bar in [*plain, *written.get("gates", [])])


def _cell(written: Any) -> Cell:
    if isinstance(written, str):
        return KnownTarget(PROVENANCE, everywhere=Decimal(written))
    return AwaitedTarget("awaited", written["awaited"]) if "awaited" in written else NotAsked(PROVENANCE)


def _target(written: Any) -> Target:
    if isinstance(written, str) or "awaited" in written:
        cell = _cell(written)
        assert not isinstance(cell, NotAsked)
        return cell
    by = next(one for one in CLASSINGS if one.by == written.get("by", "group"))
    cells = written["cells"] if "by" in written else written
    rest = written.get("rest") if "by" in written else None
    return ClassedTarget(by, {class_: _cell(cell) for class_, cell in cells.items()}, rest and _cell(rest))


def _value(parts: list[Any]) -> Reported:
    numbers = [part for part in parts[1:] if part != "counted"]
    return Reported(State[parts[0]], *numbers, counted="counted" in parts)
