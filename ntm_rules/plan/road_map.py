"""The road map: which communes by which year, with which agencies' work, and what would change the choice.

A commune that lacks a figure, a conclusion or its group stands outside and is listed, never taken for done or for work.
So does one that waits for a target that no document fixes, unless the map goes as far as can be judged today
(`Scope.JUDGED`): then what waits for the law is left out of account, counted beside, and the whole map says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

import numpy as np

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.plan.aims import Aim as Aim
from ntm_rules.plan.aims import check_aims
from ntm_rules.plan.choosing import ChoosingProblem, RoadChoice, Shortage
from ntm_rules.plan.effort import Efforts, capacity_of, efforts_of
from ntm_rules.plan.solving import Solved, solve
from ntm_rules.plan.trying import Tries
from ntm_rules.plan.yearly_work import yearly_work
from ntm_rules.rulebook.effort import EffortModel
from ntm_rules.rulebook.register import Commune
from ntm_rules.text_columns import Bools, Ints


class RoadScope(Enum):
    """What must be met for a commune to be done."""

    WHOLE = "whole"
    """Every criterion, or what a standard of the set's own needs of them, and every further condition."""
    JUDGED = "judged"
    """Every one that the law in force lets be judged today."""


class Outside(Enum):
    """Why a commune cannot be planned for; what is told first where several hold."""

    NO_REPORT = "no_report"
    NO_DATA = "no_data"
    """A figure, a conclusion or its group is lacking."""
    NO_TARGET = "no_target"
    TOO_FEW = "too_few"
    """Too few parts of a choice apply to it for it ever to be met."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One commune outside the map."""

    commune: Commune
    record: int | None
    """Its place in the evaluation's records; None where it has none."""
    why: Outside
    owed: int
    waiting: int
    known: int
    """The work that is known of all the same, in thousandths: what is owed may add to it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One commune that can be planned for. Efforts are in thousandths."""

    record: int
    code: str
    name: str
    effort: int
    year: int
    """By whose end it is done; 0 where it is not chosen."""
    start: int
    """In which year the first work for it is done; 0 where it is not chosen or has nothing left to do."""
    waiting: int
    """Requirements left out of account that wait for the law."""
    cost: int | None
    """Chosen: by how much more the aims would cost without it. Not chosen: with it. None: they could not be reached."""
    kept: Fraction | None
    """The share of the tries in which it is chosen; None where none found any choice."""

    @property
    def chosen(self) -> bool:
        """Whether it is on the map."""
        return self.year > 0

    @property
    def already(self) -> bool:
        """Whether nothing is left to do."""
        return self.effort == 0


@dataclass(frozen=True)
class RoadMap:
    """The communes chosen for some aims, or why none can be."""

    efforts: Efforts
    scope: RoadScope
    asked: Sequence[Aim]
    """All aims, by year."""
    records: Ints
    """Of the communes that can be planned for, in the order of the problem."""
    outside: Sequence[LeftOut]
    solved: Solved

    @property
    def problem(self) -> ChoosingProblem:
        """With the aims that can be reached."""
        return self.solved.problem

    @property
    def choice(self) -> RoadChoice | None:
        """Whom it chooses; None where not even the first aim can be reached."""
        return self.solved.choice

    @property
    def shortage(self) -> Shortage | None:
        """What is lacking for all aims, where they cannot all be reached."""
        return self.solved.shortage

    @property
    def when(self) -> Ints:
        """The year by whose end each commune is done; 0 where it is not chosen."""
        return self.solved.when

    @property
    def kept(self) -> Sequence[Fraction | None]:
        """In which share of the tries each is chosen."""
        return self.solved.kept

    @property
    def tries(self) -> int:
        """How many tries found a choice."""
        return self.solved.tries

    @property
    def evaluation(self) -> Evaluation:
        """What it is made from."""
        return self.efforts.evaluation

    @property
    def model(self) -> EffortModel:
        """What it assumes."""
        return self.efforts.model

    @property
    def aims(self) -> Sequence[Aim]:
        """What is reached; what was asked for where nothing can be."""
        return self.problem.aims

    @property
    def missed(self) -> Sequence[Aim]:
        """Aims that cannot be reached beside those before them."""
        return self.asked if self.choice is None else self.asked[len(self.aims) :]

    @property
    def years(self) -> Sequence[int]:
        """The years of work."""
        return list(self.problem.years)

    @property
    def agencies(self) -> Sequence[str]:
        """Ids of the lead agencies."""
        return self.efforts.agencies

    @cached_property
    def work(self) -> Ints:
        """What each agency does for each commune in each year, (communes, agencies, years), in thousandths."""
        return yearly_work(self.problem, self.when)

    @cached_property
    def communes(self) -> Sequence[Planned]:
        """Those that can be planned for: the chosen by year and effort, then the others by what they would cost."""
        records, busy = self.evaluation.records, self.work.sum(axis=1) > 0
        planned = [
            Planned(
                record=record,
                code=records.codes[record],
                name=records.names[record],
                effort=int(self.problem.total[at]),
                year=int(self.when[at]),
                start=self.years[int(busy[at].argmax())] if busy[at].any() else 0,
                waiting=int(self.efforts.waiting[record]),
                cost=self.solved.costs[at],
                kept=self.kept[at],
            )
            for at, record in enumerate(self.records.tolist())
        ]
        return sorted(planned, key=_order)

    @property
    def chosen(self) -> Sequence[Planned]:
        """Those on the map."""
        return [one for one in self.communes if one.chosen]

    @property
    def runners_up(self) -> Sequence[Planned]:
        """Those that could be planned for and are not chosen, the cheapest to take in first."""
        return [one for one in self.communes if not one.chosen]

    def load(self, agency: int, year: int) -> Fraction:
        """Return which share of what an agency can do by the end of a year it is to have done by then."""
        done = int(self.work[:, agency, : year - self.problem.first + 1].sum())
        return Fraction(done, int(self.problem.by(year)[agency]))

    @property
    def busiest(self) -> Sequence[int]:
        """Places of the agencies with work, those that have done the most of what they can by the last aim first."""
        last = self.aims[-1].year
        loads = [self.load(at, last) for at in range(len(self.agencies))]
        return sorted((at for at, load in enumerate(loads) if load), key=lambda at: (-loads[at], at))


