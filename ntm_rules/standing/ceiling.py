"""What the law in force lets be judged, and the most that a commune can meet today.

For every figure a commune could still report, a node can come to some of the five verdicts. It is *judged whole*
when, with every figure reported, none of them is NO_TARGET, nor NO_DATA because nobody has named the commune's group.
It is *attainable* when MET is one of them. The two differ: of alternatives one of which has no target yet, another
can be met; a requirement without a target may not apply ("if any", nothing to count).

Parts are taken as free of each other, but for the questions "if any", which are answered alike everywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict, combine
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Combination,
    Comparator,
    CriteriaSet,
    Indicator,
    Node,
    Requirement,
    leaves,
)
from ntm_rules.standing.reports import Bools, usable

Exists = Mapping[str, bool]
""""If any" measure, or share that may have nothing to count -> whether there is any, where that is known."""
MOST_QUESTIONS = 10
"""Questions "if any" in one criterion that are answered in all combinations; more are taken as free."""
WAITING = frozenset({Verdict.NO_TARGET, Verdict.NO_DATA})


class Reach(NamedTuple):
    """What a node can come to once every figure is reported."""

    whole: bool
    """No verdict of it waits for the law."""
    attainable: bool
    """It can be met, or does not apply."""


@dataclass(frozen=True, slots=True)
class GroupCeiling:
    """What the law allows the communes of one group (None: those whose group is not known, or a set without groups)."""

    group: str | None
    communes: int
    """Of the register that the set applies to."""
    criteria: tuple[str, ...]
    """Ids of all criteria in force."""
    whole: tuple[str, ...]
    """Criteria judged whole, whatever the figures."""
    attainable: tuple[str, ...]
    """Criteria that can be met today."""
    indicators: tuple[str, ...]
    indicators_whole: tuple[str, ...]
    indicators_attainable: tuple[str, ...]
    conditions_whole: bool
    """Whether the further conditions of recognition can be judged whole; true where there are none."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The criteria that wait, in whole or in part, for the law."""
        return tuple(id_ for id_ in self.criteria if id_ not in self.whole)

    @property
    def highest(self) -> int:
        """The most criteria that a commune of this group can meet today."""
        return len(self.attainable)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the law in force allows in one year, and how many communes are there.

    Where groups differ the properties give the least and the most over the groups that have communes.
    """

    total: int
    """Criteria in force."""
    groups: tuple[GroupCeiling, ...]
    """In the set's order; the group not known last."""
    reached: int
    """Communes with a usable report that meet as many criteria as their group can."""
    reported: int
    """Communes with a usable report."""

    @property
    def whole(self) -> tuple[int, int]:
        """How many criteria can be judged whole: the least and the most over the groups."""
        return _span([len(group.whole) for group in self.groups])

    @property
    def highest(self) -> tuple[int, int]:
        """How many criteria a commune can meet today: the least and the most over the groups."""
        return _span([group.highest for group in self.groups])

    @property
    def alike(self) -> bool:
        """Whether the numbers are the same for all groups."""
        return self.whole[0] == self.whole[1] and self.highest[0] == self.highest[1]

    @property
    def complete(self) -> bool:
        """Whether nothing waits for the law: every criterion is judged whole for every commune."""
        return self.whole[0] == self.total

    def of(self, group: str | None) -> GroupCeiling:
        """Return the ceiling of a group.

        Raises:
            KeyError: no commune of the register is of this group.
        """
        return {one.group: one for one in self.groups}[group]


def _span(numbers: Sequence[int]) -> tuple[int, int]:
    return (min(numbers), max(numbers)) if numbers else (0, 0)


def ceiling_of(evaluation: Evaluation, counted: Bools | None = None) -> Ceiling:
    """Return what the law of an evaluation allows, and how many of its records are there.

    `counted` says which records count; None: those with a usable report.
    """
    rules = evaluation.rules
    register = [commune.group for commune in rules.communes.within()]
    present = [group for group in (*rules.groups, None) if group in register]
    groups = tuple(group_ceiling(rules, group, register.count(group)) for group in present)
    highest = {one.group: one.highest for one in groups}
    met = (evaluation.verdicts[evaluation.level("criterion")] == Verdict.MET).sum(axis=0).tolist()
    said = (usable(evaluation) if counted is None else counted).tolist()
    reached = sum(
        says and count >= highest.get(group, len(rules.criteria))
        for group, count, says in zip(evaluation.groups, met, said, strict=True)
    )
    return Ceiling(len(rules.criteria), groups, reached, sum(said))


def group_ceiling(rules: CriteriaSet, group: str | None, communes: int = 0) -> GroupCeiling:
    """Return what the law allows communes of a group, whatever they report."""
    criteria = {c.id: reach(rules, [i.condition for i in c.indicators], group) for c in rules.criteria}
    indicators = {i.id: reach(rules, [i.condition], group) for i in rules.indicators()}
    conditions = [condition.condition for condition in rules.conditions]
    return GroupCeiling(
        group=group,
        communes=communes,
        criteria=tuple(criteria),
        whole=tuple(id_ for id_, found in criteria.items() if found.whole),
        attainable=tuple(id_ for id_, found in criteria.items() if found.attainable),
        indicators=tuple(indicators),
        indicators_whole=tuple(id_ for id_, found in indicators.items() if found.whole),
        indicators_attainable=tuple(id_ for id_, found in indicators.items() if found.attainable),
        conditions_whole=not conditions or reach(rules, conditions, group).whole,
    )


