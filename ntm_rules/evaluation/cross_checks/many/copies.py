"""Figures that are all alike (`ntm_rules.evaluation.cross_checks.copies`), in all reports."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.record_views import Records, year_before_of
from ntm_rules.evaluation.cross_checks.context import selected
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports
from ntm_rules.evaluation.cross_checks.many.figures import Bools, FigureColumn, Figures, ratios_of, sized, told
from ntm_rules.evaluation.cross_checks.many.hits import Hits, together
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.cross_checks import AllIdentical
from ntm_rules.rulebook.kinds import QUANTITIES, SHARES
from ntm_rules.text_columns import alike


def all_identical(reports: AllReports, condition: AllIdentical) -> Hits:
    """Return the reports whose figures equal each other, those of the year before, or those of another commune."""
    kinds = SHARES if condition.to == "each_other" else QUANTITIES
    measures = [measure.id for measure in reports.context.selected(condition.of, kinds)]
    if not measures:
        return together(np.zeros((0, len(reports)), np.bool_), [])
    looked_for = {"each_other": _each_other, "year_before": _year_before, "another_commune": _another_commune}
    there, identical = looked_for[condition.to](reports, measures)
    found = identical & (there.sum(axis=0) >= condition.at_least)
    return together(there & found, [CheckedFigure(measure) for measure in measures])


def _each_other(reports: AllReports, measures: list[str]) -> tuple[Bools, Bools]:
    identical = np.ones(len(reports), np.bool_)
    first_above, first_below = np.zeros(len(reports), np.int64), np.zeros(len(reports), np.int64)
    there = []
    for measure in measures:
        own = ratios_of(reports.rules.measures[measure], "", reports.figures.now(measure))
        new = own.there & (first_below == 0)
        first_above[new], first_below[new] = own.above[new], own.below[new]
        size = sized(own.above) * sized(first_below) + sized(first_above) * sized(own.below)
        identical &= ~own.there | told(
            lambda a, b, c, d: a * d == c * b, size, own.above, own.below, first_above, first_below
        )
        there.append(own.there)
    return np.array(there), identical


def _year_before(reports: AllReports, measures: list[str]) -> tuple[Bools, Bools]:
    identical = reports.figures.before_known.copy()
    there = []
    for measure in measures:
        now, before = reports.figures.now(measure), reports.figures.before(measure)
        both = now.present & before.present
        identical &= ~both | _alike(now, before)
        there.append(both)
    return np.array(there), identical


def _alike(now: FigureColumn, before: FigureColumn) -> Bools:
    """Tell which figures are one number, however they were given."""
    size = sized(now.value) * sized(before.base) + sized(before.value) * sized(now.base)
    equal = told(lambda a, b, c, d: a * d == c * b, size, now.value, now.base, before.value, before.base)
    counted = (now.base != 0) & (before.base != 0)
    one: Bools = np.where(counted, equal & (now.counted == before.counted), now.value == before.value)
    return one


def _another_commune(reports: AllReports, measures: list[str]) -> tuple[Bools, Bools]:
    given = [reports.figures.now(measure) for measure in measures]
    there = np.array([one.present for one in given])
    content = [part for one in given for part in (one.present, one.value, one.base)]
    numbers, _first = alike(np.array([reports.evaluation.records.years, *content], np.int64))
    return there, np.bincount(numbers, minlength=1)[numbers] > 1


def contents(rules: CriteriaSet, records: Records) -> NDArray[np.uint64]:
    """Return for each check that looks for figures of another commune a number of each report: (checks, reports).

    Reports with the same figures have the same number, others hardly ever; 0 of those with too few.
    """
    looking = [
        c.all_identical for c in rules.cross_checks if c.all_identical and c.all_identical.to == "another_commune"
    ]
    figures, draws = Figures(records, year_before_of(records)), np.random.default_rng(0)
    found = np.zeros((len(looking), len(records)), np.uint64)
    for row, condition in enumerate(looking):
        many = np.zeros(len(records), np.int64)
        for measure in selected(rules, condition.of, QUANTITIES):
            given = figures.now(measure.id)
            many += given.present
            for part in given[:3]:
                found[row] += part.astype(np.uint64) * draws.integers(1, 1 << 63, dtype=np.uint64)
        found[row, many < condition.at_least] = 0
    return found
