"""Two years beside each other: what rose, what fell, by commune, criterion and indicator; a line a year for the trend.

Each year is judged by its own law (that in force on the last day of the year, unless a day was asked for). Where the
rule of an indicator differs between the two, what moved may be the law's doing: such changes say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Node, Requirement, Target
from ntm_rules.standing.ceiling import ceiling_of
from ntm_rules.standing.recognition import decision_in
from ntm_rules.standing.reports import Bools, own_reports, usable
from ntm_rules.standing.values import Move as Move

LEVELS = ("criterion", "indicator")


class Change(NamedTuple):
    """One criterion or indicator of one commune that rose or fell."""

    record: int
    """Position in the records of the year judged."""
    code: str
    name: str
    level: str
    id: str
    before: Verdict
    now: Verdict
    move: Move
    law_changed: bool
    """The rule itself differs between the two years."""


@dataclass(frozen=True, slots=True)
class YearTotals:
    """One year of the province, over its communes with a usable report."""

    year: int
    communes: int
    """With a report of that year that can be used."""
    register: int
    meets_all: int
    """Communes that meet every criterion that applies."""
    reached: int
    """Communes that meet as many criteria as the law of that year lets them."""
    criteria_met: int
    """Commune-criteria met."""
    criteria_applicable: int
    indicators_met: int
    indicators_applicable: int
    recognised: int
    """Communes that report a decision of recognition."""


@dataclass(frozen=True, slots=True)
class YearComparison:
    """The year judged beside the year before; changes of communes that reported in both."""

    before: Evaluation
    now: Evaluation
    totals: tuple[YearTotals, YearTotals]
    both: int
    """Communes with a usable report of either year: the denominator of every change."""
    law_changed: frozenset[str]
    """Ids of the indicators whose rule differs, or which only one year has."""
    changes: Sequence[Change]
    """By commune, then criteria before indicators, in the order of the law."""

    @property
    def same_law(self) -> bool:
        """Whether both years are judged by the same rules."""
        return not self.law_changed

    def of_level(self, level: str, *moves: Move) -> list[Change]:
        """Return the changes of a level, of the moves given or of all."""
        return [c for c in self.changes if c.level == level and (not moves or c.move in moves)]

    def by_commune(self, level: str) -> dict[str, Counter[Move]]:
        """Return commune code -> how many moved, and how; communes in which nothing moved are not in it."""
        return _counted((change.code, change.move) for change in self.of_level(level))

    def moved_in(self, level: str, code: str, move: Move) -> list[str]:
        """Return which criteria or indicators of a commune moved so, by their ids."""
        return [change.id for change in self.of_level(level, move) if change.code == code]

    def by_id(self, level: str) -> dict[str, Counter[Move]]:
        """Return id of a criterion or indicator -> in how many communes it moved, and how."""
        return _counted((change.id, change.move) for change in self.of_level(level))


def _counted(moved: Iterator[tuple[str, Move]] | Sequence[tuple[str, Move]]) -> dict[str, Counter[Move]]:
    found: dict[str, Counter[Move]] = {}
    for name, move in moved:
        found.setdefault(name, Counter())[move] += 1
    return found


def compare_years(before: Evaluation, now: Evaluation) -> YearComparison | None:
    """Return what moved between two years, each judged by its law; None where nobody reported for the year before.

    What communes name only as the start of a growth is no report of the year before.
    """
    own = own_reports(before, now)
    if not own.any():
        return None
    said = usable(now)
    changed = frozenset(_law_changed(before.rules, now.rules))
    earlier = {record.code: at for at, record in enumerate(before.records) if own[at]}
    pairs = [(earlier[record.code], at) for at, record in enumerate(now.records) if said[at] and record.code in earlier]
    return YearComparison(
        before=before,
        now=now,
        totals=(year_totals(before, own), year_totals(now, said)),
        both=len(pairs),
        law_changed=changed,
        changes=list(_changes(before, now, pairs, changed)),
    )


def _changes(
    before: Evaluation, now: Evaluation, pairs: Sequence[tuple[int, int]], law_changed: frozenset[str]
) -> Iterator[Change]:
    if not pairs:
        return
    told: dict[int, list[Change]] = {at: [] for _then, at in pairs}
    then, at = (np.array(side) for side in zip(*pairs, strict=True))
    changed_criteria = {
        indicator.criterion
        for rules in (before.rules, now.rules)
        for indicator in rules.indicators()
        if indicator.id in law_changed
    }
    for level in LEVELS:
        for row in now.level(level):
            id_ = now.table[row].id
            earlier = before.row_of.get((level, id_))
            if earlier is None:
                continue
            was, is_ = before.verdicts[earlier, then], now.verdicts[row, at]
            for i in np.flatnonzero((was != is_) & ((was == Verdict.MET) | (is_ == Verdict.MET))).tolist():
                record = now.records[int(at[i])]
                old, new = Verdict(int(was[i])), Verdict(int(is_[i]))
                if Verdict.NOT_APPLICABLE in (old, new):
                    continue
                law = id_ in law_changed if level == "indicator" else id_ in changed_criteria
                move = Move.ROSE if new is Verdict.MET else Move.FELL if new is Verdict.NOT_MET else Move.UNKNOWN_NOW
                told[int(at[i])].append(Change(int(at[i]), record.code, record.name, level, id_, old, new, move, law))
    for changes in told.values():
        yield from changes


def year_totals(evaluation: Evaluation, counted: Bools | None = None) -> YearTotals:
    """Return the totals of one year over the records counted; None: those with a usable report."""
    here = usable(evaluation) if counted is None else counted
    criteria, indicators = (evaluation.verdicts[evaluation.level(level)][:, here] for level in LEVELS)
    whole = evaluation.verdicts[evaluation.level("commune")][:, here]
    ceiling = ceiling_of(evaluation, here)
    return YearTotals(
        year=evaluation.records[0].year if evaluation.records else evaluation.rules.as_of.year,
        communes=int(here.sum()),
        register=len(evaluation.rules.communes.within()),
        meets_all=int((whole == Verdict.MET).sum()),
        reached=ceiling.reached,
        criteria_met=int((criteria == Verdict.MET).sum()),
        criteria_applicable=int((criteria != Verdict.NOT_APPLICABLE).sum()),
        indicators_met=int((indicators == Verdict.MET).sum()),
        indicators_applicable=int((indicators != Verdict.NOT_APPLICABLE).sum()),
        recognised=sum(
            bool(decision_in(evaluation.rules, evaluation.records[at]).recognised)
            for at in np.flatnonzero(here).tolist()
        ),
    )


def _law_changed(before: CriteriaSet, now: CriteriaSet) -> Iterator[str]:
    """Yield the ids of the indicators whose conditions differ, or which only one set has."""
    old, new = ({i.id: i for i in rules.indicators()} for rules in (before, now))
    for id_ in dict.fromkeys([*old, *new]):
        if id_ not in old or id_ not in new or _rule(old[id_].condition) != _rule(new[id_].condition):
            yield id_


def _rule(node: Node) -> tuple[object, ...]:
    """Return what a node asks for, without its words and without where its targets come from."""
    if isinstance(node, Requirement):
        return node.id, node.measure, node.comparator, node.answer, node.applies_if, _target(node.target)
    return node.id, node.op, node.needed, tuple(_rule(child) for child in node.children)


def _target(target: Target) -> object:
    if isinstance(target, KnownTarget):
        return target.everywhere, tuple(sorted(target.by_group.items()))
    return target.reason
