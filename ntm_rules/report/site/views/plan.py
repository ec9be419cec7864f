"""The pages on the province's plan: its goals, the road map, the documents owed, and the years so far."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.i18n import _
from ntm_rules.plan.owing import Stage
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.roadmap import roadmap_sections
from ntm_rules.report.html.sections import Section, Sections
from ntm_rules.report.html.trends import trend_sections
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.views.answers import answers
from ntm_rules.report.tables.deliverables import deliverables as table_of_deliverables
from ntm_rules.report.tables.goals import goals as table_of_goals
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.roadmap import headline
from ntm_rules.wording.trends import breaks_words, trend_basis_words


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
    parts = trend_sections(overviews, contents.trends, contents.warnings, layout.of_indicator, layout.of_commune)
    goals_ = contents.plan.goals if contents.plan else ()
    return Sections([*trend_basis_words(years), *breaks_words(contents.rules, goals_, years)], list(parts))


def _overviews(layout: Layout) -> Iterator[Overview]:
    before = None
    for evaluation, _records in layout.contents.years:
        yield Overview(evaluation, layout.contents.dataset, layout.contents.day, before)
        before = evaluation
