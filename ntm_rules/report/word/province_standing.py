"""Parts of the province's paper on who is nearest and on what moved since the year before."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.i18n import _
from ntm_rules.report.word.layout import PORTRAIT_WIDTH, Paper
from ntm_rules.report.word.tables import Column, Row, add_table, scaled
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move, YearComparison
from ntm_rules.wording.standing import distance_words, law_of_years_words, move_words, order_words
from ntm_rules.wording.values import number

MOST = 10
"""Communes listed as the nearest; more where the last has equals."""


def add_nearest(paper: Paper, overview: Overview) -> None:
    """Add the nearest communes, the rule of their order, and each one's place by distance alone."""
    if not overview.nearest:
        paper.add(_("No commune has a report that can be used."))
        return
    paper.add(_("Order: {rule}", rule=order_words(Order.FEWEST)))
    last = overview.nearest[:MOST][-1].place
    shown = [one for one in overview.nearest if one.place <= last]
    by_distance = {one.record: one.place for one in overview.nearest_by_distance}
    title = _("Table {table}. The {n} nearest communes", table=paper.next_table(), n=len(shown))
    columns = [
        Column(_("Place"), 12, "center"),
        Column(_("Commune"), 34),
        Column(_("Criteria left"), 18, "center"),
        Column(_("Requirements in the way"), 20, "center"),
        Column(_("of them not met"), 17, "center"),
        Column(_("Distance"), 19, "center"),
        Column(_("Place by distance"), 20, "center"),
        Column(_("Criteria waiting for the law"), 25, "center"),
    ]
    rows = [
        Row(
            [
                str(one.place),
                overview.evaluation.records[one.record].name,
                str(one.criteria_left),
                str(one.left.requirements),
                str(one.left.gaps),
                distance_words(one.left.distance),
                str(by_distance[one.record]),
                str(one.waiting),
            ]
        )
        for one in shown
    ]
    paper.add(title, "Caption")
    add_table(paper, scaled(columns, PORTRAIT_WIDTH), rows, title=title)
    paper.remark(_("Other order: {rule}", rule=order_words(Order.DISTANCE)))


def add_years(paper: Paper, years: YearComparison) -> None:
    """Add what rose and what fell since the year before: totals, then by commune with the indicators."""
    before, now = years.totals
    for one in (before, now):
        paper.item(
            _(
                "{communes} communes with a usable report; criteria met {met} of {total}; indicators met {i_met} of {i_total}; "
                "meeting every criterion {all}; recognised by decision {recognised}.",
                communes=one.communes,
                met=number(Decimal(one.criteria_met)),
                total=number(Decimal(one.criteria_applicable)),
                i_met=number(Decimal(one.indicators_met)),
                i_total=number(Decimal(one.indicators_applicable)),
                all=one.meets_all,
                recognised=one.recognised,
            ),
            lead=f"{one.year}:",
        )
    changes = years.of_level("indicator")
    if changes:
        title = _("Table {table}. Indicators that rose or fell, by commune", table=paper.next_table())
        columns = [Column(_("Commune"), 34), *(Column(move_words(move), 44) for move in Move)]
        told: dict[str, dict[Move, list[str]]] = {}
        for change in changes:
            told.setdefault(change.name, {}).setdefault(change.move, []).append(change.id)
        rows = [Row([name, *(", ".join(moves.get(move, ())) for move in Move)]) for name, moves in told.items()]
        paper.add(title, "Caption")
        add_table(paper, scaled(columns, PORTRAIT_WIDTH), rows, title=title)
    else:
        paper.add(_("No indicator of any commune that reported in both years rose or fell."))
    paper.add(f"{law_of_years_words(years).rstrip('.')}.")
