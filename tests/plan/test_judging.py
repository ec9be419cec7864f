"""The status rule: the order of its cases, its bands, and what must not change it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntm_rules.plan.judging import judge
from ntm_rules.plan.meeting import day_after, slopes_between
from ntm_rules.plan.models import Amount, Bands, GoalBar, Judgement, Point, Status
from tests.examples import examples

BANDS = Bands(Fraction(95, 100), Fraction(60, 100))
T0, T = 2025, 2030
TODAY = dt.date(2028, 6, 30)
OPPOSITE = {"at_least": "at_most", "more_than": "less_than", "at_most": "at_least", "less_than": "more_than"}


def stand(
    bar: GoalBar | None, *values: tuple[int, object], base: tuple[int, object] | None = None, today: dt.date = TODAY,
    kind: str = "reach",
) -> Judgement:  # fmt: skip
    points = [Point(year, Fraction(str(value))) for year, value in values]
    start = Point(base[0], Fraction(str(base[1]))) if base else None
    return judge(kind, bar, points, base=start, today=today, bands=BANDS)


def at_least(number: object, year: int = T) -> GoalBar:
    return GoalBar("at_least", Fraction(str(number)), year)


def at_most(number: object, year: int = T) -> GoalBar:
    return GoalBar("at_most", Fraction(str(number)), year)


# --- the cases in their order ------------------------------------------------------------------


def test_without_a_number_in_force_nothing_else_counts() -> None:
    assert stand(None, (2026, 5), base=(2025, 1)).status is Status.NO_TARGET


def test_without_a_value_there_is_no_data() -> None:
    assert stand(at_least(10), base=(2025, 0)).status is Status.NO_DATA


@pytest.mark.parametrize("kind", ["maintain", "yes_no"])
def test_what_is_kept_up_is_met_or_not_in_its_latest_year(kind: str) -> None:
    assert stand(at_least(100), (2026, 100), (2027, 99), kind=kind).status is Status.NOT_MET
    assert stand(at_least(100), (2026, 99), (2027, 100), kind=kind).status is Status.MET


def test_met_comes_before_every_trend_and_says_when_it_is_falling() -> None:
    assert stand(at_least(10), (2026, 11), base=(2025, 12)).status is Status.MET
    falling = stand(at_least(10), (2026, 15), (2027, 11), base=(2025, 12))
    assert (falling.status, falling.falling) == (Status.MET, True)
    assert not stand(at_least(10), (2026, 11), (2027, 15)).falling
    assert stand(at_most(10), (2026, 8), (2027, 9)).falling


def test_past_its_year_what_is_not_met_is_missed() -> None:
    assert stand(at_least(10), (2030, 9), base=(2025, 0), today=dt.date(2030, 12, 31)).status is Status.BEHIND
    assert stand(at_least(10), (2030, 9), base=(2025, 0), today=dt.date(2031, 1, 1)).status is Status.MISSED
    assert stand(at_least(10), (2030, 9), today=dt.date(2031, 1, 1)).status is Status.MISSED


def test_without_a_base_there_is_the_distance_and_the_pace_that_is_needed() -> None:
    found = stand(at_least(10), (2027, 4))
    assert (found.status, found.distance, found.needed_pace, found.actual_pace) == (Status.NO_BASE, 6, 2, None)
    assert found.day_met is None
    assert not found.never


def test_without_a_value_after_the_base_it_is_too_early() -> None:
    assert stand(at_least(10), (2025, 0), base=(2025, 0)).status is Status.TOO_EARLY


def test_a_base_that_met_it_and_a_value_that_does_not_is_backward() -> None:
    assert stand(at_least(10), (2026, 9), base=(2025, 10)).status is Status.BACKWARD
    assert stand(at_most(10), (2026, 11), base=(2025, 10)).status is Status.BACKWARD


def test_away_from_the_target_is_backward() -> None:
    found = stand(at_least(10), (2026, 3), base=(2025, 4))
    assert (found.status, found.never, found.ratio) == (Status.BACKWARD, True, Fraction(-5, 6))


# --- worked examples of the design -------------------------------------------------------------


def test_a_fall_is_reckoned_on_the_straight_line() -> None:
    """20 -> 17 -> 10 after 2 of 5 years: 0.75 by the line; compound growth would say 0.60."""
    found = stand(at_most(10), (2027, 17), base=(2025, 20))
    assert (found.status, found.ratio) == (Status.BEHIND, Fraction(3, 4))
    assert (found.actual_pace, found.needed_pace) == (Fraction(-3, 2), Fraction(-7, 3))


def test_a_start_from_nothing_is_no_exception() -> None:
    """0 -> 10 communes, 4 after 2 years of 5: on course."""
    found = stand(at_least(10), (2027, 4), base=(2025, 0))
    assert (found.status, found.ratio, found.day_met) == (Status.ON_COURSE, 1, dt.date(2030, 12, 31))


def test_a_target_of_nothing_is_no_exception() -> None:
    """32 communes in difficulty -> 0."""
    found = stand(at_most(0), (2028, 20), base=(2026, 32), today=dt.date(2028, 12, 31))
    assert (found.ratio, found.status) == (Fraction(12, 32) / Fraction(2, 4), Status.BEHIND)


def test_a_value_of_nothing_is_a_value() -> None:
    found = stand(at_least(10), (2027, 0), base=(2025, 0))
    assert (found.status, found.ratio, found.latest) == (Status.FAR_BEHIND, 0, Point(2027, Fraction(0)))


# --- boundaries --------------------------------------------------------------------------------

EPSILON = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("ratio", "status"),
    [
        (Fraction(95, 100) + EPSILON, Status.ON_COURSE),
        (Fraction(95, 100), Status.ON_COURSE),
        (Fraction(95, 100) - EPSILON, Status.BEHIND),
        (Fraction(60, 100) + EPSILON, Status.BEHIND),
        (Fraction(60, 100), Status.BEHIND),
        (Fraction(60, 100) - EPSILON, Status.FAR_BEHIND),
        (EPSILON, Status.FAR_BEHIND),
        (Fraction(0), Status.FAR_BEHIND),
        (-EPSILON, Status.BACKWARD),
    ],
)
@pytest.mark.parametrize("down", [False, True])
def test_each_band_begins_with_its_own_number(ratio: Fraction, status: Status, down: bool) -> None:
    value = 100 * ratio * Fraction(2, 5)  # after 2 of 5 years
    bar, point, base = at_least(100), Point(2027, value), Point(2025, Fraction(0))
    if down:
        bar, point, base = at_most(-100), Point(2027, -value), base
    found = judge("reach", bar, [point], base=base, today=TODAY, bands=BANDS)
    assert (found.status, found.ratio) == (status, ratio)


@pytest.mark.parametrize(
    ("bound", "value", "met"),
    [
        ("at_least", 10, True), ("at_least", 10 - EPSILON, False), ("more_than", 10, False),
        ("more_than", 10 + EPSILON, True), ("at_most", 10, True), ("at_most", 10 + EPSILON, False),
        ("less_than", 10, False), ("less_than", 10 - EPSILON, True),
    ],
)  # fmt: skip
def test_the_number_itself_meets_what_includes_it(bound: str, value: Fraction, met: bool) -> None:
    found = judge(
        "reach", GoalBar(bound, Fraction(10), T), [Point(2027, Fraction(value))], base=None, today=TODAY, bands=BANDS
    )
    assert (found.status is Status.MET) == met


def test_a_base_on_a_number_that_must_be_passed_has_made_no_way() -> None:
    """More than 10 from 10: the way is nothing, and still not made."""
    more = GoalBar("more_than", Fraction(10), T)
    assert stand(more, (2027, 10), base=(2025, 10)).status is Status.FAR_BEHIND
    assert stand(more, (2027, 9), base=(2025, 10)).status is Status.BACKWARD
    assert stand(more, (2027, 11), base=(2025, 10)).status is Status.MET


# --- what must not change it -------------------------------------------------------------------

number = st.integers(-800, 800).map(lambda n: Fraction(n, 8))
bound = st.sampled_from(sorted(OPPOSITE))
years = st.lists(st.integers(2026, 2030), min_size=0, max_size=5, unique=True).map(sorted)


@st.composite
def situations(draw: st.DrawFn) -> tuple[GoalBar, list[Point], Point | None]:
    points = [Point(year, draw(number)) for year in draw(years)]
    base = draw(st.none() | st.builds(Point, st.just(T0), number))
    return GoalBar(draw(bound), draw(number), T), points, base


def moved(point: Point, by: Fraction, times: Fraction) -> Point:
    return Point(point.year, point.value * times + by)


@given(
    situation=situations(),
    by=number,
    times=st.integers(1, 800).map(lambda n: Fraction(n, 40)),
)
def test_another_unit_or_origin_changes_no_status(
    situation: tuple[GoalBar, list[Point], Point | None], by: Fraction, times: Fraction
) -> None:
    bar, points, base = situation
    found = judge("reach", bar, points, base=base, today=TODAY, bands=BANDS)
    other = judge(
        "reach",
        replace(bar, number=bar.number * times + by),
        [moved(point, by, times) for point in points],
        base=base and moved(base, by, times),
        today=TODAY,
        bands=BANDS,
    )
    assert (found.status, found.day_met, found.never, found.falling) == (
        other.status, other.day_met, other.never, other.falling,
    )  # fmt: skip
    if bar.number != (base.value if base else None):  # with no way to go only its sign is said
        assert found.ratio == other.ratio


@given(situation=situations())
def test_a_fall_is_judged_as_its_mirror_image(situation: tuple[GoalBar, list[Point], Point | None]) -> None:
    bar, points, base = situation
    found = judge("reach", bar, points, base=base, today=TODAY, bands=BANDS)
    mirrored = judge(
        "reach",
        GoalBar(OPPOSITE[bar.bound], -bar.number, bar.year),
        [moved(point, Fraction(0), Fraction(-1)) for point in points],
        base=base and moved(base, Fraction(0), Fraction(-1)),
        today=TODAY,
        bands=BANDS,
    )
    assert (found.status, found.ratio, found.day_met) == (mirrored.status, mirrored.ratio, mirrored.day_met)


@given(situation=situations())
def test_every_situation_has_one_status_and_its_numbers(situation: tuple[GoalBar, list[Point], Point | None]) -> None:
    bar, points, base = situation
    found = judge("reach", bar, points, base=base, today=TODAY, bands=BANDS)
    assert found.status is not Status.NO_TARGET
    assert (found.latest is None) == (not points) == (found.status is Status.NO_DATA)
    if found.status in (Status.ON_COURSE, Status.BEHIND, Status.FAR_BEHIND):
        assert found.ratio is not None
        assert found.actual_pace is not None
        assert found.ratio >= 0
    assert (found.day_met is not None) <= (found.actual_pace is not None)


@given(situation=situations(), more=st.integers(0, 800).map(lambda n: Fraction(n, 8)))
def test_a_better_value_never_makes_it_worse(
    situation: tuple[GoalBar, list[Point], Point | None], more: Fraction
) -> None:
    bar, points, base = situation
    assume(points)
    better = [*points[:-1], Point(points[-1].year, points[-1].value + bar.direction * more)]
    order = [Status.BACKWARD, Status.FAR_BEHIND, Status.BEHIND, Status.ON_COURSE, Status.MET]
    ranks = [judge("reach", bar, each, base=base, today=TODAY, bands=BANDS).status for each in (points, better)]
    if all(status in order for status in ranks):
        assert order.index(ranks[1]) >= order.index(ranks[0])


# --- the day of meeting ------------------------------------------------------------------------


def test_the_day_is_told_at_the_pace_so_far() -> None:
    found = stand(at_least(10), (2026, 2), base=(2025, 0))
    assert found.day_met == dt.date(2030, 12, 31)
    assert stand(at_least(10), (2026, 0), base=(2025, 0)).never
    assert found.earliest is None  # too few points


def test_between_which_days_is_told_from_four_points_on() -> None:
    few = stand(at_least(10), (2026, 2), (2027, 3), base=(2025, 0))
    assert (few.earliest, few.latest_day) == (None, None)
    found = stand(at_least(10), (2026, 2), (2027, 3), (2028, 5), base=(2025, 0), today=dt.date(2029, 1, 1))
    assert found.earliest == dt.date(2031, 7, 2) == day_after(2028, Fraction(5, 2))
    assert found.latest_day == dt.date(2033, 12, 31)
    assert not found.open_ended
    wavering = stand(at_least(10), (2026, 4), (2027, 3), (2028, 5), base=(2025, 0), today=dt.date(2029, 1, 1))
    assert (wavering.open_ended, wavering.latest_day) == (True, None)


@settings(max_examples=examples(50))
@given(values=st.lists(st.integers(-20, 20), min_size=4, max_size=12))
def test_the_slopes_are_those_of_scipy(values: list[int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    theirs = stats.theilslopes(values, range(len(values)), 0.95)
    ours = slopes_between([Point(2020 + i, Fraction(value)) for i, value in enumerate(values)])
    assert ours is not None
    assert [float(slope) for slope in ours] == pytest.approx([theirs[2], theirs[3]])


# --- yearly amounts ----------------------------------------------------------------------------


def yearly(bar: GoalBar, *amounts: int | None, today: dt.date = dt.date(2029, 1, 31)) -> Judgement:
    found = tuple(
        Amount(
            2026 + i,
            None if a is None else Fraction(a),
            a is not None and bar.met_by(Fraction(a)),
            2026 + i < today.year,
        )
        for i, a in enumerate(amounts)
    )
    closed = [Point(a.year, a.amount) for a in found if a.closed and a.amount is not None]
    return judge("yearly_amount", bar, closed, base=None, today=today, bands=BANDS, amounts=found)


def test_a_yearly_amount_is_that_of_the_latest_closed_year_with_what_all_lack() -> None:
    found = yearly(at_least(4700), 4000, 4600, 5000, 100)
    assert (found.status, found.latest, found.cumulated_shortfall) == (Status.MET, Point(2028, Fraction(5000)), 500)
    assert yearly(at_least(4700), 5000, 4600, 4700).cumulated_shortfall == -200
    assert yearly(at_least(4700), 5000, 5000, 4699).status is Status.NOT_MET


def test_a_year_that_cannot_be_known_counts_as_nothing_and_is_named() -> None:
    found = yearly(at_least(3), 3, None, 2)
    assert (found.years_unknown, found.cumulated_shortfall) == ((2027,), 1)
    assert yearly(at_least(3), None, None).status is Status.NO_DATA


def test_a_yearly_amount_is_too_early_before_its_first_year_is_over() -> None:
    assert yearly(at_least(3), 1, today=dt.date(2026, 6, 30)).status is Status.TOO_EARLY


def test_a_yearly_amount_that_its_last_year_lacks_is_missed() -> None:
    assert yearly(at_least(3), 3, 3, 3, 3, 2, today=dt.date(2031, 1, 1)).status is Status.MISSED
