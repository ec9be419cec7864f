"""What two laws make of the same probes, indicator by indicator: by which figures the verdicts differ."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import ClassedTarget, Classing, CriteriaSet, Criterion, Indicator
from ntm_rules.rulebook.models import BY_TYPE
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.workbench.comparing.changes import Comparison
from ntm_rules.workbench.comparing.directions import State
from ntm_rules.workbench.comparing.probes import (
    BARE,
    NOTHING,
    Probe,
    ProbedMeasure,
    ProbeReader,
    asked_of,
    backgrounds,
    every_combination,
)
from ntm_rules.workbench.comparing.reachable import RuleSide, as_probe, leaf_probes, reachable


class Stand(NamedTuple):
    """Of which group and classes a commune is."""

    groups: tuple[str | None, str | None]
    """Its group under the first law and under the second; None where it is unknown."""
    classes: tuple[tuple[str, str], ...] = ()
    """Its classes in the register, by what they tell apart; none where it is of none."""


PIVOTS = 12
"""Backgrounds of each pattern before which every level of a figure is tried, where not all can be."""
YEAR = 2200
"""The year of every probe: no rule looks at it, and both laws judge the same one."""
EXAMPLES = 1
"""Examples kept of each change of verdict."""


class Example(NamedTuple):
    """One probe whose verdict differs."""

    measures: tuple[str, ...]
    probe: Probe
    stand: Stand
    before: State
    after: State


@dataclass(frozen=True, slots=True)
class ProbeOutcome:
    """What the probes of one indicator showed."""

    probes: int
    """How many were judged under both laws, each group of communes counted."""
    exhaustive: bool
    """Whether every combination of the levels was among them."""
    complete: bool
    """Whether every change of the indicator's verdict that the levels can show was found."""
    turns: dict[tuple[State, State], int]
    """(before, after) -> how many probes changed so."""
    parts: tuple[str, ...]
    """Requirements whose own verdict differs for some probe."""
    examples: tuple[Example, ...]

    @property
    def differs(self) -> bool:
        """Whether the verdict of the indicator, or of a requirement that both laws have, differs anywhere."""
        return bool(self.turns or self.parts)


def same_by_construction(before: tuple[CriteriaSet, Indicator], after: tuple[CriteriaSet, Indicator]) -> bool:
    """Tell whether an indicator is the same rule under both laws: nothing that is evaluated differs.

    The words, sources and agencies of the condition take part too; they only make this answer no.
    """
    (first, one), (second, other) = before, after
    if one.condition != other.condition or list(first.groups) != list(second.groups):
        return False
    read = {m for r in one.requirements() for m in r.asked}
    if any(first.measures.get(measure) != second.measures.get(measure) for measure in read):
        return False
    scales = {spec.scale for measure in read if (spec := first.measures.get(measure)) and spec.scale}
    return all(first.scales.get(scale) == second.scales.get(scale) for scale in scales)


def told_apart_by(indicator: Indicator) -> dict[str, Classing]:
    """Return by what of the register the targets of an indicator differ."""
    targets = [requirement.target for requirement in indicator.requirements()]
    found = {target.classing.by: target.classing for target in targets if isinstance(target, ClassedTarget)}
    return {by: classing for by, classing in found.items() if not classing.is_answer}


def outcome(
    before: tuple[CriteriaSet, Indicator], after: tuple[CriteriaSet, Indicator], stands: Sequence[Stand]
) -> ProbeOutcome:
    """Judge one indicator's probes under both laws, for communes of every stand."""
    asked = asked_of(before, after)
    laws = _Law(*before, asked), _Law(*after, asked)
    whole = every_combination(asked)
    complete = True
    if whole is not None:
        probes = whole
    else:
        first = backgrounds(asked)
        shown, complete = _that_show_a_change(laws, asked, stands)
        alone = leaf_probes((before[1], after[1]), asked)
        probes = sorted({*first, *alone, *shown, *_before_pivots(laws, asked, first, stands)})
    cases = [(probe, stand) for stand in stands for probe in probes]
    comparison = Comparison(*(law.judge(cases, side) for side, law in enumerate(laws)))
    turns, parts, examples = _told(comparison, cases, tuple(one.measure for one in asked))
    parts = tuple(dict.fromkeys((*parts, *_of_hamlets(before, after, stands))))
    return ProbeOutcome(len(cases), whole is not None, complete, turns, parts, examples)


def _of_hamlets(
    before: tuple[CriteriaSet, Indicator], after: tuple[CriteriaSet, Indicator], stands: Sequence[Stand]
) -> Iterable[str]:
    """Yield the requirements that count hamlets and of which another hamlet meets what each must, or others are counted."""
    (first, one), (second, other) = before, after
    known = {requirement.id: requirement.hamlets for requirement in one.requirements()}
    for requirement in other.requirements():
        was, now = known.get(requirement.id), requirement.hamlets
        if requirement.id not in known or was == now:
            continue
        if (
            was is None
            or now is None
            or was.number != now.number
            or outcome(
                (first, replace(one, condition=was.each)), (second, replace(other, condition=now.each)), stands
            ).differs
        ):
            yield requirement.id


