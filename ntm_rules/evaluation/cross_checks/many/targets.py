"""Figures that hit their target to the last digit (`ntm_rules.evaluation.cross_checks.targets`), in all reports."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports, actual_of, verdicts_of
from ntm_rules.evaluation.cross_checks.many.figures import Bools, Index, ratios_of, sized, told
from ntm_rules.evaluation.cross_checks.many.hits import Hits, each, held_against
from ntm_rules.evaluation.cross_checks.targets import at_an_end, held_against_a_number, hits
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.criteria_set import KnownTarget, Requirement
from ntm_rules.rulebook.cross_checks import ExactlyTheTarget
from ntm_rules.rulebook.models import Measure


def exactly_the_target(reports: AllReports, condition: ExactlyTheTarget) -> Hits:
    """Return the figures equal to their target, unless the target is the least or the most the figure can be."""
    requirements = held_against_a_number(reports.context, condition)
    found = verdicts_of(reports.evaluation, requirements) == Verdict.MET
    targets = [reports.evaluation.targets(requirement) for requirement in requirements]
    for row, requirement in enumerate(requirements):
        measure, (own, number) = reports.rules.measures[requirement.measure], targets[row]
        for at, target in enumerate(own):
            records = np.flatnonzero(found[row] & (number == at))
            if not isinstance(target, KnownTarget) or at_an_end(measure, target.everywhere):
                found[row, records] = False
            else:
                found[row, records] = _equal(reports, requirement, measure, target.everywhere, records)
    hitting = each(found, [CheckedFigure(one.measure) for one in requirements])
    actual = {"now": lambda: actual_of(reports.evaluation, requirements, hitting.subjects, hitting.records)}
    return replace(hitting, said=held_against(requirements, targets, hitting, actual))


def _equal(reports: AllReports, requirement: Requirement, measure: Measure, target: Decimal, records: Index) -> Bools:
    """Tell of which reports a figure is equal to a target."""
    value = ratios_of(measure, "", reports.figures.now(measure.id))
    over, under = value.above[records], value.below[records]
    above, below = target.as_integer_ratio()
    if measure.traits.needs_year_before:
        level = reports.figures.reported_before(measure.id).value[records]
        equal = told(
            lambda now, then: PERCENT * (now - then) * below == above * then,
            (sized(over) + sized(level)) * (PERCENT * below + abs(above)),
            over,
            level,
        )
        for at in np.flatnonzero(over % 10 + level % 10):  # typed with more decimals than are held
            held = reports.context.reports.held(requirement, int(records[at]))
            equal[at] = hits(measure, held)
        return equal

    def same(one: Any, of: Any) -> Any:
        return one * below == above * of

    return told(same, sized(over) * below + sized(under) * abs(above), over, under)
