"""The communes in the order of how near they are to the standard, in both orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntm_rules.exact import plain
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Bars, Cell, FilterItem, Head, PageTable, Row, named
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars
from ntm_rules.standing.nearest import Order, Ranked
from ntm_rules.wording.standards import left_words, meets_words
from ntm_rules.wording.standing import distance_words, order_words
from ntm_rules.wording.values import number

MOST = 10
"""Communes in the picture of the nearest."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the page of the nearest shows."""

    order: str
    bars: Bars | None
    table: PageTable
    other_order: str
    other: PageTable
    unread: Sequence[Link]


def nearest(layout: Layout) -> Nearest:
    """Return what the page of the nearest shows."""
    contents, view = layout.contents, layout.contents.overview
    order = order_words(Order.FEWEST, layout.rules)
    if layout.rules.has_points:
        order += " " + _("Points take no part in the order and change no verdict.")
    rows = [
        BarOf(
            f"{one.place}. {contents.records[one.record].name}",
            layout.of_commune(contents.records[one.record].code),
            contents.criteria_of(one.record),
        )
        for one in view.nearest[:MOST]
    ]
    return Nearest(
        order,
        bars(_("Criteria of the nearest communes"), rows) if rows else None,
        _table(layout, view.nearest, _("Every commune in order")),
        order_words(Order.DISTANCE, layout.rules),
        _table(layout, view.nearest_by_distance, _("The other order: by total distance")),
        layout.unread(),
    )


def _table(layout: Layout, found: Sequence[Ranked], title: str) -> PageTable:
    numbers = (
        left_words(layout.rules.standard),
        _("Requirements in the way"),
        _("Total distance"),
        _("Gaps"),
        _("Requirements lacking figures"),
        _("Conclusions awaited"),
        _("Criteria that only wait for the law"),
        _("Criteria met"),
        _("Indicators met"),
        *([_("Points")] if layout.rules.has_points else []),
    )
    heads = [Head(_("Place"), "number"), Head(_("Commune")), *(Head(words, "number") for words in numbers)]
    whole = layout.contents.evaluation.level("commune")[0]
    rows = [
        Row(list(_cells(layout, one, whole)), FilterItem(one.commune.report.name, layout.group(one.commune.group)))
        for one in found
    ]
    return PageTable(title, [*heads, Head(meets_words(layout.rules))], rows, look="sortable", filtered=True)


def _cells(layout: Layout, one: Ranked, whole: int) -> Iterator[Cell]:
    standing, code = one.commune, one.commune.report.code
    page = layout.of_commune(code)
    yield Cell(one.place, "number", one.place)
    yield named(layout.commune(one.record))
    for n, section in (
        (one.criteria_left, "giai-thich"),
        (one.left.requirements, "con-thieu"),
        (None, ""),
        (one.left.gaps, "con-thieu"),
        (standing.owed, "con-no"),
        (standing.rulings, "cho-ket-luan" if standing.rulings else "con-no"),
        (one.waiting, "cho-quy-dinh"),
    ):
        if n is None:
            yield Cell(distance_words(one.left.distance), "number", float(one.left.distance))
        else:
            yield Cell(n, "number", n, layout.of_commune(code, section))
    for counts in (standing.criteria, standing.indicators):
        yield Cell(f"{counts.met}/{counts.judgeable}", "number", counts.met, page)
    if standing.points is not None:
        words = f"{number(standing.points.met)}/{number(standing.points.total)}"
        yield Cell(words, "number", plain(standing.points.met))
    yield Cell("", badge=layout.badge(whole, one.record))
