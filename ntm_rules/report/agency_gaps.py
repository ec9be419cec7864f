"""One lead agency's share: its indicators over all communes, what of its own stands in the way, nearest to pass first.

Where a row of the law splits its lead (one agency per alternative), only the requirements an agency leads itself count
as its own; an indicator held up by another's alone is told as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.rulebook.criteria_set import Indicator, Node, Requirement
from ntm_rules.standing.agencies import UNSETTLED
from ntm_rules.standing.lacks import Lack, Lacks, lacks_of
from ntm_rules.standing.reports import usable


class OwnGap(NamedTuple):
    """One requirement of the agency that a commune misses."""

    requirement: Requirement
    gap: Gap


class Short(NamedTuple):
    """One commune that misses an indicator through requirements of the agency."""

    record: int
    distance: Fraction
    """The largest of its gaps relative to their targets; of alternatives, that of the nearest."""
    gaps: Sequence[OwnGap]


class Owed(NamedTuple):
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
    owed: Sequence[Owed]
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
    """Return requirement -> the `any` it stands in, of those below a node that stand in one themselves."""
    if isinstance(node, Requirement):
        return {}
    found = {child.id: node.id for child in node.children if node.op == "any" and isinstance(child, Requirement)}
    for child in node.children:
        found |= choices_of(child)
    return found


def agency_share(evaluation: Evaluation, agency: str) -> AgencyShare:
    """Return what an agency leads, with what of its own stands in each commune's way."""
    lacks = lacks_of(evaluation)
    shares = [
        _share(evaluation, agency, at, node, condition, lacks) for at, node, condition in _led(evaluation, agency)
    ]
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
    evaluation: Evaluation, agency: str, at: int, indicator: Indicator, condition: bool, lacks: Lacks
) -> IndicatorShare:
    records = range(len(evaluation.records))
    verdicts = [evaluation.verdict(at, record) for record in records]
    own = {
        record: list(_own(evaluation, agency, at, record, verdicts[record]))
        for record in records
        if verdicts[record] in UNSETTLED
    }
    short: list[Short] = []
    owed: dict[tuple[int, Reason], list[int]] = {}
    awaited: dict[str, Requirement] = {}
    for record, rows in own.items():
        if not rows:
            continue
        if verdicts[record] is Verdict.NOT_MET:
            gaps = [OwnGap(_requirement(evaluation, row), gap) for row in rows if (gap := evaluation.gap(row, record))]
            gaps.sort(key=lambda found: found.gap.closeness)
            short.append(Short(record, _distance(evaluation, agency, at, record) or Fraction(0), gaps))
        for row in rows:
            requirement = _requirement(evaluation, row)
            if verdicts[record] is Verdict.NO_TARGET:
                awaited[requirement.id] = requirement

    led = [row for row in _leaves(evaluation, at) if _requirement(evaluation, row).lead == agency]
    for row in led:
        for record in np.flatnonzero(lacks.needed[row]).tolist():
            owed.setdefault((row, evaluation.reason(row, record)), []).append(record)

    def by_law(found: tuple[tuple[int, Reason], list[int]]) -> int:
        return evaluation.order.index(found[0][0])

    return IndicatorShare(
        indicator=indicator,
        is_condition=condition,
        verdicts=verdicts,
        mine=[verdicts[record] not in UNSETTLED or bool(own[record]) for record in records],
        reported=usable(evaluation).tolist(),
        short=sorted(short, key=lambda found: (found.distance, len(found.gaps), found.record)),
        owed=[
            Owed(_requirement(evaluation, row), reason, found, lacks.kind(row, found[0]))
            for (row, reason), found in sorted(owed.items(), key=by_law)
        ],
        awaited=list(awaited.values()),
        concluding=[
            verdicts[record] is Verdict.NO_DATA and bool(own[record]) and lacks.kind(at, record) is Lack.RULING
            for record in records
        ],
    )


def _leaves(evaluation: Evaluation, at: int) -> Iterator[int]:
    """Yield the rows of the requirements at or below a node, in the order of the text."""
    if isinstance(evaluation.table[at].node, Requirement):
        yield at
    for child in evaluation.table[at].children:
        yield from _leaves(evaluation, child)


def _requirement(evaluation: Evaluation, row: int) -> Requirement:
    node = evaluation.table[row].node
    assert isinstance(node, Requirement)
    return node


def _own(evaluation: Evaluation, agency: str, at: int, record: int, verdict: Verdict) -> Iterator[int]:
    """Yield the rows of the requirements that an agency leads and that give a node this verdict, in the law's order."""
    if evaluation.verdict(at, record) is not verdict:
        return
    node = evaluation.table[at].node
    if isinstance(node, Requirement):
        if node.lead == agency:
            yield at
        return
    for child in evaluation.table[at].children:
        yield from _own(evaluation, agency, child, record, verdict)


def _distance(evaluation: Evaluation, agency: str, at: int, record: int) -> Fraction | None:
    """Return how far a node that is not met is through an agency's own parts; None where it has none in the way."""
    gap = evaluation.gap(at, record)
    if gap is not None:
        return gap.closeness if _requirement(evaluation, at).lead == agency else None
    row = evaluation.table[at]
    parts = [
        found
        for child in row.children
        if evaluation.verdict(child, record) is Verdict.NOT_MET
        if (found := _distance(evaluation, agency, child, record)) is not None
    ]
    if not parts:
        return None
    return min(parts) if row.op == "any" else max(parts)
