"""Judging a whole dataset: from records to verdicts, reasons, gaps and scores of every commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.record_views import Earlier, Records, as_records, year_before_of
from ntm_rules.dataset.records import CommuneYear
from ntm_rules.evaluation.classes import cells, class_numbers
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import Bytes, columns_of
from ntm_rules.evaluation.gaps import Distance, Gap, distance_of
from ntm_rules.evaluation.hamlet_columns import with_tallies
from ntm_rules.evaluation.held import Held, held
from ntm_rules.evaluation.in_the_way import in_the_way, standing_in_the_way
from ntm_rules.evaluation.nodes import NodeRow, in_law_order, result_at
from ntm_rules.evaluation.reference import Facts, Result, facts_of
from ntm_rules.evaluation.scores import Points, Tally, band_of, points_of
from ntm_rules.evaluation.verdicts import REASON_CODES, Reason, Verdict
from ntm_rules.rulebook.criteria_set import (
    Cell,
    ClassedTarget,
    Classing,
    CriteriaSet,
    Indicator,
    KnownTarget,
    Requirement,
)
from ntm_rules.rulebook.models import Band

if TYPE_CHECKING:
    from ntm_rules.evaluation.gap_columns import GapColumns

Bools = NDArray[np.bool_]
_VERDICTS = tuple(Verdict)
MOST_HELD = 20_000
"""So many figures are kept as they are held against targets: those that the pages of a province ask for again."""


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
    _held: dict[tuple[int, int], Held] = field(default_factory=dict, repr=False, compare=False)
    _told: dict[int, Sequence[tuple[Held, Gap]]] = field(default_factory=dict, repr=False, compare=False)
    """Record -> its gaps in order, which papers ask for again for every agency."""
    _classes: dict[str, NDArray[np.intp]] = field(default_factory=dict, repr=False, compare=False)
    _in_the_way: dict[Verdict, Bools] = field(default_factory=dict, repr=False, compare=False)

    def anew(self) -> Evaluation:
        """Return the same with nothing kept of what was asked of it."""
        own = self.records.some(self.records.owners)
        return Evaluation(self.rules, self.table, own, self.previous, self.groups, self.verdicts, self.reasons)

    @cached_property
    def gap_columns(self) -> Mapping[int, GapColumns]:
        """The gaps of each requirement over all records, by row."""
        from ntm_rules.evaluation.gap_columns import gap_columns  # it reads evaluations

        return {row: gap_columns(self, row) for row in range(len(self.table)) if not self.table[row].children}

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

    @property
    def all_groups(self) -> Sequence[str | None]:
        """The groups there are, and None for those of none that is known."""
        return [*self.rules.groups, None]

    @cached_property
    def group_numbers(self) -> NDArray[np.int32]:
        """The place of each record's group among all groups."""
        place = {group: at for at, group in enumerate(self.all_groups)}
        return np.array([place[group] for group in self.groups], np.int32)

    def of_group(self, group: str | None) -> Bools:
        """Tell which records are of a group; None: of none that is known."""
        if group not in self.all_groups:
            return np.zeros(len(self.groups), np.bool_)
        found: Bools = self.group_numbers == self.all_groups.index(group)
        return found

    def class_numbers(self, classing: Classing) -> NDArray[np.intp]:
        """Return the place of each record's class by which a target differs; one more than there are where unknown."""
        if classing.by not in self._classes:
            self._classes[classing.by] = class_numbers(self.rules, self.records, self.groups, classing)
        return self._classes[classing.by]

    def class_of(self, classing: Classing, record: int) -> str | None:
        """Return the class of one record by which a target differs; None where it is not known."""
        number = int(self.class_numbers(classing)[record])
        return classing.classes[number] if number < len(classing.classes) else None

    def target(self, requirement: Requirement, record: int) -> Cell | None:
        """Return the target of one record's class; None where it differs by class and the class is not known."""
        target = requirement.target
        return target.of_class(self.class_of(target.classing, record)) if isinstance(target, ClassedTarget) else target

    def value_of_target(self, requirement: Requirement, record: int) -> Decimal | None:
        """Return the number, or the rank, that one record is to reach; None where there is none."""
        target = self.target(requirement, record)
        return target.everywhere if isinstance(target, KnownTarget) else None

    def targets(self, requirement: Requirement) -> tuple[Sequence[Cell | None], NDArray[np.intp]]:
        """Return every target a record can have, and the place among them of each record's."""
        target = requirement.target
        if isinstance(target, ClassedTarget):
            return cells(target), self.class_numbers(target.classing)
        return cells(target), np.zeros(len(self.records), np.intp)

    def verdict(self, row: int, record: int) -> Verdict:
        """Return one node's verdict for one record."""
        return _VERDICTS[int(self.verdicts[row, record])]

    def reason(self, row: int, record: int) -> Reason:
        """Return one node's reason for one record."""
        return REASON_CODES[int(self.reasons[row, record])]

    def tally(self, rows: Sequence[int], records: Sequence[int] | Bools | None = None) -> Tally:
        """Count the verdicts of some rows in some records (None: in all)."""
        of = self.verdicts[list(rows)]
        cells = of if records is None else of[:, records]
        return Tally(tuple(np.bincount(cells.ravel(), minlength=len(_VERDICTS)).tolist()))

    def points(self, record: int) -> Points:
        """Return one record's points: those of the indicators met, of those that apply."""
        rows = self.level("indicator")
        indicators = ((self.table[row].node, self.verdict(row, record)) for row in rows)
        return points_of((node.points, verdict) for node, verdict in indicators if isinstance(node, Indicator))

    def band(self, record: int) -> Band | None:
        """Return the band of one record by its number of criteria met."""
        return band_of(self.tally(self.level("criterion"), [record]).met, self.rules.bands)

    def facts(self, record: int) -> Facts:
        """Return what is known of one record: its report, that of the year before, its group."""
        now = self.records[record]
        return facts_of(now, self.previous, self.groups[record])

    def result(self, record: int) -> Result:
        """Return the criteria of one record as a tree: what `reference.evaluate_commune` says of it."""
        return self._tree(self.level("commune")[0], record)

    def conditions(self, record: int) -> Result | None:
        """Return the further conditions of recognition of one record as a tree; None where the set has none."""
        together = self.level("recognition")
        return self._tree(together[0], record) if together else None

    def _tree(self, row: int, record: int) -> Result:
        verdicts = [_VERDICTS[verdict] for verdict in self.verdicts[:, record].tolist()]
        reasons = [REASON_CODES[reason] for reason in self.reasons[:, record].tolist()]
        return result_at(self.table, row, verdicts, reasons, lambda classing: self.class_of(classing, record))

    def requirement(self, row: int) -> Requirement:
        """Return the requirement that stands in a row of the node table."""
        node = self.table[row].node
        assert isinstance(node, Requirement)
        return node

    def held(self, row: int, record: int) -> Held:
        """Return what a requirement's row was judged on in one record."""
        known = self._held.get((row, record))
        if known is None:
            known = held(self.rules, self.facts(record), self.requirement(row))
            known = replace(known, gap=self.gap(row, record)) if self.gap(row, record) else known
            if len(self._held) >= MOST_HELD:
                self._held.clear()
            self._held[row, record] = known
        return known

    def gap(self, row: int, record: int) -> Gap | None:
        """Return the gap of a requirement's row; None unless it is NOT_MET."""
        if self.table[row].children or self.verdict(row, record) is not Verdict.NOT_MET:
            return None
        known = self._gaps.get((row, record))
        if known is None:
            known = held(self.rules, self.facts(record), self.requirement(row), Verdict.NOT_MET).gap
            assert known is not None
            self._gaps[row, record] = known
        return known

    def distance(self, row: int, record: int) -> Distance:
        """Return how far a node is from being met."""
        at = self.table[row]
        parts = [(self.verdict(child, record), self.distance(child, record)) for child in at.children]
        return distance_of(self.verdict(row, record), at.op, parts, self.gap(row, record), at.needed)

    def gaps(self, record: int) -> Iterator[tuple[Held, Gap]]:
        """Yield the requirements that one record must still meet with their gaps, in the order of the text.

        Below an `any` or `some` that is not met the nearest part comes first; parts of one that is not in the way
        are left out.
        """
        if record not in self._told:
            self._told[record] = tuple(self._gaps_in_order(record))
        return iter(self._told[record])

    def _gaps_in_order(self, record: int) -> Iterator[tuple[Held, Gap]]:
        def parts(row: int) -> Sequence[int]:
            at = self.table[row]
            return at.children if at.op == "all" else sorted(at.children, key=lambda row: self.distance(row, record))

        for start in (*self.level("indicator"), *self.level("recognition")):
            rows = in_the_way(start, Verdict.NOT_MET, lambda row: self.verdict(row, record), parts)
            for row in rows:
                found = self.held(row, record)
                assert found.gap is not None
                yield found, found.gap

    def in_the_way(self, verdict: Verdict) -> Bools:
        """Return which requirements give which record this verdict, as an array (nodes of the table, records).

        Of the indicators each, and of the further conditions together.
        """
        if verdict not in self._in_the_way:
            starts = (*self.level("indicator"), *self.level("recognition"))
            self._in_the_way[verdict] = standing_in_the_way(self.table, self.verdicts, verdict, starts)
        return self._in_the_way[verdict]


