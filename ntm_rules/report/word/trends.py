"""xu-huong.docx: several years as an unsigned draft for those who decide."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend, most_pressing
from ntm_rules.report.charts.years import years_chart
from ntm_rules.report.tables.trends import by_item, by_year, figures
from ntm_rules.report.word.components import add_closing, add_head, add_title, draft_words
from ntm_rules.report.word.law_parts import add_warnings
from ntm_rules.report.word.layout import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.province import issuer_of
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.rulebook.models import Reporting
from ntm_rules.rulebook.plans import Goal
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import year_totals
from ntm_rules.wording.trends import breaks_words, trend_basis_words

MOST_FIGURES = 60
"""Figures that the paper lists: those not met that are met soonest, and those met that get worse."""
WIDE = 110
"""Millimetres of the picture of the years."""


def trends_paper(
    overviews: Sequence[Overview],
    trends: Sequence[FigureTrend],
    goals: Sequence[Goal],
    warnings: Sequence[str],
    reporting: Reporting | None = None,
) -> bytes:
    """Return the paper as a Word file; `goals` name breaks in series, `reporting`: who sums up, for its head."""
    rules, years = overviews[-1].evaluation.rules, [overview.year for overview in overviews]
    about = _("The years {first} to {last}", first=years[0], last=years[-1])
    paper = Paper(about, foot=[draft_words(), *(words.partition(":")[0] for words in warnings)])
    issuer = issuer_of(rules, reporting)
    add_head(paper, issuer)
    add_title(paper, _("REPORT"), about)
    add_warnings(paper, warnings)
    paper.heading(_("{n}. THE YEARS", n="I"))
    for line in [*trend_basis_words(years), *breaks_words(rules, goals, years)]:
        paper.add(line)
    totals = [year_totals(overview.evaluation) for overview in overviews]
    paper.picture(years_chart(totals, warnings), WIDE)
    title = _("Table {table}. Year by year", table=paper.next_table())
    add_captioned(paper, title, by_year(totals).wide(14, 20, 20, 20, 22, 20, 22, 24), width=PORTRAIT_WIDTH)
    paper.turn(landscape=True)
    paper.heading(_("{n}. WHAT ROSE AND WHAT FELL", n="II"))
    table = by_item(overviews)
    title = _("Table {table}. In how many communes each indicator rose or fell", table=paper.next_table())
    add_captioned(paper, title, table.wide(16, 110, *[22] * (len(table.columns) - 2)), width=LANDSCAPE_WIDTH, size=9.5)
    paper.heading(_("{n}. WHERE FIGURES ARE GOING", n="III"))
    pressing = most_pressing(trends)
    shown = pressing[:MOST_FIGURES]
    if len(pressing) > len(shown):
        more = len(pressing) - len(shown)
        paper.add(_("The first {n} are shown; {more} more stand in the workbook.", n=len(shown), more=more))
    keys = ("commune", "id", *(f"year_{year}" for year in years), "target", "pace", "meeting", "interval")
    table = figures(rules, shown, years).only(*keys)
    title = _("Table {table}. Figures not met, and when they are met at the pace so far", table=paper.next_table())
    add_captioned(paper, title, table.wide(30, 14, *[20] * len(years), 22, 16, 30, 50), width=LANDSCAPE_WIDTH, size=9.5)
    paper.turn(landscape=False)
    add_closing(paper, issuer, [])
    return paper.bytes()
