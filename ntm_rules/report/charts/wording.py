"""What stands in and beside charts in words: counts with their denominators, every bar in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.charts.drawing import Part
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.wording.values import number

Counts = Mapping[Verdict, int]


def year_of(evaluation: Evaluation) -> int:
    """Return the year judged: that of the records, or of the law where there is none."""
    return evaluation.records[0].year if evaluation.records else evaluation.rules.as_of.year


def counted(verdicts: Iterable[Verdict]) -> Counts:
    """Return how many there are of each verdict."""
    return Counter(verdicts)


def met_of(counts: Counts) -> str:
    """Return how many are met of those that apply ("3/5 đạt")."""
    of = sum(n for verdict, n in counts.items() if verdict is not Verdict.NOT_APPLICABLE)
    met = counts.get(Verdict.MET, 0)
    return _("{n}/{of} met", n=number(Decimal(met)), of=number(Decimal(of))) if of else _("none applies")


def in_all(parts: Sequence[Part]) -> str:
    """Return every bar of a chart with its numbers."""
    return "; ".join(_part_words(part) for part in parts) + "."


def _part_words(part: Part) -> str:
    said = ", ".join(f"{verdict.label} {part.counts[verdict]}" for verdict in LEGEND_ORDER if part.counts.get(verdict))
    return _("{label}: {counts} (of {total})", label=part.label, counts=said, total=sum(part.counts.values()))
