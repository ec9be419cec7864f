"""What the law in force lets be judged, and the most that a commune can meet today.

For every figure a commune could still report, a node can come to some of the five verdicts. It is *judged whole*
when, with every figure reported, none of them is NO_TARGET, nor NO_DATA because nobody has named the commune's group.
It is *attainable* when MET is one of them. The two differ: of alternatives one of which has no target yet, another
can be met; a requirement without a target may not apply ("if any", nothing to count).

Parts are taken as free of each other, but for the questions "if any", which are answered alike everywhere.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.reference import opens
from ntm_rules.evaluation.standards import standard_verdict
from ntm_rules.evaluation.verdicts import Verdict, outcomes
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    Cell,
    ClassedTarget,
    Classing,
    Combination,
    CriteriaSet,
    Criterion,
    Gate,
    Node,
    NotAsked,
    Requirement,
    Target,
    leaves,
)
from ntm_rules.rulebook.models import BY_GROUP

Question = str | Gate
"""A measure of which there may be nothing ("if any", or a share with nothing to count), or a gate of another kind."""
Exists = Mapping[Question, bool]
"""Question -> whether there is any, or the gate is open, where that is known."""
Classes = Mapping[str, str | None]
"""By what a target differs -> the commune's class; what is not there could be any."""
MOST_QUESTIONS = 10
"""Questions "if any" in one criterion that are answered in all combinations; more are taken as free."""
WAITING = frozenset({Verdict.NO_TARGET, Verdict.NO_DATA})
REACHED = (Verdict.MET, Verdict.NOT_APPLICABLE)


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
    standard_attainable: bool
    """Whether the set's own standard can be met today; without one, whether every criterion can."""
    classes: Classes = field(default_factory=dict)
    """What the register says of these communes that targets differ by, beside the group."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The criteria that wait, in whole or in part, for the law."""
        return tuple(id_ for id_ in self.criteria if id_ not in self.whole)

    @property
    def highest(self) -> int:
        """The most criteria that a commune of this group can meet today."""
        return len(self.attainable)


def group_ceiling(
    rules: CriteriaSet, group: str | None, communes: int = 0, classes: Classes | None = None
) -> GroupCeiling:
    """Return what the law allows communes of a group, and of these classes, whatever they report."""
    criteria = {c.id: criterion_reach(rules, c, group, classes=classes) for c in rules.criteria}
    indicators = {i.id: reach(rules, [i.condition], group, classes=classes) for i in rules.indicators()}
    conditions = [condition.condition for condition in rules.conditions]
    attainable = {("criterion", id_): found.attainable for id_, found in criteria.items()}
    attainable |= {("indicator", id_): found.attainable for id_, found in indicators.items()}
    return GroupCeiling(
        group=group,
        communes=communes,
        criteria=tuple(criteria),
        whole=tuple(id_ for id_, found in criteria.items() if found.whole),
        attainable=tuple(id_ for id_, found in criteria.items() if found.attainable),
        indicators=tuple(indicators),
        indicators_whole=tuple(id_ for id_, found in indicators.items() if found.whole),
        indicators_attainable=tuple(id_ for id_, found in indicators.items() if found.attainable),
        conditions_whole=not conditions or reach(rules, conditions, group, classes=classes).whole,
        standard_attainable=all(one.attainable for one in criteria.values())
        if rules.standard is None
        else standard_verdict(rules.standard, lambda named: _best(attainable[named.level, named.id])) in REACHED,
        classes=classes or {},
    )


def _best(attainable: bool) -> Verdict:
    return Verdict.MET if attainable else Verdict.NOT_MET


def exists_in(report: CommuneYear, measure: Question) -> bool | None:
    """Tell whether a commune has any of what a measure asks or counts; None where it has not said."""
    if isinstance(measure, Gate):
        return opens(measure, report)
    reported = report.get(measure)
    if reported.state is State.NOTHING_TO_COUNT:
        return False
    if reported.state is not State.PRESENT:
        return None
    return bool(reported.value) or bool(reported.base)


def questions_of(rules: CriteriaSet, nodes: Sequence[Node]) -> tuple[Question, ...]:
    """Return the measures that may make something below nodes "not applicable"."""
    return tuple(
        dict.fromkeys(asked for node in nodes for leaf in leaves(node) for asked, _open in _asked(rules, leaf))
    )


def _asked(rules: CriteriaSet, leaf: Requirement) -> Iterator[tuple[Question, bool]]:
    """Yield what may make a requirement "not applicable", and the answer that does not."""
    for gate in leaf.gates:
        yield (gate.measure, bool(gate.bar)) if gate.is_question else (gate, True)
    if rules.measures[leaf.measure].zero_denominator == "not_applicable":
        yield leaf.measure, True


def classings_of(nodes: Sequence[Node]) -> tuple[Classing, ...]:
    """Return by what, beside the group, targets below nodes differ."""
    targets = [leaf.target for node in nodes for leaf in leaves(node)]
    found = {target.classing.by: target.classing for target in targets if isinstance(target, ClassedTarget)}
    return tuple(classing for classing in found.values() if not classing.is_group)


