"""What a person writes of a province's plan: its goals, and the documents that somebody owes by a day.

The figures that the province reports for its goals are measures like those of communes (`models.Measure`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models import (
    BOUNDS,
    Day,
    Id,
    MeasureId,
    Number,
    Source,
    Text,
    Whole,
    Written,
    Years,
)

STANDARD, RECOGNISED = "standard", "recognised"
"""Instead of the id of a criterion or indicator: meeting the standard, having been recognised by a decision."""
GoalKind = Literal["reach", "yearly_amount", "maintain", "yes_no"]
ReportKind = Literal["agency_year", "province_year", "midterm", "final"]
AmountOf = Literal["level", "rise", "fall"]
WORKED_OUT = ("number_meeting", "share_meeting", "average_of")
"""What of communes a goal may follow from: so many, in percent of all, a share weighted by what it is of."""


class FromCommunes(Written):
    """A figure worked out from what communes report, never typed: exactly one of `WORKED_OUT`."""

    number_meeting: Id | None = None
    """Communes that meet a criterion or an indicator, the standard, or are recognised."""
    share_meeting: Id | None = None
    """The same, in percent of all communes."""
    average_of: MeasureId | None = None
    """A share over all communes together: its numerators over its denominators."""

    @property
    def form(self) -> str:
        """Which of `WORKED_OUT` it is."""
        return next(form for form in WORKED_OUT if getattr(self, form) is not None)

    @property
    def of(self) -> str:
        """The id of what it counts, or of the measure."""
        return str(getattr(self, self.form))

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(getattr(self, form) is not None for form in WORKED_OUT) != 1:
            raise ValueError(N_("state exactly one of number_meeting, share_meeting, average_of"))
        return self


class GoalTarget(Written):
    """What a goal asks for by the end of a year: a number, so many times a later figure, or a document awaited."""

    at_least: Number | None = None
    more_than: Number | None = None
    at_most: Number | None = None
    less_than: Number | None = None
    up_to: Number | None = None
    """The other end of a range ("3 - 4"): kept and shown, the bar is the number of the comparison."""
    about: StrictBool = False
    """The text says "khoảng" or "cơ bản": the number is taken as it is printed."""
    times_value_of: Whole | None = None
    """The number is so many times the goal's own value of this year."""
    pending: Text | None = None
    """What is awaited where no document fixes a number."""
    year: Whole

    @property
    def bound(self) -> str:
        """Which comparison it states; empty where it is pending."""
        return next((key for key in BOUNDS if getattr(self, key) is not None), "")

    @property
    def number(self) -> Decimal | None:
        """The number as written; None where it is pending."""
        return getattr(self, self.bound) if self.bound else None

    @model_validator(mode="after")
    def _states_one_number(self) -> Self:
        stated = [key for key in BOUNDS if getattr(self, key) is not None]
        if len(stated) + (self.pending is not None) != 1:
            raise ValueError(N_("state exactly one of at_least, more_than, at_most, less_than, pending"))
        if self.pending is not None and (self.up_to is not None or self.times_value_of is not None or self.about):
            raise ValueError(N_("`pending` stands without up_to, times_value_of and about"))
        return self


class Base(Written):
    """What a goal starts from: the year, and its value with its source, or who has it."""

    year: Whole
    value: Number | None = None
    source: Source | None = None
    pending: Text | None = None

    @model_validator(mode="after")
    def _is_known_or_awaited(self) -> Self:
        if (self.value is None) == (self.pending is None):
            raise ValueError(N_("state a base's value or what is pending, not both"))
        if self.value is not None and self.source is None:
            raise ValueError(N_("a base's value needs its source"))
        return self


class SeriesBreak(Written):
    """A year from which a figure is counted otherwise: two definitions are two series."""

    year: Whole
    """The first year of the new definition."""
    text: Text
    source: Source | None = None


class Assigned(Written):
    """Who leads a goal and who cooperates, and where that stands."""

    lead: tuple[Id, ...] = Field(min_length=1)
    cooperating: Text | None = None
    """As printed."""
    source: Source


