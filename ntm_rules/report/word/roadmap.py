"""lo-trinh.docx: the road map as an unsigned draft for those who decide."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.charts.roadmap import roadmap_map
from ntm_rules.report.charts.timeline import timeline
from ntm_rules.report.tables.roadmap import communes, lacking, outside, yearly_work
from ntm_rules.report.word.components import add_closing, add_head, add_title, draft_words
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.province import issuer_of
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.rulebook.models import Reporting
from ntm_rules.wording.roadmap import aims_words, assumptions, busiest_words, changes, headline

WIDE = 165
"""Millimetres of a picture as wide as the page."""


def roadmap_paper(
    road: RoadMap,
    warnings: Sequence[str],
    reporting: Reporting | None = None,
    boundaries: Boundaries | None = None,
) -> bytes:
    """Return the paper as a Word file; `reporting`: who sums up, for its head."""
    about = _("Road map: {aims}", aims=aims_words(road.asked))
    paper = Paper(about, foot=[draft_words(), *(words.partition(":")[0] for words in warnings)])
    issuer = issuer_of(road.evaluation.rules, reporting)
    add_head(paper, issuer)
    add_title(paper, _("ROAD MAP"), about)
    add_warnings(paper, warnings)
    paper.heading(_("{n}. WHAT CAN BE REACHED", n="I"))
    for line in headline(road):
        paper.add(line)
    if short := lacking(road):
        title = _("What is lacking for the targets that cannot be reached")
        add_captioned(paper, title, short.wide(14, 16, 18, 60, 18, 18))
    if road.choice is not None:
        paper.heading(_("{n}. COMMUNES AND YEARS", n="II"))
        paper.picture(timeline(road), WIDE)
        paper.picture(roadmap_map(road, boundaries), WIDE)
        title = _("Table {table}. Communes and years", table=paper.next_table())
        add_captioned(paper, title, communes(road).wide(0, 26, 22, 16, 18, 0, 24, 20, 20 * _waits(road)))
        for line in changes(road):
            paper.add(line)
        paper.turn(landscape=True)
        paper.heading(_("{n}. THE WORK OF EACH AGENCY", n="III"))
        title = _("Table {table}. What each agency does in each year, in units of work", table=paper.next_table())
        table = yearly_work(road)
        table = table.wide(60, *[14] * len(road.years), 16, 18, 16, 16)
        add_captioned(paper, title, table, width=LANDSCAPE_WIDTH)
        paper.add(_("Busiest agencies: {agencies}.", agencies="; ".join(busiest_words(road))))
        paper.turn(landscape=False)
    if road.outside:
        paper.heading(_("{n}. COMMUNES OUTSIDE", n="IV" if road.choice is not None else "II"))
        title = _("Table {table}. Communes that cannot be planned for", table=paper.next_table())
        add_captioned(paper, title, outside(road).wide(14, 30, 60, 20, 20, 20), width=PORTRAIT_WIDTH)
    paper.heading(_("{n}. ASSUMPTIONS", n="V" if road.choice is not None else "III"))
    for line in assumptions(road):
        paper.item(line)
    add_closing(paper, issuer, [])
    return paper.bytes()


def _waits(road: RoadMap) -> bool:
    return any(one.waiting for one in road.communes)