def _order(one: Planned) -> tuple[int, int, int, int]:
    cost = one.effort if one.chosen else np.iinfo(np.int64).max if one.cost is None else one.cost
    return (0 if one.chosen else 1), one.year, int(cost), one.record


@dataclass(frozen=True)
class RoadMapQuestion:
    """A road map that waits for the solver."""

    efforts: Efforts
    scope: RoadScope
    problem: ChoosingProblem
    records: Ints

    @property
    def tries(self) -> Tries:
        """How its answer is tried out."""
        said = self.efforts.model.stability
        return Tries(said.runs, said.percent, said.seed)

    def answered(self, solution: Solved) -> RoadMap:
        """Return the road map."""
        outside = _outside(self.efforts, self.scope)
        return RoadMap(self.efforts, self.scope, self.problem.aims, self.records, outside, solution)


def question(
    evaluation: Evaluation, model: EffortModel, aims: Sequence[Aim], *, year: int, scope: RoadScope | None = None
) -> RoadMapQuestion:
    """Return what is to be solved for a road map; its arguments as of `roadmap`.

    Raises:
        NtmError: aims that cannot be aims: none, twice a year, fewer later, a year that is over.
    """
    check_aims(aims, year)
    ordered = sorted(aims, key=lambda aim: aim.year)
    efforts = efforts_of(evaluation, model)
    if scope is None:
        alone = _can_be_planned(efforts, RoadScope.WHOLE).any() or not efforts.waiting.any()
        scope = RoadScope.WHOLE if alone else RoadScope.JUDGED
    records = np.flatnonzero(_can_be_planned(efforts, scope))
    years = range(year + 1, ordered[-1].year + 1)
    problem = ChoosingProblem(efforts.matrix[records], capacity_of(efforts, years), years[0], ordered)
    return RoadMapQuestion(efforts, scope, problem, records)


def roadmap(
    evaluation: Evaluation,
    model: EffortModel,
    aims: Sequence[Aim],
    *,
    year: int,
    scope: RoadScope | None = None,
    compared: bool = True,
) -> RoadMap:
    """Return the road map from one year judged.

    Args:
        evaluation: the verdicts of `year`.
        model: efforts and capacities.
        aims: so many communes by the end of a year.
        year: that of the figures; work begins the year after.
        scope: None takes the whole, and only where then every commune waits for the law what can be judged today.
        compared: whether the costs of other choices are worked out, and tries made.

    Raises:
        NtmError: aims that cannot be aims: none, twice a year, fewer later, a year that is over.
    """
    asked = question(evaluation, model, aims, year=year, scope=scope)
    return asked.answered(solve(asked.problem, asked.tries, compared))


def _can_be_planned(efforts: Efforts, scope: RoadScope) -> Bools:
    can: Bools = efforts.usable & (efforts.owed == 0) & ~efforts.too_few
    if scope is RoadScope.WHOLE:
        can &= efforts.waiting == 0
    return can


def _outside(efforts: Efforts, scope: RoadScope) -> list[LeftOut]:
    """Return who stands outside, those that lack the fewest figures and targets first."""
    evaluation, here = efforts.evaluation, efforts.usable
    records = {code: at for at, code in enumerate(evaluation.records.codes) if here[at]}
    found = []
    for commune in evaluation.rules.communes.within():
        record = records.get(commune.code)
        if record is None:
            found.append(LeftOut(commune, None, Outside.NO_REPORT, 0, 0, 0))
            continue
        owed, waiting = int(efforts.owed[record]), int(efforts.waiting[record])
        why = (
            Outside.NO_DATA
            if owed
            else Outside.TOO_FEW
            if efforts.too_few[record]
            else Outside.NO_TARGET
            if waiting and scope is RoadScope.WHOLE
            else None
        )
        if why is not None:
            found.append(LeftOut(commune, record, why, owed, waiting, int(efforts.total[record])))
    return sorted(found, key=lambda left: (left.record is None, left.owed + left.waiting, left.known))
