"""What reading the data already found (`ntm_rules.evaluation.cross_checks.readings`), of all reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ntm_rules.evaluation.cross_checks import readings as one_report
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports
from ntm_rules.evaluation.cross_checks.many.hits import Hits, settled


def reading(reports: AllReports, condition: Sequence[str]) -> Hits:
    """Return the problems of some codes that each report has."""
    at = reports.evaluation.records.at
    told = {
        at.get((problem.commune_code, problem.year), -1)
        for problem in reports.context.dataset.problems
        if problem.code in condition
    }
    return settled(one_report.reading(reports.context, condition), np.array(sorted(told - {-1}), np.intp))
