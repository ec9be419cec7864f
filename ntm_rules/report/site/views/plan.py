"""The pages on the province's plan: its goals, the road map, the documents owed, and the years so far."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.owing import Stage
from ntm_rules.plan.trend import Course, FigureTrend
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.charts.years import years_chart
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.roadmap import roadmap_sections
from ntm_rules.report.html.sections import Section, Sections
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.views.answers import answers
from ntm_rules.report.tables.deliverables import deliverables as table_of_deliverables
from ntm_rules.report.tables.goals import goals as table_of_goals
from ntm_rules.report.tables.trends import by_item, figures
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import year_totals
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.roadmap import headline
from ntm_rules.wording.trends import basis_words, breaks_words

MOST_FIGURES = 200
"""Figures that the page of the years lists."""


def goals(layout: Layout) -> Sections:
    """Return what the page of the plan's goals shows: the four answers, then every goal."""
    contents = layout.contents
    assert contents.plan is not None
    told = [track for track in contents.plan.tracks if track.communes is not None]
    others = [track for track in contents.plan.tracks if track.communes is None]
    answered = [Section(one.question, one.lines) for one in answers(layout)]
    keys = ("letter", "text", "status", "target", "year", "latest", "needed", "actual", "day", "lead")
    words = _("Goals that follow from what communes report")
    whole = table_of_goals(contents.plan, contents.states, told)
    at = whole.keys.index("remarks"), whole.keys.index("text")
    remarks = [f"{row[at[1]]}: {row[at[0]]}" for row in whole.rows if row[at[0]]]
    parts = [
        *answered,
        Section(words, table=drawn(whole.only(*keys), words, ("text",))),
        Section(_("To be known of these goals"), remarks),
    ]
    if len(contents.years) > 1:  # one year is no course
        drawn_ = (goal_chart(contents.plan, track, contents.states[track.id], contents.warnings) for track in told)
        parts.append(Section(_("Course over the years"), (), [chart for chart in drawn_ if chart is not None]))
    if others:
        words = _("Goals for which the province reports its own figures")
        table = table_of_goals(contents.plan, contents.states, others).only("text", "target", "year", "lead", "source")
        said = _(
            "These pages read what communes report; ntm plan status holds the province's own figures against these goals."
        )
        parts.append(Section(words, [said], table=drawn(table, words, ("text",))))
    return Sections([], parts)


def road(layout: Layout) -> Sections:
    """Return what the page of the road map shows."""
    found = layout.contents.road
    assert found is not None
    parts = roadmap_sections(found, None, layout.of_commune, lambda agency: layout.links.to("agency", agency, ""))
    return Sections(headline(found), list(parts))


def documents(layout: Layout) -> Sections:
    """Return what the page of the documents owed shows."""
    contents = layout.contents
    assert contents.plan is not None
    owed = contents.owed_documents
    late = sum(one.stage is Stage.OVERDUE for one in owed)
    said = [
        _("{n} of {of} documents are overdue, counted to {day}.", n=late, of=len(owed), day=on_day(contents.day)),
        _("What was issued and is not in the plan's own files is not known here: ntm plan deliverables --done."),
    ]
    words = _("Documents that the plan asks for")
    table = table_of_deliverables(contents.plan, owed).only(
        "letter", "task", "owner", "due", "said", "blocks", "source"
    )
    return Sections(said, [Section(words, table=drawn(table, words, ("task",)))])


def trends(layout: Layout) -> Sections:
    """Return what the page of all years shows."""
    contents = layout.contents
    overviews = list(_overviews(layout))
    years = [overview.year for overview in overviews]
    totals = [year_totals(overview.evaluation) for overview in overviews]
    words = _("In how many communes each indicator rose or fell")
    moved = by_item(overviews)
    heads = {column.key: f"{column.head} {column.over}".strip() for column in moved.columns}
    addresses = {"id": [layout.of_indicator(str(id_)) for id_ in moved.cells[0]]}
    parts = [
        Section(_("Indicators met in each year"), pictures=[years_chart(totals, contents.warnings)]),
        Section(words, table=drawn(moved.headed(**heads), words, ("id",), addresses)),
    ]
    worth = sorted(filter(_worth, contents.trends), key=_soonest)[:MOST_FIGURES]
    words = _("Where figures are going")
    keys = ("commune", "id", *(f"year_{year}" for year in years), "target", "pace", "meeting", "interval", "note")
    table = figures(contents.rules, worth, years).only(*keys)
    addresses = {"commune": [layout.of_commune(trend.code) for trend in worth]}
    parts.append(Section(words, table=drawn(table, words, ("commune",), addresses)))
    goals_ = contents.plan.goals if contents.plan else ()
    return Sections([*basis_words(years), *breaks_words(contents.rules, goals_, years)], parts)


def _overviews(layout: Layout) -> Iterator[Overview]:
    before = None
    for evaluation, _records in layout.contents.years:
        yield Overview(evaluation, layout.contents.dataset, layout.contents.day, before)
        before = evaluation


def _worth(trend: FigureTrend) -> bool:
    if trend.verdict is Verdict.NOT_MET:
        return trend.meeting is not None
    return trend.verdict is Verdict.MET and trend.course is Course.AWAY


def _soonest(trend: FigureTrend) -> tuple[bool, str]:
    day = trend.meeting.day if trend.meeting else None
    return trend.verdict is not Verdict.MET, day.isoformat() if day else "9999"
