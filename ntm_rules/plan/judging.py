"""The status of a goal: one rule, the first case that fits decides. Exact numbers, no clock, no data formats.

A straight line from the base to the target is what an officer checks with a pocket calculator; compound growth, which
published rules use, is undefined from 0 and flatters falls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from ntm_rules.plan.meeting import day_after, slopes_between
from ntm_rules.plan.models import Amount, Bands, GoalBar, Judgement, Point, Status

ANSWERED = ("maintain", "yes_no")
"""Kinds of goals that are met or not met in each year."""
YEARLY = "yearly_amount"


def judge(
    kind: str,
    bar: GoalBar | None,
    points: Sequence[Point],
    *,
    base: Point | None,
    today: dt.date,
    bands: Bands,
    amounts: Sequence[Amount] = (),
) -> Judgement:
    """Return how a goal stands on a day.

    Args:
        kind: the kind of the goal.
        bar: the number in force; None where none is.
        points: its values by year, of one definition; of a yearly amount, the amounts of the years that are closed.
        base: what it starts from, of the same definition; None where it is not known.
        today: the day.
        bands: from which ratio on it is on course, and behind.
        amounts: of a yearly amount, every year.
    """
    if bar is None:
        return Judgement(Status.NO_TARGET, points[-1] if points else None, base)
    if kind == YEARLY:
        return _yearly(bar, points, today, amounts)
    if not points:
        return Judgement(Status.NO_DATA, None, base, bar)
    latest = points[-1]
    known = Judgement(Status.NO_DATA, latest, base, bar)
    if kind in ANSWERED:
        return replace(known, status=Status.MET if bar.met_by(latest.value) else Status.NOT_MET, base=None)
    if bar.met_by(latest.value):
        return replace(known, status=Status.MET, falling=_against(bar, points), actual_pace=_pace(base, latest))
    if today > dt.date(bar.year, 12, 31):
        return replace(known, status=Status.MISSED, actual_pace=_pace(base, latest))
    left = bar.year - latest.year
    known = replace(known, needed_pace=(bar.number - latest.value) / left if left > 0 else None)
    if base is None:
        return replace(known, status=Status.NO_BASE)
    if latest.year <= base.year:
        return replace(known, status=Status.TOO_EARLY)
    return _course(known, bar, points, base, bands)


def _course(known: Judgement, bar: GoalBar, points: Sequence[Point], base: Point, bands: Bands) -> Judgement:
    """Return how a goal stands that is not met yet and has a base and a later value."""
    latest = points[-1]
    pace = (latest.value - base.value) / (latest.year - base.year)
    known = _with_day(replace(known, actual_pace=pace), bar, [base, *(p for p in points if p.year > base.year)])
    if bar.met_by(base.value):
        return replace(known, status=Status.BACKWARD)
    way = bar.number - base.value
    made = (latest.value - base.value) / way if way else Fraction(bar.direction * (latest.value - base.value))
    elapsed = Fraction(latest.year - base.year, bar.year - base.year)
    ratio = made / elapsed
    if ratio < 0:
        return replace(known, status=Status.BACKWARD, ratio=ratio)
    if ratio >= bands.on_course:
        status = Status.ON_COURSE
    else:
        status = Status.BEHIND if ratio >= bands.behind else Status.FAR_BEHIND
    return replace(known, status=status, ratio=ratio)


def _with_day(known: Judgement, bar: GoalBar, points: Sequence[Point]) -> Judgement:
    """Add the day on which the bar is reached at the pace so far, and between which days, where points are enough."""
    latest, pace = points[-1], known.actual_pace
    assert pace is not None
    if bar.direction * pace <= 0:
        return replace(known, never=True)
    way = bar.number - latest.value
    known = replace(known, day_met=day_after(latest.year, way / pace))
    between = slopes_between(points)
    if between is None:
        return known
    slow, fast = sorted(bar.direction * slope for slope in between)
    way *= bar.direction
    earliest = day_after(latest.year, way / fast) if fast > 0 else None
    last = day_after(latest.year, way / slow) if slow > 0 else None
    return replace(known, earliest=earliest, latest_day=last, open_ended=slow <= 0)


def _yearly(bar: GoalBar, points: Sequence[Point], today: dt.date, amounts: Sequence[Amount]) -> Judgement:
    """Return how a yearly amount stands: by its latest closed year, with what all closed years lack together."""
    closed = [amount for amount in amounts if amount.closed]
    known = [amount.amount for amount in closed if amount.amount is not None]
    lacking = bar.direction * (len(known) * bar.number - sum(known, Fraction())) if known else None
    unknown = tuple(amount.year for amount in closed if amount.amount is None)
    latest = points[-1] if points else None
    said = Judgement(
        Status.NO_DATA,
        latest,
        None,
        bar,
        amounts=tuple(amounts),
        cumulated_shortfall=lacking,
        years_unknown=unknown,
    )
    if latest is None:
        return replace(said, status=Status.NO_DATA if closed else Status.TOO_EARLY)
    if bar.met_by(latest.value):
        return replace(said, status=Status.MET, falling=_against(bar, points))
    return replace(said, status=Status.MISSED if today > dt.date(bar.year, 12, 31) else Status.NOT_MET)


def _against(bar: GoalBar, points: Sequence[Point]) -> bool:
    """Tell whether the last change goes the wrong way."""
    return len(points) > 1 and bar.direction * (points[-1].value - points[-2].value) < 0


def _pace(base: Point | None, latest: Point) -> Fraction | None:
    if base is None or latest.year <= base.year:
        return None
    return (latest.value - base.value) / (latest.year - base.year)
