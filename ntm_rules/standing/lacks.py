"""What is lacking where nothing can be judged: figures owed, rulings awaited, groups that nobody has named.

A figure is owed wherever the law needs it, also below something that has failed already: mending the failure will
not bring it. Not owed is the other alternative of an "or" that is met, and what does not apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.verdicts import REASON_CODES, Verdict
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.standing.values import LACK_OF_REASON, Lacking
from ntm_rules.standing.values import Lack as Lack
from ntm_rules.standing.values import body_of as body_of
from ntm_rules.text_columns import Ints

_LACK_OF_CODE = np.array([LACK_OF_REASON.get(reason, Lack.FIGURE) for reason in REASON_CODES], np.uint8)

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]
"""Shape (nodes of the table, records)."""


class LackRows(NamedTuple):
    """What is lacking as columns."""

    records: Index
    rows: Index
    """Of the node table."""
    lacks: Bytes
    """`Lack`."""
    reasons: Bytes
    """Places in `REASON_CODES`."""
    decides: Mask
    """Whether nothing above it is decided without it."""


@dataclass(frozen=True)
class Lacks:
    """All that is lacking in an evaluation. Arrays have the shape (nodes of the table, records)."""

    evaluation: Evaluation
    kinds: Bytes
    """`Lack` of every node that is NO_DATA, 0 for any other; of a combination, the greatest of its parts'."""
    needed: Mask
    """Requirements that are NO_DATA and that the law needs."""
    deciding: Mask
    """Those of them that decide: every node above them is NO_DATA too."""
    rows: tuple[int, ...]
    """Rows of the requirements: those of the criteria in the order of the text, then the further conditions'."""
    conditions: frozenset[int]
    """Rows of the further conditions."""

    @cached_property
    def every(self) -> LackRows:
        """All that is lacking, by record, in the order of the law's text."""
        rows = np.array(self.rows, np.intp)
        records, places = np.nonzero(self.needed[rows].T)
        at = rows[places], records
        return LackRows(records, at[0], self.kinds[at], self.evaluation.reasons[at], self.deciding[at])

    def of(self, record: int, *lacks: Lack) -> Iterator[Lacking]:
        """Yield what one record lacks in the order of the law's text; only of the kinds given, where any are."""
        evaluation = self.evaluation
        for row in self.rows:
            if not self.needed[row, record]:
                continue
            lack = Lack(int(self.kinds[row, record]))
            if lacks and lack not in lacks:
                continue
            decides = bool(self.deciding[row, record])
            yield Lacking(
                evaluation.requirement(row), evaluation.reason(row, record), lack, decides, row in self.conditions
            )

    def kind(self, row: int, record: int) -> Lack:
        """Return what a node without data lacks; `Lack.NONE` for one that is judged."""
        return Lack(int(self.kinds[row, record]))

    def counts(self, lack: Lack) -> Ints:
        """Return, for each record, how many requirements lack this."""
        found: Ints = (self.needed & (self.kinds == lack)).sum(axis=0)
        return found


def lacks_of(evaluation: Evaluation) -> Lacks:
    """Return everything that is lacking in an evaluation, derived over whole columns."""
    verdicts, table = evaluation.verdicts, evaluation.table
    without = verdicts == Verdict.NO_DATA
    kinds = np.where(without, _LACK_OF_CODE[evaluation.reasons], np.uint8(0))
    for at, row in enumerate(table):
        if row.children:
            below = np.maximum.reduce([kinds[child] for child in row.children])
            kinds[at] = np.where(without[at], below, np.uint8(0))
    needed = np.zeros_like(without)
    for at in [*evaluation.level("indicator"), *evaluation.level("recognition")]:
        _reach(evaluation, at, np.ones(verdicts.shape[1], np.bool_), needed)
    deciding = needed & evaluation.in_the_way(Verdict.NO_DATA)
    return Lacks(evaluation, kinds, needed, deciding, *_requirement_rows(evaluation))


def _reach(evaluation: Evaluation, at: int, wanted: Mask, needed: Mask) -> None:
    """Mark the requirements at or below a node that are wanted and NO_DATA."""
    row = evaluation.table[at]
    if not row.children:
        needed[at] |= wanted & (evaluation.verdicts[at] == Verdict.NO_DATA)
        return
    below = wanted & (evaluation.verdicts[at] != Verdict.MET) if row.op != "all" else wanted
    for child in row.children:
        _reach(evaluation, child, below, needed)


def _requirement_rows(evaluation: Evaluation) -> tuple[tuple[int, ...], frozenset[int]]:
    """Return the rows of the requirements in the order of the text, and which of them are further conditions."""
    rows = [at for at in evaluation.order if isinstance(evaluation.table[at].node, Requirement)]
    waiting = [*evaluation.level("recognition")]
    conditions = set()
    while waiting:
        at = waiting.pop()
        conditions.add(at)
        waiting.extend(evaluation.table[at].children)
    return tuple(sorted(rows, key=lambda at: at in conditions)), frozenset(conditions)
