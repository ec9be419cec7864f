"""Counts of one level per commune: met of what can be judged, beside met of all; what is owed apart from what waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.standing.ceiling import judgeable
from ntm_rules.standing.lacks import Lacks, lacks_of
from ntm_rules.standing.values import Counted as Counted
from ntm_rules.standing.values import Lack


def counted(evaluation: Evaluation, level: str, lacks: Lacks | None = None) -> Sequence[Counted]:
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
    sums = np.stack([column.sum(axis=0) for column in columns], axis=1)
    return [Counted(*row) for row in sums.tolist()]