def _that_show_a_change(
    laws: tuple[_Law, _Law], asked: Sequence[ProbedMeasure], stands: Sequence[Stand]
) -> tuple[set[Probe], bool]:
    """Return a probe for every change of verdict that is possible, and whether these are all."""
    found: set[Probe] = set()
    complete = True
    for stand in stands:
        before, after = (
            RuleSide(law.rules, law.indicator, group, law.reader, dict(stand.classes))
            for law, group in zip(laws, stand.groups, strict=True)
        )
        reach = reachable(before, after, asked)
        complete = complete and reach.complete
        found |= {as_probe(figures, asked) for (was, now), figures in reach.pairs.items() if was is not now}
    return found, complete


class _Law:
    """One law cut down to one indicator, ready to judge probes."""

    def __init__(self, rules: CriteriaSet, indicator: Indicator, asked: Sequence[ProbedMeasure]) -> None:
        alone = Criterion(id="-", title="", title_en="", source=indicator.source, indicators=(indicator,))
        self.rules = replace(rules, criteria=(alone,), conditions=(), standard=None)
        self.indicator = indicator
        self.measures = [one.measure for one in asked]
        self.reader = ProbeReader(rules)

    def judge(self, cases: Sequence[tuple[Probe, Stand]], side: int) -> Evaluation:
        """Judge probes as communes of their own, in the group that this side puts them into."""
        since, year = dt.date.min, YEAR
        communes: list[Commune] = []
        records: list[CommuneYear] = []
        for number, (probe, stand) in enumerate(cases):
            code = str(number)
            classes = dict(stand.classes)
            type_ = classes.pop(BY_TYPE, "")
            communes.append(Commune(code, code, type_, since, group=stand.groups[side], classes=tuple(classes.items())))
            now, earlier = {}, {}
            for measure, level in zip(self.measures, probe, strict=True):
                if (value := self.reader.read(measure, level.now)) is not None:
                    now[measure] = value
                if (value := self.reader.read(measure, level.before)) is not None:
                    earlier[measure] = value
            records.append(CommuneYear(code, code, year, now))
            if earlier:
                back = {year - 1, *self.rules.earlier_years(year)}
                records += [CommuneYear(code, code, one, earlier) for one in sorted(back)]
        return evaluate(replace(self.rules, communes=Register(communes, "")), records, years=[year])

    def verdicts(self, cases: Sequence[tuple[Probe, Stand]], side: int) -> list[int]:
        evaluation = self.judge(cases, side)
        found: list[int] = evaluation.verdicts[evaluation.row_of["indicator", self.indicator.id]].tolist()
        return found


def _before_pivots(
    laws: tuple[_Law, _Law], asked: Sequence[ProbedMeasure], first: Sequence[Probe], stands: Sequence[Stand]
) -> Iterable[Probe]:
    """Yield every level of each figure before the backgrounds that let it decide under one of the laws."""
    for stand in stands:
        cases = [(probe, stand) for probe in first]
        seen = dict(
            zip(first, zip(*(law.verdicts(cases, side) for side, law in enumerate(laws)), strict=True), strict=True)
        )
        for at, one in enumerate(asked):
            patterns: dict[Probe, list[tuple[int, int]]] = {}
            for probe, verdicts in seen.items():
                patterns.setdefault((*probe[:at], NOTHING, *probe[at + 1 :]), []).append(verdicts)
            kept: Counter[tuple[tuple[int, int], ...]] = Counter()
            for rest, found in patterns.items():
                pattern = tuple(found)
                if len(set(pattern)) < 2 or kept[pattern] >= PIVOTS:
                    continue
                kept[pattern] += 1
                for level in one.levels:
                    yield (*rest[:at], level, *rest[at + 1 :])


_STATES: tuple[State, ...] = (*Verdict, None)


def _told(
    comparison: Comparison, cases: Sequence[tuple[Probe, Stand]], measures: tuple[str, ...]
) -> tuple[dict[tuple[State, State], int], tuple[str, ...], tuple[Example, ...]]:
    """Return how many probes changed in which way, the requirements that differ, and examples."""
    turns: dict[tuple[State, State], int] = {}
    parts: list[str] = []
    examples: list[Example] = []
    before, after = comparison.states
    for at, key in enumerate(comparison.keys):
        differing = np.flatnonzero(before[at] != after[at]).tolist()
        if key.level == "requirement":
            both = _STATES[int(before[at, 0])] is not None and _STATES[int(after[at, 0])] is not None
            parts += [key.id] if both and differing else []
        if key.level != "indicator" or not differing:
            continue
        by_turn: dict[tuple[State, State], list[int]] = {}
        for case in differing:
            turn = _STATES[int(before[at, case])], _STATES[int(after[at, case])]
            by_turn.setdefault(turn, []).append(case)
        for turn, found in sorted(by_turn.items(), key=lambda pair: -len(pair[1])):
            turns[turn] = len(found)
            fullest = sorted(found, key=lambda case: (sum(cases[case][0].count(bare) for bare in BARE), case))
            examples += [Example(measures, *cases[case], *turn) for case in fullest[:EXAMPLES]]
    return turns, tuple(parts), tuple(examples)
