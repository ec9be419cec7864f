"""The chart of one lead agency: its indicators over all communes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import _
from ntm_rules.report.charts.chart import Chart, in_all, year_of
from ntm_rules.report.charts.drawing import ChartPart
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standing import met_of


def indicators_chart(evaluation: Evaluation, agency: str, warnings: Sequence[str] = ()) -> Chart | None:
    """Return how each indicator that an agency leads, wholly or in part, stands over all communes; None without any."""
    parts = []
    for row in evaluation.level("indicator"):
        indicator = evaluation.table[row].node
        assert isinstance(indicator, Indicator)
        if agency in indicator.leads():
            counts = Counter(evaluation.verdict(row, record) for record in range(len(evaluation.records)))
            parts.append(ChartPart(f"{indicator.id} {indicator.words!s}", counts, met_of(counts)))
    if not parts:
        return None
    title = _(
        "Indicators of {agency} over all communes, {year}",
        agency=agency_name(evaluation.rules, agency),
        year=year_of(evaluation),
    )
    return Chart(parts, title, in_all(parts), warnings)
