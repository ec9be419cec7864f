"""Sentences about trends: which way a figure goes, when its target is met at that pace, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ntm_rules.evaluation.gaps import shown
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.plan.trend import Course, Cut, FigureTrend, counted_otherwise
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.plans import Goal
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.values import number, unit_behind, unit_of


def trend_value_words(rules: CriteriaSet, trend: FigureTrend, value: Fraction) -> str:
    """Return a value as a requirement shows it, never rounded across its target."""
    measure = rules.measures[trend.requirement.measure]
    target = trend.requirement.target.value_for(_group(rules, trend))
    decimal = shown(measure, value, trend.requirement, target)
    return unit_behind(number(decimal), unit_of(measure, trend.requirement.taken))


def _group(rules: CriteriaSet, trend: FigureTrend) -> str | None:
    unit = rules.communes.get(trend.code)
    return unit.group if unit else None


def trend_target_words(rules: CriteriaSet, trend: FigureTrend) -> str:
    """Return the target with its sign; empty where no document fixes one."""
    target = trend.requirement.target.value_for(_group(rules, trend))
    if target is None:
        return ""
    unit = unit_of(rules.measures[trend.requirement.measure], trend.requirement.taken)
    return f"{trend.requirement.comparator.sign} {unit_behind(number(target), unit)}"


def trend_pace_words(trend: FigureTrend) -> str:
    """Return the pace of a year with its sign; empty of one year alone."""
    if trend.pace is None:
        return ""
    words = number(nearest_to(trend.pace, 2))
    return words if trend.pace <= 0 else f"+{words}"


def course_words(course: Course) -> str:
    """Return which way a figure goes."""
    return {
        Course.NEARER: _("getting better"),
        Course.AWAY: _("getting worse"),
        Course.LEVEL: _("unchanged"),
        Course.TOO_FEW: _("one year alone"),
    }[course]


def trend_meeting_words(trend: FigureTrend) -> str:
    """Return when a target not met now is met at the pace so far."""
    if trend.verdict is not Verdict.NOT_MET:
        return ""
    if trend.meeting is None:
        return _("not enough figures")
    return on_day(trend.meeting.day) if trend.meeting.day else _("never at this pace")


def interval_words(trend: FigureTrend) -> str:
    """Return within which days that is; of too few points that they are too few."""
    if trend.meeting is None:
        return ""
    if trend.meeting.interval is None:
        return _("not enough figures (four years are needed)")
    if trend.meeting.interval == (None, None):
        return _("never")
    first, last = (on_day(day) if day else _("never") for day in trend.meeting.interval)
    return _("between {first} and {last}", first=first, last=last)


def cut_words(trend: FigureTrend) -> str:
    """Return why the series begins where it does, and which units before are summed; empty of one unit's whole series."""
    if trend.carried:
        units = ", ".join(trend.carried)
        said = _("before the merger the numerators and denominators of {units} are summed", units=units)
        return f"{said}; {_broken(trend)}" if trend.cut is Cut.BREAK else said
    if trend.cut is Cut.BREAK:
        return _broken(trend)
    if trend.cut is Cut.MERGED:
        return _(
            "from {year} on: before there were other units, and no rule says how such figures of theirs are carried over",
            year=trend.since,
        )
    return ""


def _broken(trend: FigureTrend) -> str:
    return _("from {year} on: the figure was counted otherwise before", year=trend.since)


def trend_basis_words(years: Sequence[int]) -> list[str]:
    """Return what trends rest on, said once."""
    return [
        _("Years judged: {years}, each by its own law.", years=", ".join(map(str, years))),
        _(
            "The pace is the median of the slopes between all years (Theil-Sen). An interval is said from four years on; with "
            "fewer, the day of meeting is the pace so far and no more."
        ),
    ]


def breaks_words(rules: CriteriaSet, goals: Sequence[Goal], years: Sequence[int]) -> list[str]:
    """Return which indicators are counted otherwise from one of some years on: what moved then may be that."""
    lines = []
    for year in years[1:]:
        ids = [id_ for level, id_ in counted_otherwise(rules, goals, year) if level == "indicator"]
        if ids:
            lines.append(
                _(
                    "From {year} on {ids} is counted otherwise: what rose or fell in that year may be that alone.",
                    year=year,
                    ids=", ".join(sorted(ids)),
                )
            )
    return lines
