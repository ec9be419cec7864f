"""The counts of the province's reporting forms "Biểu 05" and "Biểu 06": communes, by group and period.

Three periods: up to 31 December of the year before, the year itself, and the plan for its last six months, which is
not data anyone reports here. A count that is not known is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.models import Band
from ntm_rules.standing.communes import CommuneStanding, groups_of
from ntm_rules.standing.periods import Periods, PeriodSide

Count = int | None
"""Communes; None where nothing is known."""
DECIDED = frozenset({Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE})


class PeriodCounts(NamedTuple):
    """One count in the periods that data can fill."""

    before: Count
    now: Count


class Among(NamedTuple):
    """Records of a side over which something is counted."""

    side: PeriodSide
    records: Sequence[int]
    highest: Sequence[int]
    """The most criteria that a commune can meet today, of each group among them."""
    attainable: frozenset[str]
    """Ids of the criteria that a commune of some group among them can meet today."""

    @property
    def communes(self) -> list[CommuneStanding]:
        """How each of the communes stands."""
        return [self.side.communes[at] for at in self.records]


def by_group(periods: Periods, count: Callable[[Among], Count]) -> list[PeriodCounts]:
    """Return a count over all communes, then over each group in the order of `groups_of`."""
    groups = groups_of(periods.now.rules)
    sides: list[list[Count]] = []
    for side in periods.counted:
        if side is None:
            sides.append([None] * (1 + len(groups)))
            continue
        ceilings = [side.ceiling.groups, *([one for one in side.ceiling.groups if one.group == g] for g in groups)]
        records = [side.records, *map(side.of_group, groups)]
        sides.append(
            [
                count(
                    Among(side, here, [one.highest for one in of], frozenset().union(*(one.attainable for one in of)))
                )
                for here, of in zip(records, ceilings, strict=True)
            ]
        )
    return [PeriodCounts(before, now) for before, now in zip(*sides, strict=True)]


def register(periods: Periods) -> list[PeriodCounts]:
    """Return how many communes the register has, in all and by group; of the year before only where that is judged."""
    rules = periods.now.rules
    groups = [commune.group for commune in rules.communes.within()]
    numbers = [len(groups), *(groups.count(group) for group in groups_of(rules))]
    return [PeriodCounts(n if periods.knows_before else None, n) for n in numbers]


def reported(among: Among) -> Count:
    """Count those with a usable report."""
    return len(among.records)


def meeting(criterion: str) -> Callable[[Among], Count]:
    """Return what counts the communes that meet a criterion; None where the law or want of data let none be judged."""

    def count(among: Among) -> Count:
        evaluation = among.side.evaluation
        row = evaluation.row_of.get(("criterion", criterion))
        if row is None:
            return None
        verdicts = [evaluation.verdict(row, at) for at in among.records]
        known = criterion in among.attainable and not DECIDED.isdisjoint(verdicts)
        return verdicts.count(Verdict.MET) or (0 if known else None)

    return count


def in_band(band: Band) -> Callable[[Among], Count]:
    """Return what counts the communes in a band; None where none could be by the law of today, or nobody reported."""

    def count(among: Among) -> Count:
        known = bool(among.records) and any(highest >= band.at_least for highest in among.highest)
        return sum(one.band_id == band.id for one in among.communes) or (0 if known else None)

    return count


def recognised(among: Among) -> Count:
    """Count the communes recognised by decision; None where nobody says anything of it."""
    said = [one.decision.recognised for one in among.communes]
    return said.count(True) or (0 if False in said else None)
