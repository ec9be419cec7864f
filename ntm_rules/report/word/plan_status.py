"""muc-tieu.docx: how the goals of a plan stand, as an unsigned draft for those who follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.models import TrackState
from ntm_rules.report.charts.goal import goal_chart
from ntm_rules.report.tables.goals import goals
from ntm_rules.report.word.components import add_closing, add_head, add_title, agency_as_issuer, draft_words
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.wording.plan_statuses import status_counts_words

WIDE = 150
"""Millimetres of a picture as wide as the page allows."""


def status_paper(
    plan: Plan, states: Mapping[str, TrackState], about: str, rule: Sequence[tuple[str, str]], warnings: Sequence[str]
) -> bytes:
    """Return the paper as a Word file; `rule`: how a status is reached."""
    paper = Paper(about, foot=[draft_words(), *(words.partition(":")[0] for words in warnings)])
    reporting = plan.loaded.header.reporting
    name = str(plan.loaded.agencies[reporting.by].name) if reporting else ""
    superior = str(reporting.superior) if reporting and reporting.superior else ""
    issuer = agency_as_issuer(name, str(plan.loaded.header.province), superior)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_warnings(paper, warnings)
    paper.heading(_("{n}. IN SHORT", n="I"))
    paper.add(status_counts_words(states.values()))
    paper.turn(landscape=True)
    paper.heading(_("{n}. EVERY GOAL", n="II"))
    title = _("Table {table}. Goals of the plan", table=paper.next_table())
    table = goals(plan, states).only(
        "text", "letter", "target", "year", "base", "latest", "needed", "actual", "ratio", "day", "lead"
    )
    add_captioned(paper, title, table.wide(52, 11, 30, 11, 26, 24, 22, 22, 14, 26, 28), width=LANDSCAPE_WIDTH, size=9.5)
    add_remarks(paper, plan, states)
    paper.turn(landscape=False)
    paper.heading(_("{n}. COURSE OVER THE YEARS", n="III"))
    for track in plan.tracks:
        paper.picture(goal_chart(plan, track, states[track.id], warnings), WIDE)
    paper.heading(_("{n}. HOW A STATUS IS REACHED", n="IV"))
    for head, said in rule:
        paper.item(said, lead=f"{head}:")
    add_closing(paper, issuer, [])
    return paper.bytes()


def add_remarks(paper: Paper, plan: Plan, states: Mapping[str, TrackState]) -> None:
    """Add what must be known beside the table: readings, breaks, what is awaited."""
    table = goals(plan, states).only("goal", "text", "remarks", "origin", "source")
    title = _("Table {table}. What must be known of each goal", table=paper.next_table())
    add_captioned(paper, title, table.wide(34, 58, 90, 50, 30), width=LANDSCAPE_WIDTH, size=9.5)
