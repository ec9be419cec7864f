"""What stands in the way of a verdict: requirements not met with their gaps, figures owed, decisions awaited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.reference import Facts, Result, own_target
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Requirement
from ntm_rules.standing.one_commune import ways_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.decisions import decision_words
from ntm_rules.wording.gaps import gap_words, owed_words
from ntm_rules.wording.hamlets import with_hamlets


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a commune lacks: what, by how much, and who to turn to."""

    held: Held
    words: str
    lead: str

    @property
    def requirement(self) -> Requirement:
        """What it lacks."""
        return self.held.requirement


def missing(rules: CriteriaSet, indicator: Result, facts: Facts, verdict: Verdict) -> Iterator[Missing]:
    """Yield the requirements that stand in a result's way with this verdict; alternatives come nearest first."""
    for result in ways_of(rules, indicator, facts, verdict):
        requirement = result.requirement
        assert requirement is not None
        one = held(rules, facts, requirement, result.verdict)
        if one.gap is not None:
            words = gap_words(rules, requirement, one.gap)
        elif isinstance(own := own_target(rules, requirement, facts), AwaitedTarget) and (
            result.verdict is Verdict.NO_TARGET
        ):
            words = decision_words(rules, own.decision) or str(result.reason.words)
        else:
            words = owed_words(rules, requirement, result.reason)
        yield Missing(one, with_hamlets(words, rules, facts, requirement), agency_name(rules, requirement.lead))
