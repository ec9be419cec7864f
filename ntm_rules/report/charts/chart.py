"""A chart: what is drawn, its title, its description in words with every number, and its pictures.

Pictures are drawn without a screen, a network or a script; the same chart gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.i18n import _
from ntm_rules.report.charts.drawing import ChartPart, drawn
from ntm_rules.report.charts.picture import Picture
from ntm_rules.report.palette import LEGEND_ORDER


@dataclass(frozen=True)
class Chart(Picture):
    """Bars in parts."""

    parts: Sequence[ChartPart]
    title: str
    description: str
    warnings: Sequence[str] = ()

    def svg(self) -> str:
        """Return the chart as SVG, the verdicts told apart by hatching too."""
        return drawn(self.parts, self.title, self.description, self.warnings)


def in_all(parts: Sequence[ChartPart]) -> str:
    """Return every bar of a chart with its numbers."""
    return "; ".join(_part_words(part) for part in parts) + "."


def _part_words(part: ChartPart) -> str:
    said = ", ".join(f"{verdict.label} {part.counts[verdict]}" for verdict in LEGEND_ORDER if part.counts.get(verdict))
    return _("{label}: {counts} (of {total})", label=part.label, counts=said, total=sum(part.counts.values()))


def year_of(evaluation: Evaluation) -> int:
    """Return the year judged: that of the records, or of the law where there is none."""
    return evaluation.records[0].year if evaluation.records else evaluation.rules.as_of.year
