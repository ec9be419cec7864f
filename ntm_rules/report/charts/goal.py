"""A goal over the years: its figures, the straight line from its base to its target, and the breaks between definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import Point, TrackState
from ntm_rules.report.charts.labels import wrapped
from ntm_rules.report.charts.marks import INK, SMALL, length, picture, text, warned
from ntm_rules.report.charts.picture import Drawn
from ntm_rules.report.palette import COLOURS
from ntm_rules.wording.plan import goal_point_words, goal_target_words, goal_value_words
from ntm_rules.wording.plan_statuses import status_letter, status_words

WIDTH, HEIGHT = 560, 210
LEFT, RIGHT, TOP, BOTTOM = 30, 96, 44, 26
"""Units kept free around the lines: at the right for the target's number."""
LINE_OF, PLAN_LINE, BREAK = "#1F3864", COLOURS[Verdict.NOT_MET].ink, "#8A94A6"


def goal_chart(plan: Plan, track: Track, state: TrackState, warnings: Sequence[str] = ()) -> Drawn | None:
    """Return the picture of one track; None where there is no figure or no number to reach."""
    judgement, bar = state.judgement, state.judgement.bar
    points = _points(state)
    if bar is None or not points:
        return None
    base, target = judgement.base, Point(bar.year, bar.number)
    years = range(min([*(p.year for p in points), *([base.year] if base else [])]), target.year + 1)
    scale = _Scale(years, [p.value for p in (*points, target, *([base] if base else []))])
    marks = [*_frame(scale, state, years), *_target(plan, track, scale, target, base)]
    marks += _figures(plan, track, state, scale, points)
    title = f"{track.text!s} ({track.id})"
    head = f"{status_letter(state.status)}  {status_words(state.status)}"
    marks.append(text(LEFT - 20, 16, wrapped(head, 40)[:1], looks='font-weight="bold"'))
    said, end = warned(LEFT - 20, HEIGHT, warnings)
    told = [_("Asked for: {target}, by the end of {year}", target=goal_target_words(plan, track, bar), year=bar.year)]
    told += [_("from {base}", base=goal_point_words(plan, track, base))] if base else []
    told += [goal_point_words(plan, track, point, bar) for point in points]
    description = "; ".join(told)
    return Drawn(
        title, f"{head}: {description}.", picture(WIDTH, end + 6, title, description, "", [*marks, *said]), warnings
    )


def _points(state: TrackState) -> list[Point]:
    if state.judgement.amounts:
        return [Point(one.year, one.amount) for one in state.judgement.amounts if one.amount is not None]
    return [point for value in state.values if value.year <= state.target.year and (point := value.point)]


class _Scale:
    """Where a year and a value lie in the picture."""

    def __init__(self, years: range, values: Sequence[Fraction]) -> None:
        self._first, self._span = years[0], max(len(years) - 1, 1)
        low, high = min(values), max(values)
        room = (high - low) / 10 or Fraction(1)
        self._low, self._high = low - room, high + room

    def x(self, year: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - self._first) / self._span

    def y(self, value: Fraction) -> float:
        part = (value - self._low) / (self._high - self._low)
        return HEIGHT - BOTTOM - float(part) * (HEIGHT - TOP - BOTTOM)


def _frame(scale: _Scale, state: TrackState, years: range) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    yield f'<path d="M{LEFT} {bottom}H{WIDTH - RIGHT}" stroke="{INK}" fill="none"/>'
    for year in years:
        yield text(scale.x(year), bottom + 13, [str(year)], SMALL, 'text-anchor="middle"')
    for broken in state.breaks:
        if years[0] < broken.year <= years[-1]:
            x = (scale.x(broken.year - 1) + scale.x(broken.year)) / 2
            yield f'<path d="M{length(x)} {TOP - 10}V{bottom}" stroke="{BREAK}" stroke-dasharray="5 3" fill="none"/>'
            yield text(x, TOP - 16, [_("break in the series")], SMALL, f'fill="{BREAK}" text-anchor="middle"')


def _target(plan: Plan, track: Track, scale: _Scale, target: Point, base: Point | None) -> Iterator[str]:
    x, y = scale.x(target.year), scale.y(target.value)
    if base is not None:
        start = f"M{length(scale.x(base.year))} {length(scale.y(base.value))}"
        yield f'<path d="{start}L{length(x)} {length(y)}" stroke="{PLAN_LINE}" stroke-dasharray="6 4" stroke-width="1.6" fill="none"/>'
    else:
        yield f'<path d="M{LEFT} {length(y)}H{length(x)}" stroke="{PLAN_LINE}" stroke-dasharray="2 4" fill="none"/>'
    yield f'<circle cx="{length(x)}" cy="{length(y)}" r="5" fill="white" stroke="{PLAN_LINE}" stroke-width="2"/>'
    words = goal_value_words(plan, track, target.value)
    yield text(x + 10, y, wrapped(words, 11)[:2], SMALL, f'fill="{PLAN_LINE}" font-weight="bold"')


def _figures(plan: Plan, track: Track, state: TrackState, scale: _Scale, points: Sequence[Point]) -> Iterator[str]:
    for one, other in pairwise(points):
        if any(one.year < broken.year <= other.year for broken in state.breaks):
            continue
        ends = f"M{length(scale.x(one.year))} {length(scale.y(one.value))}L{length(scale.x(other.year))} {length(scale.y(other.value))}"
        yield f'<path d="{ends}" stroke="{LINE_OF}" stroke-width="2.2" fill="none"/>'
    for point in points:
        x, y = scale.x(point.year), scale.y(point.value)
        yield f'<circle cx="{length(x)}" cy="{length(y)}" r="4" fill="{LINE_OF}"/>'
        words = goal_value_words(plan, track, point.value, state.judgement.bar).split(" ")[0]
        yield text(x, y - 13, [words], SMALL, 'text-anchor="middle"')
