"""Judging a whole dataset: from records to verdicts, reasons, gaps and scores of every commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from ntm_rules.dataset.record_views import Earlier, Records, as_records, year_before_of
from ntm_rules.dataset.records import NOT_REPORTED, CommuneYear, Reported
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import REASON_CODES, Bytes, columns_of
from ntm_rules.evaluation.gaps import Distance, Gap, distance_of, gap_between
from ntm_rules.evaluation.nodes import NodeRow, in_law_order
from ntm_rules.evaluation.scores import Points, Tally, band_of, points_of, tally
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.rulebook.criteria_set import AwaitedTarget, CriteriaSet, Indicator, Requirement
from ntm_rules.rulebook.models import Band

if TYPE_CHECKING:
    import pandas as pd

_VERDICTS = tuple(Verdict)


@dataclass(frozen=True)
class Evaluation:
    """The verdicts of one set over the communes of one year (or of several under one law).

    `verdicts` and `reasons` have the shape (nodes of `table`, `records`); read them through `verdict`
    and `reason` unless speed matters.
    """

    rules: CriteriaSet
    table: tuple[NodeRow, ...]
    records: Records
    previous: Earlier
    """(commune, year) -> the record of the year before, where there is one."""
    groups: Sequence[str | None]
    verdicts: Bytes
    reasons: Bytes
    _by_level: dict[str, list[int]] = field(default_factory=dict, repr=False)
    _gaps: dict[tuple[int, int], Gap] = field(default_factory=dict, repr=False, compare=False)
    """Gaps that were asked for: tables, workbook and ranking ask for the same ones."""

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Rows of the node table in the order of the law's text."""
        return tuple(in_law_order(self.table))

    def level(self, level: str) -> list[int]:
        """Return the rows of one level in the order of the text (requirement, indicator, criterion …)."""
        if level not in self._by_level:
            self._by_level[level] = [i for i in self.order if self.table[i].level == level]
        return self._by_level[level]

    @cached_property
    def row_of(self) -> Mapping[tuple[str, str], int]:
        """(level, id) -> row of the node table."""
        return {(row.level, row.id): i for i, row in enumerate(self.table)}

    def verdict(self, row: int, record: int) -> Verdict:
        """Return one node's verdict for one record."""
        return _VERDICTS[int(self.verdicts[row, record])]

    def reason(self, row: int, record: int) -> Reason:
        """Return one node's reason for one record."""
        return REASON_CODES[int(self.reasons[row, record])]

    def tally(self, level: str, record: int) -> Tally:
        """Count the verdicts of a level ("indicator", "criterion") for one record."""
        return tally(self.verdict(row, record) for row in self.level(level))

    def points(self, record: int) -> Points:
        """Return one record's points: those of the indicators met, of those that apply."""
        rows = self.level("indicator")
        indicators = ((self.table[row].node, self.verdict(row, record)) for row in rows)
        return points_of((node.points, verdict) for node, verdict in indicators if isinstance(node, Indicator))

    def band(self, record: int) -> Band | None:
        """Return the band of one record by its number of criteria met."""
        return band_of(self.tally("criterion", record).met, self.rules.bands)

    def reported(self, requirement: Requirement, record: int) -> tuple[Reported, Reported]:
        """Return what was reported for a requirement, and in the year before."""
        now = self.records[record]
        before = self.previous.get((now.code, now.year))
        return now.get(requirement.measure), before.get(requirement.measure) if before else NOT_REPORTED

    def target(self, requirement: Requirement, record: int) -> Decimal | None:
        """Return the target of a requirement for one record's group; None where there is none."""
        if isinstance(requirement.target, AwaitedTarget):
            return None
        return requirement.target.value_for(self.groups[record])

    def gap(self, row: int, record: int) -> Gap | None:
        """Return the gap of a requirement's row; None unless it is NOT_MET."""
        node = self.table[row].node
        if not isinstance(node, Requirement) or self.verdict(row, record) is not Verdict.NOT_MET:
            return None
        known = self._gaps.get((row, record))
        if known is not None:
            return known
        target = self.target(node, record)
        assert target is not None, "a requirement without a target cannot be NOT_MET"
        now, before = self.reported(node, record)
        found = self._gaps[row, record] = gap_between(node, self.rules.measures[node.measure], target, now, before)
        return found

    def distance(self, row: int, record: int) -> Distance:
        """Return how far a node is from being met."""
        at = self.table[row]
        parts = [(self.verdict(child, record), self.distance(child, record)) for child in at.children]
        return distance_of(self.verdict(row, record), at.op, parts, self.gap(row, record))

    def gaps(self, record: int) -> Iterator[tuple[int, Gap]]:
        """Yield what one record must close, in the order of the text: (row, gap) of each requirement.

        Below an `any` that is not met the nearest alternative comes first; alternatives of an `any`
        that is not in the way are left out.
        """
        for at in [*self.level("indicator"), *self.level("recognition")]:
            if self.verdict(at, record) is Verdict.NOT_MET:
                yield from self._gaps_below(at, record)

    def _gaps_below(self, at: int, record: int) -> list[tuple[int, Gap]]:
        row = self.table[at]
        gap = self.gap(at, record)
        if gap is not None:
            return [(at, gap)]
        failed = [child for child in row.children if self.verdict(child, record) is Verdict.NOT_MET]
        if row.op == "any":
            failed.sort(key=lambda child: self.distance(child, record))
        return [found for child in failed for found in self._gaps_below(child, record)]

    def to_frame(self) -> pd.DataFrame:
        """Return the verdicts as a pandas frame: a row per commune and year, a column per indicator."""
        import pandas as pd

        rows = self.level("indicator")
        index = pd.MultiIndex.from_tuples(
            [(r.code, r.name, r.year) for r in self.records], names=["commune_code", "commune", "year"]
        )
        data = {self.table[i].id: [self.verdict(i, r).name for r in range(len(self.records))] for i in rows}
        return pd.DataFrame(data, index=index)