class Reading(Written):
    """Another way of reading a goal, where the plan disagrees with itself: what it does not say it takes of the goal."""

    id: Id
    why: Text
    text: str | None = None
    text_en: str | None = None
    source: Source | None = None
    figure: MeasureId | None = None
    communes: FromCommunes | None = None
    target: GoalTarget | None = None

    @model_validator(mode="after")
    def _has_one_figure(self) -> Self:
        if self.figure is not None and self.communes is not None:
            raise ValueError(N_("a goal has either `figure` or `communes`"))
        return self


class Goal(Written):
    """One measurable goal of the plan."""

    id: Id
    text: str
    """As printed."""
    reading: str | None = None
    """What is meant, where the print has a slip."""
    text_en: str
    source: Source
    kind: GoalKind
    amount: AmountOf = "level"
    """Of a yearly amount: the figure of the year, or by how much it rose or fell since the year before."""
    figure: MeasureId | None = None
    """The province's figure that says how it stands."""
    communes: FromCommunes | None = None
    base: Base | None = None
    target: GoalTarget
    years: Years | None = None
    """For which years a yearly amount, or what is to be kept up, is asked."""
    assigned: Assigned | None = None
    unassigned: Text | None = None
    """Said where the plan names no lead agency."""
    breaks: tuple[SeriesBreak, ...] = ()
    readings: tuple[Reading, ...] = ()
    note: Text | None = None

    @property
    def answered(self) -> bool:
        """Whether it is answered yes or no."""
        return self.kind == "yes_no"

    @property
    def yearly(self) -> bool:
        """Whether each year has an amount of its own."""
        return self.kind == "yearly_amount"

    @property
    def leads(self) -> tuple[str, ...]:
        """The lead agencies; none where it is unassigned."""
        return self.assigned.lead if self.assigned else ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.figure is None) == (self.communes is None):
            raise ValueError(N_("a goal has either `figure` or `communes`"))
        if (self.assigned is None) == (self.unassigned is None):
            raise ValueError(N_("say who leads a goal: either assigned or unassigned"))
        if self.amount != "level" and not self.yearly:
            raise ValueError(N_("`amount` belongs to a yearly amount"))
        if self.kind != "reach" and self.years is None:
            raise ValueError(N_("`years` belongs to every goal but one to reach"))
        return self


class EveryYear(Years):
    """A document owed each year from one year to another, by a day where one is stated."""

    month: Whole | None = Field(default=None, ge=1, le=12)
    day: Whole | None = Field(default=None, ge=1, le=31)

    @model_validator(mode="after")
    def _has_a_whole_day(self) -> Self:
        if (self.month is None) != (self.day is None):
            raise ValueError(N_("a day of every year has both month and day"))
        return self


class Done(Written):
    """The document by which a deliverable was delivered."""

    number: str
    date: Day


class Deliverable(Written):
    """A document that somebody owes: by a day, in a year, or every year."""

    id: Id
    text: str
    """As printed."""
    reading: str | None = None
    text_en: str
    source: Source
    lead: tuple[Id, ...] | None = Field(default=None, min_length=1)
    lead_text: Text | None = None
    """Who owes it where that is none of the set's agencies."""
    by_each: StrictBool = False
    """Every lead agency owes one of its own."""
    cooperating: Text | None = None
    """As printed."""
    due: Day | None = None
    in_year: Whole | None = None
    """The plan names the year and no day."""
    every_year: EveryYear | None = None
    due_printed: str | None = None
    product: Text | None = None
    report: ReportKind | None = None
    """Which of the program's drafts it is, where it is one."""
    recipients: tuple[Text, ...] = ()
    """Who receives it."""
    done: tuple[Done, ...] | None = Field(default=None, min_length=1)
    note: Text | None = None

    @model_validator(mode="after")
    def _is_owed_by_someone_some_time(self) -> Self:
        if (self.lead is None) == (self.lead_text is None):
            raise ValueError(N_("say who owes the document: either lead or lead_text"))
        when = [self.due, self.in_year, self.every_year, self.done]
        if sum(one is not None for one in when) != 1:
            raise ValueError(N_("state exactly one of due, in_year, every_year, done"))
        return self


def places_of(goal: Goal) -> Iterator[tuple[tuple[str | int, ...], Goal | Reading]]:
    """Yield a goal and its readings, each with its place below the goal's."""
    yield (), goal
    for i, reading in enumerate(goal.readings):
        yield ("readings", i), reading
