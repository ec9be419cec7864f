"""One year of the province seen from all sides, each derived once, when somebody first asks: what outputs draw from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np

from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.gaps import Gap
from ntm_rules.evaluation.scores import Tally
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.standing.agencies import AgencyStanding, agencies
from ntm_rules.standing.awaited import AwaitedDocument, awaited_documents
from ntm_rules.standing.ceiling import Ceiling, ceiling_of
from ntm_rules.standing.communes import CommuneStanding, Standings, communes
from ntm_rules.standing.decisions import recognised
from ntm_rules.standing.handing_in import HandingIn, handing_in
from ntm_rules.standing.lacks import Lacks, lacks_of
from ntm_rules.standing.led import Led, led
from ntm_rules.standing.nearest import LeftColumns, Order, Ranking, left_to
from ntm_rules.standing.recognition import Recognised
from ntm_rules.standing.reports import Bools, usable
from ntm_rules.standing.years import YearComparison, compare_years


@dataclass(frozen=True)
class Overview:
    """One evaluated year; `day` is the day to which days overdue are counted."""

    evaluation: Evaluation
    dataset: Dataset
    day: dt.date
    before: Evaluation | None = None
    """The year before, judged by its own law, where the set covers it and something was reported."""
    left: LeftColumns | None = None
    """What is in every commune's way, where the evaluation holds no figures to tell it from."""

    @property
    def year(self) -> int:
        """The year judged."""
        records = self.evaluation.records
        return records[0].year if records else self.evaluation.rules.as_of.year

    @cached_property
    def usable(self) -> Bools:
        """For each record, whether it says anything that can be used."""
        return usable(self.evaluation)

    @cached_property
    def reported(self) -> Sequence[int]:
        """The positions of the records that say anything that can be used: what "all communes" are in every count."""
        found: list[int] = np.flatnonzero(self.usable).tolist()
        return found

    def counts(self, id_: str) -> Tally:
        """Return how many of the communes have each verdict of an indicator or a further condition."""
        return self.evaluation.tally([self.row(id_)], self.reported)

    def row(self, id_: str) -> int:
        """Return the row of an indicator or a further condition in the table of nodes."""
        rows = self.evaluation.row_of
        return rows["indicator", id_] if ("indicator", id_) in rows else rows["requirement", id_]

    @cached_property
    def communes(self) -> Standings:
        """How the commune of each record stands."""
        return communes(self.evaluation, self.lacks)

    @property
    def counted(self) -> Sequence[CommuneStanding]:
        """The communes with a usable report."""
        return [self.communes[record] for record in self.reported]

    @cached_property
    def lacks(self) -> Lacks:
        """What is lacking where nothing can be judged."""
        return lacks_of(self.evaluation)

    @cached_property
    def ceiling(self) -> Ceiling:
        """What the law lets be judged, and the most a commune can meet."""
        return ceiling_of(self.evaluation)

    @cached_property
    def handing_in(self) -> HandingIn:
        """What every commune of the register handed in."""
        return handing_in(self.evaluation, self.dataset)

    @cached_property
    def _left(self) -> LeftColumns:
        return left_to(self.evaluation) if self.left is None else self.left

    @cached_property
    def nearest(self) -> Ranking:
        """The communes with a usable report, the nearest first."""
        return Ranking(self.communes, self._left, Order.FEWEST)

    @cached_property
    def nearest_by_distance(self) -> Ranking:
        """The same communes by the distance of all that is in their way."""
        return Ranking(self.communes, self._left, Order.DISTANCE)

    @cached_property
    def agencies(self) -> Sequence[AgencyStanding]:
        """The lead agencies, those with most not met first."""
        return agencies(self.evaluation, self.lacks)

    @cached_property
    def led(self) -> Mapping[str, Sequence[Led]]:
        """Agency id -> the requirements that it leads, and who stands where because of each."""
        return led(self.evaluation, self.lacks, {record: self.gaps[record] for record in self.reported})

    @cached_property
    def gaps(self) -> Sequence[Sequence[tuple[Requirement, Gap]]]:
        """What every record must close, in the order of the text, the nearest alternative first."""
        records = range(len(self.evaluation.records))
        return [[(held.requirement, gap) for held, gap in self.evaluation.gaps(record)] for record in records]

    @cached_property
    def awaited(self) -> Sequence[AwaitedDocument]:
        """The decisions that targets wait for."""
        return awaited_documents(self.evaluation.rules, self.day)

    @cached_property
    def years(self) -> YearComparison | None:
        """What moved since the year before; None where nobody reported for it."""
        return compare_years(self.before, self.evaluation) if self.before is not None else None

    @cached_property
    def recognised(self) -> Sequence[Recognised]:
        """The communes that a decision has recognised."""
        return recognised(self.evaluation, self.before)


class Anew(Sequence[Overview]):
    """Years of very many communes, each made anew whenever it is looked at: what it derived is let go with it."""

    def __init__(self, overviews: Sequence[Overview]) -> None:
        self._overviews = overviews

    def __len__(self) -> int:
        return len(self._overviews)

    @overload
    def __getitem__(self, at: int) -> Overview: ...
    @overload
    def __getitem__(self, at: slice) -> Anew: ...
    def __getitem__(self, at: int | slice) -> Overview | Anew:
        """Return a year, of which nothing is derived yet."""
        if isinstance(at, slice):
            return Anew(self._overviews[at])
        one = self._overviews[at]
        return replace(one, evaluation=one.evaluation.anew(), before=one.before.anew() if one.before else None)