class Judged(NamedTuple):
    """What an engine makes of records: its node table, and verdicts and reasons of (nodes, records)."""

    table: tuple[NodeRow, ...]
    verdicts: Bytes
    reasons: Bytes


class Judge(Protocol):
    """An engine, as a function from a set and records to verdicts."""

    def __call__(
        self,
        rules: CriteriaSet,
        records: Sequence[CommuneYear],
        groups: Sequence[str | None],
        previous: Mapping[tuple[str, int], CommuneYear],
    ) -> Judged:
        """Judge every record; `groups` holds each one's group, `previous` the records of the year before."""


def columnar(
    rules: CriteriaSet,
    records: Sequence[CommuneYear],
    groups: Sequence[str | None],
    previous: Mapping[tuple[str, int], CommuneYear],
) -> Judged:
    """Judge all records at once (`ntm_rules.evaluation.columnar`)."""
    return judge_of(Compiled(rules))(rules, records, groups, previous)


def judge_of(compiled: Compiled) -> Judge:
    """Return the engine for all records at once, with a set that is compiled already."""

    def judge(
        rules: CriteriaSet,
        records: Sequence[CommuneYear],
        groups: Sequence[str | None],
        previous: Mapping[tuple[str, int], CommuneYear],
    ) -> Judged:
        columns = columns_of(records, rules, compiled.table, groups, previous)
        verdicts = compiled.verdicts(columns)
        return Judged(compiled.table, verdicts, compiled.reasons(columns, verdicts))

    return judge


def evaluate(
    rules: CriteriaSet,
    records: Sequence[CommuneYear],
    *,
    years: Sequence[int] | None = None,
    judge: Judge = columnar,
) -> Evaluation:
    """Judge every record of the given years (None: all); other years serve as the year before.

    `judge` is the engine; `ntm_rules.evaluation.engines` knows them by name.
    """
    everything = as_records(records)
    columns = everything.columns
    wanted = ~columns.base_only
    if years is not None:
        wanted &= np.isin(columns.years, list(years))
    kept = everything.some(everything.owners[wanted[everything.owners]])
    before = year_before_of(kept)
    codes, commune = columns.communes
    of_commune = [*map(rules.communes.groups.get, codes)]
    groups = [of_commune[number] for number in commune[kept.owners].tolist()]
    judged = judge(rules, kept, groups, before)
    return Evaluation(
        rules=rules,
        table=judged.table,
        records=kept,
        previous=before,
        groups=groups,
        verdicts=judged.verdicts,
        reasons=judged.reasons,
    )
