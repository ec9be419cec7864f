"""Two years beside each other: what rose and what fell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Bars, FilterItem, PageTable
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.views.index import trend
from ntm_rules.report.tables.table import Table
from ntm_rules.report.tables.two_years import moves_by_commune, moves_by_item, totals_by_year
from ntm_rules.standing.values import Move
from ntm_rules.standing.years import YearComparison
from ntm_rules.wording.standing import law_of_years_words


@dataclass(frozen=True, slots=True)
class Moves:
    """What moved, seen from one side."""

    title: str
    anchor: str
    table: PageTable | None
    """None where nothing moved."""


@dataclass(frozen=True, slots=True)
class YearsPage:
    """What the page of two years shows."""

    law: str
    both: int
    trend: Bars
    totals: PageTable
    moves: Sequence[Moves]


def years(layout: Layout) -> YearsPage:
    """Return what the page of two years shows."""
    compared = layout.contents.overview.years
    assert compared is not None, "there is no such page without a year before"
    return YearsPage(
        law_of_years_words(compared),
        compared.both,
        trend(layout),
        drawn(totals_by_year(compared), _("The province in both years"), ("counted",), look="counts"),
        list(_moves(layout, compared)),
    )


def _moves(layout: Layout, compared: YearComparison) -> Iterator[Moves]:
    for level, title, anchor in (
        ("criterion", _("By commune: criteria"), "theo-xa-tieu-chi"),
        ("indicator", _("By commune: indicators"), "theo-xa-chi-tieu"),
    ):
        table = moves_by_commune(compared, level)
        codes = list(map(str, table.column("commune_code")))
        ids = {move.value: [", ".join(compared.moved_in(level, code, move)) for code in codes] for move in Move}
        pages = [layout.of_commune(code, "hai-nam") for code in codes]
        yield Moves(title, anchor, _table(table.without("commune_code"), title, pages, ids))
    for level, title, anchor in (
        ("criterion", _("By criterion, in how many communes"), "theo-tieu-chi"),
        ("indicator", _("By indicator, in how many communes"), "theo-chi-tieu"),
    ):
        table = moves_by_item(compared, level)
        pages = [layout.of_indicator(str(id_)) if level == "indicator" else "" for id_ in table.column("id")]
        yield Moves(title, anchor, _table(table.without("id"), title, pages))


def _table(
    table: Table, title: str, pages: Sequence[str], ids: Mapping[str, Sequence[str]] | None = None
) -> PageTable | None:
    """Return what moved by what its first column names; nothing where nothing moved."""
    name = table.keys[0]
    if not table:
        return None
    return drawn(
        table,
        title,
        (name,),
        {name: pages},
        counts={move.value: "" for move in Move},
        asides=ids or {},
        items=[FilterItem(words) for words in map(str, table.column(name))],
        look="sortable",
    )
