"""How every commune of a year stands: what outputs say of one and count of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.scores import Points, band_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Band
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of
from ntm_rules.standing.recognition import Decision, decision_in
from ntm_rules.standing.reports import usable
from ntm_rules.standing.tallies import Counted, counted


@dataclass(frozen=True, slots=True)
class CommuneStanding:
    """How one commune stands in one year."""

    record: int
    """Position in the evaluation's records."""
    report: CommuneYear
    group: str | None
    band: Band | None
    """By the criteria met; None also without a usable report."""
    criteria: Counted
    indicators: Counted
    owed: int
    """Requirements that lack figures."""
    rulings: int
    """Requirements that wait for a body's conclusion."""
    meets: Verdict
    """Of all criteria together; not the same as being recognised."""
    conditions: Verdict | None
    """Of the further conditions together; None where the set has none."""
    decision: Decision
    points: Points | None
    """None where the set has no points."""
    usable: bool
    """Whether its report holds anything that can be used: a blank form is counted nowhere."""

    @property
    def meets_all(self) -> bool:
        """Whether it meets every criterion that applies."""
        return self.meets is Verdict.MET

    @property
    def band_id(self) -> str:
        """The id of its band; empty where it is in none."""
        return self.band.id if self.band else ""


def communes(evaluation: Evaluation, lacks: Lacks | None = None) -> Sequence[CommuneStanding]:
    """Return how the commune of each record stands."""
    lacks = lacks or lacks_of(evaluation)
    criteria, indicators = (counted(evaluation, level, lacks) for level in ("criterion", "indicator"))
    owed, rulings = (lacks.counts(lack) for lack in (Lack.FIGURE, Lack.RULING))
    (whole,), conditions = evaluation.level("commune"), evaluation.level("recognition")
    rules = evaluation.rules
    return [
        CommuneStanding(
            record=at,
            report=report,
            group=evaluation.groups[at],
            band=band_of(criteria[at].met, rules.bands) if says else None,
            criteria=criteria[at],
            indicators=indicators[at],
            owed=owed[at],
            rulings=rulings[at],
            meets=evaluation.verdict(whole, at),
            conditions=evaluation.verdict(conditions[0], at) if conditions else None,
            decision=decision_in(rules, report),
            points=evaluation.points(at) if rules.has_points else None,
            usable=says,
        )
        for at, (report, says) in enumerate(zip(evaluation.records, usable(evaluation).tolist(), strict=True))
    ]


def groups_of(rules: CriteriaSet) -> list[str | None]:
    """Return the groups that counts are told by: those of the set, and None where a commune's is not known."""
    if not rules.groups:
        return []
    unknown = any(commune.group is None for commune in rules.communes.within())
    return [*rules.groups, None] if unknown else list(rules.groups)
