"""The cross-checks over an evaluation of many communes at once."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.dataset.records import CommuneYear, Dataset
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.cross_checks.finding import Finding
from ntm_rules.evaluation.cross_checks.reports import Reports
from ntm_rules.evaluation.cross_checks.running import look_through
from ntm_rules.rulebook.criteria_set import Requirement


def cross_check(evaluation: Evaluation, dataset: Dataset) -> list[Finding]:
    """Return what the set's cross-checks find in every report of an evaluation (see `look_through`)."""
    return look_through(reports_of(evaluation), dataset) if evaluation.rules.cross_checks else []


def reports_of(evaluation: Evaluation) -> Reports:
    """Return an evaluation's reports with the verdicts of their requirements."""
    verdicts: dict[str, list[int]] = {
        row.id: evaluation.verdicts[at].tolist()
        for at, row in enumerate(evaluation.table)
        if isinstance(row.node, Requirement)
    }

    def judged_alike(records: Sequence[CommuneYear]) -> Reports:
        return reports_of(evaluate(evaluation.rules, records))

    return Reports(
        rules=evaluation.rules,
        records=evaluation.records,
        previous=evaluation.previous,
        verdict_of=lambda requirement, record: verdicts[requirement][record],
        judged_alike=judged_alike,
    )
