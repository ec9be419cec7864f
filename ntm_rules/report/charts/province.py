"""Charts of all communes: how many meet how many criteria, each criterion, who is nearest to the standard."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.charts.chart import Chart
from ntm_rules.report.charts.forms import Bar, Part, bars_chart, parts_chart
from ntm_rules.report.charts.wording import counted, in_all, met_of, year_of
from ntm_rules.report.ranking import nearest_first
from ntm_rules.report.wording import criterion_title
from ntm_rules.rulebook.criteria_set import Criterion

NEAREST = 10


def bands_chart(evaluation: Evaluation, warnings: Sequence[str] = ()) -> Chart:
    """Return how many communes are in each band of criteria met, and how many meet every criterion."""
    total = len(evaluation.records)
    found = [evaluation.band(record) for record in range(total)]
    counts = [
        (band.title.in_language(current_language()), sum(one is not None and one.id == band.id for one in found))
        for band in evaluation.rules.bands
    ]
    whole = evaluation.level("commune")[0]
    every = sum(evaluation.verdict(whole, record) is Verdict.MET for record in range(total))
    counts.append((_("Meets every criterion"), every))
    bars = [Bar(label, n, f"{n}/{total}") for label, n in counts]
    said = "; ".join(_("{label}: {n} of {total}", label=label, n=n, total=total) for label, n in counts)
    return Chart(
        bars_chart(bars, warnings),
        _("Communes by number of criteria met, {year}", year=year_of(evaluation)),
        f"{said}.",
    )


def criteria_chart(evaluation: Evaluation, warnings: Sequence[str] = ()) -> Chart:
    """Return how each criterion stands over all communes."""
    parts = []
    for row in evaluation.level("criterion"):
        criterion = evaluation.table[row].node
        assert isinstance(criterion, Criterion)
        counts = counted(evaluation.verdict(row, record) for record in range(len(evaluation.records)))
        parts.append(Part(f"{criterion.id}. {criterion_title(criterion)}", counts, met_of(counts)))
    return Chart(
        parts_chart(parts, warnings),
        _("Each criterion over all communes, {year}", year=year_of(evaluation)),
        in_all(parts),
    )


def nearest_chart(evaluation: Evaluation, warnings: Sequence[str] = (), most: int = NEAREST) -> Chart:
    """Return the criteria of the communes that are nearest to the standard; those alike share a place."""
    rows = evaluation.level("criterion")
    parts = []
    for ranked in nearest_first(evaluation)[:most]:
        counts = counted(evaluation.verdict(row, ranked.record) for row in rows)
        name = evaluation.records[ranked.record].name
        parts.append(Part(f"{ranked.place}. {name}", counts, met_of(counts)))
    title = _("Nearest to the standard, by criteria, {year}", year=year_of(evaluation))
    return Chart(parts_chart(parts, warnings), title, in_all(parts))