def reach(
    rules: CriteriaSet,
    nodes: Sequence[Node],
    group: str | None,
    exists: Exists | None = None,
    classes: Classes | None = None,
) -> Reach:
    """Return what `all` of some nodes can come to for communes of a group, given what is known to exist, and of their class."""
    told, of = dict(exists or {}), {**(classes or {}), BY_GROUP: group}
    open_ = [question for question in questions_of(rules, nodes) if question not in told]
    verdicts: set[Verdict] = set()
    if len(open_) > MOST_QUESTIONS:
        verdicts |= _all(rules, nodes, of, told)
        verdicts |= _all(rules, nodes, of, {**told, **dict.fromkeys(open_, True)})
    else:
        for answers in itertools.product((True, False), repeat=len(open_)):
            verdicts |= _all(rules, nodes, of, {**told, **dict(zip(open_, answers, strict=True))})
    return Reach(not verdicts & WAITING, bool(verdicts & {Verdict.MET, Verdict.NOT_APPLICABLE}))


def criterion_reach(
    rules: CriteriaSet,
    criterion: Criterion,
    group: str | None,
    exists: Exists | None = None,
    classes: Classes | None = None,
) -> Reach:
    """Return what a criterion can come to: `all` of its indicators, or by a standard of its own.

    By a standard, its indicators are taken as free of each other, and it is judged whole where each that counts is.
    """
    if criterion.standard is None:
        return reach(rules, [indicator.condition for indicator in criterion.indicators], group, exists, classes)
    own = {
        indicator.id: reach(rules, [indicator.condition], group, exists, classes) for indicator in criterion.indicators
    }
    best = standard_verdict(criterion.standard, lambda named: _best(own[named.id].attainable))
    whole = all(own[named.id].whole for named in criterion.standard.names())
    return Reach(whole, best in REACHED)


def _all(rules: CriteriaSet, nodes: Sequence[Node], of: Classes, exists: Exists) -> set[Verdict]:
    return outcomes("all", [_verdicts(rules, node, of, exists) for node in nodes])


def _verdicts(rules: CriteriaSet, node: Node, of: Classes, exists: Exists) -> set[Verdict]:
    """Return every verdict a node can have once its figures are reported."""
    if isinstance(node, Combination):
        return outcomes(node.op, [_verdicts(rules, child, of, exists) for child in node.children], node.needed)
    asked = list(_asked(rules, node))
    if any(exists.get(question) is (not open_) for question, open_ in asked):
        return {Verdict.NOT_APPLICABLE}
    free = {Verdict.NOT_APPLICABLE} if any(question not in exists for question, _open in asked) else set()
    found = free.union(*(_against(rules, node, own) for own in _own(node.target, of)))
    return found if node.hamlets is None else _counted(rules, node.hamlets.each, node, of, found)


def _counted(rules: CriteriaSet, each: Node, node: Requirement, of: Classes, found: set[Verdict]) -> set[Verdict]:
    """Return what a requirement that counts hamlets can come to, given what the law lets each of them come to.

    Questions of hamlets are each hamlet's own, so they may be answered one way or the other.
    """
    own = reach(rules, [each], of.get(BY_GROUP), classes=of)
    if not own.whole and found & {Verdict.MET, Verdict.NOT_MET}:
        found = found | {Verdict.NO_TARGET}
    return found if own.attainable or node.wants_less else found - {Verdict.MET}


def _own(target: Target, of: Classes) -> tuple[Cell | None, ...]:
    """Return the target of a commune's class; where that could be any, every one."""
    if not isinstance(target, ClassedTarget):
        return (target,)
    if target.classing.by in of:
        return (target.of_class(of[target.classing.by]),)
    return tuple(map(target.of_class, target.classing.classes))


def _against(rules: CriteriaSet, node: Requirement, own: Cell | None) -> set[Verdict]:
    """Return every verdict a requirement can have once its figure is reported, under the target of one class."""
    if isinstance(own, NotAsked):
        return {Verdict.NOT_APPLICABLE}
    if isinstance(own, AwaitedTarget):
        return {Verdict.NO_TARGET}
    if own is None:
        return {Verdict.NO_DATA}
    return {Verdict.NOT_MET} if _out_of_range(rules, node, own.everywhere) else {Verdict.MET, Verdict.NOT_MET}


def _out_of_range(rules: CriteriaSet, node: Requirement, target: Decimal) -> bool:
    """Tell whether nothing that can be reported reaches a target; a change or a growth may be anything."""
    measure = rules.measures[node.measure]
    if node.taken.compares_years:
        return False
    if measure.range is None or not measure.traits.quantity or measure.traits.needs_year_before:
        return False
    best = measure.range.min if node.comparator.is_ceiling else measure.range.max
    return best is not None and not node.comparator.reached(Fraction(best), Fraction(target))
