"""How the figures of every commune have moved over the years, and when a target not met now is reached at that pace.

The pace is the median of the slopes between all points (Theil-Sen): one odd year does not bend it. An interval is said
from four points on; of fewer the years say too little. Never across a break: a year from which a figure is counted
otherwise begins another series. So does the day on which a unit began, but for shares of which all units that went into it
gave numerator and denominator: theirs are summed. No rule says how other figures of units before are carried over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import combinations

from ntm_rules.dataset.records import Reported, State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.reference import taken_value
from ntm_rules.evaluation.taking import WITHOUT_LIMIT
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.plan.meeting import day_after, slopes_between
from ntm_rules.plan.models import Point
from ntm_rules.rulebook.criteria_set import Comparator, CriteriaSet, Requirement
from ntm_rules.rulebook.plans import Goal, SeriesBreak
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.reports import own_reports, usable


class Course(Enum):
    """Which way a figure has gone."""

    NEARER = "nearer"
    """Towards its target, or further beyond it."""
    AWAY = "away"
    LEVEL = "level"
    TOO_FEW = "too_few"
    """One year alone."""


class Cut(Enum):
    """Why earlier years are no part of the series."""

    BREAK = "break"
    """The figure was counted otherwise."""
    MERGED = "merged"
    """The unit was not there yet, and what those before it reported cannot be added up."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a target is reached at a pace; days past the calendar, or never, are None."""

    day: dt.date | None
    interval: tuple[dt.date | None, dt.date | None] | None
    """The earliest and the latest day; None of too few points. A latest of None is never."""


@dataclass(frozen=True, slots=True)
class FigureTrend:
    """One figure of one commune, as one requirement holds it against its target."""

    code: str
    name: str
    requirement: Requirement
    points: tuple[Point, ...]
    """Of the series that the last year belongs to, by year; exact, in the unit in which it is held against the target."""
    target: Fraction | None
    """Of the last year's law."""
    verdict: Verdict
    """Of the last year."""
    pace: Fraction | None
    """In a year; None of one point."""
    course: Course
    meeting: Meeting | None
    """Of a target not met now; None of one point."""
    cut: Cut | None
    since: int | None
    """The first year of the series, where one before was cut off."""
    carried: tuple[str, ...] = ()
    """Names of the units before it whose numerators and denominators are summed for the years they reported."""

    @property
    def latest(self) -> Point:
        """The last year's value."""
        return self.points[-1]

    @property
    def asks_for_attention(self) -> bool:
        """Whether it is not met with more than one year to go by, or met and getting worse."""
        if self.verdict is Verdict.NOT_MET:
            return self.meeting is not None
        return self.verdict is Verdict.MET and self.course is Course.AWAY


def trends(evaluations: Sequence[Evaluation], goals: Sequence[Goal] = ()) -> list[FigureTrend]:
    """Return the trend of every figure that the last year judged holds against a target.

    Args:
        evaluations: one a year, each under its own law.
        goals: of the plan: a break in the series of what they work out from communes is one of the figure.
    """
    ordered = sorted((one for one in evaluations if one.records), key=lambda one: one.records[0].year)
    if not ordered:
        return []
    last = ordered[-1]
    reports = _reports(ordered)
    breaks = breaks_of(goals)
    here = usable(last)
    register = last.rules.communes
    units_now = [unit for unit in map(register.get, last.records.codes) if unit is not None]
    began = {unit.code: unit.valid_from.year for unit in units_now}
    before = {unit.code: register.merged_into(unit) for unit in units_now if register.has_former}
    found = []
    for row in (at for at in last.order if not last.table[at].children):
        requirement = last.requirement(row)
        measure = last.rules.measures[requirement.measure]
        if not measure.traits.quantity:
            continue
        first = max((one.year for one in breaks.get(measure.id, ()) if one.year <= last.records[0].year), default=0)
        for record, code in enumerate(last.records.codes):
            verdict = last.verdict(row, record)
            if not here[record] or verdict is Verdict.NOT_APPLICABLE:
                continue
            own = list(_points(reports.get(code, ()), requirement))
            points = [point for point in own if point.year >= began.get(code, 0)]
            units = before.get(code, ())
            carried = list(_carried(reports, units, requirement)) if units else []
            kept = [point for point in [*carried, *points] if point.year >= first]
            cut = None
            if len(kept) < len(carried) + len(points):
                cut = Cut.BREAK
            elif not carried and (len(points) < len(own) or units):
                cut = Cut.MERGED
            if not kept or kept[-1].year != last.records[0].year:
                continue
            target = requirement.target.value_for(last.groups[record])
            bar = None if target is None else Fraction(target)
            since = kept[0].year if cut else None
            trend = _trend(code, last.records.names[record], requirement, kept, bar, verdict, cut, since)
            summed = any(point in kept for point in carried)
            found.append(replace(trend, carried=tuple(unit.name for unit in units)) if summed else trend)
    return found


def most_pressing(trends: Sequence[FigureTrend]) -> list[FigureTrend]:
    """Return those that ask for attention: met and getting worse first, then by the day of meeting, never met last."""

    def order(trend: FigureTrend) -> tuple[bool, dt.date]:
        day = trend.meeting.day if trend.meeting else None
        return trend.verdict is not Verdict.MET, day or dt.date.max

    return sorted((trend for trend in trends if trend.asks_for_attention), key=order)


