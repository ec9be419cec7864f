"""Communes that a decision has recognised, as they report it, and that do not meet everything now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.verdicts import Verdict

if TYPE_CHECKING:
    from ntm_rules.evaluation.batch import Evaluation

RECOGNITION_MEASURE = "recognition_decision"
"""The ruling that reports an existing decision of recognition; it is stated, never computed."""


class Recognised(NamedTuple):
    """One commune that was recognised."""

    record: int
    code: str
    name: str
    document: str
    """The decision, as the commune names it."""
    year: int
    """The year whose report says it: the year judged, or the year before."""
    criteria_not_met: tuple[str, ...]
    """Criteria that are not met now; those that cannot be judged are none of them."""
    conditions_not_met: tuple[str, ...]

    @property
    def no_longer(self) -> bool:
        """Whether something is not met now: recognised, and not up to it any more."""
        return bool(self.criteria_not_met or self.conditions_not_met)


def is_recognised(record: CommuneYear) -> bool | None:
    """Return what a report says of a decision of recognition; None where it says nothing."""
    decision = record.get(RECOGNITION_MEASURE)
    return bool(decision.value) if decision.state is State.PRESENT else None


def recognised(evaluation: Evaluation, before: Evaluation | None = None) -> list[Recognised]:
    """Return the communes recognised by a decision that their report of the year, or of the year before, names.

    A report of the year itself that says "no" holds against that of the year before.
    """
    earlier = {record.code: record for record in before.records} if before else {}
    found = []
    conditions = [child for at in evaluation.level("recognition") for child in evaluation.table[at].children]
    for at, record in enumerate(evaluation.records):
        said = is_recognised(record)
        by = record if said is not None else earlier.get(record.code)
        if by is None or not is_recognised(by):
            continue
        found.append(
            Recognised(
                record=at,
                code=record.code,
                name=record.name,
                document=by.get(RECOGNITION_MEASURE).document,
                year=by.year,
                criteria_not_met=_not_met(evaluation, evaluation.level("criterion"), at),
                conditions_not_met=_not_met(evaluation, conditions, at),
            )
        )
    return found


def _not_met(evaluation: Evaluation, rows: list[int], record: int) -> tuple[str, ...]:
    return tuple(evaluation.table[row].id for row in rows if evaluation.verdict(row, record) is Verdict.NOT_MET)
