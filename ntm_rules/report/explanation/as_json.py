"""An explanation as JSON, for programs; the form is documented in docs/explanation-json.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.possible_values import Nothing, Possible, Stretch
from ntm_rules.evaluation.reference import Facts, Result, hamlet_results, opens
from ntm_rules.evaluation.settling import GROUP, NOT_LISTED, Decider, Settling, Unknown, classed_by, demand
from ntm_rules.evaluation.taking import WITHOUT_LIMIT, level_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import plain, written_fraction
from ntm_rules.report.explanation.json_values import (
    both,
    combined,
    day,
    firing_json,
    measure_json,
    optional,
    problem_json,
    text,
)
from ntm_rules.report.explanation.subject import ExplainedNode, Explanation
from ntm_rules.rulebook.criteria_set import (
    Amendment,
    AwaitedTarget,
    Basis,
    Cell,
    ClassedTarget,
    Combination,
    CriteriaSet,
    Criterion,
    Gate,
    Node,
    NotAsked,
    Provenance,
    Requirement,
    Target,
    done_to,
)
from ntm_rules.rulebook.describe import basis_json
from ntm_rules.rulebook.models import Measure, Source
from ntm_rules.rulebook.taken import AS_ITS_KIND, Over, Quantity, Taken
from ntm_rules.wording.targets import target_code
from ntm_rules.wording.values import actual_code

FORMAT = 1


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an explanation."""
    written = Path(__file__).with_name("explanation.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(written)
    return found


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as plain JSON values; numbers are exact strings."""
    rules, report, subject = explanation.rules, explanation.facts.report, explanation.subject
    unit = rules.communes[report.code]
    writer = _Writer(explanation)
    return {
        "format": FORMAT,
        "asked": subject.id,
        "set": {
            "id": rules.id,
            "version": rules.version,
            "title": text(rules.title),
            "as_of": rules.as_of.isoformat(),
            "known_on": day(rules.known_on),
            "resolved_sha256": explanation.rules_sha256,
            "overlays": list(rules.overlays),
            "overlay_files": [{"name": n, "sha256": h} for n, h in explanation.overlay_files.items()],
            "illustrative": rules.illustrative,
            "notices": [both(notice) for notice in explanation.notices()],
        },
        "data": {
            "year": report.year,
            "inputs": [{"name": i.name, "sha256": i.sha256, "bytes": i.size} for i in explanation.inputs],
            "illustrative": explanation.illustrative_data,
        },
        "engine": explanation.engine,
        "program": {"name": "ntm-rules", "version": explanation.program},
        "commune": {
            "code": unit.code,
            "name": unit.name,
            "type": unit.type,
            "group": unit.group,
            "group_title": text(rules.groups[unit.group].title) if unit.group else None,
            "group_source": unit.group_source or None,
        },
        "criterion": writer.criterion(subject.criterion) if subject.criterion else None,
        "indicators": [writer.indicator(asked) for asked in subject.asked],
        "problems": [problem_json(problem) for problem in explanation.touching()],
        "other_problems": len(explanation.others_of_commune()),
        "trace": None if explanation.trace is None else [firing_json(firing) for firing in explanation.fired()],
    }


class _Writer:
    """Writes the parts of one explanation."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.rules: CriteriaSet = explanation.rules
        self.year = explanation.facts.report.year

    def criterion(self, criterion: Criterion) -> dict[str, Any]:
        result = self.explanation.subject.result
        assert result is not None
        return {
            "id": criterion.id,
            "title": {"vi": criterion.title, "en": criterion.title_en},
            "source": self.source(criterion.source),
            **combined(result.op, result),
            "settling": self.settling(self.explanation.subject.settling),
        }

    def indicator(self, node: ExplainedNode) -> dict[str, Any]:
        indicator = node.indicator
        return {
            "id": indicator.id,
            "criterion": indicator.criterion or None,
            "text": {"vi": indicator.text, "en": indicator.text_en},
            "printed": indicator.printed,
            "source": self.source(indicator.source),
            "lead": self.agency(indicator.lead),
            "leads": [self.agency(lead) for lead in indicator.leads()],
            "cooperating": [self.agency(helper) for helper in indicator.cooperating],
            "note": optional(indicator.note),
            "amended": [self.amendment(id_, one) for id_, one in done_to(self.rules, indicator)],
            "verdict": node.whole.verdict.name,
            "reason": node.whole.reason.value,
            "node": self.node(node.node, node.result),
            "settling": self.settling(node.settling),
        }

    def node(self, node: Node, result: Result) -> dict[str, Any]:
        common = {
            "id": node.id,
            "text": {"vi": node.text, "en": node.text_en},
            "note": optional(node.note),
        }
        if isinstance(node, Combination):
            parts = zip(node.children, result.children, strict=True)
            return {
                **common,
                **combined(node.op, result),
                **({"needed": node.needed} if node.needed else {}),
                "children": [self.node(child, below) for child, below in parts],
            }
        return common | self.requirement(node, result)

    def requirement(self, requirement: Requirement, result: Result) -> dict[str, Any]:
        measure = self.rules.measures[requirement.measure]
        one = held(self.rules, self.explanation.facts, requirement, result.verdict)
        taken = requirement.taken.of(measure)
        exact = one.value if measure.traits.quantity and one.value != WITHOUT_LIMIT else None
        stopped = result.reason.value in ("does_not_exist", "excepted", "existence_unanswered", "class_exempt")
        return {
            "op": None,
            "verdict": result.verdict.name,
            "reason": result.reason.value,
            "reason_text": both(result.reason.words),
            "lead": self.agency(requirement.lead),
            "source": self.source(requirement.source),
            "measure": measure_json(measure),
            "applies_if": self.question(requirement.gates[0].measure) if requirement.gates else None,
            "gates": [self.gate(gate) for gate in requirement.gates],
            "not_asked": [requirement.measure] if stopped else [],
            "reported": self.reported(measure, one.reported, one.figures[0][0]),
            "year_before": self.reported(measure, one.before, self.year - 1)
            if self.year - 1 in [year for year, _figure in one.figures[1:]]
            else None,
            "compared": {
                "exact": None if exact is None else written_fraction(exact),
                "shown": actual_code(self.rules, one) or None,
                "unit": _unit(measure, taken),
                **self.taken(measure, requirement, one, exact),
            },
            "comparator": requirement.comparator.value,
            "target": self.target(requirement, requirement.target)
            | {"applied": target_code(self.rules, requirement, result.target) or None}
            | self.own_class(requirement),
            "replaced": [self.target(requirement, target) for target in requirement.replaced],
            "gap": self.gap(measure, taken, one.gap),
            **self.hamlets(requirement),
        }

    def hamlets(self, requirement: Requirement) -> dict[str, Any]:
        """Return what each hamlet comes to, where the figure is how many meet something."""
        if requirement.hamlets is None:
            return {}
        facts = self.explanation.facts
        results = hamlet_results(self.rules, requirement, facts)
        return {
            "hamlets": {
                "number": self.question(requirement.hamlets.number) if requirement.hamlets.number else None,
                "each": [
                    self.hamlet(self.rules.of_each_hamlet[requirement.id], name, result)
                    for name, result in results.items()
                ],
            }
        }

    def hamlet(self, rules: CriteriaSet, name: str, result: Result) -> dict[str, Any]:
        facts = self.explanation.facts
        report = facts.report.hamlets[name]
        own = Facts(report, group=facts.group, classes=facts.classes)
        asked = dict.fromkeys(measure for leaf in _leaves_of(result) for measure in leaf.asked)
        return {
            "name": name,
            "verdict": result.verdict.name,
            "reason": result.reason.value,
            "reported": [
                {"measure": measure_json(one), "figure": self.reported(one, report.get(one.id), self.year)}
                for one in (self.rules.measures[measure] for measure in asked)
            ],
            "gaps": [
                {
                    "id": leaf.id,
                    "measure": leaf.measure,
                    "gap": self.gap(
                        self.rules.measures[leaf.measure],
                        leaf.taken.of(self.rules.measures[leaf.measure]),
                        held(rules, own, leaf, Verdict.NOT_MET).gap,
                    ),
                }
                for leaf in _not_met(result)
            ],
        }

    def taken(self, measure: Measure, requirement: Requirement, one: Held, exact: Fraction | None) -> dict[str, Any]:
        """Return how the figure is taken, where the law says more than its kind does."""
        if requirement.taken == AS_ITS_KIND:
            return {}
        taken = requirement.taken.of(measure)
        rounded = None if exact is None or taken.rounded_to is None else taken.rounded(exact)
        return {
            "taken": {
                "quantity": taken.quantity.value,
                "over": taken.over.value,
                "count": taken.count,
                "from_zero": one.value == WITHOUT_LIMIT,
                "rounded_to": taken.rounded_to,
                "rounded": None if rounded is None else written_fraction(rounded),
                "figures": [self.reported(measure, figure, year) for year, figure in one.figures],
            }
        }

    def own_class(self, requirement: Requirement) -> dict[str, Any]:
        """Return the commune's class, where its target is one of several that are more than a number by group."""
        target = requirement.target
        if not isinstance(target, ClassedTarget) or target.is_plain:
            return {}
        return {"class": self.explanation.facts.class_of(self.rules, target.classing)}

    def question(self, name: str) -> dict[str, Any]:
        measure = self.rules.measures[name]
        return {
            "measure": measure_json(measure),
            "reported": self.reported(measure, self.explanation.facts.report.get(name), self.year),
        }

    def gate(self, gate: Gate) -> dict[str, Any]:
        return {
            **self.question(gate.measure),
            "comparator": gate.comparator.value,
            "value": plain(gate.bar),
            "opens": opens(gate, self.explanation.facts.report),
        }

    def reported(self, measure: Measure, reported: Reported, year: int) -> dict[str, Any]:
        present = reported.state is State.PRESENT
        counted = present and reported.counted and measure.counted is not None
        places = -measure.counted.decimals if measure.counted else 0
        return {
            "year": year,
            "state": reported.state.name.lower(),
            "value": self.value(measure, reported) if present else None,
            "numerator": plain(Decimal(reported.value).scaleb(places)) if counted else None,
            "denominator": plain(Decimal(reported.base).scaleb(places)) if counted else None,
            "written": reported.written or None,
            "document": reported.document or None,
            "note": reported.note or None,
        }

    def value(self, measure: Measure, reported: Reported) -> str:
        if measure.traits.counted:
            return written_fraction(level_of(measure, reported))
        if measure.traits.quantity:
            return written_fraction(typed_fraction(reported))
        return self.rules.answer_code(measure, reported.value)

    def target(self, requirement: Requirement, target: Target) -> dict[str, Any]:
        if isinstance(target, ClassedTarget) and not target.is_plain:
            return {
                "state": "by_class",
                "by": target.classing.by,
                "classes": {class_: self.cell(requirement, cell) for class_, cell in target.cells.items()},
                "default": None if target.rest is None else self.cell(requirement, target.rest),
            }
        if isinstance(target, ClassedTarget):
            return {
                "state": "known",
                "value": None,
                "by_group": {g: target_code(self.rules, requirement, v) for g, v in target.by_group.items()},
                "source": self.provenance(target.provenance),
            }
        return self.cell(requirement, target)

    def cell(self, requirement: Requirement, target: Cell) -> dict[str, Any]:
        if isinstance(target, NotAsked):
            return {"state": "not_applicable", "source": self.provenance(target.provenance)}
        if isinstance(target, AwaitedTarget):
            decision = self.rules.decisions.get(target.decision)
            return {
                "state": "awaited",
                "reason": target.reason,
                "decision": target.decision or None,
                "title": text(decision.title) if decision else None,
                "owed_by": self.agency(decision.owed_by) if decision and decision.owed_by else None,
                "owed_by_text": optional(decision.owed_by_text) if decision else None,
                "due": day(decision.due) if decision else None,
                "note": optional(target.note),
                "source": self.provenance(target.provenance) if target.provenance else None,
                **self.basis(target.basis),
            }
        return {
            "state": "known",
            "value": target_code(self.rules, requirement, target.everywhere),
            "by_group": None,
            "source": self.provenance(target.provenance),
            **self.basis(target.basis),
        }

    def basis(self, basis: Basis | None) -> dict[str, Any]:
        """Return what a target is taken from, where it is."""
        if basis is None:
            return {}
        stands = self.provenance(basis.provenance) if basis.provenance else None
        said = basis_json(basis)["taken_from"]
        return {"taken_from": said | {"source": stands}}

    def amendment(self, id_: str, amendment: Amendment) -> dict[str, Any]:
        return {
            "id": id_,
            "kind": amendment.kind,
            "fields": list(amendment.fields),
            "source": self.provenance(amendment.provenance),
        }

    def provenance(self, origin: Provenance) -> dict[str, Any]:
        document = self.rules.documents.get(origin.document)
        return {
            "document": origin.document,
            "number": document.number if document else None,
            "place": origin.article or None,
            "overlay": origin.overlay,
            "illustrative": origin.illustrative,
            "from": day(origin.from_),
            "to": day(origin.to),
            "promulgated": day(origin.promulgated),
        }

    def gap(self, measure: Measure, taken: Taken, gap: Gap | None) -> dict[str, Any] | None:
        if gap is None:
            return None
        counted = gap.quantity is not None
        unit = measure.counted.unit if measure.counted else measure.unit
        points = _unit(measure, taken) == "%"
        size = "times" if taken.quantity is Quantity.RATIO else "measure"
        return {
            "direction": gap.direction,
            "shortfall": None if gap.shortfall is None else plain(gap.shortfall),
            "unit": "percentage_point"
            if points
            else "grade"
            if measure.traits.graded
            else "day"
            if measure.traits.dated
            else size,
            "quantity": plain(gap.quantity) if gap.quantity is not None else None,
            "quantity_unit": text(unit) if counted else None,
        }

    def settling(self, ways: Settling | None) -> dict[str, Any] | None:
        if ways is None:
            return None
        return {
            "items": [self.item(item) for item in ways.items],
            "outcomes": sorted(verdict.name for verdict in ways.outcomes),
            "zeros": [self.item(item) for item in ways.zeros],
            "hopeless": ways.hopeless,
            "alone": [self.decider(decider) for decider in ways.deciders],
        }

    def item(self, item: Unknown) -> dict[str, Any]:
        if item == GROUP:
            return {"kind": "group", "measure": None, "label": None, "year": None, "demand": None}
        by = classed_by(item)
        if by is not None:
            label = text(self.rules.classifications[by].title) if by in self.rules.classifications else None
            return {"kind": "class", "measure": None, "label": label, "year": None, "demand": None}
        label = text(self.rules.measures[item.measure].label)
        asked = demand(self.rules, item)
        others = item.hamlet == NOT_LISTED
        return {
            "kind": "hamlets_not_listed" if others else "figure",
            "measure": item.measure,
            "label": label,
            "year": self.year - item.before,
            "demand": asked.value if asked else None,
            **({"hamlet": item.hamlet} if item.hamlet and not others else {}),
        }

    def decider(self, decider: Decider) -> dict[str, Any]:
        measure = self.rules.measures.get(decider.item.measure)
        return {
            "item": self.item(decider.item),
            "compared": _compared(decider.taken),
            "verdict": decider.verdict.name,
            "values": [self.possible(measure, value) for value in decider.values],
        }

    def possible(self, measure: Measure | None, value: Possible) -> dict[str, Any]:
        if isinstance(value, Nothing):
            return {"nothing_to_count": True}
        if measure is None or isinstance(value, str):
            return {"group": value}
        if measure.traits.dated:
            first = None if value.low is None else int(value.low) + (not value.low_in)
            last = None if value.high is None else int(value.high) - (not value.high_in)
            code = self.rules.answer_code
            return {
                "first": None if first is None else code(measure, first),
                "last": None if last is None else code(measure, last),
            }
        if measure.traits.quantity:
            return {
                "low": None if value.low is None else written_fraction(value.low),
                "low_included": value.low is not None and value.low_in,
                "high": None if value.high is None else written_fraction(value.high),
                "high_included": value.high is not None and value.high_in,
            }
        return {"answers": [self.rules.answer_code(measure, rank) for rank in _ranks(value)]}

    def source(self, source: Source) -> dict[str, Any]:
        document = self.rules.documents.get(source.document)
        return {
            "document": source.document,
            "number": document.number if document else None,
            "date": day(document.date) if document else None,
            "issuer": document.issuer if document else None,
            "annex": source.annex,
            "row": source.row,
            "article": source.article,
            "note": optional(source.note),
        }

    def agency(self, id_: str) -> dict[str, Any]:
        agency = self.rules.agencies.get(id_)
        return {"id": id_, "name": text(agency.name) if agency else None}


def _leaves_of(result: Result) -> Iterator[Requirement]:
    """Yield the requirements at or below a result."""
    if result.requirement is not None:
        yield result.requirement
    for child in result.children:
        yield from _leaves_of(child)


def _not_met(result: Result) -> Iterator[Requirement]:
    """Yield the requirements by which something is not met."""
    if result.verdict is not Verdict.NOT_MET:
        return
    if result.requirement is not None:
        yield result.requirement
    for child in result.children:
        yield from _not_met(child)


def _compared(taken: Taken) -> str:
    """Return what the values of a decider are of: the figure itself, or what is taken of it."""
    if taken.over is Over.MEAN:
        return "mean"
    return taken.quantity.value if taken.compares_years else "value"


def _unit(measure: Measure, taken: Taken) -> str | None:
    if taken.quantity is Quantity.RATIO:
        return None
    return "%" if measure.traits.counted or taken.quantity is Quantity.GROWTH else None


def _ranks(value: Stretch) -> range:
    assert value.low is not None
    assert value.high is not None
    return range(int(value.low), int(value.high) + 1)
