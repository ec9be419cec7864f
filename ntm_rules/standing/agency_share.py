"""One lead agency's share: its indicators over all communes, what of its own stands in the way, nearest to pass first.

Where a row of the law splits its lead (one agency per alternative), only the requirements an agency leads itself count
as its own; an indicator held up by another's alone is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.columns import Bytes
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.held import Held
from ntm_rules.evaluation.in_the_way import standing_in_the_way
from ntm_rules.evaluation.verdicts import REASON_CODES, Reason, Verdict
from ntm_rules.rulebook.criteria_set import Indicator, Node, Requirement
from ntm_rules.standing.agencies import UNSETTLED, led_below
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of
from ntm_rules.standing.reports import Bools, usable


class OwnGap(NamedTuple):
    """One requirement of the agency that a commune misses."""

    held: Held
    gap: Gap

    @property
    def requirement(self) -> Requirement:
        """What is missed."""
        return self.held.requirement


class Short(NamedTuple):
    """One commune that misses an indicator through requirements of the agency."""

    record: int
    distance: Fraction
    """The largest of its gaps relative to their targets; of alternatives, that of the nearest."""
    gaps: Sequence[OwnGap]


class LackingShare(NamedTuple):
    """A requirement of the agency that cannot be judged, for one reason, and in which records.

    Also where the indicator has failed already for another reason: owed is owed.
    """

    requirement: Requirement
    reason: Reason
    records: Sequence[int]
    lack: Lack = Lack.FIGURE
    """Whose turn it is: the commune's, or that of the body that is to conclude."""


@dataclass(frozen=True, slots=True)
class IndicatorShare:
    """One indicator, or further condition, as far as an agency leads it."""

    indicator: Indicator
    is_condition: bool
    verdicts: Sequence[Verdict]
    """Of the whole indicator, a record each."""
    mine: Sequence[bool]
    """Whether something that the agency leads gives the indicator that verdict; true where nothing is unsettled."""
    reported: Sequence[bool]
    """Whether the record is a report that can be used: only those are counted."""
    short: Sequence[Short]
    """Communes not met, the nearest first."""
    owed: Sequence[LackingShare]
    awaited: Sequence[Requirement]
    """Own requirements without a target that keep some commune from being judged."""
    concluding: Sequence[bool]
    """Whether the record is without data only because a body has not concluded: nothing that the commune owes."""

    @property
    def rulings(self) -> int:
        """Of those without data: communes that owe no figure, and only wait for a conclusion."""
        return sum(waits and says for waits, says in zip(self.concluding, self.reported, strict=True))

    def count(self, verdict: Verdict) -> int:
        """Count the communes with a verdict, of those unsettled only where the agency's own part is in the way."""
        triples = zip(self.verdicts, self.mine, self.reported, strict=True)
        return sum(found is verdict and own and says for found, own, says in triples)

    @property
    def parts_missed(self) -> set[str]:
        """The ids of the requirements that some commune misses."""
        return {own.requirement.id for short in self.short for own in short.gaps}

    @property
    def elsewhere(self) -> int:
        """Communes in which only other agencies' parts stand in the way."""
        return sum(says and not own for own, says in zip(self.mine, self.reported, strict=True))


@dataclass(frozen=True, slots=True)
class AgencyShare:
    """Everything one agency leads, judged over all communes of a year."""

    agency: str
    evaluation: Evaluation
    shares: Sequence[IndicatorShare]
    """Indicators in the order of the law, then the further conditions."""

    @property
    def measures(self) -> frozenset[str]:
        """The measures that the requirements it leads ask for."""
        found = (requirement for share in self.shares for requirement in share.indicator.requirements())
        return frozenset(requirement.measure for requirement in found if requirement.lead == self.agency)

    def of_record(self, record: int, verdict: Verdict) -> int:
        """Count the agency's indicators, conditions aside, that have a verdict in one record."""
        return sum(
            share.verdicts[record] is verdict and share.mine[record] for share in self.shares if not share.is_condition
        )

    def rulings(self, record: int) -> int:
        """Count the agency's indicators, conditions aside, that only wait for a conclusion in one record."""
        return sum(share.concluding[record] for share in self.shares if not share.is_condition)

    def applicable(self, record: int) -> int:
        """Count the agency's indicators that apply to one record."""
        return sum(
            share.verdicts[record] is not Verdict.NOT_APPLICABLE for share in self.shares if not share.is_condition
        )

    def nearest_first(self) -> list[int]:
        """Return the records, those with the fewest indicators left to meet first, then the fewest own gaps."""

        def left(record: int) -> tuple[int, int, int]:
            unmet = self.applicable(record) - self.of_record(record, Verdict.MET)
            return unmet, self.of_record(record, Verdict.NOT_MET), record

        return sorted(range(len(self.evaluation.records)), key=left)


