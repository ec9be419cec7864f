"""In which order the gaps of every commune are told: that of the law, below an "or" the nearest alternative first.

As `Evaluation.gaps` has it for one commune. Distances are compared as floats; where two are too near each other for
that, they are worked out exactly.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gap_columns import Floats, Index
from ntm_rules.evaluation.gaps import UNKNOWN
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.text_columns import Bools, Ints

_NEAR = 1e-9
_EXACT = (0.0, 1.0)
"""Distances that are exact as floats: nothing missing, and all of it."""


class GapRows(NamedTuple):
    """The gaps of all records, record after record: where each stands in the arrays."""

    records: Index
    rows: Index


class _Distances(NamedTuple):
    """How far a node is from being met, for every record; the fields of `gaps.Distance`."""

    waits: Bools
    relative: Floats
    requirements: Ints
    unsure: Bools
    """Where the number of requirements is that of one of two alternatives too near each other to tell."""


def gap_rows(evaluation: Evaluation) -> GapRows:
    """Return what every record must close, in order."""
    order = _Order(evaluation)
    size = len(evaluation.records)
    base = np.zeros(size, np.int64)
    for at in [*evaluation.level("indicator"), *evaluation.level("recognition")]:
        order.place(at, order.failed(at), base)
        base = base + order.size(at)
    rows = np.array(sorted(order.placed), np.intp)
    if not len(rows):
        return GapRows(np.zeros(0, np.intp), rows)
    where = np.stack([order.placed[row] for row in rows.tolist()])
    of_row, of_record = np.nonzero(where >= 0)
    order_ = np.lexsort((where[of_row, of_record], of_record))
    return GapRows(of_record[order_], rows[of_row[order_]])


class _Order:
    """Gives every gap its place among those of its record."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.placed: dict[int, Ints] = {}
        """Row of a requirement -> its place in each record; -1 where it is no gap."""
        self._distances: dict[int, _Distances] = {}
        self._sizes: dict[int, int] = {}

    def failed(self, at: int) -> Bools:
        """Tell of which records a node is not met."""
        failed: Bools = self.evaluation.verdicts[at] == Verdict.NOT_MET
        return failed

    def size(self, at: int) -> int:
        """Return how many requirements there are below a node."""
        if at not in self._sizes:
            children = self.evaluation.table[at].children
            self._sizes[at] = sum(map(self.size, children)) if children else 1
        return self._sizes[at]

    def place(self, at: int, records: Bools, base: Ints) -> None:
        """Give places from `base` on to the gaps below a node, of some records."""
        if not records.any():
            return
        row = self.evaluation.table[at]
        if not row.children:
            placed = self.placed.setdefault(at, np.full(len(records), -1, np.int64))
            placed[records] = base[records]
            return
        offsets = self._nearest_first(at, records) if row.op != "all" else None
        before = 0
        for number, child in enumerate(row.children):
            first = base + before if offsets is None else base + offsets[number]
            self.place(child, records & self.failed(child), first)
            before += self.size(child)

    def _nearest_first(self, at: int, records: Bools) -> Ints:
        """Return (alternatives, records): how many requirements stand before each alternative."""
        children = self.evaluation.table[at].children
        failed = np.stack([self.failed(child) for child in children])
        distances = [self._distance(child) for child in children]
        offsets = np.zeros((len(children), len(records)), np.int64)
        doubtful = np.zeros(len(records), np.bool_)
        for one in range(len(children)):
            for other in range(one):
                both = failed[one] & failed[other]
                nearer, unsure = _nearer(distances[one], distances[other])
                doubtful |= both & unsure
                offsets[other] += np.where(both & nearer, self.size(children[one]), 0)
                offsets[one] += np.where(both & ~nearer, self.size(children[other]), 0)
        for record in np.flatnonzero(records & doubtful).tolist():
            in_order = [number for number in range(len(children)) if failed[number, record]]
            in_order.sort(key=lambda number: self.evaluation.distance(children[number], record))
            before = 0
            for number in in_order:
                offsets[number, record] = before
                before += self.size(children[number])
        return offsets

    def _distance(self, at: int) -> _Distances:
        if at not in self._distances:
            self._distances[at] = self._worked_out(at)
        return self._distances[at]

    def _worked_out(self, at: int) -> _Distances:
        verdicts = self.evaluation.verdicts[at]
        reached = (verdicts == Verdict.MET) | (verdicts == Verdict.NOT_APPLICABLE)
        row = self.evaluation.table[at]
        if not row.children:
            awaited = verdicts == Verdict.NO_TARGET
            gap = verdicts == Verdict.NOT_MET
            relative = np.where(reached | awaited, 0.0, np.where(gap, self.evaluation.gap_columns[at].closeness, 1.0))
            return _Distances(awaited, relative, np.where(reached | awaited, 0, 1), np.zeros(len(gap), np.bool_))
        parts = [self._distance(child) for child in row.children]
        applies = [self.evaluation.verdicts[child] != Verdict.NOT_APPLICABLE for child in row.children]
        if row.op == "any":
            whole = _nearest(parts, applies)
        elif row.op == SOME:
            whole = _nearest_of(row.needed, parts, applies)
        else:
            whole = _Distances(
                np.any([part.waits & own for part, own in zip(parts, applies, strict=True)], axis=0),
                np.max([np.where(own, part.relative, 0) for part, own in zip(parts, applies, strict=True)], axis=0),
                np.sum([np.where(own, part.requirements, 0) for part, own in zip(parts, applies, strict=True)], axis=0),
                np.any([part.unsure & own for part, own in zip(parts, applies, strict=True)], axis=0),
            )
        return _Distances(
            whole.waits & ~reached,
            np.where(reached, 0.0, whole.relative),
            np.where(reached, 0, whole.requirements),
            whole.unsure & ~reached,
        )


