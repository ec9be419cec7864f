"""Two evaluations of the same figures, aligned by commune, year, level and id: which verdicts differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import Combination, Indicator, Requirement, leaves
from ntm_rules.workbench.comparing.directions import TURNS, Direction, State, Turn

LEVELS = ("requirement", "indicator", "criterion", "recognition", "commune")
_ABSENT = len(Verdict)
"""The code of a node that one of the two laws does not have."""
_STATES: tuple[State, ...] = (*Verdict, None)


class NodeKey(NamedTuple):
    """A node as both laws know it; the commune as a whole has no id of its own."""

    level: str
    id: str


class Side(NamedTuple):
    """Where a node stands in one evaluation: its row there, and the record's number."""

    evaluation: Evaluation
    row: int
    record: int


class NodeChange(NamedTuple):
    """One node of one commune and year whose verdict differs."""

    code: str
    name: str
    year: int
    level: str
    id: str
    before: State
    after: State
    was: Side | None
    now: Side | None

    @property
    def turn(self) -> Turn:
        """What the change means."""
        return TURNS[self.before, self.after]

    def gaps(self) -> tuple[Gap | None, Gap | None]:
        """Return the gap before and after, of a requirement or an indicator that states one condition."""
        return gap_at(self.was), gap_at(self.now)


@dataclass(frozen=True)
class Comparison:
    """Two evaluations of the same communes, side by side."""

    before: Evaluation
    after: Evaluation

    @cached_property
    def keys(self) -> tuple[NodeKey, ...]:
        """Every node of either law in the order of the text; what only the first has stands after its neighbour."""
        first, second = (list(_rows(evaluation)) for evaluation in (self.before, self.after))
        merged, known = list(second), set(second)
        for at, key in enumerate(first):
            if key not in known:
                merged.insert(merged.index(first[at - 1]) + 1 if at else 0, key)
                known.add(key)
        return tuple(merged)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The numbers of the records of each commune and year that both sides judged."""
        numbers = {(record.code, record.year): at for at, record in enumerate(self.before.records)}
        return tuple(
            (numbers[record.code, record.year], at)
            for at, record in enumerate(self.after.records)
            if (record.code, record.year) in numbers
        )

    @cached_property
    def one_sided(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the communes that only the first, and only the second side judged."""
        was = {(r.code, r.year): r.name for r in self.before.records}
        now = {(r.code, r.year): r.name for r in self.after.records}
        return tuple(was[k] for k in was if k not in now), tuple(now[k] for k in now if k not in was)

    @cached_property
    def states(self) -> tuple[Bytes, Bytes]:
        """The verdicts before and after, aligned: (keys, pairs)."""
        of_before, of_after = _rows(self.before), _rows(self.after)
        first = _aligned(self.before, [of_before.get(key) for key in self.keys], [pair[0] for pair in self.pairs])
        second = _aligned(self.after, [of_after.get(key) for key in self.keys], [pair[1] for pair in self.pairs])
        return first, second

    @cached_property
    def differs(self) -> NDArray[np.bool_]:
        """Where a verdict differs: (keys, pairs)."""
        before, after = self.states
        differs: NDArray[np.bool_] = np.not_equal(before, after)
        return differs

    def counts(self) -> dict[tuple[str, Direction], int]:
        """Count the changes of each level and direction."""
        before, after = self.states
        codes = _DIRECTIONS[before, after]
        found: dict[tuple[str, Direction], int] = {}
        for level in LEVELS:
            rows = [at for at, key in enumerate(self.keys) if key.level == level]
            for direction in Direction:
                found[level, direction] = int((codes[rows] == _DIRECTION_CODE[direction]).sum())
        return found

    def moved(self, key: NodeKey) -> dict[tuple[State, State], int]:
        """Count the communes by a node's verdict before and after; equal verdicts are counted too."""
        at = self.keys.index(key)
        before, after = (side[at].tolist() for side in self.states)
        found: dict[tuple[State, State], int] = {}
        for was, now in zip(before, after, strict=True):
            found[_STATES[was], _STATES[now]] = found.get((_STATES[was], _STATES[now]), 0) + 1
        return found

    def changes(self, levels: Collection[str] = LEVELS) -> Iterator[NodeChange]:
        """Yield what differs, commune by commune, in the order of the law's text."""
        at_keys = [at for at, key in enumerate(self.keys) if key.level in levels]
        differs = self.differs[at_keys]
        for pair in np.flatnonzero(differs.any(axis=0)).tolist():
            for at in np.flatnonzero(differs[:, pair]).tolist():
                yield self.change(at_keys[at], pair)

    @cached_property
    def _row_maps(self) -> tuple[dict[NodeKey, int], dict[NodeKey, int]]:
        return _rows(self.before), _rows(self.after)

    def change(self, at: int, pair: int) -> NodeChange:
        """Return one node's change for one pair; `at` is its place in `keys`."""
        key, (was, now) = self.keys[at], self.pairs[pair]
        rows = [rows.get(key) for rows in self._row_maps]
        record = self.after.records[now]
        return NodeChange(
            record.code,
            record.name,
            record.year,
            *key,
            _STATES[int(self.states[0][at, pair])],
            _STATES[int(self.states[1][at, pair])],
            None if rows[0] is None else Side(self.before, rows[0], was),
            None if rows[1] is None else Side(self.after, rows[1], now),
        )


def gap_at(side: Side | None) -> Gap | None:
    """Return the gap where a node stands; of an indicator, only when it states a single condition."""
    found = requirement_at(side)
    return found.evaluation.gap(found.row, found.record) if found else None


def requirement_at(side: Side | None) -> Side | None:
    """Return where the requirement of a node stands: the node itself, or the only condition of an indicator."""
    if side is None:
        return None
    row = side.evaluation.table[side.row]
    if isinstance(row.node, Requirement):
        return side
    if isinstance(row.node, Indicator) and isinstance(row.node.condition, Requirement):
        return side._replace(row=row.children[0])
    return None


def leads_of(change: NodeChange) -> tuple[str, ...]:
    """Return the lead agencies of what changes: the requirement's, the indicator's; none for what is above."""
    side = change.now or change.was
    assert side is not None, "a node that changes stands on one side at least"
    row = side.evaluation.table[side.row]
    if isinstance(row.node, Indicator):
        return row.node.leads()
    if isinstance(row.node, Requirement | Combination):
        return tuple(dict.fromkeys(leaf.lead for leaf in leaves(row.node)))
    return ()


def _rows(evaluation: Evaluation) -> dict[NodeKey, int]:
    """Return where every node stands, in the order of the law's text."""
    rows = ((evaluation.table[at], at) for at in evaluation.order)
    return {NodeKey(row.level, "" if row.level == "commune" else row.id): at for row, at in rows}


def _aligned(evaluation: Evaluation, rows: Sequence[int | None], records: Sequence[int]) -> Bytes:
    out = np.full((len(rows), len(records)), _ABSENT, np.uint8)
    there = [at for at, row in enumerate(rows) if row is not None]
    if there and records:
        kept = [row for row in rows if row is not None]
        out[there] = evaluation.verdicts[np.ix_(kept, list(records))]
    return out


_DIRECTION_CODE = {direction: code for code, direction in enumerate(Direction, start=1)}
_DIRECTIONS: NDArray[np.uint8] = np.array(
    [[0 if was is now else _DIRECTION_CODE[TURNS[was, now].direction] for now in _STATES] for was in _STATES],
    np.uint8,
)
