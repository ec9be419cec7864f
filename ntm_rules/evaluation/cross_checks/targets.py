"""Figures that hit their target to the last digit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm_rules.evaluation.cross_checks.context import Context, Finder, figure_of
from ntm_rules.evaluation.cross_checks.finding import Fact, Hit
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.rulebook.cross_checks import ExactlyTheTarget
from ntm_rules.rulebook.kinds import QUANTITIES
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.taken import AS_ITS_KIND

MET = Verdict.MET


def exactly_the_target(context: Context, condition: ExactlyTheTarget) -> Finder:
    """Find figures equal to their target, unless the target is the least or the most the figure can be."""
    reports = context.reports
    requirements = held_against_a_number(context, condition)

    def find(record: int) -> Iterator[Hit]:
        for requirement in requirements:
            if reports.verdict_of(requirement.id, record) != MET:  # a target exactly hit is met
                continue
            held, measure = reports.held(requirement, record), context.measures[requirement.measure]
            if hits(measure, held):
                facts: dict[str, Fact] = {"item": requirement.id, "now": held, "target": held}
                yield Hit([figure_of(measure, "", held.reported)], facts)

    return find


def at_an_end(measure: Measure, target: Decimal) -> bool:
    """Tell whether a figure cannot be beyond the target: 0 or 100 percent of a share, or an end of its range."""
    ends = {measure.range.min, measure.range.max} if measure.range and not measure.traits.needs_year_before else set()
    return target in (ends | {Decimal(0), Decimal(PERCENT)} if measure.traits.counted else ends)


def held_against_a_number(context: Context, condition: ExactlyTheTarget) -> list[Requirement]:
    """Return the requirements a condition looks at: those of quantities, as reported, whose target is known."""
    asking = context.asking(context.selected(condition.of, QUANTITIES))
    return [requirement for requirement in asking if requirement.target.values() and requirement.taken == AS_ITS_KIND]


def hits(measure: Measure, held: Held) -> bool:
    """Tell whether a figure is equal to its target."""
    if held.target is None or at_an_end(measure, held.target):
        return False
    if measure.traits.counted:  # the usual case, in integers
        above, below = held.target.as_integer_ratio()
        return PERCENT * held.reported.value * below == above * held.reported.base
    return held.value == held.target
