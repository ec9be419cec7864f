"""Which records of an evaluation are reports: those that say something, and say it for their own year."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.taken import earlier_years
from ntm_rules.standing.one_commune import USABLE

Bools = NDArray[np.bool_]
"""One for each record."""


def usable(evaluation: Evaluation) -> Bools:
    """Return, for each record, whether it says anything that can be used.

    A record without one is a form handed in blank or refused in all its figures: no band, no rank, no "0 gaps".
    """
    return _given(evaluation, evaluation.rules.asking_for)


def own_reports(evaluation: Evaluation, later: Evaluation) -> Bools:
    """Return, for each record of a year before, whether it is a report of that year itself.

    A record whose usable figures are only levels from which growths of the year after (`later`) start is not, from
    whatever file it came: nobody reported for that year.
    """
    next_year = set(later.records.codes)
    years = set(later.records.columns.years[later.records.owners].tolist())
    starts = {
        measure for measure, ways in later.rules.taking.items() if any(earlier_years(ways, year) for year in years)
    }
    asked = evaluation.rules.asking_for
    goes_on = np.array([code in next_year for code in evaluation.records.codes], np.bool_)
    return np.where(goes_on, _given(evaluation, set(asked) - starts), _given(evaluation, asked))


def _given(evaluation: Evaluation, measures: Collection[str]) -> Bools:
    """Return, for each record, whether it says anything usable of some measures."""
    records = evaluation.records
    rows = np.array([name in measures for name in records.columns.measures], np.bool_)
    said = np.isin(records.columns.state[rows][:, records.owners], list(USABLE))
    if records.columns.hamlets:
        counts = {requirement.measure for requirement in evaluation.rules.counting_hamlets}
        counted = np.array([name in counts for name in records.columns.measures], np.bool_)[rows]
        listed = np.isin(records.owners, list(records.columns.hamlets))
        said &= ~(counted[:, None] & listed)  # worked out from the hamlets, not reported
    given: Bools = np.logical_or.reduce(said, axis=0)
    return given | _given_of_hamlets(evaluation)


def _given_of_hamlets(evaluation: Evaluation) -> Bools:
    """Return, for each record, whether it says anything usable of a hamlet; such a figure is of its own year."""
    records, asked = evaluation.records, evaluation.rules.hamlet_measures
    said = np.zeros(len(records.columns), np.bool_)
    if asked and records.columns.hamlets:
        listed, owner = records.columns.listed
        rows = np.array([name in asked for name in listed.measures], np.bool_)
        said[owner[np.isin(listed.state[rows], list(USABLE)).any(axis=0)]] = True
    own: Bools = said[records.owners]
    return own
