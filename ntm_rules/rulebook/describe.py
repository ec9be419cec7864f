"""A resolved set as JSON, complete enough that another program can evaluate from it.

The form is documented in docs/rules-json.md; `FORMAT` changes when the form does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ntm_rules.rulebook.criteria_set import (
    Amendment,
    AwaitedTarget,
    Basis,
    Cell,
    Combination,
    CriteriaSet,
    Gate,
    Indicator,
    KnownTarget,
    Node,
    NotAsked,
    Provenance,
    Requirement,
    Target,
)
from ntm_rules.rulebook.models import BOUNDS, Days, Measure, Source, Text
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard, StandardPart
from ntm_rules.rulebook.taken import AS_ITS_KIND, since_words

FORMAT = 2


def describe(rules: CriteriaSet) -> dict[str, Any]:
    """Return the whole resolved set as plain JSON values; numbers are exact decimal strings."""
    return {
        "format": FORMAT,
        "id": rules.id,
        "version": rules.version,
        "title": _text(rules.title),
        "province": _text(rules.province),
        **_provinces(rules),
        "period": {"from": rules.period.from_, "to": rules.period.to},
        "as_of": rules.as_of.isoformat(),
        "known_on": _date(rules.known_on),
        "overlays": list(rules.overlays),
        "illustrative": rules.illustrative,
        "meets": _text(rules.meets),
        **_meets_when(rules.standard),
        **(
            {"amended": [{"id": id_, **_amendment(one)} for id_, done in rules.amended.items() for one in done]}
            if rules.amended
            else {}
        ),
        "commune_type": rules.communes.applies_to,
        "groups": [
            {
                "id": g.id,
                "title": _text(g.title),
                "definition": _optional(g.definition),
                "source": _source(g.source) if g.source else None,
            }
            for g in rules.groups.values()
        ],
        **_classifications(rules),
        "bands": [
            {"id": b.id, "title": _text(b.title), "at_least": b.at_least, "at_most": b.at_most} for b in rules.bands
        ],
        "criteria": [
            {
                "id": c.id,
                "title": c.title,
                "title_en": c.title_en,
                "source": _source(c.source),
                "op": "all" if c.standard is None else "standard",
                **_meets_when(c.standard),
                "indicators": [_indicator(rules, i) for i in c.indicators],
            }
            for c in rules.criteria
        ],
        "conditions": [_indicator(rules, i) for i in rules.conditions],
        "repealed": [{"id": id_, "source": provenance_json(by.provenance)} for id_, by in rules.repealed.items()],
        "measures": [_measure(m) for m in rules.measures.values()],
        "scales": [
            {
                "id": s.id,
                "title": _text(s.title),
                "grades": [{"rank": i, "id": g.id, "label": _text(g.label)} for i, g in enumerate(s.grades)],
                "note": _optional(s.note),
            }
            for s in rules.scales.values()
        ],
        "agencies": [
            {"id": a.id, "name": _text(a.name), "printed": list(a.printed), "role": a.role}
            for a in rules.agencies.values()
        ],
        "decisions": [
            {
                "id": d.id,
                "title": _text(d.title),
                "owed_by": d.owed_by,
                "owed_by_text": _optional(d.owed_by_text),
                "due": _date(d.due),
                "source": _source(d.source) if d.source else None,
                "note": _optional(d.note),
            }
            for d in rules.decisions.values()
        ],
        "documents": [
            {
                "id": d.id,
                "number": d.number,
                "date": _date(d.date),
                "issuer": d.issuer,
                "title": _text(d.title),
                "note": _optional(d.note),
            }
            for d in rules.documents.values()
        ],
        "communes": [
            {
                "code": c.code,
                "name": c.name,
                "type": c.type,
                "valid_from": c.valid_from.isoformat(),
                **({"valid_to": c.valid_to.isoformat()} if c.valid_to else {}),
                "predecessor_codes": list(c.predecessor_codes),
                "predecessor_names": list(c.predecessor_names),
                "group": c.group,
                "group_source": c.group_source,
                **({"province": c.province} if c.province else {}),
                "source": c.source,
                **({"classes": dict(c.classes)} if rules.classifications else {}),
            }
            for c in rules.communes
        ],
        "cross_checks": [
            check.model_dump(mode="json", by_alias=True, exclude_defaults=True) for check in rules.cross_checks
        ],
        **_reference_figures(rules),
        "notices": [notice.render("en") for notice in rules.notices],
    }


BESIDE_THE_LAW = frozenset({"known_on", "notices", "cross_checks", "reference_figures"})
"""Keys of the JSON that are no law: what tells of the resolution, so that an appraisal run again as it was known
then has the hash it had, the cross-checks, on which no verdict depends, and the reference figures of all years: those that
targets are taken from stand with the targets."""


def resolved_hash(rules: CriteriaSet) -> str:
    """Return the SHA-256 of the resolved law's canonical JSON: equal hashes, equal law."""
    law = {key: value for key, value in describe(rules).items() if key not in BESIDE_THE_LAW}
    text = json.dumps(law, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def describe_indicator(rules: CriteriaSet, id_: str) -> dict[str, Any]:
    """Return one indicator or further condition with the measures it reads.

    Raises:
        KeyError: no indicator has this id.
    """
    indicator = rules.indicator_by_id[id_]
    asked = [m for r in indicator.requirements() for m in (*r.asked, *(r.hamlets.asked if r.hamlets else ()))]
    return {
        "format": FORMAT,
        "set": rules.id,
        "as_of": rules.as_of.isoformat(),
        "indicator": _indicator(rules, indicator),
        "measures": [_measure(rules.measures[m]) for m in dict.fromkeys(asked)],
    }


def _indicator(rules: CriteriaSet, indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "criterion": indicator.criterion or None,
        "text": indicator.text,
        "text_en": indicator.text_en,
        "printed": indicator.printed,
        "source": _source(indicator.source),
        "lead": indicator.lead,
        "leads": list(indicator.leads()),
        "cooperating": list(indicator.cooperating),
        "years": {"from": indicator.years.from_, "to": indicator.years.to},
        "in_force": _days(indicator.in_force),
        "note": _optional(indicator.note),
        "points": _number(indicator.points),
        "amended": [_amendment(one) for one in indicator.amended],
        "condition": _node(rules, indicator.condition),
    }


def _node(rules: CriteriaSet, node: Node) -> dict[str, Any]:
    if isinstance(node, Combination):
        return {
            "id": node.id,
            "text": node.text,
            "text_en": node.text_en,
            "note": _optional(node.note),
            **({"of_set": node.of_set} if node.of_set else {}),
            "op": node.op,
            "needed": node.needed or None,
            "amended": [_amendment(one) for one in node.amended],
            "children": [_node(rules, child) for child in node.children],
        }
    return _requirement(rules, node)


def _requirement(rules: CriteriaSet, requirement: Requirement) -> dict[str, Any]:
    kind = rules.measures[requirement.measure].kind
    return {
        "id": requirement.id,
        "text": requirement.text,
        "text_en": requirement.text_en,
        "printed": requirement.printed,
        "lead": requirement.lead,
        "cooperating": list(requirement.cooperating),
        "source": _source(requirement.source),
        "kind": kind,
        "measure": requirement.measure,
        "gates": [
            {"measure": gate.measure, "comparator": gate.comparator.value, "value": _gate_value(rules, gate)}
            for gate in requirement.gates
        ],
        "comparator": requirement.comparator.value,
        **_taken(rules, requirement),
        **_hamlets(rules, requirement),
        "answer": _answer(rules, requirement),
        "target": _target(rules, requirement, requirement.target),
        "replaced": [_target(rules, requirement, target) for target in requirement.replaced],
        "amended": [_amendment(one) for one in requirement.amended],
        "note": _optional(requirement.note),
    }


def _taken(rules: CriteriaSet, requirement: Requirement) -> dict[str, Any]:
    """Return how its figure is taken, where the law says more than the kind of its measure does."""
    if requirement.taken == AS_ITS_KIND:
        return {}
    taken = requirement.taken.of(rules.measures[requirement.measure])
    return {
        "taken": {
            "quantity": taken.quantity.value,
            "since": since_words(taken.since),
            "over": taken.over.value,
            "count": taken.count,
            "from_zero": "as_rise" if taken.from_zero else None,
            "rounded_to": taken.rounded_to,
        }
    }


def _hamlets(rules: CriteriaSet, requirement: Requirement) -> dict[str, Any]:
    """Return what each hamlet must meet, where the figure is how many do."""
    hamlets = requirement.hamlets
    if hamlets is None:
        return {}
    return {"hamlets": {"number": hamlets.number or None, "each": _node(rules, hamlets.each)}}


def _amendment(amendment: Amendment) -> dict[str, Any]:
    """Return what a later decision did to a rule; of what it was before, what it says anew."""
    before = amendment.before
    fields = set(amendment.fields) | ({*BOUNDS} if {*amendment.fields} & {*BOUNDS} else set())
    said = before.model_dump(mode="json", by_alias=True, exclude_none=True) if before else {}
    return {
        "kind": amendment.kind,
        "fields": list(amendment.fields),
        "before": {key: value for key, value in said.items() if not fields or key in fields} if before else None,
        "source": provenance_json(amendment.provenance),
    }


def _gate_value(rules: CriteriaSet, gate: Gate) -> str:
    return rules.answer_code(rules.measures[gate.measure], int(gate.bar)) if gate.is_question else format(gate.bar, "f")


def _answer(rules: CriteriaSet, requirement: Requirement) -> str | None:
    """Return the answer that meets, of a question answered yes or no."""
    measure = rules.measures[requirement.measure]
    return rules.answer_code(measure, requirement.answer) if measure.traits.choices else None


def _target(rules: CriteriaSet, requirement: Requirement, target: Target) -> dict[str, Any]:
    if isinstance(target, AwaitedTarget | KnownTarget):
        return _cell(rules, requirement, target)
    if target.is_plain:
        by_group = {group: _bar(rules, requirement, value) for group, value in target.by_group.items()}
        return {"state": "known", "value": None, "by_group": by_group, "source": provenance_json(target.provenance)}
    return {
        "state": "by_class",
        "by": target.classing.by,
        "classes": {class_: _cell(rules, requirement, cell) for class_, cell in target.cells.items()},
        "default": None if target.rest is None else _cell(rules, requirement, target.rest),
    }


def _cell(rules: CriteriaSet, requirement: Requirement, cell: Cell) -> dict[str, Any]:
    if isinstance(cell, NotAsked):
        return {"state": "not_applicable", "source": provenance_json(cell.provenance)}
    if isinstance(cell, KnownTarget):
        value = _bar(rules, requirement, cell.everywhere)
        stated = {"state": "known", "value": value, "by_group": None, "source": provenance_json(cell.provenance)}
        return stated | basis_json(cell.basis) | _within(cell)
    decision = rules.decisions.get(cell.decision)
    return {
        "state": "awaited",
        "reason": cell.reason,
        "decision": cell.decision or None,
        "owed_by": decision.owed_by if decision else None,
        "due": _date(decision.due) if decision else None,
        "note": _optional(cell.note),
        "source": provenance_json(cell.provenance) if cell.provenance else None,
        **basis_json(cell.basis),
    }


def _within(target: KnownTarget) -> dict[str, Any]:
    """Return how long before the appraisal the day of a target is reckoned, where the law states that and no day."""
    within = target.within
    return {} if within is None else {"within": {key: n for key, n in within if n is not None}}


def basis_json(basis: Basis | None) -> dict[str, Any]:
    """Return what a target is taken from, where it is."""
    if basis is None:
        return {}
    taken = {
        "of": basis.of,
        "set": basis.set or None,
        "year": basis.year,
        "times": format(basis.times, "f"),
        "plus": format(basis.plus, "f"),
        "value": _number(basis.value),
        "label": _optional(basis.label),
        "unit": _optional(basis.unit),
        "held_by": basis.held_by or None,
        "held_by_text": _optional(basis.held_by_text),
        "source": provenance_json(basis.provenance) if basis.provenance else None,
    }
    return {"taken_from": taken}


def _bar(rules: CriteriaSet, requirement: Requirement, value: Decimal) -> str:
    measure = rules.measures[requirement.measure]
    return format(value, "f") if measure.traits.quantity else rules.answer_code(measure, int(value))


def _reference_figures(rules: CriteriaSet) -> dict[str, Any]:
    """Return the figures of province and nation that targets are taken from, as they are written, where there are any."""
    found = [
        one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in rules.reference_figures.values()
    ]
    return {"reference_figures": found} if found else {}


def _classifications(rules: CriteriaSet) -> dict[str, Any]:
    """Return what else the register tells communes apart by, where it does."""
    found = [
        {
            "id": one.id,
            "title": _text(one.title),
            "classes": [
                {"id": each.id, "title": _text(each.title), "definition": _optional(each.definition)}
                for each in one.classes
            ],
            "source": _source(one.source) if one.source else None,
            "note": _optional(one.note),
        }
        for one in rules.classifications.values()
    ]
    return {"classifications": found} if found else {}


def provenance_json(source: Provenance) -> dict[str, Any]:
    """Return where something comes from, for programs."""
    return {
        "document": source.document,
        "place": source.article or None,
        "overlay": source.overlay,
        "illustrative": source.illustrative,
        "from": _date(source.from_),
        "to": _date(source.to),
        "promulgated": _date(source.promulgated),
    }


def _measure(measure: Measure) -> dict[str, Any]:
    counted = measure.counted
    return {
        "id": measure.id,
        "label": _text(measure.label),
        "kind": measure.kind,
        "unit": _text(measure.unit),
        "sense": measure.sense,
        "decimals": measure.decimals,
        "range": {
            "min": _number(measure.range.min if measure.range else None),
            "max": _number(measure.range.max if measure.range else None),
        },
        "counted": {
            "numerator": _text(counted.numerator),
            "denominator": _text(counted.denominator),
            "unit": _text(counted.unit),
            "decimals": counted.decimals,
        }
        if counted
        else None,
        "zero_denominator": measure.zero_denominator if measure.traits.counted else None,
        "scale": measure.scale,
        "attested_by": measure.attested_by,
        **({"per": measure.per} if measure.of_hamlets else {}),
        "evidence": _text(measure.evidence),
        "note": _optional(measure.note),
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _optional(text: Text | None) -> dict[str, str] | None:
    return None if text is None else _text(text)


def _source(source: Source) -> dict[str, Any]:
    return {
        "document": source.document,
        "annex": source.annex,
        "row": source.row,
        "article": source.article,
        "note": _optional(source.note),
    }


def _days(days: Days | None) -> dict[str, Any] | None:
    return None if days is None else {"from": _date(days.from_), "to": _date(days.to)}


def _date(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _meets_when(standard: Standard | None) -> dict[str, Any]:
    """Return what must be met, where that is not every part."""
    return {} if standard is None else {"meets_when": described_standard(standard)}


def described_standard(part: StandardPart) -> dict[str, Any]:
    """Return a standard as plain JSON values."""
    if isinstance(part, Named):
        return {"level": part.level, "id": part.id, "weight": str(part.weight)}
    needed = {"at_least": str(part.at_least), "percent": part.percent} if part.op == WEIGHED else {}
    counts = {"counts": part.counts, "criterion": part.criterion or None} if part.is_leaf else {}
    return {"op": part.op, **counts, **needed, "parts": [described_standard(one) for one in part.parts]}


def standard_described(description: Mapping[str, Any]) -> Standard:
    """Return the standard that `described_standard` wrote."""
    parts = (
        Named(part["level"], part["id"], Decimal(part["weight"])) if "level" in part else standard_described(part)
        for part in description["parts"]
    )
    return Standard(
        description["op"],
        tuple(parts),
        description.get("counts", ""),
        Decimal(description.get("at_least", 0)),
        description.get("percent", False),
        description.get("criterion") or "",
    )


def _provinces(rules: CriteriaSet) -> dict[str, Any]:
    """Return the provinces of the register, where it holds several, and the one looked at."""
    if not rules.provinces:
        return {}
    named = [{"id": id_, "name": _text(name)} for id_, name in rules.provinces.items()]
    return {"provinces": named, "of_province": rules.communes.province or None}
