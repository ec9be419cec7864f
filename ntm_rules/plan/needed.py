"""Which indicators a commune is to bring to their targets: every one, or the least work that reaches a standard of its own.

Of so many criteria or indicators those that take the least are counted, after what must be met in any case. Points are
not planned for: where a standard counts them every part is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.standards import standard_columns
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from ntm_rules.text_columns import Bools, Ints

BLOCKED = 1 << 50
"""Added to what waits, so that an alternative that can be worked on goes before it."""


class Cost(NamedTuple):
    """Of one node in every record."""

    effort: Ints
    blocked: Bools
    """Something below it waits for a figure or for the law, or too few parts apply."""


class Needed(NamedTuple):
    """What is to be brought to its target in every record."""

    indicators: Mapping[int, Bools]
    """Row of an indicator -> the records in which it is needed."""
    too_few: Bools
    """Records in which too few parts apply for a standard ever to be met."""


def counts_points(standard: Standard | None) -> bool:
    """Tell whether a standard counts points, so that every part is planned for."""
    return standard is not None and any(leaf.counts == "points" for leaf in standard.leaves())


def every_part(rules: CriteriaSet) -> bool:
    """Tell whether more is planned for than some standard of a set may ask."""
    return any(counts_points(standard) for standard in (rules.standard, *(one.standard for one in rules.criteria)))


def needed_indicators(evaluation: Evaluation, costs: Mapping[int, Cost]) -> Needed:
    """Return which indicators are needed, given the cost of each by its row."""
    choice = _Choice(evaluation, costs)
    (whole,) = evaluation.level("commune")
    choice.take(whole, np.ones(len(evaluation.records), np.bool_))
    return Needed(choice.needed, choice.too_few)


Picked = dict[int, Bools]
"""Row of a criterion or an indicator -> the records in which it is chosen."""


class _Choice:
    def __init__(self, evaluation: Evaluation, costs: Mapping[int, Cost]) -> None:
        self.evaluation, self.costs = evaluation, dict(costs)
        self.size = len(evaluation.records)
        self.needed: Picked = {row: np.zeros(self.size, np.bool_) for row in evaluation.level("indicator")}
        self.too_few = np.zeros(self.size, np.bool_)
        self.picked = {row: self._picked(row) for level in ("criterion", "commune") for row in evaluation.level(level)}
        """Row of a criterion or the commune -> what is chosen of its parts."""

    def take(self, at: int, here: Bools) -> None:
        """Note the indicators needed for the commune, a criterion or an indicator."""
        if at in self.needed:
            self.needed[at] |= here
            return
        picked, lacking = self.picked[at]
        self.too_few |= here & lacking
        for part, chosen in picked.items():
            self.take(part, here & chosen)

    def _picked(self, at: int) -> tuple[Picked, Bools]:
        """Return which parts of a criterion or the commune count, and where there are too few; note its cost."""
        row, lacking = self.evaluation.table[at], np.zeros(self.size, np.bool_)
        below = [*row.children, *(inner for child in row.children for inner in self.evaluation.table[child].children)]
        rows = {(self.evaluation.table[one].level, self.evaluation.table[one].id): one for one in below}
        if row.standard is None:
            picked = {part: self._open(part) for part in row.children}
        elif counts_points(row.standard):
            named = (rows[one.level, one.id] for one in row.standard.names())
            picked = {part: self._open(part) for part in (*row.children, *named)}
            best = self._verdicts(row.standard, rows, best=True)
            lacking |= (best != Verdict.MET) & (best != Verdict.NOT_APPLICABLE)
        else:
            picked = self._of_standard(row.standard, rows, {}, lacking)
        effort, blocked = self._together(picked)
        self.costs[at] = Cost(effort, blocked | lacking)
        return picked, lacking

    def _open(self, at: int) -> Bools:
        verdicts = self.evaluation.verdicts[at]
        open_: Bools = (verdicts != Verdict.MET) & (verdicts != Verdict.NOT_APPLICABLE)
        return open_

    def _together(self, picked: Picked) -> Cost:
        effort, blocked = np.zeros(self.size, np.int64), np.zeros(self.size, np.bool_)
        for part, here in picked.items():
            effort += np.where(here, self.costs[part].effort, 0)
            blocked |= here & self.costs[part].blocked
        return Cost(effort, blocked)

    def _of_standard(
        self, standard: Standard, rows: Mapping[tuple[str, str], int], already: Picked, lacking: Bools
    ) -> Picked:
        """Return what is chosen for a standard; `already`: chosen for what must hold beside it."""
        if standard.op == WEIGHED:
            return self._so_many(standard, rows, already, lacking)
        if standard.is_leaf:
            return {row: self._open(row) for row in (rows[one.level, one.id] for one in standard.names())}
        parts = [part for part in standard.parts if isinstance(part, Standard)]
        if standard.op == "any":
            return self._cheapest(parts, rows, already, lacking)
        picked: Picked = {}
        for part in sorted(parts, key=lambda part: part.op == WEIGHED):  # what must be met counts among so many
            picked = _both(picked, self._of_standard(part, rows, _both(already, picked), lacking))
        return picked

    def _cheapest(
        self, parts: Sequence[Standard], rows: Mapping[tuple[str, str], int], already: Picked, lacking: Bools
    ) -> Picked:
        """Return what is chosen for the one of several that takes the least."""
        found, keys, lack = [], [], []
        for part in parts:
            short = np.zeros(self.size, np.bool_)
            picked = self._of_standard(part, rows, already, short)
            effort, blocked = self._together(picked)
            verdicts = self._verdicts(part, rows)
            key = np.where(verdicts == Verdict.MET, -1, effort + BLOCKED * (blocked | short))
            keys.append(np.where(verdicts == Verdict.NOT_APPLICABLE, np.iinfo(np.int64).max, key))
            found.append(picked)
            lack.append(short)
        which = np.argmin(keys, axis=0)
        lacking |= np.take_along_axis(np.stack(lack), which[None], axis=0)[0]
        chosen: Picked = {}
        for at, picked in enumerate(found):
            chosen = _both(chosen, {row: here & (which == at) for row, here in picked.items()})
        return chosen

    def _so_many(
        self, standard: Standard, rows: Mapping[tuple[str, str], int], already: Picked, lacking: Bools
    ) -> Picked:
        """Return the parts of the least effort that are still needed to be so many."""
        named = [rows[one.level, one.id] for one in standard.names()]
        if not named:
            return {}
        verdicts = self.evaluation.verdicts[named]
        nowhere = np.zeros(self.size, np.bool_)
        taken = np.stack([already.get(row, nowhere) for row in named])
        open_ = np.stack([self._open(row) for row in named]) & ~taken
        whole = self._verdicts(standard, rows)
        needed = self._bar(standard, verdicts) - ((verdicts == Verdict.MET) | taken).sum(axis=0)
        needed[whole == Verdict.NOT_APPLICABLE] = 0
        # What decides an undecided standard: a figure lacking in one part is never passed over for another's work.
        undecided = np.where(whole == Verdict.NOT_MET, False, verdicts != whole)
        costs = [self.costs[row] for row in named]
        key = np.stack([cost.effort + BLOCKED * cost.blocked for cost in costs]) + 2 * BLOCKED * undecided
        key = np.where(open_, key, np.iinfo(np.int64).max)
        rank = np.argsort(np.argsort(key, axis=0, kind="stable"), axis=0, kind="stable")
        chosen = open_ & (rank < needed)
        lacking |= chosen.sum(axis=0) < needed
        return dict(zip(named, chosen, strict=True))

    def _bar(self, standard: Standard, verdicts: Bytes) -> Ints:
        bar = target_units(standard.at_least)
        one = target_units(Decimal(1))
        if not standard.percent:
            return np.full(self.size, -(-bar // one))
        applies = (verdicts != Verdict.NOT_APPLICABLE).sum(axis=0)
        found: Ints = -(-bar * applies // (PERCENT * one))
        return found

    def _verdicts(self, standard: Standard, rows: Mapping[tuple[str, str], int], *, best: bool = False) -> Bytes:
        """Return what a standard comes to; `best`: with all that applies met."""

        def of(named: Named) -> Bytes:
            verdicts: Bytes = self.evaluation.verdicts[rows[named.level, named.id]]
            return np.minimum(verdicts, np.uint8(Verdict.MET)) if best else verdicts

        return standard_columns(standard, of, self.size)


def _both(one: Picked, other: Picked) -> Picked:
    """Return what is chosen by either."""
    return {
        row: one[row] | other[row] if row in one and row in other else {**one, **other}[row] for row in {**one, **other}
    }
