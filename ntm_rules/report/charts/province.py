"""The chart of all communes: each criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import _
from ntm_rules.report.charts.chart import Chart, in_all, year_of
from ntm_rules.report.charts.drawing import ChartPart
from ntm_rules.rulebook.criteria_set import Criterion
from ntm_rules.wording.standing import met_of
from ntm_rules.wording.titles import numbered_title


def criteria_chart(evaluation: Evaluation, warnings: Sequence[str] = ()) -> Chart:
    """Return how each criterion stands over all communes."""
    parts = []
    for row in evaluation.level("criterion"):
        criterion = evaluation.table[row].node
        assert isinstance(criterion, Criterion)
        counts = Counter(evaluation.verdict(row, record) for record in range(len(evaluation.records)))
        parts.append(ChartPart(numbered_title(criterion), counts, met_of(counts)))
    return Chart(
        parts,
        _("Each criterion over all communes, {year}", year=year_of(evaluation)),
        in_all(parts),
        warnings,
    )