class Judgeable(NamedTuple):
    """What can be judged for each record. Shape of the arrays: (nodes of the level, records)."""

    whole: NDArray[np.bool_]
    """The law judges it whole for this commune, given its "if any" answers; or it is met, whatever waits beside it."""
    attainable: NDArray[np.bool_]


def judgeable(evaluation: Evaluation, level: str) -> Judgeable:
    """Return what can be judged of a level ("criterion", "indicator"), for each record's group and answers."""
    rules = evaluation.rules
    rows = evaluation.level(level)
    nodes = [_conditions_of(evaluation, row) for row in rows]
    questions = [_questions(rules, node) for node in nodes]
    whole = np.zeros((len(rows), len(evaluation.records)), np.bool_)
    attainable = np.zeros_like(whole)
    known: dict[tuple[int, str | None, tuple[tuple[str, bool], ...]], Reach] = {}
    for record, report in enumerate(evaluation.records):
        group = evaluation.groups[record]
        answers = {m: said for asked in questions for m in asked if (said := _exists(report, m)) is not None}
        for i, node in enumerate(nodes):
            own = tuple((m, answers[m]) for m in questions[i] if m in answers)
            at = i, group, own
            if at not in known:
                known[at] = reach(rules, node, group, dict(own))
            whole[i, record], attainable[i, record] = known[at]
    met = evaluation.verdicts[rows] == Verdict.MET
    return Judgeable(whole | met, attainable | met)


def _conditions_of(evaluation: Evaluation, row: int) -> list[Node]:
    node = evaluation.table[row].node
    if isinstance(node, Indicator):
        return [node.condition]
    below = (evaluation.table[child].node for child in evaluation.table[row].children)
    return [indicator.condition for indicator in below if isinstance(indicator, Indicator)]


def _exists(report: CommuneYear, measure: str) -> bool | None:
    """Tell whether a commune has any of what a measure asks or counts; None where it has not said."""
    reported = report.get(measure)
    if reported.state is State.NOTHING_TO_COUNT:
        return False
    if reported.state is not State.PRESENT:
        return None
    return bool(reported.value) or bool(reported.base)


def _questions(rules: CriteriaSet, nodes: Sequence[Node]) -> tuple[str, ...]:
    """Return the measures that may make something below nodes "not applicable"."""
    found = [
        measure
        for node in nodes
        for leaf in leaves(node)
        for measure in (leaf.applies_if, leaf.measure if _may_count_nothing(rules, leaf) else None)
        if measure
    ]
    return tuple(dict.fromkeys(found))


def _may_count_nothing(rules: CriteriaSet, leaf: Requirement) -> bool:
    return rules.measures[leaf.measure].zero_denominator == "not_applicable"


def reach(rules: CriteriaSet, nodes: Sequence[Node], group: str | None, exists: Exists | None = None) -> Reach:
    """Return what `all` of some nodes can come to for communes of a group, given what is known to exist."""
    told = dict(exists or {})
    open_ = [question for question in _questions(rules, nodes) if question not in told]
    verdicts: set[Verdict] = set()
    if len(open_) > MOST_QUESTIONS:
        verdicts |= _all(rules, nodes, group, told)
        verdicts |= _all(rules, nodes, group, {**told, **dict.fromkeys(open_, True)})
    else:
        for answers in itertools.product((True, False), repeat=len(open_)):
            verdicts |= _all(rules, nodes, group, {**told, **dict(zip(open_, answers, strict=True))})
    return Reach(not verdicts & WAITING, bool(verdicts & {Verdict.MET, Verdict.NOT_APPLICABLE}))


def _all(rules: CriteriaSet, nodes: Sequence[Node], group: str | None, exists: Exists) -> set[Verdict]:
    return _folded("all", [_verdicts(rules, node, group, exists) for node in nodes])


def _folded(op: str, parts: Sequence[set[Verdict]]) -> set[Verdict]:
    whole = parts[0]
    for part in parts[1:]:
        whole = {combine(op, pair) for pair in itertools.product(whole, part)}
    return whole


def _verdicts(rules: CriteriaSet, node: Node, group: str | None, exists: Exists) -> set[Verdict]:
    """Return every verdict a node can have once its figures are reported."""
    if isinstance(node, Combination):
        return _folded(node.op, [_verdicts(rules, child, group, exists) for child in node.children])
    asked = [node.applies_if, node.measure if _may_count_nothing(rules, node) else None]
    there = [exists.get(measure) for measure in asked if measure]
    if False in there:
        return {Verdict.NOT_APPLICABLE}
    free = {Verdict.NOT_APPLICABLE} if None in there else set()
    if isinstance(node.target, AwaitedTarget):
        return free | {Verdict.NO_TARGET}
    target = node.target.value_for(group)
    if target is None:
        return free | {Verdict.NO_DATA}
    return free | ({Verdict.NOT_MET} if _out_of_range(rules, node, target) else {Verdict.MET, Verdict.NOT_MET})


def _out_of_range(rules: CriteriaSet, node: Requirement, target: Decimal) -> bool:
    """Tell whether nothing that can be reported reaches a target."""
    measure = rules.measures[node.measure]
    if measure.range is None or measure.kind not in ("share", "count", "amount"):
        return False
    if node.comparator is Comparator.AT_MOST:
        return measure.range.min is not None and target < measure.range.min
    return measure.range.max is not None and target > measure.range.max
