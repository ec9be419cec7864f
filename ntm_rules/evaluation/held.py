"""What a requirement of one commune was judged on: the figures reported, what is made of them, the target, the gap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ntm_rules.dataset.records import Reported
from ntm_rules.evaluation.gaps import Gap, gap_between
from ntm_rules.evaluation.reference import Facts, own_target, taken_value, with_tally
from ntm_rules.evaluation.taking import LackingFigures
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Requirement


@dataclass(frozen=True, slots=True)
class Held:
    """A figure as a requirement holds it against its target."""

    requirement: Requirement
    reported: Reported
    """The figure of the year judged; of the latest year that is read where that is another."""
    before: Reported
    """The figure of the year before."""
    target: Decimal | None
    """Of the commune's class; None where no document fixes one, or the class is not known."""
    value: Fraction | None = None
    """What is held against the target, exactly and before it is rounded; None where a figure it needs is not there."""
    figures: tuple[tuple[int, Reported], ...] = ()
    """Every year that is read, the latest first, with the figure reported for it."""
    gap: Gap | None = None
    """Of what is not met."""


def held(rules: CriteriaSet, facts: Facts, requirement: Requirement, verdict: Verdict | None = None) -> Held:
    """Return what a requirement was judged on; with its gap where the verdict says that it is not met."""
    facts = with_tally(rules, requirement, facts)
    measure, figures_of = rules.measures[requirement.measure], facts.figures(requirement.measure)
    judged = facts.report.year
    figures = tuple((year, figures_of(year)) for year in requirement.taken.of(measure).years(judged))
    own = own_target(rules, requirement, facts)
    target = own.everywhere if isinstance(own, KnownTarget) else None
    taken = taken_value(measure, requirement, facts, own)
    value = None if isinstance(taken, LackingFigures) else taken
    gap = None
    if verdict is Verdict.NOT_MET:
        assert target is not None, "a requirement without a target cannot be NOT_MET"
        assert value is not None, "a requirement without a figure cannot be NOT_MET"
        gap = gap_between(requirement, measure, target, value, figures_of, judged)
    before = facts.before(requirement.measure)
    return Held(requirement, figures[0][1], before, target, value, figures, gap)
