"""The cross-checks over an evaluation of many communes at once."""

from __future__ import annotations

from functools import cache

import numpy as np

from ntm_rules.dataset.records import CommuneYear, Dataset, year_before
from ntm_rules.evaluation.batch import Evaluation, evaluate, judged_all
from ntm_rules.evaluation.cross_checks.context import Context
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports, JudgedBefore, rows_of
from ntm_rules.evaluation.cross_checks.many.figures import Index
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.cross_checks.reports import Reports


def cross_check(evaluation: Evaluation, dataset: Dataset) -> Findings:
    """Return what the set's cross-checks find in every report of an evaluation (see `look_through`)."""
    judged_before = cache(lambda: _judged_before(evaluation))
    context = Context(reports_of(evaluation, judged_before), dataset)
    return Findings(AllReports(evaluation, context, judged_before))


def reports_of(evaluation: Evaluation, judged_before: JudgedBefore) -> Reports:
    """Return an evaluation's reports with the verdicts of their requirements."""
    rows = rows_of(evaluation)

    def before(record: int) -> tuple[Reports, int]:
        return reports_before(), int(judged_before()[1][record])

    @cache
    def reports_before() -> Reports:
        return reports_of(judged_before()[0], judged_before)

    return Reports(
        rules=evaluation.rules,
        records=evaluation.records,
        previous=evaluation.previous,
        verdict_of=lambda requirement, record: int(evaluation.verdicts[rows[requirement], record]),
        before=before,
    )


def _judged_before(evaluation: Evaluation) -> tuple[Evaluation, Index]:
    """Return the years before judged by this year's law, and where each record's year before stands there, or -1."""
    records, owners = evaluation.records, evaluation.previous.owners
    if not records.columns.carried.keys().isdisjoint(records.owners.tolist()):
        return _judged_as_carried(evaluation)
    asked = np.unique(owners[owners >= 0])
    positions = np.where(owners >= 0, np.searchsorted(asked, owners), -1)
    return judged_all(evaluation.rules, records.some(asked)), positions


def _judged_as_carried(evaluation: Evaluation) -> tuple[Evaluation, Index]:
    """Return what `_judged_before` does where forms carry figures of the year before, that nobody else reported."""
    records = evaluation.records
    everything = records.some(np.arange(len(records.columns)))
    asked: dict[tuple[str, int], CommuneYear] = {}
    older: dict[tuple[str, int], CommuneYear] = {}
    for record in records:
        before = year_before(record, evaluation.previous.get((record.code, record.year)))
        if before is None:
            continue
        asked[record.code, record.year - 1] = CommuneYear(record.code, record.name, record.year - 1, before.values)
        for year in {record.year - 2, *evaluation.rules.earlier_years(record.year - 1)}:
            at = everything.at.get((record.code, year))
            if at is not None:
                older[record.code, year] = everything[at]
    judged = evaluate(evaluation.rules, list({**older, **asked}.values()))
    keys = ((record.code, record.year - 1) for record in records)
    return judged, np.array([judged.records.at[key] if key in asked else -1 for key in keys], np.intp)
