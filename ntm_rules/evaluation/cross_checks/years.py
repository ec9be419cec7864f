"""Figures held against those of the year before: jumps, falls, and what was met and is no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ntm_rules.evaluation.cross_checks.context import (
    Context,
    Finder,
    Ratio,
    amount_of,
    figure_of,
    ratio_of,
    was,
)
from ntm_rules.evaluation.cross_checks.finding import Fact, Hit
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.cross_checks import Changed, NoLongerMet
from ntm_rules.rulebook.kinds import QUANTITIES, SHARES
from ntm_rules.rulebook.models import Measure

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET


def changed(context: Context, condition: Changed) -> Finder:
    """Find figures that moved by more than the condition allows, in the direction it looks at."""
    part, measures = condition.part or "", compared_with_the_year_before(context, condition)

    def find(record: int) -> Iterator[Hit]:
        earlier = context.earlier(record)
        if earlier is None:
            return
        report = context.records[record]
        for measure in measures:
            reported = report.get(measure.id)
            now, before = ratio_of(measure, part, reported), ratio_of(measure, part, was(earlier, measure.id))
            if now is None or before is None or not _moved(condition, measure, now, before):
                continue
            difference = abs(Fraction(*now) - Fraction(*before))
            change = replace(amount_of(measure, part, difference), points=measure.traits.counted and not part, up=False)
            yield Hit(
                [figure_of(measure, part, reported)],
                {
                    "now": amount_of(measure, part, Fraction(*now)),
                    "before": amount_of(measure, part, Fraction(*before)),
                    "change": change,
                },
            )

    return find


def compared_with_the_year_before(context: Context, condition: Changed) -> list[Measure]:
    """Return the measures whose figures a condition looks at."""
    shares_only = condition.points is not None or condition.part is not None
    return context.selected(condition.of, SHARES if shares_only else QUANTITIES)


def _moved(condition: Changed, measure: Measure, now: Ratio, before: Ratio) -> bool:
    """Tell it in integers: a/b - c/d against the size allowed, both sides times b·d."""
    rise = now[0] * before[1] - before[0] * now[1]
    if rise == 0:
        return False
    if condition.direction != "either" and (rise > 0) == (
        (condition.direction == "worse") == (measure.sense == "higher")
    ):
        return False
    if condition.points is not None:
        above, below = condition.points.as_integer_ratio()
        return abs(rise) * below > above * now[1] * before[1]
    if condition.percent is not None:
        above, below = condition.percent.as_integer_ratio()
        return abs(rise) * below * PERCENT > above * abs(before[0]) * now[1]
    return True


def no_longer_met(context: Context, condition: NoLongerMet) -> Finder:
    """Find requirements that last year's figures meet under this year's law, and this year's do not."""
    reports = context.reports
    requirements = context.asking(context.selected(condition.of))

    def find(record: int) -> Iterator[Hit]:
        failing = [one for one in requirements if reports.verdict_of(one.id, record) == NOT_MET]
        if not failing or context.earlier(record) is None:
            return
        before, at = reports.before(record)
        for requirement in failing:
            if before.verdict_of(requirement.id, at) != MET:
                continue
            held, then = reports.held(requirement, record), before.held(requirement, at)
            facts: dict[str, Fact] = {"item": requirement.id, "now": held, "before": then, "target": held}
            yield Hit([figure_of(context.measures[requirement.measure], "", held.reported)], facts)

    return find
