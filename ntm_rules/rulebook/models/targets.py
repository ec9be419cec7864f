"""Targets as they are written: a number, one of each group or class, dated values, pending."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import FIRST_YEAR, LAST_YEAR, Day, Id, Number, Points, Text, Whole, Written
from ntm_rules.rulebook.models.documents import Source


class Pending(Written):
    """A target that a later decision is to fix."""

    decision: Id
    note: Text | None = None


class PendingTarget(Written):
    """`{pending: {decision: ...}}`."""

    pending: Pending


NOT_APPLICABLE = "not_applicable"
"""Stands for the target of a class of which nothing is asked."""


def _cell_form(value: object) -> str:
    if isinstance(value, PendingTarget | dict):
        return "<pending>"
    if isinstance(value, dt.date):
        return "<day>"
    return "<grade>" if isinstance(value, str) else "<number>"


CellWritten = Annotated[
    Annotated[PendingTarget, Tag("<pending>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_cell_form),
]
"""The target of one class of communes: a number, a day, a grade id, `not_applicable`, or pending."""


def _without_days_in_force(value: object) -> object:
    """Let no day be the target of a class where the key says from when or until when it holds: a list is none."""
    if not isinstance(value, dict):
        return value
    return {key: [one] if key in _OF_DATED and isinstance(one, dt.date) else one for key, one in value.items()}


_OF_DATED = ("from", "to", "promulgated")
"""Keys of a dated value, which stand in a list."""
ByGroup = Annotated[dict[Id, CellWritten], BeforeValidator(_without_days_in_force)]
"""The target of each group."""


class ClassedValue(Written):
    """A target that differs by class of communes: "xã biên giới 70%, còn lại 80%"."""

    by: Id
    values: dict[Id, CellWritten] = Field(min_length=1)
    default: CellWritten | None = None


def _year_form(value: object) -> str:
    return "<calendar>" if isinstance(value, int) and not isinstance(value, bool) else "<word>"


YearWritten = Annotated[
    Annotated[Annotated[Whole, Field(ge=FIRST_YEAR, le=LAST_YEAR)], Tag("<calendar>")]
    | Annotated[Literal["this_year", "year_before"], Tag("<word>")],
    Discriminator(_year_form),
]
"""The year judged, the one before it, or a year of the calendar."""


class DerivedValue(Written):
    """A target taken from another target, or from a reference figure: "bằng 110% mức quy định của chỉ tiêu 4.1"."""

    of: Id | None = None
    """The requirement whose target it is taken from."""
    set: Id | None = None
    """The other set in which that requirement stands; this one unless said."""
    reference: Id | None = None
    """The reference figure it is taken from."""
    year: YearWritten | None = None
    """The year whose figure counts; the year judged unless said."""
    times: Points = Decimal(1)
    plus: Number = Decimal(0)

    @model_validator(mode="after")
    def _is_taken_from_one_thing(self) -> Self:
        if (self.of is None) == (self.reference is None):
            raise ValueError(N_("state exactly one of of, reference"))
        if self.set is not None and self.of is None:
            raise ValueError(N_("`set` goes with `of`"))
        if self.year is not None and self.reference is None:
            raise ValueError(N_("`year` goes with `reference`"))
        return self


def value_form(value: object) -> str:
    if isinstance(value, DerivedValue) or (isinstance(value, dict) and ("of" in value or "reference" in value)):
        return "<derived>"
    if isinstance(value, ClassedValue | dict):
        return "<by_class>" if isinstance(value, ClassedValue) or "by" in value else "<by_group>"
    if isinstance(value, dt.date):
        return "<day>"
    return "<grade>" if isinstance(value, str) else "<number>"


ValueWritten = Annotated[
    Annotated[Number, Tag("<number>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(value_form),
]
"""A target that is known: a number, a day, one of either per group or per class, taken from something else, or a grade id."""


class Days(Written):
    """From which day to which, both included; no `to` means until further notice."""

    from_: Day = Field(alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            raise ValueError(N_("`to` lies before `from`"))
        return self

    def __contains__(self, day: dt.date) -> bool:
        return self.from_ <= day and (self.to is None or day <= self.to)


class DatedValue(Days):
    """A target in force between two dates, and the day it became known."""

    value: ValueWritten
    source: Source
    promulgated: Day


def _target_form(value: object) -> str:
    """Say which form of target a written value has, so that errors speak of that form alone."""
    if isinstance(value, PendingTarget) or (isinstance(value, dict) and "pending" in value):
        return "<pending>"
    if isinstance(value, list | tuple):
        return "<dated>"
    return value_form(value)


TargetWritten = Annotated[
    Annotated[PendingTarget, Tag("<pending>")]
    | Annotated[Number, Tag("<number>")]
    | Annotated[tuple[DatedValue, ...], Field(min_length=1), Tag("<dated>")]
    | Annotated[ByGroup, Tag("<by_group>")]
    | Annotated[ClassedValue, Tag("<by_class>")]
    | Annotated[Day, Tag("<day>")]
    | Annotated[DerivedValue, Tag("<derived>")]
    | Annotated[Id, Tag("<grade>")],
    Discriminator(_target_form),
]
"""A number, a day, one of either per group or per class, taken from something else, dated values, a grade id, or pending."""
