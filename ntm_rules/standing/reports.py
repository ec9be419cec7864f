"""Which records of an evaluation are reports: those that say something, and say it for their own year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.standing.one_commune import USABLE, says_something

Bools = NDArray[np.bool_]
"""One for each record."""


def usable(evaluation: Evaluation) -> Bools:
    """Return, for each record, whether it says anything that can be used.

    A record without one is a form handed in blank or refused in all its figures: no band, no rank, no "0 gaps".
    """
    return np.array([says_something(evaluation.rules, record) for record in evaluation.records], np.bool_)


def own_reports(evaluation: Evaluation, later: Evaluation) -> Bools:
    """Return, for each record of a year before, whether it is a report of that year itself.

    A record whose usable figures are only levels from which growths of the year after (`later`) start is not, from
    whatever file it came: nobody reported for that year.
    """
    rules = evaluation.rules
    next_year = {record.code for record in later.records}
    starts = {
        measure for measure in later.rules.reported_measures if later.rules.measures[measure].traits.needs_year_before
    }

    def own(record: CommuneYear) -> bool:
        given = {m for m, value in record.values.items() if value.state in USABLE and m in rules.asking_for}
        return bool(given - starts if record.code in next_year else given)

    return np.array([own(record) for record in evaluation.records], np.bool_)