def breaks_of(goals: Sequence[Goal]) -> Mapping[str, Sequence[SeriesBreak]]:
    """Return measure -> the breaks in its series, as the goals that are worked out from it say."""
    found: dict[str, list[SeriesBreak]] = {}
    for goal in goals:
        if goal.communes is not None and goal.communes.average_of:
            found.setdefault(goal.communes.average_of, []).extend(goal.breaks)
    return found


def counted_otherwise(rules: CriteriaSet, goals: Sequence[Goal], year: int) -> frozenset[tuple[str, str]]:
    """Return level and id of the indicators, and of their criteria, with a figure that is counted otherwise from a year on.

    What rose or fell in that year may be the other definition's doing.
    """
    measures = {measure for measure, breaks in breaks_of(goals).items() if any(one.year == year for one in breaks)}
    found: set[tuple[str, str]] = set()
    for indicator in rules.indicators():
        if any(requirement.measure in measures for requirement in indicator.requirements()):
            found |= {("indicator", indicator.id), ("criterion", indicator.criterion or "")}
    return frozenset(found)


def pace_of(points: Sequence[Point]) -> Fraction | None:
    """Return the median of the slopes between all points; None of one point.

    >>> pace_of([Point(2026, Fraction(10)), Point(2027, Fraction(12)), Point(2028, Fraction(20))])
    Fraction(5, 1)
    """
    slopes = sorted((b.value - a.value) / (b.year - a.year) for a, b in combinations(points, 2))
    if not slopes:
        return None
    middle = len(slopes) // 2
    return slopes[middle] if len(slopes) % 2 else (slopes[middle - 1] + slopes[middle]) / 2


def meeting_of(points: Sequence[Point], pace: Fraction, target: Fraction) -> Meeting:
    """Return when a target is reached from the last point on at a pace, and within which days from four points on."""
    last = points[-1]

    def at(slope: Fraction) -> dt.date | None:
        left = target - last.value
        return day_after(last.year, left / slope) if slope and left / slope >= 0 else None

    slopes = slopes_between(points)
    if slopes is None:
        return Meeting(at(pace), None)
    towards = 1 if target > last.value else -1
    fast, slow = sorted(slopes, key=lambda slope: -slope * towards)
    return Meeting(at(pace), (at(fast), at(slow)))


def _trend(
    code: str,
    name: str,
    requirement: Requirement,
    points: Sequence[Point],
    target: Fraction | None,
    verdict: Verdict,
    cut: Cut | None,
    since: int | None,
) -> FigureTrend:
    pace = pace_of(points)
    meeting = None
    if pace is not None and target is not None and verdict is Verdict.NOT_MET:
        meeting = meeting_of(points, pace, target)
    course = _course(requirement.comparator, pace)
    return FigureTrend(code, name, requirement, tuple(points), target, verdict, pace, course, meeting, cut, since)


def _course(comparator: Comparator, pace: Fraction | None) -> Course:
    if pace is None:
        return Course.TOO_FEW
    if not pace:
        return Course.LEVEL
    return Course.NEARER if (pace > 0) is not comparator.is_ceiling else Course.AWAY


def _reports(ordered: Sequence[Evaluation]) -> Mapping[str, Sequence[tuple[Evaluation, int]]]:
    """Return commune code -> its usable reports, the earliest first; a growth's base alone is none."""
    found: dict[str, list[tuple[Evaluation, int]]] = {}
    for one, after in zip(ordered, [*ordered[1:], None], strict=True):
        said = own_reports(one, after) if after is not None else usable(one)
        for record, code in enumerate(one.records.codes):
            if said[record]:
                found.setdefault(code, []).append((one, record))
    return found


def _points(reports: Sequence[tuple[Evaluation, int]], requirement: Requirement) -> Iterator[Point]:
    """Yield the values of a figure, as they are held against its target."""
    for evaluation, record in reports:
        measure = evaluation.rules.measures.get(requirement.measure)
        if measure is None:
            continue
        value = taken_value(measure, requirement, evaluation.facts(record)) if measure.traits.quantity else None
        if isinstance(value, Fraction) and value != WITHOUT_LIMIT:
            yield Point(evaluation.records[record].year, value)


def _carried(
    reports: Mapping[str, Sequence[tuple[Evaluation, int]]], units: Sequence[Commune], requirement: Requirement
) -> Iterator[Point]:
    """Yield the share of all units before a merger together, for the years in which each gave numerator and denominator."""
    parts: dict[int, list[Reported]] = {}
    for unit in units:
        for evaluation, record in reports.get(unit.code, ()):
            measure = evaluation.rules.measures.get(requirement.measure)
            reported = evaluation.records[record].get(requirement.measure)
            counted = (reported.state is State.PRESENT and reported.counted) or reported.state is State.NOTHING_TO_COUNT
            if measure is None or not measure.traits.counted or requirement.taken.rounded_to is not None:
                continue
            if counted and requirement.taken.of(measure).is_level:
                parts.setdefault(evaluation.records[record].year, []).append(reported)
    for year, given in sorted(parts.items()):
        below = sum(one.base for one in given if one.counted)
        if len(given) == len(units) and below:
            yield Point(year, Fraction(100 * sum(one.value for one in given if one.counted), below))
