"""Which communes are nearest to the standard: by what is left to meet; those alike share a place."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import things_to_do
from ntm_rules.evaluation.scores import Tally


@dataclass(frozen=True, slots=True)
class Ranked:
    """One commune's place, from 1, and what it rests on."""

    place: int
    record: int
    """Position in the evaluation's records."""
    criteria: Tally
    indicators: Tally
    gaps: int
    """Things to do: requirements not met that stand in the way, an "or" counted once, further conditions included."""

    @property
    def left(self) -> tuple[int, int, int]:
        """Criteria, then indicators, that apply and are not met yet, then gaps: less is nearer."""
        criteria, indicators = self.criteria, self.indicators
        return criteria.applicable - criteria.met, indicators.applicable - indicators.met, self.gaps


def nearest_first(evaluation: Evaluation) -> list[Ranked]:
    """Return every record, the nearest to the standard first; among equals in the order of the records.

    What does not apply to a commune is not left to it. Points take no part.
    """
    unplaced = [
        Ranked(
            0,
            record,
            evaluation.tally("criterion", record),
            evaluation.tally("indicator", record),
            things_to_do(evaluation.rules, (evaluation.table[row].id for row, _gap in evaluation.gaps(record))),
        )
        for record in range(len(evaluation.records))
    ]
    found: list[Ranked] = []
    for position, one in enumerate(sorted(unplaced, key=lambda ranked: ranked.left), start=1):
        place = found[-1].place if found and found[-1].left == one.left else position
        found.append(Ranked(place, one.record, one.criteria, one.indicators, one.gaps))
    return found
