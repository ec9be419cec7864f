"""Cases -> outcomes: what an evaluator says of each, and where that differs from what the test expects.

The reference judges a case by itself. Any other evaluator judges all cases of one law and year at once,
each about a commune of its own, as it does in a batch run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.engines import evaluate_with
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import (
    Facts,
    Result,
    evaluate_commune,
    evaluate_conditions,
    evaluate_indicator,
)
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import plain
from ntm_rules.rulebook.criteria_set import CriteriaSet, Criterion
from ntm_rules.rulebook.models import BY_TYPE
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.workbench.testing.cases import Case

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """What an evaluator says of what a case tests."""

    verdict: Verdict
    reason: Reason
    gap: Gap | None
    parts: Mapping[str, Verdict]
    """Verdicts of the nodes below that the test names."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than expected; both sides as the test file would write them."""

    key: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """A case on one evaluator."""

    case: Case
    engine: str
    found: CaseVerdict
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything expected came out."""
        return not self.differences


def run(cases: Sequence[Case], engine: str, progress: Callable[[int], None] = lambda _n: None) -> list[CaseOutcome]:
    """Run cases on one evaluator, in their order; `progress` is told of every so many cases finished."""
    if engine == REFERENCE:
        outcomes = []
        for case in cases:
            outcomes.append(_outcome(case, engine, _found(case, judge(case))))
            progress(1)
        return outcomes
    found: dict[str, CaseVerdict] = {}
    for rules, year, together in _by_law(cases):
        found |= _found_together(engine, rules, year, together)
        progress(len(together))
    return [_outcome(case, engine, found[case.facts.report.code]) for case in cases]


def judge(case: Case) -> Result:
    """Return the reference's result of the indicator, condition, criterion or commune in which the tested node stands."""
    owner, rules, facts = case.tested.owner, case.rules, case.facts
    if owner is None:
        return evaluate_commune(rules, facts)
    if isinstance(owner, Criterion):
        return _there(evaluate_commune(rules, facts).find("criterion", owner.id))
    if owner.criterion:
        return evaluate_indicator(rules, owner, facts)
    conditions = evaluate_conditions(rules, facts)
    return _there(conditions.find("requirement", owner.id) if conditions else None)


def _there(result: Result | None) -> Result:
    assert result is not None, "what a case tests is a node of its own rules"
    return result


def _found(case: Case, result: Result) -> CaseVerdict:
    tested = case.tested
    there = _there(result.find(tested.level, tested.id))
    requirement = tested.requirement
    gap = None
    if requirement is not None:
        verdict = _there(there.find("requirement", requirement.id)).verdict
        gap = held(case.rules, case.facts, requirement, verdict).gap
    parts = {id_: _there(there.find(tested.below[id_], id_)).verdict for id_ in case.test.expect.parts}
    return CaseVerdict(there.verdict, there.reason, gap, parts)


def _by_law(cases: Iterable[Case]) -> Iterator[tuple[CriteriaSet, int, list[Case]]]:
    groups: dict[tuple[int, int], list[Case]] = {}
    for case in cases:
        groups.setdefault((id(case.rules), case.facts.report.year), []).append(case)
    for (_law, year), together in groups.items():
        yield together[0].rules, year, together


def _found_together(engine: str, rules: CriteriaSet, year: int, cases: Sequence[Case]) -> dict[str, CaseVerdict]:
    """Judge cases of one law and year in one evaluation; the register holds one commune per case."""
    communes = [_commune(case.facts, rules) for case in cases]
    own = replace(rules, communes=Register(communes, rules.communes.applies_to, rules.communes.types))
    evaluation = evaluate_with(engine, own, list(_records(cases)), years=[year])
    at = {record.code: i for i, record in enumerate(evaluation.records)}
    return {case.facts.report.code: _found_at(case, evaluation, at[case.facts.report.code]) for case in cases}


def _commune(facts: Facts, rules: CriteriaSet) -> Commune:
    code, group, classes = facts.report.code, facts.group, dict(facts.classes or {})
    type_ = classes.pop(BY_TYPE, rules.communes.applies_to)
    source = "-" if group else ""
    return Commune(code, code, type_, dt.date.min, group=group, group_source=source, classes=tuple(classes.items()))


def _records(cases: Iterable[Case]) -> Iterator[CommuneYear]:
    for case in cases:
        if case.facts.previous is not None:
            yield case.facts.previous
        yield from case.facts.others.values()
        yield case.facts.report


def _found_at(case: Case, evaluation: Evaluation, record: int) -> CaseVerdict:
    tested = case.tested
    rows = evaluation.row_of
    row = rows[tested.level, tested.id]
    gap = evaluation.gap(rows["requirement", tested.id], record) if tested.requirement is not None else None
    parts = {id_: evaluation.verdict(rows[tested.below[id_], id_], record) for id_ in case.test.expect.parts}
    return CaseVerdict(evaluation.verdict(row, record), evaluation.reason(row, record), gap, parts)


def _outcome(case: Case, engine: str, found: CaseVerdict) -> CaseOutcome:
    return CaseOutcome(case, engine, found, tuple(_differences(case, found)))


def _differences(case: Case, found: CaseVerdict) -> Iterator[Difference]:
    expect = case.test.expect
    if found.verdict.name != expect.verdict:
        yield Difference("verdict", expect.verdict, found.verdict.name)
    if expect.reason is not None and found.reason.value != expect.reason:
        yield Difference("reason", expect.reason, found.reason.value)
    for key in ("shortfall", "quantity"):
        wanted: Decimal | None = getattr(expect, key)
        size: Decimal | None = getattr(found.gap, key) if found.gap else None
        if wanted is not None and size != wanted:
            yield Difference(key, plain(wanted), "-" if size is None else plain(size))
    leads = ", ".join(dict.fromkeys(requirement.lead for requirement in case.tested.requirements))
    if expect.lead is not None and leads != expect.lead:
        yield Difference("lead", expect.lead, leads)
    for id_, verdict in expect.parts.items():
        if found.parts[id_].name != verdict:
            yield Difference(f"parts.{id_}", verdict, found.parts[id_].name)
