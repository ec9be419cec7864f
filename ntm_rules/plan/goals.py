"""How the goals of a plan stand: their values, worked out from communes or reported by the province, and the rule on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from ntm_rules.dataset.cells.typed import typed_fraction
from ntm_rules.dataset.records import Dataset, Reported, State
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import PERCENT
from ntm_rules.i18n import Message, Parts
from ntm_rules.plan.judging import ANSWERED, YEARLY, judge
from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import Amount, GoalBar, Judgement, Point, Status, TrackState, Value
from ntm_rules.rulebook.models import Measure
from ntm_rules.rulebook.plans import RECOGNISED, STANDARD, FromCommunes, SeriesBreak
from ntm_rules.standing.decisions import YES, decisions_in

NOT_REPORTED: Mapping[State, Message] = {
    State.MISSING: Message("nobody reported it"),
    State.INVALID: Message("what was written is no value; see the data problems"),
    State.CONFLICTING: Message("it was reported twice, differently; see the data problems"),
    State.UNCLEAR: Message("it can be read in two ways; see the data problems"),
    State.AWAITED: Message("no conclusion yet"),
    State.NOTHING_TO_COUNT: Message("there is nothing to count"),
}


@dataclass(frozen=True)
class GoalFigures:
    """What a plan's goals are reckoned from: communes judged year by year, their reports, and the province's own."""

    evaluations: Mapping[int, Evaluation]
    """Year -> its verdicts, by the law of that year."""
    communes: Dataset
    province: Dataset | None = None

    @property
    def illustrative(self) -> bool:
        """Whether any of it says that it is invented."""
        return self.communes.illustrative or bool(self.province and self.province.illustrative)


def states(plan: Plan, figures: GoalFigures, today: dt.date) -> dict[str, TrackState]:
    """Return how every track of a plan stands on a day: its id -> values, judgement and what is said beside it."""
    return {track.id: state_of(plan, track, values_of(plan, track, figures), today) for track in plan.tracks}


# --- values ------------------------------------------------------------------------------------


def values_of(plan: Plan, track: Track, figures: GoalFigures) -> tuple[Value, ...]:
    """Return what is known of a track's figure, by year; years of which nothing is known are not in it."""
    if track.figure is not None:
        return _of_province(plan, plan.figures[track.figure], figures.province)
    assert track.communes is not None
    if track.communes.average_of is not None:
        return _averages(plan, track.communes.average_of, figures.communes)
    found = (_counted(track.communes, evaluation, year) for year, evaluation in sorted(figures.evaluations.items()))
    return tuple(found)


def _of_province(plan: Plan, figure: Measure, province: Dataset | None) -> tuple[Value, ...]:
    found = []
    for record in province.records if province else ():
        reported = record.values.get(figure.id)
        if record.code == plan.province and reported is not None and reported.state is not State.MISSING:
            found.append(_reported(figure, reported, record.year))
    return tuple(found)


def _reported(figure: Measure, reported: Reported, year: int) -> Value:
    if reported.state is not State.PRESENT:
        return Value(year, None, document=reported.document, why=NOT_REPORTED[reported.state])
    if figure.traits.counted:
        if not reported.counted:
            return Value(year, typed_fraction(reported), document=reported.document)
        assert figure.counted is not None
        unit = 10**figure.counted.decimals
        above, below = Fraction(reported.value, unit), Fraction(reported.base, unit)
        if not below:
            return Value(year, None, above=above, below=below, why=NOT_REPORTED[State.NOTHING_TO_COUNT])
        return Value(year, PERCENT * above / below, above=above, below=below, document=reported.document)
    value = typed_fraction(reported) if figure.traits.quantity else Fraction(reported.value)
    return Value(year, value, document=reported.document)


def _averages(plan: Plan, measure: str, communes: Dataset) -> tuple[Value, ...]:
    """Return a share over all communes together, by year: those that gave numerator and denominator go into it."""
    counted = plan.loaded.measures[measure].counted
    assert counted is not None
    unit = 10**counted.decimals
    sums: dict[int, list[int]] = {}
    reporting: dict[int, int] = {}
    for record in communes.records:
        reported = record.values.get(measure)
        if reported is None or reported.state is State.MISSING:
            continue
        reporting[record.year] = reporting.get(record.year, 0) + 1
        if reported.state is State.PRESENT and reported.counted:
            parts = sums.setdefault(record.year, [0, 0, 0])
            parts[0] += reported.value
            parts[1] += reported.base
            parts[2] += 1
    found = []
    for year in sorted(reporting):
        above, below, n = sums.get(year, [0, 0, 0])
        everyone = len(plan.loaded.communes.on(dt.date(year, 12, 31)).within())
        said = Value(year, None, counted=n, open=everyone - n, communes=everyone)
        if below:
            parts_of = Fraction(above, unit), Fraction(below, unit)
            said = replace(said, value=Fraction(PERCENT * above, below), above=parts_of[0], below=parts_of[1])
        else:
            said = replace(said, why=Message("no commune gave numerator and denominator, by which it is weighted"))
        found.append(said)
    return tuple(found)


def _counted(communes: FromCommunes, evaluation: Evaluation, year: int) -> Value:
    """Return how many communes are up to something in a year, or which part of all; what is open is said beside it."""
    everyone = len(evaluation.rules.communes.within())
    if communes.of == RECOGNISED:
        met = int((decisions_in(evaluation)[0] == YES).sum())
        return _share_or_number(communes, year, met, 0, everyone, everyone)
    row = _row(evaluation, communes.of)
    if row is None:
        why = Message("nothing of {id} is in force in {year}", id=communes.of, year=year)
        return Value(year, None, communes=everyone, why=why)
    verdicts = evaluation.verdicts[row]
    met, not_met, aside, no_target = (
        int(np.count_nonzero(verdicts == verdict))
        for verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.NO_TARGET)
    )
    applicable = everyone - aside
    still_open = applicable - met - not_met
    found = _share_or_number(communes, year, met, still_open, applicable, everyone)
    if not met and no_target:
        why = Message("for {n} communes a target is still awaited, so that none can be said to meet it", n=no_target)
        return replace(found, value=None, why=why)
    if not met and not not_met:
        return replace(found, value=None, why=Message("no commune could be judged"))
    return found