class EngineOutput(NamedTuple):
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
    ) -> EngineOutput:
        """Judge every record; `groups` holds each one's group, `previous` the records of the year before."""


def columnar(
    rules: CriteriaSet,
    records: Sequence[CommuneYear],
    groups: Sequence[str | None],
    previous: Mapping[tuple[str, int], CommuneYear],
) -> EngineOutput:
    """Judge all records at once (`ntm_rules.evaluation.columnar`)."""
    return judge_of(Compiled(rules))(rules, records, groups, previous)


def judge_of(compiled: Compiled) -> Judge:
    """Return the engine for all records at once, with a set that is compiled already."""

    def judge(
        rules: CriteriaSet,
        records: Sequence[CommuneYear],
        groups: Sequence[str | None],
        previous: Mapping[tuple[str, int], CommuneYear],
    ) -> EngineOutput:
        columns = columns_of(records, rules, compiled.table, groups, previous)
        verdicts = compiled.verdicts(columns)
        return EngineOutput(compiled.table, verdicts, compiled.reasons(columns, verdicts))

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
    return judged_all(rules, everything.some(everything.owners[wanted[everything.owners]]), judge)


def judged_all(rules: CriteriaSet, records: Records, judge: Judge = columnar) -> Evaluation:
    """Judge every one of these records; others of the same columns serve as the year before.

    Where one province is looked at, those of its communes alone.
    """
    if rules.communes.province:
        own = [
            one is None or rules.communes.looks_at(one) for one in map(rules.communes.get, records.columns.communes[0])
        ]
        codes_of = records.columns.communes[1][records.owners]
        records = records.some(records.owners[np.array(own, np.bool_)[codes_of]])
    records = with_tallies(rules, records)
    before = year_before_of(records)
    codes, commune = records.columns.communes
    of_commune = [*map(rules.communes.groups.get, codes)]
    groups = [of_commune[number] for number in commune[records.owners].tolist()]
    judged = judge(rules, records, groups, before)
    return Evaluation(
        rules=rules,
        table=judged.table,
        records=records,
        previous=before,
        groups=groups,
        verdicts=judged.verdicts,
        reasons=judged.reasons,
    )
