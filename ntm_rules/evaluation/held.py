"""What a requirement of one commune was judged on: the figure reported, that of the year before, the target, the gap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.dataset.records import Reported
from ntm_rules.evaluation.gaps import Gap, gap_between
from ntm_rules.evaluation.reference import Facts, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet, KnownTarget, Requirement


@dataclass(frozen=True, slots=True)
class Held:
    """A figure as a requirement holds it against its target."""

    requirement: Requirement
    reported: Reported
    before: Reported
    """The figure of the year before: for growth, of which the rate is held against the target and not the level."""
    target: Decimal | None
    """Of the commune's class; None where no document fixes one, or the class is not known."""
    gap: Gap | None = None
    """Of what is not met."""


def held(rules: CriteriaSet, facts: Facts, requirement: Requirement, verdict: Verdict | None = None) -> Held:
    """Return what a requirement was judged on; with its gap where the verdict says that it is not met."""
    now, before = facts.report.get(requirement.measure), facts.before(requirement.measure)
    own = own_target(rules, requirement, facts)
    target = own.everywhere if isinstance(own, KnownTarget) else None
    if verdict is not Verdict.NOT_MET:
        return Held(requirement, now, before, target)
    assert target is not None, "a requirement without a target cannot be NOT_MET"
    gap = gap_between(requirement, rules.measures[requirement.measure], target, now, before)
    return Held(requirement, now, before, target, gap)
