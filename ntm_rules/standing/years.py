"""Two years beside each other: what rose, what fell, by commune, criterion and indicator; a line a year for the trend.

Each year is judged by its own law (that in force on the last day of the year, unless a day was asked for). Where the
rule of an indicator differs between the two, what moved may be the law's doing: such changes say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Cell, ClassedTarget, CriteriaSet, KnownTarget, Node, Requirement, Target
from ntm_rules.standing.ceiling import ceiling_of
from ntm_rules.standing.decisions import YES, decisions_in
from ntm_rules.standing.reports import Bools, own_reports, usable
from ntm_rules.standing.values import Move as Move

LEVELS = ("criterion", "indicator")
Index = NDArray[np.intp]
_ROSE, _FELL, _UNKNOWN_NOW = (list(Move).index(move) for move in (Move.ROSE, Move.FELL, Move.UNKNOWN_NOW))


class YearChange(NamedTuple):
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


class Moved(NamedTuple):
    """The changes as columns, in their order."""

    records: Index
    """Positions in the records of the year judged."""
    rows: Index
    """Of its node table."""
    before: Bytes
    now: Bytes
    moves: Index
    """Places in `Move`."""
    law_changed: Bools


@dataclass(frozen=True)
class YearComparison:
    """The year judged beside the year before; changes of communes that reported in both."""

    before: Evaluation
    now: Evaluation
    totals: tuple[YearTotals, YearTotals]
    both: int
    """Communes with a usable report of either year: the denominator of every change."""
    law_changed: frozenset[str]
    """Ids of the indicators whose rule differs, or which only one year has."""
    moved: Moved
    """What rose or fell, as columns."""

    @cached_property
    def changes(self) -> Sequence[YearChange]:
        """By commune, then criteria before indicators, in the order of the law."""
        return self._some(np.arange(len(self.moved.rows)))

    def _some(self, places: Index) -> list[YearChange]:
        records, table, moved = self.now.records, self.now.table, self.moved
        return [
            YearChange(
                record := int(moved.records[at]),
                records.codes[record],
                records.names[record],
                table[moved.rows[at]].level,
                table[moved.rows[at]].id,
                Verdict(int(moved.before[at])),
                Verdict(int(moved.now[at])),
                list(Move)[moved.moves[at]],
                bool(moved.law_changed[at]),
            )
            for at in places.tolist()
        ]

    @property
    def same_law(self) -> bool:
        """Whether both years are judged by the same rules."""
        return not self.law_changed

    def of_level(self, level: str, *moves: Move) -> list[YearChange]:
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
        here = np.isin(self.moved.rows, self.now.level(level))
        rows, first, of_row = np.unique(self.moved.rows[here], return_index=True, return_inverse=True)
        counts = np.zeros((len(rows), len(Move)), np.int64)
        np.add.at(counts, (of_row, self.moved.moves[here]), 1)
        return {
            self.now.table[int(rows[at])].id: Counter(dict(zip(Move, counts[at].tolist(), strict=True)))
            for at in np.argsort(first).tolist()
        }

    def count(self, level: str, move: Move) -> int:
        """Return how many criteria or indicators of all communes moved so."""
        return len(self._moved_so(level, move))

    def first(self, level: str, move: Move, most: int) -> list[YearChange]:
        """Return the first changes of a level that moved so."""
        return self._some(self._moved_so(level, move)[:most])

    def _moved_so(self, level: str, move: Move) -> Index:
        here = np.isin(self.moved.rows, self.now.level(level)) & (self.moved.moves == list(Move).index(move))
        return np.flatnonzero(here)


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
    codes = before.records.codes
    earlier = {codes[at]: at for at in np.flatnonzero(own).tolist()}
    then = np.array([earlier.get(code, -1) for code in now.records.codes], np.intp)
    at = np.flatnonzero(said & (then >= 0))
    return YearComparison(
        before=before,
        now=now,
        totals=(year_totals(before, own), year_totals(now, said)),
        both=len(at),
        law_changed=changed,
        moved=_moved(before, now, then[at], at, changed),
    )


def _moved(before: Evaluation, now: Evaluation, then: Index, at: Index, law_changed: frozenset[str]) -> Moved:
    """Return what moved between records of two years that are of the same communes."""
    changed_criteria = {
        indicator.criterion
        for rules in (before.rules, now.rules)
        for indicator in rules.indicators()
        if indicator.id in law_changed
    }
    nothing, none = np.zeros(0, np.intp), np.zeros(0, np.uint8)
    parts = [Moved(nothing, nothing, none, none, nothing, np.zeros(0, np.bool_))]
    for level, changed in zip(LEVELS, (changed_criteria, law_changed), strict=True):
        for row in now.level(level):
            id_ = now.table[row].id
            earlier = before.row_of.get((level, id_))
            if earlier is None:
                continue
            was, is_ = before.verdicts[earlier, then], now.verdicts[row, at]
            applies = (was != Verdict.NOT_APPLICABLE) & (is_ != Verdict.NOT_APPLICABLE)
            here = np.flatnonzero((was != is_) & ((was == Verdict.MET) | (is_ == Verdict.MET)) & applies)
            old, new = was[here], is_[here]
            moves = np.where(new == Verdict.MET, _ROSE, np.where(new == Verdict.NOT_MET, _FELL, _UNKNOWN_NOW))
            alike = np.full(len(here), row), np.full(len(here), id_ in changed)
            parts.append(Moved(at[here], alike[0], old, new, moves, alike[1]))
    whole = Moved._make(map(np.concatenate, zip(*parts, strict=True)))
    order = np.argsort(whole.records, kind="stable")
    return Moved._make(column[order] for column in whole)


def year_totals(evaluation: Evaluation, mask: Bools | None = None) -> YearTotals:
    """Return the totals of one year over the records counted; None: those with a usable report."""
    here = usable(evaluation) if mask is None else mask
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
        recognised=int((decisions_in(evaluation)[0][here] == YES).sum()),
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
        return node.id, *node.judged_by, _target(node.target)
    return node.id, node.op, node.needed, tuple(_rule(child) for child in node.children)


def _target(target: Target) -> object:
    if isinstance(target, ClassedTarget):
        return target.classing.by, frozenset((class_, _cell(cell)) for class_, cell in target.each())
    return _cell(target)


def _cell(cell: Cell) -> object:
    return cell.everywhere if isinstance(cell, KnownTarget) else getattr(cell, "reason", None)
