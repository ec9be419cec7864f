"""The communes in the order of how near they are to the standard, in both orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.values import Bars, FilterItem, PageTable
from ntm_rules.report.site.layout import Layout
from ntm_rules.report.site.pictures import BarOf, bars
from ntm_rules.report.tables.nearest import nearest_of_year
from ntm_rules.standing.nearest import Order, Ranked, Ranking
from ntm_rules.wording.standing import order_words

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
    unread: Markup


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


def _table(layout: Layout, ranking: Ranking, title: str) -> PageTable:
    places = [(one, layout.contents.records[one.record]) for one in ranking]
    table = nearest_of_year(layout.contents.overview, ranking)
    table = table.headed(
        distance=_("Total distance"),
        requirements_not_met=_("Gaps"),
        criteria_waiting=_("Criteria that only wait for the law"),
    )
    whole = layout.contents.evaluation.level("commune")[0]
    return drawn(
        table.only(*(key for key in SHOWN if key in table.keys)),
        title,
        ("commune",),
        {key: [layout.of_commune(at.code, section(one)) for one, at in places] for key, section in SECTIONS.items()},
        sorts={"distance": [float(one.left.distance) for one, _at in places]},
        badges={"meets": [layout.badge(whole, one.record) for one in ranking]},
        items=[FilterItem(at.name, layout.group(one.commune.group)) for one, at in places],
        look="sortable",
    )


SECTIONS: dict[str, Callable[[Ranked], str]] = {
    "commune": lambda _one: "",
    "criteria_left": lambda _one: "giai-thich",
    "requirements_in_the_way": lambda _one: "con-thieu",
    "requirements_not_met": lambda _one: "con-thieu",
    "figures_owed": lambda _one: "con-no",
    "rulings_awaited": lambda one: "cho-ket-luan" if one.commune.rulings else "con-no",
    "criteria_waiting": lambda _one: "cho-quy-dinh",
    "criteria": lambda _one: "",
    "indicators": lambda _one: "",
}
"""Column -> the section of the commune's page to which its cells lead."""
SHOWN = (
    *("place", "commune", "criteria_left", "requirements_in_the_way", "distance", "requirements_not_met"),
    *("figures_owed", "rulings_awaited", "criteria_waiting", "criteria", "indicators", "points", "meets"),
)
