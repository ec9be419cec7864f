"""A commune's entries judged at once by the evaluator that judges everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ntm_rules.appraisal.entries import Read
from ntm_rules.evaluation.cross_checks.finding import Finding
from ntm_rules.evaluation.cross_checks.over_report import cross_check_report
from ntm_rules.evaluation.reference import Facts, Result, evaluate_commune, evaluate_conditions, with_tallies
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.completeness import Completeness, completeness, of_commune
from ntm_rules.standing.one_commune import Reaches, counted_in, says_something
from ntm_rules.standing.values import LevelCounts


@dataclass(frozen=True)
class Judged:
    """One layer of one dossier: what it says, and what that comes to."""

    rules: CriteriaSet
    read: Read
    reaches: Reaches = field(default_factory=dict, repr=False, compare=False)
    """What the law lets be judged, as far as it is known from others."""

    @cached_property
    def facts(self) -> Facts:
        """What is known of the commune."""
        record = self.read.record
        group = self.rules.communes[record.code].group
        facts = Facts(record, self.read.dataset.record(record.code, record.year - 1), group)
        return with_tallies(self.rules, facts)

    @cached_property
    def result(self) -> Result:
        """The verdicts of the criteria."""
        return evaluate_commune(self.rules, self.facts)

    @cached_property
    def conditions(self) -> Result | None:
        """The verdicts of the further conditions; None where the set has none."""
        return evaluate_conditions(self.rules, self.facts)

    @cached_property
    def criteria(self) -> LevelCounts:
        """How its criteria stand."""
        return counted_in(self.rules, self.facts, self.result, "criterion", self.reaches)

    @cached_property
    def indicators(self) -> LevelCounts:
        """How its indicators stand."""
        return counted_in(self.rules, self.facts, self.result, "indicator", self.reaches)

    @cached_property
    def findings(self) -> list[Finding]:
        """What the cross-checks find."""
        return cross_check_report(self.rules, self.read.dataset, self.read.record)

    def find(self, requirement: str) -> Result | None:
        """Return the result of a requirement of the criteria or of the further conditions."""
        found = self.result.find("requirement", requirement)
        if found is None and self.conditions is not None:
            found = self.conditions.find("requirement", requirement)
        return found

    @property
    def says_something(self) -> bool:
        """Whether at least one figure can be used."""
        return says_something(self.rules, self.read.record)

    @cached_property
    def whole(self) -> Completeness:
        """What is asked and given of everything."""
        return of_commune(self.rules, self.read.record)

    def completeness(self, criterion: str = "") -> Completeness:
        """Count what is asked and given, of one criterion or of everything."""
        if not criterion:
            return self.whole
        of = next(one for one in self.rules.criteria if one.id == criterion)
        return completeness(
            [part for indicator in of.indicators for part in indicator.requirements()], self.read.record
        )
