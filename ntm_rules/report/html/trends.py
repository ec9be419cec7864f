"""Several years as sentences, a picture and tables: what rose, what fell, where figures are going."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend, most_pressing
from ntm_rules.report.charts.years import years_chart
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.trends import by_item, figures
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import year_totals

MOST_FIGURES = 200
"""Figures that a page of all communes lists."""


def trend_sections(
    overviews: Sequence[Overview],
    trends: Sequence[FigureTrend],
    warnings: Sequence[str],
    of_indicator: Callable[[str], str | None] = lambda _id: None,
    of_commune: Callable[[str], str | None] = lambda _code: None,
) -> Iterator[Section]:
    """Yield what several years show, the earliest year first; the functions say where an indicator, a commune leads."""
    years = [overview.year for overview in overviews]
    totals = [year_totals(overview.evaluation) for overview in overviews]
    yield Section(_("Indicators met in each year"), pictures=[years_chart(totals, warnings)])
    words, moved = _("In how many communes each indicator rose or fell"), by_item(overviews)
    heads = {column.key: f"{column.head} {column.over}".strip() for column in moved.columns}
    addresses = {"id": [of_indicator(str(id_)) for id_ in moved.cells[0]]}
    yield Section(words, table=drawn(moved.headed(**heads), words, ("id",), addresses))
    words, pressing = _("Where figures are going"), most_pressing(trends)
    worth = pressing[:MOST_FIGURES]
    keys = ("commune", "id", *(f"year_{year}" for year in years), "target", "pace", "meeting", "interval", "note")
    table = figures(overviews[-1].evaluation.rules, worth, years).only(*keys)
    more = len(pressing) - len(worth)
    said = [_("The first {n} are shown; {more} more stand in the workbook.", n=len(worth), more=more)] if more else []
    addresses = {"commune": [of_commune(trend.code) for trend in worth]}
    yield Section(words, said, table=drawn(table, words, ("commune",), addresses))
