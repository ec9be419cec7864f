"""The chart of one commune: its criteria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import _
from ntm_rules.report.charts.chart import Chart, in_all
from ntm_rules.report.charts.drawing import ChartPart
from ntm_rules.rulebook.criteria_set import Criterion
from ntm_rules.wording.standing import met_of
from ntm_rules.wording.titles import numbered_title


def criteria_chart(evaluation: Evaluation, record: int, warnings: Sequence[str] = ()) -> Chart:
    """Return how the indicators of each criterion stand in one commune; `warnings` are drawn below (`invented`)."""
    at = evaluation.records[record]
    parts = []
    for row in evaluation.level("criterion"):
        criterion = evaluation.table[row].node
        assert isinstance(criterion, Criterion)
        counts = Counter(evaluation.verdict(child, record) for child in evaluation.table[row].children)
        parts.append(ChartPart(numbered_title(criterion), counts, met_of(counts)))
    return Chart(
        parts,
        _("Indicators of each criterion, {commune}, {year}", commune=at.name, year=at.year),
        in_all(parts),
        warnings,
    )
