"""For which communes a rule is, what of another set it takes, and how its figure is taken."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import Id, MeasureId, Number, Whole, Written
from ntm_rules.rulebook.models.targets import YearWritten
from ntm_rules.rulebook.taken import Quantity

BOUNDS = ("at_least", "more_than", "at_most", "less_than")
MOST_YEARS = 50
"""Of the longest time before an appraisal that a law may speak of; more is a slip of the pen."""


class Within(Written):
    """So long before the day of the appraisal, that day included: "trong 3 năm trước khi xét"."""

    years: Whole | None = Field(default=None, ge=1, le=MOST_YEARS)
    months: Whole | None = Field(default=None, ge=1, le=MOST_YEARS * 12)
    days: Whole | None = Field(default=None, ge=1, le=MOST_YEARS * 365)

    def before(self, day: dt.date) -> dt.date:
        """Return the first day of it: the same day of an earlier month, or that month's last where it has no such day.

        >>> Within(years=1).before(dt.date(2028, 2, 29)), Within(months=3).before(dt.date(2026, 5, 31))
        (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
        """
        if self.days is not None:
            return dt.date.fromordinal(max(1, day.toordinal() - self.days))
        month = day.year * 12 + day.month - 1 - (self.months or 12 * (self.years or 0))
        if month < 12:
            return dt.date.min
        year, of_year = month // 12, month % 12 + 1
        last = calendar.monthrange(year, of_year)[1]
        return dt.date(year, of_year, min(day.day, last))

    @model_validator(mode="after")
    def _says_one_length(self) -> Self:
        if sum(one is not None for one in (self.years, self.months, self.days)) != 1:
            raise ValueError(N_("state exactly one of years, months, days"))
        return self


class CountedGate(Written):
    """So many of something as a rule is for: "nếu có từ 10 hộ"."""

    measure: MeasureId
    at_least: Number | None = None
    at_most: Number | None = None
    more_than: Number | None = None
    less_than: Number | None = None

    @property
    def bounds(self) -> dict[str, Decimal]:
        """The number, by comparison."""
        return {key: number for key in BOUNDS if (number := getattr(self, key)) is not None}

    @model_validator(mode="after")
    def _compares_once(self) -> Self:
        if len(self.bounds) != 1:
            raise ValueError(N_("state exactly one of at_least, more_than, at_most, less_than"))
        return self


def _gate_form(value: object) -> str:
    return "<counted>" if isinstance(value, CountedGate | dict) else "<question>"


GateWritten = Annotated[
    Annotated[MeasureId, Tag("<question>")] | Annotated[CountedGate, Tag("<counted>")], Discriminator(_gate_form)
]
"""Whether a rule is for a commune: a question answered yes or no, or a number of something."""


class SetMet(Written):
    """Another set that must be met: the whole of it, or some of its criteria or indicators."""

    set: Id
    criteria: tuple[Id, ...] = ()
    indicators: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _asks_one_thing(self) -> Self:
        if self.criteria and self.indicators:
            raise ValueError(N_("name criteria or indicators of the set, not both"))
        return self


class TakenWritten(Written):
    """Of which years a figure is taken, and whether as a level, a change, a growth or a ratio."""

    mean_of: Whole | None = Field(default=None, ge=2, le=10)
    each_of: Whole | None = Field(default=None, ge=2, le=10)
    level_of: YearWritten | None = None
    change_from: YearWritten | None = None
    growth_from: YearWritten | None = None
    ratio_to: YearWritten | None = None
    from_zero: Literal["as_rise"] | None = None

    @property
    def quantities(self) -> dict[Quantity, YearWritten | None]:
        """What of the figure is taken, and of or from which year."""
        return {
            Quantity.LEVEL: self.level_of,
            Quantity.CHANGE: self.change_from,
            Quantity.GROWTH: self.growth_from,
            Quantity.RATIO: self.ratio_to,
        }

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        stated = {quantity: year for quantity, year in self.quantities.items() if year is not None}
        if len(stated) > 1:
            raise ValueError(N_("state at most one of level_of, change_from, growth_from, ratio_to"))
        if self.mean_of and self.each_of:
            raise ValueError(N_("state at most one of mean_of, each_of"))
        if not (stated or self.mean_of or self.each_of or self.from_zero):
            raise ValueError(N_("say how the figure is taken, such as mean_of: 3"))
        level = stated.pop(Quantity.LEVEL, None)
        if "this_year" in stated.values():
            raise ValueError(N_("a change is counted from an earlier year: write year_before, or a year"))
        if self.mean_of and stated:
            raise ValueError(N_("mean_of goes with levels, not with a change, a growth or a ratio"))
        if (self.mean_of or self.each_of) and level not in (None, "this_year"):
            raise ValueError(
                N_("mean_of and each_of end with the year judged; level_of names no other year beside them")
            )
        if self.from_zero and stated.keys() - {Quantity.GROWTH, Quantity.RATIO}:
            raise ValueError(N_("`from_zero` belongs to a growth or a ratio"))
        if self.from_zero and (level or self.mean_of):
            raise ValueError(N_("`from_zero` belongs to a growth or a ratio"))
        return self
