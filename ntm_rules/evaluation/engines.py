"""The engines by name: one meaning, several ways to work it out, one way to call them.

    judgement = judge_commune("reference", rules, facts)              # one commune: results, and a trace if there is one
    evaluation = evaluate_with("columnar", rules, records, years=[2026])  # any number of communes

Every engine gives the same verdict and the same reason for every node (`docs/engines.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ntm_rules.dataset.record_views import laid_out
from ntm_rules.dataset.records import CommuneYear, EarlierRecords
from ntm_rules.errors import NtmError, nearest
from ntm_rules.evaluation import rete
from ntm_rules.evaluation.batch import EngineOutput, Evaluation, Judge, columnar, evaluate
from ntm_rules.evaluation.durable_session import why_unusable
from ntm_rules.evaluation.firing import Firing
from ntm_rules.evaluation.nodes import flatten
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions, facts_of, with_tallies
from ntm_rules.evaluation.verdicts import CODE
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.criteria_set import CriteriaSet


@dataclass(frozen=True, slots=True)
class CommuneJudgement:
    """One commune in one year, judged."""

    result: Result
    """The criteria: what `evaluate_commune` returns."""
    conditions: Result | None
    """The further conditions of recognition: what `evaluate_conditions` returns; None where the set has none."""
    trace: tuple[Firing, ...] = ()
    """The rules that fired, in order; empty for an engine that does not work by firing rules."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One way of working out what the rules mean."""

    name: str
    good_for: str
    """What to use it for: a sentence of the catalogue."""
    judge_commune: Callable[[CriteriaSet, Facts], CommuneJudgement]
    judge_all: Judge
    unusable: Callable[[], Message | None]
    """Why it cannot work on this machine and how to mend that; None where it works."""


def judge_commune(engine: str, rules: CriteriaSet, facts: Facts) -> CommuneJudgement:
    """Judge one commune for one year with the engine of that name; raises NtmError where it cannot work."""
    return engine_named(engine).judge_commune(rules, facts)


def evaluate_with(
    engine: str, rules: CriteriaSet, records: Sequence[CommuneYear], *, years: Sequence[int] | None = None
) -> Evaluation:
    """Judge every record of the given years (None: all) with the engine of that name, as `batch.evaluate` does."""
    return evaluate(rules, records, years=years, judge=engine_named(engine).judge_all)


def engine_named(name: str) -> Engine:
    """Return the engine of that name.

    Raises:
        NtmError: there is none, or it cannot work here; the message says what to do.
    """
    if name not in ENGINES:
        close = nearest(name, ENGINES)
        raise NtmError(
            Message("There is no engine “{name}”; the engines are: {known}", name=name, known=", ".join(ENGINES)),
            *([Message("Did you mean “{name}”?", name=close)] if close else []),
        )
    engine = ENGINES[name]
    problem = engine.unusable()
    if problem is not None:
        raise NtmError(problem)
    return engine


# --- from one shape to the other -----------------------------------------------------------------


def _reference_commune(rules: CriteriaSet, facts: Facts) -> CommuneJudgement:
    return CommuneJudgement(evaluate_commune(rules, facts), evaluate_conditions(rules, facts))


def _columnar_commune(rules: CriteriaSet, facts: Facts) -> CommuneJudgement:
    if facts.classes is not None:
        rules = replace(rules, communes=rules.communes.classed(facts.report.code, facts.classes))
    facts = with_tallies(rules, facts)
    return _judgement(rules, facts, columnar(rules, [facts.report], [facts.group], _previous(facts)))


def _durable_commune(rules: CriteriaSet, facts: Facts) -> CommuneJudgement:
    compiled = rete.CompiledFacts(rules)
    derived = compiled.derive(facts)
    verdicts = np.array(derived.verdicts, np.uint8)[:, None]
    reasons = np.array([CODE[reason] for reason in derived.reasons], np.uint8)[:, None]
    return _judgement(rules, facts, EngineOutput(compiled.table, verdicts, reasons), derived.trace)


def _judgement(
    rules: CriteriaSet, facts: Facts, judged: EngineOutput, trace: tuple[Firing, ...] = ()
) -> CommuneJudgement:
    """Return as results what an engine made of one commune."""
    records, previous = laid_out([facts.report], _previous(facts))
    one = Evaluation(rules, judged.table, records, previous, [facts.group], judged.verdicts, judged.reasons)
    return CommuneJudgement(one.result(0), one.conditions(0), trace)


def _previous(facts: Facts) -> EarlierRecords:
    return _EarlierOfOne(facts)


class _EarlierOfOne(EarlierRecords):
    """What one commune reported for other years."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._before = {(facts.report.code, facts.report.year): facts.previous} if facts.previous else {}

    def __getitem__(self, key: tuple[str, int]) -> CommuneYear:
        return self._before[key]

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._before)

    def __len__(self) -> int:
        return len(self._before)

    def others(self, record: CommuneYear) -> Mapping[int, CommuneYear]:
        """Return year -> the record of it."""
        return self._facts.others if record.code == self._facts.report.code else {}


def _durable(
    rules: CriteriaSet,
    records: Sequence[CommuneYear],
    groups: Sequence[str | None],
    previous: Mapping[tuple[str, int], CommuneYear],
) -> EngineOutput:
    compiled = rete.CompiledFacts(rules)
    verdicts = np.zeros((len(compiled.table), len(records)), np.uint8)
    reasons = np.zeros_like(verdicts)
    for at, (record, group) in enumerate(zip(records, groups, strict=True)):
        facts = facts_of(record, previous, group)
        derived = compiled.derive(facts, traced=False)
        verdicts[:, at] = derived.verdicts
        reasons[:, at] = [CODE[reason] for reason in derived.reasons]
    return EngineOutput(compiled.table, verdicts, reasons)


def _reference(
    rules: CriteriaSet,
    records: Sequence[CommuneYear],
    groups: Sequence[str | None],
    previous: Mapping[tuple[str, int], CommuneYear],
) -> EngineOutput:
    table = flatten(rules)
    row_of = {(row.level, row.id): at for at, row in enumerate(table)}
    verdicts = np.zeros((len(table), len(records)), np.uint8)
    reasons = np.zeros_like(verdicts)

    def write(result: Result, at: int, level: str) -> None:
        row = row_of[level, result.id]
        verdicts[row, at] = result.verdict
        reasons[row, at] = CODE[result.reason]
        for child in result.children:
            write(child, at, child.level)

    for at, (record, group) in enumerate(zip(records, groups, strict=True)):
        facts = facts_of(record, previous, group)
        write(evaluate_commune(rules, facts), at, "commune")
        conditions = evaluate_conditions(rules, facts)
        if conditions is not None:
            write(conditions, at, "recognition")
    return EngineOutput(table, verdicts, reasons)


def _works() -> None:
    return None


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(
            "reference",
            N_("one commune; the meaning of the rules, short enough to read aloud"),
            _reference_commune,
            _reference,
            _works,
        ),
        Engine("columnar", N_("any number of communes, fast"), _columnar_commune, columnar, _works),
        Engine(
            "durable",
            N_("forward chaining with its firing trace; needs the extra “durable”"),
            _durable_commune,
            _durable,
            why_unusable,
        ),
    )
}
"""The engines, by name."""