def choices_of(node: Node) -> dict[str, str]:
    """Return requirement -> the `any` or `some` it stands in, of those below a node that stand in one themselves."""
    if isinstance(node, Requirement):
        return {}
    found = {child.id: node.id for child in node.children if node.op != "all" and isinstance(child, Requirement)}
    for child in node.children:
        found |= choices_of(child)
    return found


def agency_share(evaluation: Evaluation, agency: str) -> AgencyShare:
    """Return what an agency leads, with what of its own stands in each commune's way."""
    lacks, led = lacks_of(evaluation), list(_led(evaluation, agency))
    starts = [at for at, _node, _condition in led]
    ways = {v: standing_in_the_way(evaluation.table, evaluation.verdicts, v, starts) for v in UNSETTLED}
    shares = [_share(evaluation, agency, at, node, condition, lacks, ways) for at, node, condition in led]
    return AgencyShare(agency, evaluation, shares)


def _led(evaluation: Evaluation, agency: str) -> Iterator[tuple[int, Indicator, bool]]:
    """Yield row, indicator and whether it is a further condition, of all an agency leads or leads a part of."""
    for at in evaluation.level("indicator"):
        node = evaluation.table[at].node
        assert isinstance(node, Indicator)
        if agency in node.leads():
            yield at, node, False
    for together in evaluation.level("recognition"):
        rows = evaluation.table[together].children
        for at, condition in zip(rows, evaluation.rules.conditions, strict=True):
            if agency in condition.leads():
                yield at, condition, True


def _share(
    evaluation: Evaluation,
    agency: str,
    at: int,
    indicator: Indicator,
    condition: bool,
    lacks: Lacks,
    ways: Mapping[Verdict, Bools],
) -> IndicatorShare:
    """Return one indicator's share; `ways`: verdict -> what stands in the way of everything the agency leads."""
    verdicts, led = evaluation.verdicts[at], led_below(evaluation, at, agency)
    own = {verdict: way[led].any(axis=0) for verdict, way in ways.items()}
    in_the_way = np.logical_or.reduce(list(own.values()))
    no_data, no_target = own[Verdict.NO_DATA], ways[Verdict.NO_TARGET]
    owed = [
        LackingShare(
            evaluation.requirement(row), REASON_CODES[code], records.tolist(), lacks.kind(row, int(records[0]))
        )
        for row in led
        for code, records in _by_reason(evaluation.reasons[row], np.flatnonzero(lacks.needed[row]))
    ]
    waiting = sorted((row for row in led if no_target[row].any()), key=lambda row: int(no_target[row].argmax()))
    return IndicatorShare(
        indicator=indicator,
        is_condition=condition,
        verdicts=[Verdict(verdict) for verdict in verdicts.tolist()],
        mine=(~np.isin(verdicts, UNSETTLED) | in_the_way).tolist(),
        reported=usable(evaluation).tolist(),
        short=sorted(
            (
                _short(evaluation, agency, at, record, [row for row in led if ways[Verdict.NOT_MET][row, record]])
                for record in np.flatnonzero(own[Verdict.NOT_MET]).tolist()
            ),
            key=lambda found: (found.distance, len(found.gaps), found.record),
        ),
        owed=owed,
        awaited=[evaluation.requirement(row) for row in waiting],
        concluding=(no_data & (lacks.kinds[at] == Lack.RULING)).tolist(),
    )


def _by_reason(reasons: Bytes, records: NDArray[np.intp]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield the records of each reason, the reason found first in front."""
    for code in dict.fromkeys(reasons[records].tolist()):
        yield code, records[reasons[records] == code]


def _short(evaluation: Evaluation, agency: str, at: int, record: int, rows: Sequence[int]) -> Short:
    gaps = [OwnGap(held, held.gap) for row in rows if (held := evaluation.held(row, record)).gap is not None]
    gaps.sort(key=lambda found: found.gap.closeness)
    return Short(record, _distance(evaluation, agency, at, record) or Fraction(0), gaps)


def _distance(evaluation: Evaluation, agency: str, at: int, record: int) -> Fraction | None:
    """Return how far a node that is not met is through an agency's own parts; None where it has none in the way."""
    gap = evaluation.gap(at, record)
    if gap is not None:
        return gap.closeness if evaluation.requirement(at).lead == agency else None
    row = evaluation.table[at]
    parts = [
        found
        for child in row.children
        if evaluation.verdict(child, record) is Verdict.NOT_MET
        if (found := _distance(evaluation, agency, child, record)) is not None
    ]
    if not parts:
        return None
    return max(parts) if row.op == "all" else min(parts)
