"""The communes in the order of how near they are to meeting all that can be judged today; two orders.

What is left to a commune: its criteria that are not met or lack data, the requirements in their way, and how far those
are. A requirement in the way is one not met, or one that lacks a figure or a ruling: that is never as good as met, so
it counts as one, and as the whole of its target. The alternatives of an "or" count as one, as far as the nearest.
What waits for the law alone is left to nobody: it stands beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.gaps import UNITS
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.exact import PERCENT, target_units
from ntm_rules.rulebook.standards import WEIGHED, Named, StandardPart
from ntm_rules.standing.communes import CommuneStanding, Standings, communes
from ntm_rules.standing.values import Order as Order
from ntm_rules.text_columns import Bools, Ints

Index = NDArray[np.intp]


class Left(NamedTuple):
    """What is in one commune's way, the further conditions of recognition included."""

    requirements: int
    """Not met, or lacking a figure, a ruling or the group; a choice counts as the parts still needed, an "or" once."""
    distance: Fraction
    """Sum of their distances, each relative to its target and at most 1; 1 for what has no size."""
    gaps: int
    """Those of `requirements` that are not met."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One commune's place, from 1, and what it rests on."""

    place: int
    commune: CommuneStanding
    left: Left
    criteria_left: int
    """Criteria not met, or not judged for want of data; not those that only wait for the law.

    Where the set has a standard of its own, the fewest criteria that would reach it, or the fewest indicators where it
    counts those or their points.
    """

    @property
    def record(self) -> int:
        """Position in the evaluation's records."""
        return self.commune.record

    @property
    def waiting(self) -> int:
        """Criteria that wait for the law: shown beside."""
        return self.commune.criteria.no_target


class LeftColumns(NamedTuple):
    """What is in the way of every record: the fields of `Left`, the distance in `UNITS`, and `Ranked.criteria_left`."""

    requirements: Ints
    distance: Ints
    gaps: Ints
    whole: Ints

    def of(self, record: int) -> Left:
        """Return what is in one commune's way."""
        requirements, distance, gaps, _whole = (int(column[record]) for column in self)
        return Left(requirements, Fraction(distance, UNITS), gaps)


