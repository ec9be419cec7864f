"""The years that the province's forms count: each with the reports that count, and what its law lets be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.ceiling import Ceiling, ceiling_of
from ntm_rules.standing.communes import CommuneStanding, communes
from ntm_rules.standing.handing_in import HandingIn
from ntm_rules.standing.reports import Bools, own_reports, usable
from ntm_rules.standing.values import Handed


@dataclass(frozen=True)
class Periods:
    """The year judged, and the year before where the set covers it and something was reported for it.

    What communes name only as the start of a growth is no report of the year before.
    """

    now: Evaluation
    before: Evaluation | None
    year: int
    handing_in: HandingIn | None = None
    """What came for the year; None where only the evaluation is known."""

    @property
    def unusable(self) -> list[Commune]:
        """The communes that handed in something of which nothing can be used."""
        if self.handing_in is not None:
            return [one.commune for one in self.handing_in.of(Handed.NOTHING_USABLE)]
        said = {self.now.records[at].code for at in self.counted[1].records}
        return [commune for commune in self._communes(reported=True) if commune.code not in said]

    @property
    def silent(self) -> list[Commune]:
        """The communes that handed in nothing."""
        if self.handing_in is not None:
            return [one.commune for one in self.handing_in.of(Handed.NOTHING)]
        return self._communes(reported=False)

    def _communes(self, *, reported: bool) -> list[Commune]:
        """Return the communes of the register with, or without, a record of the year."""
        codes = {record.code for record in self.now.records}
        return [commune for commune in self.now.rules.communes.within() if (commune.code in codes) is reported]

    @cached_property
    def counted(self) -> tuple[PeriodSide | None, PeriodSide]:
        """The year before (None: nothing known) and the year judged, each with the records that count."""
        now = PeriodSide(self.now, usable(self.now))
        if self.before is None:
            return None, now
        own = own_reports(self.before, self.now)
        return (PeriodSide(self.before, own) if own.any() else None), now

    @property
    def knows_before(self) -> bool:
        """Whether anybody reported for the year before."""
        return self.counted[0] is not None


@dataclass(frozen=True)
class PeriodSide:
    """One year with the records that are reports that can be used."""

    evaluation: Evaluation
    counted: Bools

    @cached_property
    def records(self) -> list[int]:
        """Positions of the records that count."""
        return [at for at, counts in enumerate(self.counted.tolist()) if counts]

    @cached_property
    def ceiling(self) -> Ceiling:
        """What the law of the year lets be judged."""
        return ceiling_of(self.evaluation, self.counted)

    def of_group(self, group: str | None) -> list[int]:
        """Return the records of a group."""
        return [at for at in self.records if self.evaluation.groups[at] == group]

    @cached_property
    def communes(self) -> Sequence[CommuneStanding]:
        """How the commune of each record stands, those that do not count included."""
        return communes(self.evaluation)
