"""The values of a plan's computations: what a goal stands at, and what is said of it. Numbers are exact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ntm_rules.i18n import Message
from ntm_rules.rulebook.models import FLOORS
from ntm_rules.rulebook.plans import Base, GoalTarget, SeriesBreak


class Status(StrEnum):
    """How a goal stands; in the order of a legend."""

    MET = "MET"
    ON_COURSE = "ON_COURSE"
    BEHIND = "BEHIND"
    FAR_BEHIND = "FAR_BEHIND"
    BACKWARD = "BACKWARD"
    NOT_MET = "NOT_MET"
    MISSED = "MISSED"
    TOO_EARLY = "TOO_EARLY"
    NO_BASE = "NO_BASE"
    NO_DATA = "NO_DATA"
    NO_TARGET = "NO_TARGET"


@dataclass(frozen=True, slots=True)
class GoalBar:
    """A number in force that a value is held against, by the end of a year."""

    bound: str
    """`at_least`, `more_than`, `at_most` or `less_than`."""
    number: Fraction
    year: int

    @property
    def direction(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.bound in FLOORS else -1

    def met_by(self, value: Fraction) -> bool:
        """Tell whether a value meets it; of "more than" and "less than" the number itself does not."""
        beyond = self.direction * (value - self.number)
        return beyond > 0 if self.bound in ("more_than", "less_than") else beyond >= 0


@dataclass(frozen=True, slots=True)
class Point:
    """A value at the end of a year."""

    year: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a goal's figure in one year, and what it was made of."""

    year: int
    value: Fraction | None
    """In the figure's unit; None where it cannot be used: `why` says the reason."""
    possible: Fraction | None = None
    """What it would be if everything still open turned out well; None where nothing is open."""
    above: Fraction | None = None
    below: Fraction | None = None
    """Of a share: what it is a part, and of what."""
    counted: int = 0
    """Communes that went into it."""
    open: int = 0
    """Communes of which it is not known yet."""
    communes: int = 0
    """All communes; 0 where the province reports the figure."""
    document: str = ""
    """The document named for it."""
    why: Message | None = None

    @property
    def point(self) -> Point | None:
        """The value alone; None where it cannot be used."""
        return None if self.value is None else Point(self.year, self.value)


@dataclass(frozen=True, slots=True)
class Amount:
    """What one year of a yearly goal came to."""

    year: int
    amount: Fraction | None
    """None where it cannot be known: no value, or a break in the series."""
    met: bool
    closed: bool
    """The year is over."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says of a goal, with every number it used."""

    status: Status
    latest: Point | None = None
    base: Point | None = None
    bar: GoalBar | None = None
    ratio: Fraction | None = None
    """Progress made, as a part of the progress that a straight line asks for by now."""
    needed_pace: Fraction | None = None
    """A year, from the latest value to the bar."""
    actual_pace: Fraction | None = None
    """A year, from the base to the latest value."""
    day_met: dt.date | None = None
    """When the bar is reached at the actual pace."""
    never: bool = False
    """At the actual pace it is never reached."""
    earliest: dt.date | None = None
    latest_day: dt.date | None = None
    """Between which days, by the slopes between all points; from four points on."""
    open_ended: bool = False
    """By the slowest slope it is never reached."""
    falling: bool = False
    """Met, but the last change goes the wrong way."""
    amounts: tuple[Amount, ...] = ()
    cumulated_shortfall: Fraction | None = None
    """Of a yearly amount over the closed years that are known: what is lacking; less than 0 is more than was asked."""
    years_unknown: tuple[int, ...] = ()
    """Closed years of a yearly amount of which nothing is known."""

    @property
    def distance(self) -> Fraction | None:
        """From the latest value to the bar, in the unit; positive where it must rise."""
        return self.bar.number - self.latest.value if self.bar and self.latest else None


@dataclass(frozen=True, slots=True)
class Bands:
    """From which ratio on a goal is on course, and behind rather than far behind."""

    on_course: Fraction
    behind: Fraction


@dataclass(frozen=True, slots=True)
class TrackState:
    """How one track of a goal stands: its values, the rule's judgement, and what must be said beside it."""

    values: tuple[Value, ...]
    judgement: Judgement
    target: GoalTarget
    base: Base | None
    breaks: tuple[SeriesBreak, ...] = ()
    """Those that lie between the values, or between base and target: the later part alone is judged."""
    base_reported: bool = False
    """The base is the province's own figure of the year; no document states it."""
    base_moved: bool = False
    """The base is that of a later definition."""
    unfinished: bool = False
    """The latest value is of a year that is not over on the day."""
    waiting: Message | None = None
    """What a number is awaited from, where there is none in force."""

    @property
    def status(self) -> Status:
        """The status."""
        return self.judgement.status
