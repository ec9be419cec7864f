"""Reports with their verdicts, as conditions look at them, whichever engine judged; no arrays here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.records import CommuneYear, Reported, year_before
from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.reference import facts_of
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement

Verdicts = Callable[[str, int], int]
"""Id of a requirement and position of a report -> the verdict, as an integer of `Verdict`."""


@dataclass(frozen=True)
class Reports:
    """Reports judged by one law."""

    rules: CriteriaSet
    records: Sequence[CommuneYear]
    previous: Mapping[tuple[str, int], CommuneYear]
    """(commune, year) -> the report of the year before, where there is one."""
    verdict_of: Verdicts
    before: Callable[[int], tuple[Reports, int]]
    """Position of a report of which figures of the year before are known -> those judged by the same law: the reports
    they stand in, and their position there."""

    def earlier(self, record: int) -> Mapping[str, Reported] | None:
        """Return what is known of the year before a report; None where nothing is."""
        now = self.records[record]
        before = year_before(now, self.previous.get((now.code, now.year)))
        return before.values if before else None

    def group(self, record: int) -> str | None:
        """Return the group of a report's commune; None where it is not known."""
        commune = self.rules.communes.get(self.records[record].code)
        return commune.group if commune else None

    def held(self, requirement: Requirement, record: int) -> Held:
        """Return the figure of a requirement as it is held against its target."""
        now = self.records[record]
        return held(self.rules, facts_of(now, self.previous, self.group(record)), requirement)
