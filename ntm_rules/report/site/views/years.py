"""Two years beside each other: what rose and what fell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Bars, Cell, FilterItem, Head, PageTable, Row, counted, named
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.views.index import trend
from ntm_rules.report.tables.two_years import totals_by_year
from ntm_rules.standing.values import Move
from ntm_rules.standing.years import YearComparison
from ntm_rules.wording.standing import law_of_years_words, move_words
from ntm_rules.wording.titles import numbered_title


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
        by_commune = compared.by_commune(level)
        rows = []
        for record in layout.contents.records:
            if record.code in by_commune:
                cell = named(record.name, layout.of_commune(record.code, "hai-nam"))
                ids = {move: ", ".join(compared.moved_in(level, record.code, move)) for move in Move}
                rows.append(_row(cell, record.name, by_commune[record.code], ids))
        yield Moves(title, anchor, _table(title, _("Commune"), rows))
    by_id = compared.by_id("criterion")
    rows = [
        _row(named(numbered_title(one)), numbered_title(one), by_id[one.id])
        for one in layout.rules.criteria
        if one.id in by_id
    ]
    title = _("By criterion, in how many communes")
    yield Moves(title, "theo-tieu-chi", _table(title, _("Criterion"), rows))
    by_id = compared.by_id("indicator")
    rows = [
        _row(named(f"{one.id} {one.words}", layout.of_indicator(one.id)), f"{one.id} {one.words}", by_id[one.id])
        for one in layout.rules.indicators()
        if one.id in by_id
    ]
    title = _("By indicator, in how many communes")
    yield Moves(title, "theo-chi-tieu", _table(title, _("Indicator"), rows))


def _row(first: Cell, name: str, counts: Counter[Move], ids: dict[Move, str] | None = None) -> Row:
    cells = [counted(counts[move])._replace(aside=ids[move] if ids else "") for move in Move]
    return Row([first, *cells], FilterItem(name))


def _table(title: str, first: str, rows: Sequence[Row]) -> PageTable | None:
    heads = [Head(first), *(Head(move_words(move), "number") for move in Move)]
    return PageTable(title, heads, rows, look="sortable", filtered=True) if rows else None
