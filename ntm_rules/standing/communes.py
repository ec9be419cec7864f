"""How every commune of a year stands: what outputs say of one and count of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.scores import Points, band_of
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Band
from ntm_rules.standing.decisions import decisions_in
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of
from ntm_rules.standing.recognition import RecognitionDecision, decision_in
from ntm_rules.standing.reports import usable
from ntm_rules.standing.tallies import LevelCounts, counted
from ntm_rules.text_columns import Bools, Ints


@dataclass(frozen=True, slots=True)
class CommuneStanding:
    """How one commune stands in one year."""

    record: int
    """Position in the evaluation's records."""
    report: CommuneYear
    group: str | None
    band: Band | None
    """By the criteria met; None also without a usable report."""
    criteria: LevelCounts
    indicators: LevelCounts
    owed: int
    """Requirements that lack figures."""
    rulings: int
    """Requirements that wait for a body's conclusion."""
    meets: Verdict
    """Of all criteria together; not the same as being recognised."""
    conditions: Verdict | None
    """Of the further conditions together; None where the set has none."""
    decision: RecognitionDecision
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


class Standings(Sequence[CommuneStanding]):
    """How the communes of all records stand, as columns; one is put together when somebody looks at it."""

    def __init__(self, evaluation: Evaluation, lacks: Lacks) -> None:
        self.evaluation = evaluation
        self.criteria, self.indicators = (counted(evaluation, level, lacks) for level in ("criterion", "indicator"))
        self.owed, self.rulings = (lacks.counts(lack) for lack in (Lack.FIGURE, Lack.RULING))
        self.usable: Bools = usable(evaluation)
        self.decided, self.documents = decisions_in(evaluation)
        (self._whole,), conditions = evaluation.level("commune"), evaluation.level("recognition")
        self._conditions = conditions[0] if conditions else None

    @property
    def meets(self) -> Bytes:
        """The verdict of all criteria together."""
        whole: Bytes = self.evaluation.verdicts[self._whole]
        return whole

    @property
    def conditions(self) -> Bytes | None:
        """The verdict of the further conditions together; None where the set has none."""
        return None if self._conditions is None else self.evaluation.verdicts[self._conditions]

    @cached_property
    def bands(self) -> Ints:
        """The place of each band among the set's; behind them all where there is none."""
        bands = self.evaluation.rules.bands
        of_count = [band_of(met, bands) for met in range(len(self.evaluation.level("criterion")) + 1)]
        places = np.array([bands.index(band) if band else len(bands) for band in of_count])
        return np.where(self.usable, places[self.criteria.column("met")], len(bands))

    def __len__(self) -> int:
        return len(self.evaluation.records)

    @overload
    def __getitem__(self, at: int) -> CommuneStanding: ...
    @overload
    def __getitem__(self, at: slice) -> list[CommuneStanding]: ...
    def __getitem__(self, at: int | slice) -> CommuneStanding | list[CommuneStanding]:
        """Return how the commune of a record stands, or those of some."""
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        evaluation = self.evaluation
        rules, report = evaluation.rules, evaluation.records[at]
        return CommuneStanding(
            record=at,
            report=report,
            group=evaluation.groups[at],
            band=[*rules.bands, None][int(self.bands[at])],
            criteria=self.criteria[at],
            indicators=self.indicators[at],
            owed=int(self.owed[at]),
            rulings=int(self.rulings[at]),
            meets=evaluation.verdict(self._whole, at),
            conditions=None if self._conditions is None else evaluation.verdict(self._conditions, at),
            decision=decision_in(rules, report),
            points=evaluation.points(at) if rules.has_points else None,
            usable=bool(self.usable[at]),
        )


def groups_of(rules: CriteriaSet) -> list[str | None]:
    """Return the groups that counts are told by: those of the set, and None where a commune's is not known."""
    if not rules.groups:
        return []
    unknown = any(commune.group is None for commune in rules.communes.within())
    return [*rules.groups, None] if unknown else list(rules.groups)


def communes(evaluation: Evaluation, lacks: Lacks | None = None) -> Standings:
    """Return how the commune of each record stands."""
    return Standings(evaluation, lacks or lacks_of(evaluation))
