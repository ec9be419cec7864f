"""When the standard is met, as a set may write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from ntm_rules.i18n import N_
from ntm_rules.rulebook.models.basics import Id, Number, Points, Whole, Written


class PartsNeeded(Written):
    """How many criteria or indicators must be met, and which of them in any case; all that apply unless said."""

    at_least: Whole | None = Field(default=None, ge=1)
    at_least_percent: Number | None = Field(default=None, gt=0, le=100)
    """Of those that apply."""
    including: tuple[Id, ...] = ()
    of: tuple[Id, ...] = ()
    """Those counted; all unless said."""

    @model_validator(mode="after")
    def _states_one_number(self) -> Self:
        if self.at_least is not None and self.at_least_percent is not None:
            raise ValueError(N_("state at_least or at_least_percent, not both"))
        if self.including and self.at_least is None and self.at_least_percent is None:
            raise ValueError(N_("`including` goes with at_least or at_least_percent"))
        return self


class PointsNeeded(Written):
    """How many points the indicators met must have."""

    at_least: Points | None = None
    at_least_percent: Number | None = Field(default=None, gt=0, le=100)
    """Of the points of the indicators that apply."""
    of: tuple[Id, ...] = ()
    """The criteria or indicators counted; all unless said."""

    @model_validator(mode="after")
    def _states_one_number(self) -> Self:
        if (self.at_least is None) == (self.at_least_percent is None):
            raise ValueError(N_("`points` needs at_least or at_least_percent"))
        return self


class EachCriterion(Written):
    """What every criterion must reach by itself, met or not."""

    indicators: PartsNeeded | None = None
    points: PointsNeeded | None = None

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        if (self.indicators is None) == (self.points is None):
            raise ValueError(N_("state exactly one of indicators, points"))
        return self


class StandardWritten(Written):
    """When a commune, or one criterion, meets what is asked of it: exactly one of these."""

    all: tuple[StandardWritten, ...] | None = Field(default=None, min_length=1)
    any: tuple[StandardWritten, ...] | None = Field(default=None, min_length=1)
    criteria: PartsNeeded | None = None
    indicators: PartsNeeded | None = None
    points: PointsNeeded | None = None
    each_criterion: EachCriterion | None = None

    @model_validator(mode="after")
    def _states_one_condition(self) -> Self:
        if sum(getattr(self, key) is not None for key in type(self).model_fields) != 1:
            raise ValueError(N_("state exactly one of all, any, criteria, indicators, points, each_criterion"))
        return self

    def placed(self, place: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], StandardWritten]]:
        """Yield it and everything below it with the places in the file, where its own is `place`."""
        yield place, self
        for key in ("all", "any"):
            for i, part in enumerate(getattr(self, key) or ()):
                yield from part.placed((*place, key, i))
