"""What the unmet requirements of every commune cost each lead agency, by the effort model of the set.

Whole numbers from end to end, in thousandths of the model's unit and rounded up, so that sums and comparisons are exact.
Of alternatives ("hoặc") the one that takes the least is counted. What lacks a figure, or waits for the law, is never
taken for done or for work: such communes stand outside, with how much they wait for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import UNITS
from ntm_rules.evaluation.verdicts import SOME, Verdict
from ntm_rules.plan.needed import BLOCKED, Cost, needed_indicators
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.rulebook.effort import EffortModel
from ntm_rules.standing.reports import usable
from ntm_rules.text_columns import Bools, Ints

SCALE = 1000
"""Efforts and capacities are counted in thousandths."""


class Weight(NamedTuple):
    """The effort of one requirement, in thousandths: of a whole target, and at least."""

    each: int
    least: int
    by_shortfall: bool


@dataclass(frozen=True)
class Efforts:
    """What is to be done in every record, by agency. Arrays of (…, records) follow the evaluation's records."""

    evaluation: Evaluation
    model: EffortModel
    agencies: tuple[str, ...]
    """Those that lead a requirement, in the order of the set."""
    matrix: Ints
    """(records, agencies), in thousandths."""
    taken: Mapping[int, Bools]
    """Row of a requirement -> the records in which it is not met and counted."""
    of_row: Mapping[int, Ints]
    """Row of a requirement -> its effort in every record."""
    owed: Ints
    """Requirements that lack a figure, a ruling or the commune's group, in each record."""
    waiting: Ints
    """Requirements whose target no document fixes yet."""
    too_few: Bools
    """Records in which too few parts of a choice apply for it ever to be met."""

    @cached_property
    def usable(self) -> Bools:
        """Records that are a report."""
        return usable(self.evaluation)

    @cached_property
    def total(self) -> Ints:
        """Of all agencies together."""
        summed: Ints = self.matrix.sum(axis=1)
        return summed

    def work_in(self, record: int) -> list[tuple[Requirement, int]]:
        """Return the requirements counted in one record with their efforts, in the order of the text."""
        rows = [at for at in self.evaluation.order if at in self.taken and self.taken[at][record]]
        return [(self.evaluation.requirement(at), int(self.of_row[at][record])) for at in rows]


def thousandths(number: object) -> int:
    """Return a number of the effort model in thousandths, rounded up.

    >>> thousandths(1), thousandths("0.2"), thousandths("0.0001")
    (1000, 200, 1)
    """
    return math.ceil(Decimal(str(number)) * SCALE)


def weights_of(evaluation: Evaluation, model: EffortModel) -> dict[int, Weight]:
    """Return the weight of every requirement, by row."""
    of_kind = {kind: gap for gap in model.gaps for kind in gap.kinds}
    times = {id_: heavier.times for heavier in model.requirements for id_ in heavier.ids}
    found = {}
    for row in (row for row, node in enumerate(evaluation.table) if not node.children):
        requirement = evaluation.requirement(row)
        gap = of_kind[evaluation.rules.measures[requirement.measure].kind]
        factor = times.get(requirement.id, 1)
        least = thousandths((gap.least or 0) * factor)
        found[row] = Weight(thousandths(gap.each * factor), least, gap.by == "shortfall")
    return found


def efforts_of(evaluation: Evaluation, model: EffortModel) -> Efforts:
    """Return what is to be done in every commune of a year, by agency."""
    return _Walk(evaluation, model).efforts()


def capacity_of(efforts: Efforts, years: Sequence[int] | range) -> Ints:
    """Return what each agency can do in each year, (agencies, years), in thousandths."""
    model = efforts.model.capacity
    found = np.full((len(efforts.agencies), len(years)), thousandths(model.each))
    for own in model.agencies:
        if own.agency in efforts.agencies:
            row = efforts.agencies.index(own.agency)
            here = [own.years is None or year in own.years for year in years]
            found[row, here] = thousandths(own.each)
    return found


