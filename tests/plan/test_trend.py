"""Trends: pace, day of meeting and its interval, breaks and mergers that begin another series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.batch import Evaluation, evaluate
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.plan.models import Point
from ntm_rules.plan.trend import Course, Cut, FigureTrend, counted_otherwise, meeting_of, pace_of, trends
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.plans import Goal
from ntm_rules.rulebook.register import Register

CODE, OTHER = "03430", "03394"
POVERTY = "multidimensional_poverty_rate"
SCALE = 10**7


def points(*values: object, first: int = 2026) -> list[Point]:
    return [Point(first + at, Fraction(str(value))) for at, value in enumerate(values)]


def judged(rules: CriteriaSet, poverty: Sequence[int | None], code: str = CODE) -> list[Evaluation]:
    """Judge a commune that reports its poverty in the years from 2026 on; None: nothing of it, but something else."""
    name = rules.communes[code].name
    records = []
    for at, percent in enumerate(poverty):
        values = {} if percent is None else {POVERTY: Reported(State.PRESENT, percent * SCALE, 100 * SCALE)}
        values["village_roads_hardened_share"] = Reported(State.PRESENT, 50 * SCALE, 100 * SCALE)
        records.append(CommuneYear(code, name, 2026 + at, values))
    return [evaluate(rules, records, years=[2026 + at]) for at in range(len(poverty))]


def poverty_in(found: Sequence[FigureTrend]) -> FigureTrend:
    (one,) = [trend for trend in found if trend.requirement.measure == POVERTY]
    return one


# --- pace and meeting --------------------------------------------------------------------------


def test_a_straight_line_is_met_on_the_day_that_a_pocket_calculator_gives() -> None:
    """20 falling by 2 a year reaches 10 after five years from the first point: three after the third."""
    line = points(20, 18, 16)
    assert pace_of(line) == -2
    assert meeting_of(line, Fraction(-2), Fraction(10)).day == dt.date(2031, 12, 31)


def test_an_interval_is_said_from_four_points_on_and_of_a_straight_line_it_is_the_day() -> None:
    assert meeting_of(points(20, 18, 16), Fraction(-2), Fraction(10)).interval is None
    day = dt.date(2031, 12, 31)
    assert meeting_of(points(20, 18, 16, 14), Fraction(-2), Fraction(10)).interval == (day, day)


def test_one_odd_year_does_not_bend_the_pace() -> None:
    assert pace_of(points(10, 12, 40, 16, 18)) == 2


def test_a_pace_away_from_the_target_never_meets_it_and_an_interval_may_still_do() -> None:
    away = meeting_of(points(10, 11, 12), Fraction(1), Fraction(5))
    assert (away.day, away.interval) == (None, None)
    unsure = points(10, 8, 11, 9)
    first, last = meeting_of(unsure, pace_of(unsure) or Fraction(0), Fraction(5)).interval or (None, None)
    assert first is not None
    assert last is None


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=6), st.integers(-9, 9), st.integers(1, 9))
def test_the_pace_shifts_and_scales_with_the_figures(values: list[int], shift: int, times: int) -> None:
    moved = [shift + times * value for value in values]
    assert pace_of(points(*moved)) == times * (pace_of(points(*values)) or 0)
    mirrored = [-value for value in values]
    assert pace_of(points(*mirrored)) == -(pace_of(points(*values)) or 0)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=6))
def test_the_day_of_meeting_lies_within_its_interval(values: list[int]) -> None:
    given_, target = points(*values), Fraction(100)
    found = meeting_of(given_, pace_of(given_) or Fraction(0), target)
    assert found.interval is not None
    first, last = (day or dt.date.max for day in found.interval)
    assert first <= (found.day or dt.date.max) <= last


# --- of communes -------------------------------------------------------------------------------


def test_a_figure_has_its_points_target_pace_and_day(filled: CriteriaSet) -> None:
    one = poverty_in(trends(judged(filled, [40, 36, 32])))
    assert [(point.year, point.value) for point in one.points] == [(2026, 40), (2027, 36), (2028, 32)]
    assert (one.verdict, one.course, one.pace, one.cut) == (Verdict.NOT_MET, Course.NEARER, -4, None)
    assert one.target is not None
    assert one.meeting is not None
    assert one.meeting.day == meeting_of(one.points, Fraction(-4), one.target).day
    assert one.meeting.interval is None


@pytest.mark.parametrize(
    ("figures", "course"),
    [([40], Course.TOO_FEW), ([40, 40], Course.LEVEL), ([40, 41], Course.AWAY), ([40, 39], Course.NEARER)],
)
def test_which_way_a_figure_goes_is_held_against_what_the_law_asks(
    filled: CriteriaSet, figures: list[int], course: Course
) -> None:
    """Of poverty less is better."""
    one = poverty_in(trends(judged(filled, figures)))
    assert one.course is course
    assert (one.meeting is None) is (len(figures) == 1)


def test_a_year_without_the_figure_is_left_out_and_a_last_year_without_it_says_nothing(filled: CriteriaSet) -> None:
    one = poverty_in(trends(judged(filled, [40, None, 32])))
    assert [point.year for point in one.points] == [2026, 2028]
    assert one.pace == -4
    assert not [t for t in trends(judged(filled, [40, 36, None])) if t.requirement.measure == POVERTY]


def test_a_break_begins_another_series(filled: CriteriaSet, loaded_goals: Sequence[Goal]) -> None:
    one = poverty_in(trends(judged(filled, [40, 36, 35]), loaded_goals))
    assert ([point.year for point in one.points], one.cut, one.since) == ([2027, 2028], Cut.BREAK, 2027)
    assert one.pace == -1


def test_what_the_code_reported_before_the_merger_is_another_units(filled: CriteriaSet) -> None:
    """The commune of the code began on 1 July 2027: its first year is 2027."""
    began = replace(filled.communes[CODE], valid_from=dt.date(2027, 7, 1))
    merged = replace(filled, communes=filled.communes.replaced({CODE: began}))
    one = poverty_in(trends(judged(merged, [40, 36, 32])))
    assert ([point.year for point in one.points], one.cut, one.since) == ([2027, 2028], Cut.MERGED, 2027)
    assert isinstance(merged.communes, Register)


def test_a_target_that_waits_has_a_pace_and_no_day(rulebook_as_it_stands: CriteriaSet) -> None:
    one = poverty_in(trends(judged(rulebook_as_it_stands, [40, 36])))
    assert (one.verdict, one.target, one.pace, one.meeting) == (Verdict.NO_TARGET, None, -4, None)


def test_what_moves_with_a_break_is_told_apart(filled: CriteriaSet, loaded_goals: Sequence[Goal]) -> None:
    assert ("indicator", "6.1") in counted_otherwise(filled, loaded_goals, 2027)
    assert ("criterion", "6") in counted_otherwise(filled, loaded_goals, 2027)
    assert counted_otherwise(filled, loaded_goals, 2028) == frozenset()
