"""The plan of a loaded set: its goals with every reading a track of its own, and what the province is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.plan.models import Bands
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import PERCENT_SIGN, CommuneType, Measure, PlanFiles, Text, Years
from ntm_rules.rulebook.plans import Deliverable, FromCommunes, Goal, GoalTarget, Reading
from ntm_rules.rulebook.register import PROVINCE_TYPE, Commune, Register

PROVINCE = CommuneType(
    id=PROVINCE_TYPE, title=Text(vi="tỉnh", en="province"), full_name=Text(vi="Tỉnh {name}", en="{name} province")
)
_ALWAYS = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Track:
    """A goal as it is printed, or one other reading of it: what is followed."""

    goal: Goal
    reading: Reading | None = None

    @property
    def id(self) -> str:
        """The goal's id, of another reading with that behind a slash."""
        return f"{self.goal.id}/{self.reading.id}" if self.reading else self.goal.id

    @property
    def text(self) -> Text:
        """The words, of the reading where it has words of its own."""
        read, goal = self.reading, self.goal
        if read is not None and read.text is not None:
            return Text(vi=read.text, en=read.text_en or read.text)
        return Text(vi=goal.reading or goal.text, en=goal.text_en)

    @property
    def figure(self) -> str | None:
        """The province's figure; None where it is worked out from communes."""
        read = self.reading
        return read.figure if read and (read.figure or read.communes) else self.goal.figure

    @property
    def communes(self) -> FromCommunes | None:
        """How it is worked out from communes; None where the province reports it."""
        read = self.reading
        return read.communes if read and (read.figure or read.communes) else self.goal.communes

    @property
    def target(self) -> GoalTarget:
        """What it asks for."""
        return self.reading.target if self.reading and self.reading.target else self.goal.target

    @property
    def has_own_figure(self) -> bool:
        """Whether it is another figure than the goal's own, whose base would not be its."""
        return self.reading is not None and (self.reading.figure or self.reading.communes) is not None


@dataclass(frozen=True)
class Plan:
    """A province's plan."""

    loaded: LoadedSet
    files: PlanFiles

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals in the order of the plan."""
        return self.loaded.goals

    @property
    def deliverables(self) -> tuple[Deliverable, ...]:
        """The documents owed, in the order of the plan."""
        return self.loaded.deliverables

    @property
    def figures(self) -> Mapping[str, Measure]:
        """What the province reports."""
        return self.loaded.figures

    @property
    def bands(self) -> Bands:
        """The bands of the status."""
        return Bands(Fraction(self.files.bands.on_course), Fraction(self.files.bands.behind))

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        """Every goal, each followed by its other readings."""
        return tuple(self._tracks())

    def _tracks(self) -> Iterator[Track]:
        for goal in self.goals:
            yield Track(goal)
            for reading in goal.readings:
                yield Track(goal, reading)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The lead agencies of goals and deliverables, in the order of the set's agencies."""
        leads = {lead for goal in self.goals for lead in goal.leads}
        leads |= {lead for owed in self.deliverables for lead in owed.lead or ()}
        return tuple(id_ for id_, agency in self.loaded.agencies.items() if id_ in leads and agency.role == "lead")

    @property
    def province(self) -> str:
        """The province's code in its own figures."""
        return self.files.code.zfill(5)

    @cached_property
    def years(self) -> Years:
        """The years of which the province may report: from the first base to the last target."""
        first = [goal.base.year for goal in self.goals if goal.base]
        first += [goal.years.from_ - (goal.amount != "level") for goal in self.goals if goal.years]
        last = [track.target.year for track in self.tracks]
        period = self.loaded.header.period
        return Years.model_validate({"from": min([*first, period.from_ - 1]), "to": max([*last, period.to])})

    def questionnaire(self) -> Questionnaire:
        """Return what readers need to know of the province's figures: it is the one unit that reports them."""
        header = self.loaded.header
        unit = Commune(self.province, header.province.vi, PROVINCE.id, _ALWAYS)
        return Questionnaire(
            measures=self.figures,
            scales=self.loaded.scales,
            communes=Register([unit], PROVINCE.id, (PROVINCE,)),
            years=self.years,
            set=header.id,
            version=header.version,
        )

    def unit(self, track: Track) -> Text:
        """Return the unit in which a track's values are."""
        if track.figure is not None:
            return self.figures[track.figure].compared_unit
        assert track.communes is not None
        if track.communes.number_meeting is None:
            return PERCENT_SIGN
        kind = self.loaded.communes.unit_type
        return kind.title if kind else Text(vi="xã", en="communes")

    def decimals(self, track: Track) -> int:
        """Return how many decimals of a track's values are shown."""
        if track.figure is not None:
            figure = self.figures[track.figure]
            return figure.decimals if figure.traits.quantity and not figure.traits.whole else 0
        assert track.communes is not None
        return 0 if track.communes.number_meeting is not None else 2


def plan_of(loaded: LoadedSet) -> Plan:
    """Return the plan of a set.

    Raises:
        NtmError: the set carries none.
    """
    if loaded.header.plan is None:
        raise NtmError(
            Message("The criteria set {set} carries no plan of the province", set=loaded.header.id),
            Message("A plan is named under `plan` in criteria-set.yaml; docs/plan.md says how."),
        )
    return Plan(loaded, loaded.header.plan)
