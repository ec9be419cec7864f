"""Counts of one level per commune: met of what can be judged, beside met of all; what is owed apart from what waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.standing.ceiling import judgeable
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of


class Counted(NamedTuple):
    """How the criteria, or the indicators, of one commune stand."""

    met: int
    not_met: int
    owed: int
    """Without data, and the commune owes at least one of the figures."""
    ruling: int
    """Without data only because a competent body has not concluded."""
    group: int
    """Without data only because nobody has named the commune's group (or that, and rulings)."""
    no_target: int
    not_applicable: int
    judgeable: int
    """Those that apply and that the law lets be judged whole for this commune: the denominator of `met` today."""
    attainable: int
    """The most that this commune can meet today."""

    @property
    def applicable(self) -> int:
        """The denominator of "met of all": all but those that do not apply."""
        return self.met + self.not_met + self.owed + self.ruling + self.group + self.no_target

    @property
    def no_data(self) -> int:
        """All whose verdict is NO_DATA."""
        return self.owed + self.ruling + self.group


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
