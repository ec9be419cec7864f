"""Counts of one level per commune: met of what can be judged, beside met of all; what is owed apart from what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.standing.ceiling import judgeable
from ntm_rules.standing.lacks import Lacks, lacks_of
from ntm_rules.standing.values import Lack
from ntm_rules.standing.values import LevelCounts as LevelCounts
from ntm_rules.text_columns import Ints


class Counts(Sequence[LevelCounts]):
    """The counts of one level, one for each record, as columns."""

    def __init__(self, sums: Ints) -> None:
        """Take the counts in the order of `LevelCounts`: (counts, records)."""
        self._sums = sums

    def column(self, name: str) -> Ints:
        """Return what `LevelCounts` calls by a name, of all records."""
        found: Ints = getattr(LevelCounts._make(self._sums), name)
        return found

    def __len__(self) -> int:
        return len(self._sums[0])

    @overload
    def __getitem__(self, at: int) -> LevelCounts: ...
    @overload
    def __getitem__(self, at: slice) -> Counts: ...
    def __getitem__(self, at: int | slice) -> LevelCounts | Counts:
        """Return the counts of a record, or of some."""
        if isinstance(at, slice):
            return Counts(self._sums[:, at])
        return LevelCounts(*self._sums[:, at].tolist())


def counted(evaluation: Evaluation, level: str, lacks: Lacks | None = None) -> Counts:
    """Return the counts of a level ("criterion", "indicator"), one for each record."""
    rows = evaluation.level(level)
    verdicts = evaluation.verdicts[rows]
    kinds = (lacks or lacks_of(evaluation)).kinds[rows]
    can = judgeable(evaluation, level)
    applies = verdicts != Verdict.NOT_APPLICABLE
    columns = [
        verdicts == Verdict.MET,
        verdicts == Verdict.NOT_MET,
        kinds == Lack.FIGURE,
        kinds == Lack.RULING,
        kinds == Lack.GROUP,
        verdicts == Verdict.NO_TARGET,
        ~applies,
        can.whole & applies,
        can.attainable & applies,
    ]
    return Counts(np.stack([column.sum(axis=0) for column in columns]))