class _Walk:
    def __init__(self, evaluation: Evaluation, model: EffortModel) -> None:
        self.evaluation, self.model = evaluation, model
        self.size = len(evaluation.records)
        self.weights = weights_of(evaluation, model)
        self.costs: dict[int, Cost] = {}
        self.taken: dict[int, Bools] = {}
        self.too_few = np.zeros(self.size, np.bool_)

    def efforts(self) -> Efforts:
        evaluation = self.evaluation
        costs = {start: self._cost(start) for start in evaluation.level("indicator")}
        needed = needed_indicators(evaluation, costs)
        self.too_few |= needed.too_few
        for start, here in needed.indicators.items():
            self._take(start, here)
        for start in evaluation.level("recognition"):
            self._cost(start)
            self._take(start, np.ones(self.size, np.bool_))
        leads = {evaluation.requirement(row).lead for row in self.weights}
        agencies = tuple(agency for agency in evaluation.rules.agencies if agency in leads)
        matrix = np.zeros((self.size, len(agencies)), np.int64)
        owed, waiting = np.zeros(self.size, np.int64), np.zeros(self.size, np.int64)
        missed, of_row = {}, {}
        for row, here in self.taken.items():
            verdicts = evaluation.verdicts[row]
            owed += here & (verdicts == Verdict.NO_DATA)
            waiting += here & (verdicts == Verdict.NO_TARGET)
            missed[row] = here & (verdicts == Verdict.NOT_MET)
            of_row[row] = np.where(missed[row], self.costs[row].effort, 0)
            matrix[:, agencies.index(evaluation.requirement(row).lead)] += of_row[row]
        return Efforts(evaluation, self.model, agencies, matrix, missed, of_row, owed, waiting, self.too_few)

    def _cost(self, at: int) -> Cost:
        """Work out a node and everything below it."""
        row, verdicts = self.evaluation.table[at], self.evaluation.verdicts[at]
        open_ = (verdicts != Verdict.MET) & (verdicts != Verdict.NOT_APPLICABLE)
        if not row.children:
            weight = self.weights[at]
            units = self.evaluation.gap_columns[at].units
            effort = np.maximum(-(-units * weight.each // UNITS), weight.least) if weight.by_shortfall else weight.each
            cost = Cost(np.where(verdicts == Verdict.NOT_MET, effort, 0), open_ & (verdicts != Verdict.NOT_MET))
        else:
            parts = [self._cost(child) for child in row.children]
            chosen = self._chosen(at, parts)
            effort = np.where(chosen, np.stack([part.effort for part in parts]), 0).sum(axis=0)
            blocked = (chosen & np.stack([part.blocked for part in parts])).any(axis=0)
            cost = Cost(np.where(open_, effort, 0), open_ & (blocked | self._lacking(at, chosen)))
        self.costs[at] = cost
        return cost

    def _take(self, at: int, here: Bools) -> None:
        """Note which requirements at or below a node are counted, in the records in which the node is."""
        row, verdicts = self.evaluation.table[at], self.evaluation.verdicts[at]
        here = here & (verdicts != Verdict.MET) & (verdicts != Verdict.NOT_APPLICABLE)
        if not row.children:
            self.taken[at] = here | self.taken.get(at, False)
            return
        chosen = self._chosen(at, [self.costs[child] for child in row.children])
        self.too_few |= here & self._lacking(at, chosen)
        for child, of_child in zip(row.children, chosen, strict=True):
            self._take(child, here & of_child)

    def _chosen(self, at: int, parts: Sequence[Cost]) -> NDArray[np.bool_]:
        """Return which parts of a node count, shape (parts, records): of a choice the cheapest that are still needed."""
        row = self.evaluation.table[at]
        verdicts = self.evaluation.verdicts[list(row.children)]
        open_: NDArray[np.bool_] = (verdicts != Verdict.MET) & (verdicts != Verdict.NOT_APPLICABLE)
        if row.op == "all":
            return open_
        whole = self.evaluation.verdicts[at]
        # What decides an undecided choice: a figure lacking in one alternative is never passed over for another's work.
        undecided = np.where(whole == Verdict.NOT_MET, False, verdicts != whole)
        key = np.stack([part.effort + BLOCKED * part.blocked for part in parts])
        key = np.where(open_, key + 2 * BLOCKED * undecided, np.iinfo(np.int64).max)
        rank = np.argsort(np.argsort(key, axis=0, kind="stable"), axis=0, kind="stable")
        chosen: NDArray[np.bool_] = open_ & (rank < self._needed(at))
        return chosen

    def _needed(self, at: int) -> Ints:
        row = self.evaluation.table[at]
        met = (self.evaluation.verdicts[list(row.children)] == Verdict.MET).sum(axis=0)
        needed: Ints = np.maximum((row.needed if row.op == SOME else 1) - met, 0)
        return needed

    def _lacking(self, at: int, chosen: NDArray[np.bool_]) -> Bools:
        if self.evaluation.table[at].op == "all":
            return np.zeros(self.size, np.bool_)
        lacking: Bools = chosen.sum(axis=0) < self._needed(at)
        return lacking
