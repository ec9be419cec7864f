"""What the law in force lets be judged over all communes, and the most that they can meet today (see `reach`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import lets_through
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Classing, CriteriaSet, Criterion, Gate, Indicator, Node
from ntm_rules.standing.reach import Classes, Exists, Question, Reach, classings_of, criterion_reach, questions_of
from ntm_rules.standing.reach import GroupCeiling as GroupCeiling
from ntm_rules.standing.reach import group_ceiling as group_ceiling
from ntm_rules.standing.reach import reach as reach
from ntm_rules.standing.reports import Bools, usable
from ntm_rules.text_columns import Ints, alike


class GroupSpan(NamedTuple):
    """What the law allows the communes of one group."""

    group: str | None
    communes: int
    whole: tuple[int, int]
    """How many criteria can be judged whole: the least and the most over its communes."""
    highest: tuple[int, int]
    """How many a commune can meet today: the least and the most over its communes."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the law in force allows in one year, and how many communes are there.

    Where groups differ, or classes of communes within one, the properties give the least and the most over those that
    have communes.
    """

    total: int
    """Criteria in force."""
    groups: tuple[GroupCeiling, ...]
    """In the set's order; the group not known last. Communes of one group that targets tell apart stand apart."""
    reached: int
    """Communes with a usable report that meet as many criteria as their group and classes can, and that is at least one."""
    reported: int
    """Communes with a usable report."""
    meeting: int = 0
    """Those of them that meet every criterion, or the set's own standard."""

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

    def by_group(self) -> Iterator[GroupSpan]:
        """Yield what the law allows each group: the least and the most over its communes."""
        for group in dict.fromkeys(one.group for one in self.groups):
            own = [one for one in self.groups if one.group == group]
            whole, highest = _span([len(one.whole) for one in own]), _span([one.highest for one in own])
            yield GroupSpan(group, sum(one.communes for one in own), whole, highest)


def _span(numbers: Sequence[int]) -> tuple[int, int]:
    return (min(numbers), max(numbers)) if numbers else (0, 0)


def ceiling_of(evaluation: Evaluation, mask: Bools | None = None) -> Ceiling:
    """Return what the law of an evaluation allows, and how many of its records are there.

    `mask` says which records count; None: those with a usable report.
    """
    rules = evaluation.rules
    differing = [one for one in classings_of(list(_conditions(rules))) if not one.is_answer]
    kinds = Counter((one.group, tuple(one.class_by(by.by) for by in differing)) for one in rules.communes.within())
    order = [*rules.groups, None]
    groups = tuple(
        group_ceiling(rules, group, n, {by.by: class_ for by, class_ in zip(differing, classes, strict=True)})
        for (group, classes), n in sorted(kinds.items(), key=lambda kind: (order.index(kind[0][0]), str(kind[0][1])))
    )
    met = (evaluation.verdicts[evaluation.level("criterion")] == Verdict.MET).sum(axis=0)
    said = usable(evaluation) if mask is None else mask
    most = np.full(len(met), len(rules.criteria))
    for one in groups:
        here = evaluation.of_group(one.group)
        for by in differing:
            place = by.classes.index(one.classes[by.by]) if one.classes[by.by] in by.classes else len(by.classes)
            here = here & (evaluation.class_numbers(by) == place)
        most[here] = one.highest
    reached = int((said & (met >= most) & (most > 0)).sum())
    (whole,) = evaluation.level("commune")
    meeting = int((said & (evaluation.verdicts[whole] == Verdict.MET)).sum())
    return Ceiling(len(rules.criteria), groups, reached, int(said.sum()), meeting)


def _conditions(rules: CriteriaSet) -> Iterator[Node]:
    return (indicator.condition for indicator in rules.every_indicator())


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
    questions = [questions_of(rules, node) for node in nodes]
    asked = tuple(dict.fromkeys(question for own in questions for question in own))
    groups = evaluation.all_groups
    classings = classings_of([node for own in nodes for node in own])
    differing = [{one.by for one in classings_of(own)} for own in nodes]
    said = np.stack(
        [
            evaluation.group_numbers,
            *(evaluation.class_numbers(classing) for classing in classings),
            *(_answered(evaluation, measure) for measure in asked),
        ]
    )
    of_record, first = alike(said)
    known: dict[tuple[object, ...], Reach] = {}

    def reached(i: int, group: str | None, told: Exists, classes: Classes) -> Reach:
        own = tuple((measure, told[measure]) for measure in questions[i] if measure in told)
        of = tuple((by, class_) for by, class_ in classes.items() if by in differing[i])
        at = i, group, own, of
        if at not in known:
            node = evaluation.table[rows[i]].node
            told_ = dict(own)
            known[at] = (
                criterion_reach(rules, node, group, told_, dict(of))
                if isinstance(node, Criterion)
                else reach(rules, nodes[i], group, told_, dict(of))
            )
        return known[at]

    tables = np.zeros((2, len(rows), max(1, len(first))), np.bool_)
    for kind, (group, *numbers) in enumerate(said[:, first].T.tolist()):
        classes, answers = _classes(classings, numbers), numbers[len(classings) :]
        told = {measure: bool(answer) for measure, answer in zip(asked, answers, strict=True) if answer >= 0}
        for i in range(len(rows)):
            tables[:, i, kind] = reached(i, groups[group], told, classes)
    whole, attainable = tables[:, :, of_record]
    met = evaluation.verdicts[rows] == Verdict.MET
    return Judgeable(whole | met, attainable | met)


def _classes(classings: Sequence[Classing], numbers: Sequence[int]) -> Classes:
    """Return classes given their places; an answer that is not given could be any."""
    of = zip(classings, numbers, strict=False)
    found = {one.by: (one.classes[at] if at < len(one.classes) else None, one.is_answer) for one, at in of}
    return {by: class_ for by, (class_, is_answer) in found.items() if class_ is not None or not is_answer}


def _answered(evaluation: Evaluation, question: Question) -> Ints:
    """Tell of each record whether a commune has any of what a measure asks or counts, as `reach.exists_in`; -1: not said."""
    columns, owners = evaluation.records.columns, evaluation.records.owners
    measure = question.measure if isinstance(question, Gate) else question
    if measure not in columns.measures:
        return np.full(len(owners), -1)
    at = columns.measures.index(measure)
    if isinstance(question, Gate):
        through = lets_through(question, columns.value[at, owners])
        return np.where(columns.state[at, owners] == State.PRESENT, through, -1)
    state, some = columns.state[at, owners], (columns.value[at, owners] != 0) | (columns.base[at, owners] != 0)
    return np.where(state == State.PRESENT, some, np.where(state == State.NOTHING_TO_COUNT, 0, -1))


def _conditions_of(evaluation: Evaluation, row: int) -> list[Node]:
    node = evaluation.table[row].node
    if isinstance(node, Indicator):
        return [node.condition]
    below = (evaluation.table[child].node for child in evaluation.table[row].children)
    return [indicator.condition for indicator in below if isinstance(indicator, Indicator)]
