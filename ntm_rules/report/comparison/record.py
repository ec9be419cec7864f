"""A "what if" as JSON values: documented in docs/whatif.md; `FORMAT` changes when the form does."""

from __future__ import annotations

from typing import Any

from ntm_rules.exact import plain
from ntm_rules.report.comparison.words import LawAndOverlays, WhatIf, totals
from ntm_rules.report.tables.comparison import changes_for_programs, state_code
from ntm_rules.rulebook.criteria_set import (
    DEFAULT,
    AwaitedTarget,
    Cell,
    CriteriaSet,
    KnownTarget,
    NotAsked,
    Requirement,
)
from ntm_rules.rulebook.models import NOT_APPLICABLE
from ntm_rules.standing.communes import CommuneStanding
from ntm_rules.wording.targets import target_code
from ntm_rules.workbench.comparing.changes import LEVELS
from ntm_rules.workbench.comparing.communes import CommuneChange
from ntm_rules.workbench.comparing.directions import Direction

FORMAT = 1


def what_if_record(report: WhatIf) -> dict[str, Any]:
    """Return a comparison as JSON values; numbers that decide are exact decimal strings."""
    counts = report.comparison.counts()
    only_before, only_after = report.comparison.one_sided
    laws = zip(("before", "after"), (report.before, report.after), report.hashes, strict=True)
    changes = changes_for_programs(report.comparison)
    return {
        "format": FORMAT,
        **{name: _law(law, hashed) for name, law, hashed in laws},
        "illustrative": bool(report.warnings),
        "warnings": list(report.warnings),
        "notes": [str(note) for note in report.notes],
        "inputs": [{"name": name, "sha256": sha} for name, sha in report.inputs],
        "communes_compared": len(report.comparison.pairs),
        "only_before": list(only_before),
        "only_after": list(only_after),
        "asked_differently": [
            {
                "id": one.id,
                "before": asked_record(report.before.rules, one.before),
                "after": asked_record(report.after.rules, one.after),
            }
            for one in report.asked
        ],
        "regrouped": [
            {"commune_code": now.code, "commune": now.name, "before": was.group, "after": now.group}
            for was, now in report.regrouped
        ],
        "totals": [{"of": total.words, "before": total.before, "after": total.after} for total in totals(report)],
        "counts": {level: {way.value: counts[level, way] for way in Direction} for level in LEVELS},
        "communes": [_commune(commune) for commune in report.communes],
        "changes": [dict(zip(changes.keys, row, strict=True)) for row in changes.codes()],
    }


def _law(law: LawAndOverlays, hashed: str) -> dict[str, Any]:
    rules = law.rules
    return {
        "criteria_set": rules.id,
        "version": rules.version,
        "as_of": rules.as_of.isoformat(),
        "known_on": rules.known_on.isoformat() if rules.known_on else None,
        "overlays_given": [overlay.id for overlay in law.overlays],
        "overlays_in_force": list(rules.overlays),
        "illustrative": rules.illustrative,
        "resolved_sha256": hashed,
    }


def asked_record(rules: CriteriaSet, requirement: Requirement | None) -> dict[str, Any] | None:
    """Return what a law asks of a requirement; None where it does not have it."""
    if requirement is None:
        return None
    target = requirement.target
    said: dict[str, Any] = {
        "measure": requirement.measure,
        "gates": [
            {"measure": gate.measure, "comparator": gate.comparator.value, "value": plain(gate.bar)}
            for gate in requirement.gates
        ],
        "comparator": requirement.comparator.value,
    }
    if isinstance(target, AwaitedTarget):
        return said | {"awaited": target.reason, "value": None, "by_group": None}
    if isinstance(target, KnownTarget):
        return said | {"awaited": None, "value": target_code(rules, requirement, target.everywhere), "by_group": None}
    if target.is_plain:
        by_group = {group: target_code(rules, requirement, value) for group, value in target.by_group.items()}
        return said | {"awaited": None, "value": None, "by_group": by_group}
    by_class = {class_ or DEFAULT: _cell(rules, requirement, cell) for class_, cell in target.each()}
    return said | {"awaited": None, "value": None, "by_group": None, "by": target.classing.by, "by_class": by_class}


def _cell(rules: CriteriaSet, requirement: Requirement, cell: Cell) -> str:
    """Return the target of a class for machines: a number or a grade, `not_applicable`, or why it is awaited."""
    if isinstance(cell, NotAsked):
        return NOT_APPLICABLE
    return cell.reason if isinstance(cell, AwaitedTarget) else target_code(rules, requirement, cell.everywhere)


def _commune(commune: CommuneChange) -> dict[str, Any]:
    return {
        "commune_code": commune.code,
        "commune": commune.name,
        "year": commune.year,
        "standing": commune.standing.name.lower(),
        "before": _state(commune.was),
        "after": _state(commune.now),
        "no_longer_met": [change.id for change in commune.fallen],
        "newly_failing": [change.id for change in commune.newly_failing],
        "gained": [change.id for change in commune.risen],
    }


def _state(state: CommuneStanding) -> dict[str, Any]:
    return {
        "group": state.group,
        "criteria_met": state.criteria.met,
        "criteria_applicable": state.criteria.applicable,
        "indicators_met": state.indicators.met,
        "indicators_applicable": state.indicators.applicable,
        "band": state.band.id if state.band else None,
        "meets_every_criterion": state_code(state.meets),
        "further_conditions": None if state.conditions is None else state_code(state.conditions),
    }
