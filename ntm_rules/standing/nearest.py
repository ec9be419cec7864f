"""The communes in the order of how near they are to meeting all that can be judged today; two orders.

What is left to a commune: its criteria that are not met or lack data, the requirements in their way, and how far those
are. A requirement in the way is one not met, or one that lacks a figure or a ruling: that is never as good as met, so
it counts as one, and as the whole of its target. The alternatives of an "or" count as one, as far as the nearest.
What waits for the law alone is left to nobody: it stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.standing.communes import CommuneStanding, communes
from ntm_rules.standing.values import Order as Order


class Left(NamedTuple):
    """What is in one commune's way, the further conditions of recognition included."""

    requirements: int
    """Not met, or lacking a figure, a ruling or the group; an "or" counts once."""
    distance: Fraction
    """Sum of their distances, each relative to its target and at most 1; 1 for what has no size."""
    gaps: int
    """Those of `requirements` that are not met."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One commune's place, from 1, and what it rests on."""

    place: int
    commune: CommuneStanding
    left: Left

    @property
    def record(self) -> int:
        """Position in the evaluation's records."""
        return self.commune.record

    @property
    def criteria_left(self) -> int:
        """Criteria not met, or not judged for want of data; not those that only wait for the law."""
        return self.commune.criteria.not_met + self.commune.criteria.no_data

    @property
    def waiting(self) -> int:
        """Criteria that wait for the law: shown beside."""
        return self.commune.criteria.no_target

    def key(self, order: Order) -> tuple[int | Fraction, ...]:
        """Return what is compared: less is nearer."""
        fewest = (self.criteria_left, self.left.requirements, self.left.distance)
        return fewest if order is Order.FEWEST else fewest[::-1]


def nearest(
    evaluation: Evaluation, order: Order = Order.FEWEST, standings: Sequence[CommuneStanding] | None = None
) -> list[Ranked]:
    """Return the communes with a usable report, the nearest first; those alike share a place.

    Among equals in the order of the records. Points take no part. A commune that handed in nothing usable has no place.
    """
    counted = (one for one in standings or communes(evaluation) if one.usable)
    return in_order([Ranked(0, one, left_to(evaluation, one.record)) for one in counted], order)


def in_order(ranked: Sequence[Ranked], order: Order) -> list[Ranked]:
    """Return the same communes in an order, each with its place in it."""
    found: list[Ranked] = []
    for position, one in enumerate(sorted(ranked, key=lambda r: (*r.key(order), r.record)), start=1):
        place = found[-1].place if found and found[-1].key(order) == one.key(order) else position
        found.append(replace(one, place=place))
    return found


UNITS = 10**9
"""Distances are added up as whole parts of so many, each rounded up: the same for the same gap, and never 0 for one."""
NOTHING = (0, 0, 0)


def left_to(evaluation: Evaluation, record: int) -> Left:
    """Return what is in one commune's way."""
    verdicts: list[int] = evaluation.verdicts[:, record].tolist()
    requirements = distance = gaps = 0
    for root in (*evaluation.level("indicator"), *evaluation.level("recognition")):
        if verdicts[root] not in SETTLED:
            more = _left(evaluation, root, record, verdicts)
            requirements, distance, gaps = requirements + more[0], distance + more[1], gaps + more[2]
    return Left(requirements, Fraction(distance, UNITS), gaps)


SETTLED = frozenset({int(Verdict.MET), int(Verdict.NOT_APPLICABLE)})


def _left(evaluation: Evaluation, at: int, record: int, verdicts: list[int]) -> tuple[int, int, int]:
    """Return requirements, distance in `UNITS`, and gaps at or below a node."""
    verdict = verdicts[at]
    if verdict in SETTLED:
        return NOTHING
    row = evaluation.table[at]
    if not row.children:
        if verdict == Verdict.NO_TARGET:
            return NOTHING
        gap = evaluation.gap(at, record)
        if gap is None:
            return 1, UNITS, 0
        return 1, _units(gap.closeness), 1
    if row.op != "all":
        if verdict == Verdict.NO_TARGET:
            return NOTHING
        left = max(1, row.needed - sum(verdicts[child] == Verdict.MET for child in row.children))
        distance = _units(evaluation.distance(at, record).relative) * left
        return left, distance, left if verdict == Verdict.NOT_MET else 0
    parts = [_left(evaluation, child, record, verdicts) for child in row.children]
    return sum(part[0] for part in parts), sum(part[1] for part in parts), sum(part[2] for part in parts)


def _units(distance: Fraction) -> int:
    """Return a distance in `UNITS`: a limit exceeded ten times is no further than a figure that nobody knows."""
    return min(-(-distance.numerator * UNITS // distance.denominator), UNITS)
