"""The indicators by criterion: in how many communes each has which verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Badge, FilterItem, PageTable, look
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import badges
from ntm_rules.report.tables.verdict_counts import indicators_over_all
from ntm_rules.rulebook.criteria_set import Indicator
from ntm_rules.wording.titles import criterion_title


@dataclass(frozen=True, slots=True)
class IndicatorSection:
    """The indicators of a criterion, or the further conditions."""

    anchor: str
    title: str
    counts: Sequence[Badge]
    table: PageTable


@dataclass(frozen=True, slots=True)
class Indicators:
    """What the page of the indicators shows."""

    only_rulings: str
    sections: Sequence[IndicatorSection]


def indicators(layout: Layout) -> Indicators:
    """Return what the page of the indicators shows."""
    return Indicators(layout.contents.only_rulings("indicator"), list(_sections(layout)))


def _sections(layout: Layout) -> Iterator[IndicatorSection]:
    for row, one in layout.criteria():
        counts = badges(layout.contents.counts(row), layout.to("index", "tung-xa"))
        table = _table(layout, _("Indicators of criterion {id}", id=one.id), one.indicators)
        yield IndicatorSection(layout.here(one.id, "criterion"), criterion_title(one), counts, table)
    if layout.rules.conditions:
        title = _("Further conditions of recognition")
        yield IndicatorSection("dieu-kien", title, (), _table(layout, title, layout.rules.conditions))


def _table(layout: Layout, title: str, indicators: Sequence[Indicator]) -> PageTable:
    contents = layout.contents
    pages = [layout.of_indicator(one.id) for one in indicators]
    not_met = [contents.overview.counts(one.id).not_met for one in indicators]
    return drawn(
        indicators_over_all(contents.overview, indicators),
        title,
        ("id",),
        dict.fromkeys(("id", "words", *COUNTS), pages),
        looks={"words": "text"},
        counts=COUNTS,
        of=len(contents.reported),
        linked={"leads": [layout.agencies(one.leads()) for one in indicators]},
        items=[FilterItem(f"{one.id} {one.words}", open=n > 0) for one, n in zip(indicators, not_met, strict=True)],
        filtered=False,
        look="sortable",
    )


COUNTS = {verdict.name.lower(): look(verdict) for verdict in LEGEND_ORDER}
"""Columns of what is counted -> their looks."""
