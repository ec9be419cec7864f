"""The decisions that targets wait for: who owes them, by when, for how long they are overdue, and what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Decision, Text

if TYPE_CHECKING:
    from ntm_rules.evaluation.batch import Evaluation


@dataclass(frozen=True, slots=True)
class AwaitedDocument:
    """One decision, and everything in force that waits for it, in the order of the law."""

    id: str
    """Id of the decision; empty for targets that no dated value covers and no decision is named for."""
    decision: Decision | None
    requirements: tuple[str, ...]
    indicators: tuple[str, ...]
    """Those of the criteria."""
    conditions: tuple[str, ...]
    """Further conditions of recognition that wait for it."""
    criteria: tuple[str, ...]
    as_of: dt.date
    """The day to which `overdue` is counted."""

    @property
    def title(self) -> Text | None:
        """The decision's title; None where none is named."""
        return self.decision.title if self.decision else None

    @property
    def owner(self) -> str:
        """Id of the agency that owes it; empty where it lies outside the set's agencies (see `owner_text`)."""
        return (self.decision.owed_by or "") if self.decision else ""

    @property
    def owner_text(self) -> Text | None:
        """Who owes it, in words, where that is none of the set's agencies."""
        return self.decision.owed_by_text if self.decision else None

    @property
    def due(self) -> dt.date | None:
        """The day by which it was to be there."""
        return self.decision.due if self.decision else None

    @property
    def overdue(self) -> int:
        """Days past the due day; 0 on that day, before it, and where no day is set."""
        return max(0, (self.as_of - self.due).days) if self.due else 0


def awaited_documents(rules: CriteriaSet, day: dt.date) -> list[AwaitedDocument]:
    """Return the decisions that targets in force wait for, in the order in which the law comes to them.

    `day` is the day to which days overdue are counted.
    """
    requirements: dict[str, list[str]] = {}
    indicators: dict[str, dict[str, None]] = {}
    conditions: dict[str, dict[str, None]] = {}
    criteria: dict[str, dict[str, None]] = {}

    for indicator in rules.every_indicator():
        for requirement in indicator.requirements():
            for decision in requirement.decisions_awaited:
                requirements.setdefault(decision, []).append(requirement.id)
                if indicator.criterion:
                    indicators.setdefault(decision, {})[indicator.id] = None
                    criteria.setdefault(decision, {})[indicator.criterion] = None
                else:
                    conditions.setdefault(decision, {})[indicator.id] = None
    return [
        AwaitedDocument(
            id=decision,
            decision=rules.decisions.get(decision),
            requirements=tuple(ids),
            indicators=tuple(indicators.get(decision, ())),
            conditions=tuple(conditions.get(decision, ())),
            criteria=tuple(criteria.get(decision, ())),
            as_of=day,
        )
        for decision, ids in requirements.items()
    ]


def communes_waiting(evaluation: Evaluation, document: AwaitedDocument) -> int:
    """Count the records in which some requirement that waits for a document is what a target is lacking for."""
    rows = [evaluation.row_of["requirement", id_] for id_ in document.requirements]
    return int((evaluation.verdicts[rows] == Verdict.NO_TARGET).any(axis=0).sum()) if rows else 0