def _share_or_number(
    communes: FromCommunes, year: int, met: int, still_open: int, applicable: int, everyone: int
) -> Value:
    whole = Fraction(PERCENT, applicable) if communes.share_meeting is not None and applicable else Fraction(1)
    below = Fraction(applicable) if communes.share_meeting is not None else None
    return Value(
        year,
        met * whole,
        possible=(met + still_open) * whole if still_open else None,
        above=Fraction(met),
        below=below,
        counted=applicable - still_open,
        open=still_open,
        communes=everyone,
    )


def _row(evaluation: Evaluation, id_: str) -> int | None:
    """Return the row of the standard, a criterion or an indicator; None where it is not in force."""
    if id_ == STANDARD:
        return evaluation.level("commune")[0]
    for level in ("criterion", "indicator"):
        if (level, id_) in evaluation.row_of:
            return evaluation.row_of[level, id_]
    return None


# --- the rule on them --------------------------------------------------------------------------


def state_of(plan: Plan, track: Track, values: Sequence[Value], today: dt.date) -> TrackState:
    """Return how a track stands on a day; values of years after the day, or after the goal's own, are left out."""
    goal, target = track.goal, track.target
    usable = [value for value in values if value.year <= min(today.year, target.year)]
    points = [point for value in usable if (point := value.point) is not None]
    broken = _breaks_before(track)
    bar, waiting = _bar(track, points)
    stated = TrackState(tuple(values), Judgement(Status.NO_DATA), target, goal.base, broken, waiting=waiting)
    if goal.kind == YEARLY:
        amounts = _amounts(track, points, bar, today)
        closed = [Point(a.year, a.amount) for a in amounts if a.closed and a.amount is not None]
        found = judge(goal.kind, bar, closed, base=None, today=today, bands=plan.bands, amounts=amounts)
        if not points and found.status is Status.TOO_EARLY:
            found = replace(found, status=Status.NO_DATA)
        return replace(stated, judgement=found)
    if goal.kind in ANSWERED and goal.years is not None:
        points = [point for point in points if point.year in goal.years]
    own = [point for point in points if _series(track, point.year) == _series(track, points[-1].year)]
    base, reported, moved = _base(track, points)
    found = judge(goal.kind, bar, own, base=base, today=today, bands=plan.bands)
    if found.status is Status.NOT_MET and found.latest is not None and bar is not None:
        possible = next(value.possible for value in usable if value.year == found.latest.year)
        if possible is not None and bar.met_by(possible):  # what is still open may yet meet it
            found = replace(found, status=Status.NO_DATA)
    return replace(
        stated,
        judgement=found,
        base_reported=reported and base is not None,
        base_moved=moved,
        unfinished=found.latest is not None and dt.date(found.latest.year, 12, 31) > today,
    )


def _series(track: Track, year: int) -> int:
    """Return of which definition a year's value is, by its number."""
    return sum(broken.year <= year for broken in track.goal.breaks)


def _breaks_before(track: Track) -> tuple[SeriesBreak, ...]:
    """Return the breaks that a reader must know of: those up to the target's year."""
    return tuple(broken for broken in track.goal.breaks if broken.year <= track.target.year)


def _bar(track: Track, points: Sequence[Point]) -> tuple[GoalBar | None, Message | None]:
    """Return the number in force, or what it waits for."""
    target = track.target
    if target.pending is not None or target.number is None:
        return None, Parts(target.pending)
    number = Fraction(target.number)
    if target.times_value_of is not None:
        of = next((point for point in points if point.year == target.times_value_of), None)
        if of is None:
            return None, Message("the value of {year} is not known yet", year=target.times_value_of)
        number *= of.value
    return GoalBar(target.bound, number, target.year), None


def _base(track: Track, points: Sequence[Point]) -> tuple[Point | None, bool, bool]:
    """Return what the latest value is held against as a start, whether it is a report, whether of a later definition."""
    base = track.goal.base
    if not points:
        return None, False, False
    series = _series(track, points[-1].year)
    by_year = {point.year: point for point in points}
    if base is not None and _series(track, base.year) == series:
        if base.value is not None and not track.has_own_figure:
            return Point(base.year, Fraction(base.value)), False, False
        return by_year.get(base.year), True, False
    if series == 0:
        return None, False, False
    return by_year.get(track.goal.breaks[series - 1].year), True, True


def _amounts(track: Track, points: Sequence[Point], bar: GoalBar | None, today: dt.date) -> tuple[Amount, ...]:
    """Return what each year of a yearly goal came to, up to the day."""
    years = track.goal.years
    assert years is not None
    by_year = {point.year: point.value for point in points}
    found = []
    for year in range(years.from_, min(years.to, today.year) + 1):
        amount = by_year.get(year)
        if track.goal.amount != "level" and amount is not None:
            before = by_year.get(year - 1) if _series(track, year - 1) == _series(track, year) else None
            amount = None if before is None else amount - before
            if amount is not None and track.goal.amount == "fall":
                amount = -amount
        met = amount is not None and bar is not None and bar.met_by(amount)
        found.append(Amount(year, amount, met, today >= dt.date(year, 12, 31)))
    return tuple(found)
