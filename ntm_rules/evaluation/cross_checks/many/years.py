"""Figures held against those of the year before (`ntm_rules.evaluation.cross_checks.years`), for all reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from ntm_rules.evaluation.cross_checks.context import amount_of
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports, actual_of, verdicts_of
from ntm_rules.evaluation.cross_checks.many.figures import Bools, Ratios, ratios_of, sized, told
from ntm_rules.evaluation.cross_checks.many.hits import ComparedHit, Hits, each, held_against
from ntm_rules.evaluation.cross_checks.years import compared_with_the_year_before
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.cross_checks import Changed, NoLongerMet
from ntm_rules.rulebook.models import Measure


def changed(reports: AllReports, condition: Changed) -> Hits:
    """Return the figures that moved by more than the condition allows, in the direction it looks at."""
    measures, part = compared_with_the_year_before(reports.context, condition), condition.part or ""
    figures = reports.figures
    now = [ratios_of(measure, part, figures.now(measure.id)) for measure in measures]
    before = [ratios_of(measure, part, figures.before(measure.id)) for measure in measures]
    moved = [_moved(condition, *pair) for pair in zip(measures, now, before, strict=True)]
    hits = each(np.array(moved).reshape(len(measures), len(reports)), [CheckedFigure(one.id, part) for one in measures])
    pair = [_picked(side, hits) for side in (now, before)]
    amounts = [amount_of(measure, part, Fraction(0)) for measure in measures]
    changes = [
        replace(amount, points=one.traits.counted and not part, up=False)
        for one, amount in zip(measures, amounts, strict=True)
    ]
    return replace(hits, said=ComparedHit(("now", "before"), "change", amounts, changes, (pair[0], pair[1])))


def _moved(condition: Changed, measure: Measure, now: Ratios, before: Ratios) -> Bools:
    there = np.flatnonzero(now.there & before.there)
    parts = [part[there] for part in (now.above, now.below, before.above, before.below)]
    if condition.points is None and (parts[1] == parts[3]).all():
        parts[1] = parts[3] = np.ones(len(there), np.int64)  # of one scale: it says nothing of a ratio between them
    size = (sized(parts[0]) * sized(parts[3]) + sized(parts[2]) * sized(parts[1])) * PERCENT
    allowed = condition.points if condition.points is not None else condition.percent or Fraction(0)
    above, below = allowed.as_integer_ratio()
    worse = -1 if measure.sense == "higher" else 1

    def moved(a: Any, b: Any, c: Any, d: Any) -> Any:
        rise = a * d - c * b
        if condition.points is not None:
            far = abs(rise) * below > above * b * d
        elif condition.percent is not None:
            far = abs(rise) * below * PERCENT > above * abs(c) * b
        else:
            far = rise != 0
        if condition.direction == "either":
            return far & (rise != 0)
        return far & ((rise * worse > 0) if condition.direction == "worse" else (rise * worse < 0))

    found = np.zeros(len(now.there), np.bool_)
    found[there] = told(moved, size * below + above * (sized(parts[1]) * (sized(parts[3]) + sized(parts[2]))), *parts)
    return found


def _picked(ratios: Sequence[Ratios], hits: Hits) -> Ratios:
    """Return the value of each finding, of its own measure and report."""
    there = np.ones(len(hits.records), np.bool_)
    above, below = (np.zeros(len(hits.records), np.int64), np.ones(len(hits.records), np.int64))
    for subject, own in enumerate(ratios):
        here = hits.subjects == subject
        above[here], below[here] = own.above[hits.records[here]], own.below[hits.records[here]]
    return Ratios(there, above, below)


def no_longer_met(reports: AllReports, condition: NoLongerMet) -> Hits:
    """Return the requirements that last year's figures meet under this year's law, and this year's do not."""
    context, evaluation = reports.context, reports.evaluation
    requirements = context.asking(context.selected(condition.of))
    failing = verdicts_of(evaluation, requirements) == Verdict.NOT_MET
    before, positions = reports.judged_before()
    last = np.zeros(failing.shape, np.bool_)
    known = positions >= 0
    last[:, known] = verdicts_of(before, requirements)[:, positions[known]] == Verdict.MET
    hits = each(failing & last, [CheckedFigure(one.measure) for one in requirements])
    targets = [evaluation.targets(requirement) for requirement in requirements]
    actual = {
        "now": lambda: actual_of(evaluation, requirements, hits.subjects, hits.records),
        "before": lambda: actual_of(before, requirements, hits.subjects, positions[hits.records]),
    }
    return replace(hits, said=held_against(requirements, targets, hits, actual))