def _nearest(parts: list[_Distances], applies: list[Bools]) -> _Distances:
    """Return the least distance of those that apply."""
    size = len(applies[0])
    nobody = np.zeros(size, np.bool_)
    best = _Distances(~nobody, np.full(size, np.inf), np.zeros(size, np.int64), nobody)
    for part, own in zip(parts, applies, strict=True):
        nearer, unsure = _nearer(part, best)
        chosen = own & nearer
        best = _Distances(*(np.where(chosen, new, old) for new, old in zip(part, best, strict=True)))
        best = best._replace(unsure=best.unsure | (own & unsure))
    return best


def _nearest_of(needed: int, parts: list[_Distances], applies: list[Bools]) -> _Distances:
    """Return the distance of the nearest parts that are enough; what does not apply stands for one not known."""
    own = np.stack(applies)
    waits, relative, requirements = (
        np.stack([np.where(one, getattr(part, name), missing) for part, one in zip(parts, applies, strict=True)])
        for name, missing in (("waits", UNKNOWN.waits), ("relative", float(UNKNOWN.relative)), ("requirements", 1))
    )
    order = np.lexsort((requirements, relative, waits, ~own), axis=0)[:needed]
    chosen = [np.take_along_axis(one, order, axis=0) for one in (waits, relative, requirements)]
    unsure: Bools = np.zeros(len(applies[0]), np.bool_)
    for n, part in enumerate(parts):
        unsure |= part.unsure & applies[n]
        for other in range(n):
            unsure |= applies[n] & applies[other] & _nearer(part, parts[other])[1]
    return _Distances(np.logical_or.reduce(chosen[0]), chosen[1].max(axis=0), chosen[2].sum(axis=0), unsure)


def _nearer(one: _Distances, other: _Distances) -> tuple[Bools, Bools]:
    """Tell where the first distance is the lesser, and where that cannot be told from floats."""
    alike = one.relative == other.relative
    nearer = (one.waits < other.waits) | (
        (one.waits == other.waits)
        & ((one.relative < other.relative) | (alike & (one.requirements < other.requirements)))
    )
    near = np.isclose(one.relative, other.relative, rtol=_NEAR, atol=_NEAR)
    exact = alike & np.isin(one.relative, _EXACT) & ~one.unsure & ~other.unsure
    return nearer, (one.waits == other.waits) & near & ~exact
