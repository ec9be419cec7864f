"""The tables of several years: what rose and what fell, how often, and where every figure is going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend, counted_otherwise
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, numbers, texts, yes_or_no
from ntm_rules.report.tables.two_years import MOVE_LOOKS
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.plans import Goal
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Move
from ntm_rules.standing.years import YearTotals
from ntm_rules.wording.phrases import shortened
from ntm_rules.wording.standing import move_words
from ntm_rules.wording.trends import (
    course_words,
    cut_words,
    interval_words,
    trend_meeting_words,
    trend_pace_words,
    trend_target_words,
    trend_value_words,
)

LONGEST = 120
"""Letters of a requirement's words."""


def figures(rules: CriteriaSet, trends: Sequence[FigureTrend], years: Sequence[int]) -> Table:
    """Return every figure with its value in each year, its pace, and when its target is met at that pace."""
    columns = [
        *texts(commune_code=_("Code"), commune=_("Commune"), id=_("Part"), words=_("Requirement")),
        *(Column(f"year_{year}", str(year), Kind.NUMBER) for year in years),
        Column("target", _("Target"), Kind.MARK),
        Column("verdict", _("Verdict"), Kind.MARK),
        Column("pace", _("A year"), Kind.NUMBER),
        Column("course", _("Which way")),
        Column("meeting", _("Target met on, at this pace")),
        Column("interval", _("Within")),
        Column("note", _("The series")),
    ]
    return Table.of(columns, [list(_figure(rules, trend, years)) for trend in trends])


def _figure(rules: CriteriaSet, trend: FigureTrend, years: Sequence[int]) -> Iterator[Cell]:
    requirement, at = trend.requirement, {point.year: point.value for point in trend.points}
    yield from (trend.code, trend.name, requirement.id, shortened(str(requirement.words), LONGEST))
    for year in years:
        value = at.get(year)
        yield None if value is None else Term(_plain(value), trend_value_words(rules, trend, value))
    yield trend_target_words(rules, trend)
    yield trend.verdict
    yield None if trend.pace is None else Term(_plain(trend.pace), trend_pace_words(trend))
    yield Term(trend.course.value, course_words(trend.course))
    meeting = trend.meeting
    day = meeting.day.isoformat() if meeting and meeting.day else ""
    yield Term(day, trend_meeting_words(trend))
    interval = meeting.interval if meeting else None
    coded = "/".join(one.isoformat() if one else "never" for one in interval) if interval else ""
    yield Term(coded, interval_words(trend))
    yield Term(trend.cut.value if trend.cut else "", cut_words(trend))


def _plain(value: Fraction) -> str:
    return f"{nearest_to(value, 6):f}"


def moves(overviews: Sequence[Overview], goals: Sequence[Goal] = ()) -> Table:
    """Return what rose and what fell from each year to the next, by year and commune; `goals` name breaks in series."""
    columns = [
        *numbers(year_before=_("From"), year=_("to")),
        *texts(commune_code=_("Code"), commune=_("Commune"), level=_("Level"), id=_("Item")),
        Column("verdict_before", _("Before"), Kind.MARK),
        Column("verdict", _("Then"), Kind.MARK),
        *texts(move=_("What became of it"), rule_changed=_("Rule differs"), series_break=_("Counted otherwise")),
    ]
    return Table.of(columns, [row for overview in overviews for row in _moves(overview, goals)])


def _moves(overview: Overview, goals: Sequence[Goal]) -> Iterator[Sequence[Cell]]:
    if overview.years is None:
        return
    otherwise = counted_otherwise(overview.evaluation.rules, goals, overview.year)
    levels = {"criterion": Term("criterion", _("Criterion")), "indicator": Term("indicator", _("Indicator"))}
    for change in overview.years.changes:
        yield (
            *(overview.year - 1, overview.year, change.code, change.name, levels[change.level], change.id),
            *(change.before, change.now, _move(change.move), yes_or_no(change.law_changed)),
            yes_or_no((change.level, change.id) in otherwise),
        )


def _move(move: Move) -> Term:
    return Term(move.value, move_words(move), MOVE_LOOKS[move])


def by_item(overviews: Sequence[Overview]) -> Table:
    """Return each indicator that moved somewhere, and in how many communes from each year to the next."""
    compared = [overview for overview in overviews if overview.years is not None]
    counts: dict[str, dict[int, Counter[Move]]] = {}
    for overview in compared:
        assert overview.years is not None
        for id_, moved in overview.years.by_id("indicator").items():
            counts.setdefault(id_, {})[overview.year] = moved
    columns = [Column("id", _("Item")), Column("title", _("Indicator"))]
    for overview in compared:
        over = f"{overview.year - 1}-{overview.year}"
        columns += [
            Column(f"{move.value}_{overview.year}", move_words(move), Kind.NUMBER, over=over)
            for move in (Move.ROSE, Move.FELL)
        ]
    titles = {i.id: str(i.words) for overview in compared for i in overview.evaluation.rules.indicators()}
    order = {id_: at for at, id_ in enumerate(titles)}
    rows: list[tuple[Cell, ...]] = [
        (
            *(id_, shortened(titles[id_], LONGEST)),
            *(counts[id_].get(o.year, Counter())[move] for o in compared for move in (Move.ROSE, Move.FELL)),
        )
        for id_ in sorted(counts, key=lambda id_: order[id_])
    ]
    return Table.of(columns, rows)


def by_year(totals: Sequence[YearTotals]) -> Table:
    """Return a line for each year of the province."""
    columns = [
        *numbers(year=_("Year"), communes=_("Usable reports"), meets_all=_("Meets every criterion")),
        *numbers(criteria_met=_("Criteria met"), criteria_applicable=_("of (applicable)")),
        *numbers(indicators_met=_("Indicators met"), indicators_applicable=_("of (applicable)")),
        Column("recognised", _("Recognised by decision"), Kind.NUMBER),
    ]
    rows = [
        (
            *(one.year, one.communes, one.meets_all, one.criteria_met, one.criteria_applicable),
            *(one.indicators_met, one.indicators_applicable, one.recognised),
        )
        for one in totals
    ]
    return Table.of(columns, rows)