class Ranking(Sequence[Ranked]):
    """The communes with a usable report, the nearest first; those alike share a place, in the order of the records.

    Points take no part. A commune that handed in nothing usable has no place.
    """

    def __init__(self, standings: Standings, columns: LeftColumns, order: Order) -> None:
        self.standings, self.left = standings, columns
        self.criteria_left: Ints = columns.whole
        """Of every record, as `Ranked` has it."""
        keys = np.stack(
            [self.criteria_left, columns.requirements, columns.distance][:: 1 if order is Order.FEWEST else -1]
        )
        counted = np.flatnonzero(standings.usable)
        self.records: Index = counted[np.lexsort(keys[::-1, counted])]
        """In order."""
        ordered = keys[:, self.records]
        differs = np.ones(len(self.records), np.bool_)
        differs[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
        self.places: Index = np.maximum.accumulate(np.where(differs, np.arange(1, len(differs) + 1), 1))
        """From 1."""

    @cached_property
    def place_of(self) -> Index:
        """The place of every record of the evaluation; 0 where it has none."""
        found = np.zeros(len(self.standings), np.intp)
        found[self.records] = self.places
        return found

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Ranked: ...
    @overload
    def __getitem__(self, at: slice) -> list[Ranked]: ...
    def __getitem__(self, at: int | slice) -> Ranked | list[Ranked]:
        """Return a commune by its position in the order, or some."""
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        record = int(self.records[at])
        return Ranked(int(self.places[at]), self.standings[record], self.left.of(record), int(self.left.whole[record]))


def nearest(evaluation: Evaluation, order: Order = Order.FEWEST) -> Ranking:
    """Return the communes with a usable report, the nearest first."""
    return Ranking(communes(evaluation), left_to(evaluation), order)


def left_to(evaluation: Evaluation) -> LeftColumns:
    """Return what is in every commune's way."""
    everyone = np.ones(len(evaluation.records), np.bool_)
    (whole,) = evaluation.level("commune")
    roots = [_whole(evaluation, whole), *(_left(evaluation, at) for at in evaluation.level("recognition"))]
    return _sum(roots, everyone)._replace(whole=roots[0].whole)


def _whole(evaluation: Evaluation, at: int) -> LeftColumns:
    """Return what is left of the commune, of a criterion or of an indicator, counting each part that is left."""
    row, verdicts = evaluation.table[at], evaluation.verdicts[at]
    if row.level == "indicator":
        own = _left(evaluation, at)
    elif row.standard is None:
        own = _sum([_whole(evaluation, child) for child in row.children], np.ones(len(verdicts), np.bool_))
    else:
        below = [*row.children, *(inner for child in row.children for inner in evaluation.table[child].children)]
        named = {(evaluation.table[one].level, evaluation.table[one].id): one for one in below}
        left = left_of_standard(row.standard, lambda one: _part(evaluation, named[one.level, one.id]), verdicts)
        return LeftColumns(*(np.where(_counts(verdicts), column, 0) for column in left))
    return own if row.level == "commune" else own._replace(whole=_counts(verdicts).astype(np.int64))


def _part(evaluation: Evaluation, at: int) -> tuple[Bytes, LeftColumns]:
    return evaluation.verdicts[at], _whole(evaluation, at)


def _counts(verdicts: Bytes) -> Bools:
    counted: Bools = (verdicts == Verdict.NOT_MET) | (verdicts == Verdict.NO_DATA)
    return counted


def left_of_standard(
    standard: StandardPart, part_of: Callable[[Named], tuple[Bytes, LeftColumns]], verdicts: Bytes
) -> LeftColumns:
    """Return what is left of a standard: of parts that must be met together all, of so many the nearest that reach it.

    A part named twice (the criteria that must be among so many) counts once where the larger of two demands covers it.
    """
    if isinstance(standard, Named):
        return part_of(standard)[1]
    if not standard.parts:
        return LeftColumns(*(np.zeros(len(verdicts), np.int64) for _ in LeftColumns._fields))
    if standard.op != WEIGHED:
        parts = [left_of_standard(part, part_of, verdicts) for part in standard.parts]
        if standard.op == "any":
            return _chosen(parts, np.argmin([part.whole for part in parts], axis=0))
        named = [(one.level, one.id) for one in standard.names()]
        if len(set(named)) == len(named):
            return _sum(parts, np.ones(len(verdicts), np.bool_))
        return LeftColumns(*(np.max(column, axis=0) for column in zip(*parts, strict=True)))
    named_parts = [(one, *part_of(one)) for one in standard.names()]
    open_ = np.stack([_counts(verdict) for _one, verdict, _left in named_parts])
    weights = np.array([target_units(one.weight) for one, _verdict, _left in named_parts])[:, None]
    met = (weights * np.stack([verdict == Verdict.MET for _one, verdict, _left in named_parts])).sum(axis=0)
    applies = (weights * np.stack([verdict != Verdict.NOT_APPLICABLE for _one, verdict, _l in named_parts])).sum(axis=0)
    bar = target_units(standard.at_least)
    needed = -(-bar * applies // (PERCENT * target_units(Decimal(1)))) if standard.percent else bar
    short = np.maximum(0, needed - met)
    requirements = np.stack([left.requirements for _one, _verdict, left in named_parts])
    distance = np.stack([left.distance for _one, _verdict, left in named_parts])
    order = np.lexsort((distance, requirements, np.broadcast_to(-weights, open_.shape), ~open_), axis=0)
    gained = np.take_along_axis(np.where(open_, weights, 0), order, axis=0).cumsum(axis=0)
    before = np.concatenate([np.zeros((1, len(verdicts)), gained.dtype), gained[:-1]])
    taken = (before < short) & np.take_along_axis(open_, order, axis=0)

    def total(column: NDArray[np.int64]) -> Ints:
        found: Ints = np.where(taken, np.take_along_axis(column, order, axis=0), 0).sum(axis=0)
        return found

    columns = {
        name: total(np.stack([getattr(left, name) for _one, _verdict, left in named_parts]))
        for name in LeftColumns._fields
    }
    return LeftColumns(**columns)._replace(whole=taken.sum(axis=0))


def _chosen(parts: Sequence[LeftColumns], which: Index) -> LeftColumns:
    return LeftColumns(
        *(np.take_along_axis(np.stack(column), which[None], axis=0)[0] for column in zip(*parts, strict=True))
    )


def _left(evaluation: Evaluation, at: int) -> LeftColumns:
    """Return requirements, distance and gaps at or below a node."""
    verdicts, row = evaluation.verdicts[at], evaluation.table[at]
    if row.op == "all":
        open_ = (verdicts != Verdict.MET) & (verdicts != Verdict.NOT_APPLICABLE)
        return _sum([_left(evaluation, child) for child in row.children], open_)
    failed = verdicts == Verdict.NOT_MET
    counts = failed | (verdicts == Verdict.NO_DATA)
    _waits, far = _distance(evaluation, at)
    met = (evaluation.verdicts[list(row.children)] == Verdict.MET).sum(axis=0)
    left = np.where(counts, np.maximum(1, row.needed - met), 0)
    return LeftColumns(left, far * left, np.where(failed, left, 0), np.zeros_like(left))


def _sum(parts: Sequence[LeftColumns], where: Bools) -> LeftColumns:
    return LeftColumns(*(np.where(where, np.sum(column, axis=0), 0) for column in zip(*parts, strict=True)))


def _distance(evaluation: Evaluation, at: int) -> tuple[Bools, Ints]:
    """Return `gaps.Distance` of a node: whether it waits, and how far it is in `UNITS`, at most 1."""
    verdicts, row = evaluation.verdicts[at], evaluation.table[at]
    reached = (verdicts == Verdict.MET) | (verdicts == Verdict.NOT_APPLICABLE)
    if not row.children:
        waits = verdicts == Verdict.NO_TARGET
        far = np.where(verdicts == Verdict.NOT_MET, evaluation.gap_columns[at].units, UNITS)
        return waits, np.where(reached | waits, 0, far)
    parts = [_distance(evaluation, child) for child in row.children]
    waits, far = (np.stack(column) for column in zip(*parts, strict=True))
    applies = np.stack([evaluation.verdicts[child] != Verdict.NOT_APPLICABLE for child in row.children])
    if row.op == "any":
        waiting = ~(applies & ~waits).any(axis=0)
        far = np.where(applies & (waits == waiting), far, UNITS).min(axis=0)
    elif row.op == SOME:  # the nearest that are enough; what does not apply stands for one not known
        waits, far = waits & applies, np.where(applies, far, UNITS)
        enough = np.lexsort((far, waits, ~applies), axis=0)[: row.needed]
        waiting = np.take_along_axis(waits, enough, axis=0).any(axis=0)
        far = np.take_along_axis(far, enough, axis=0).max(axis=0)
    else:
        waiting, far = (waits & applies).any(axis=0), np.where(applies, far, 0).max(axis=0)
    return waiting & ~reached, np.where(reached, 0, far)
