"""Parts of the province's paper on who is nearest and on what moved since the year before."""

from __future__ import annotations

from decimal import Decimal

from ntm_rules.i18n import _
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.report.tables.two_years import moved_communes
from ntm_rules.report.word.layout import Paper
from ntm_rules.report.word.tables import add_captioned
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move, YearComparison
from ntm_rules.wording.standing import law_of_years_words, order_words
from ntm_rules.wording.values import number

MOST = 10
"""Communes listed as the nearest; more where the last has equals."""


def add_nearest(paper: Paper, overview: Overview) -> None:
    """Add the nearest communes, the rule of their order, and each one's place by distance alone."""
    if not overview.nearest:
        paper.add(_("No commune has a report that can be used."))
        return
    rules = overview.evaluation.rules
    paper.add(_("Order: {rule}", rule=order_words(Order.FEWEST, rules)))
    last = overview.nearest[:MOST][-1].place
    table = nearest([overview]).first(sum(one.place <= last for one in overview.nearest))
    title = _("Table {table}. The {n} nearest communes", table=paper.next_table(), n=len(table))
    table = table.only(
        **{"place": 12, "commune": 34, "criteria_left": 18, "requirements_in_the_way": 20, "requirements_not_met": 17},
        **{"distance": 19, "place_by_distance": 20, "criteria_waiting": 25},
    )
    add_captioned(paper, title, table)
    paper.remark(_("Other order: {rule}", rule=order_words(Order.DISTANCE, rules)))


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
    table = moved_communes(years)
    if table:
        title = _("Table {table}. Indicators that rose or fell, by commune", table=paper.next_table())
        add_captioned(paper, title, table.wide(34, *[44] * len(Move)))
    else:
        paper.add(_("No indicator of any commune that reported in both years rose or fell."))
    paper.add(f"{law_of_years_words(years).rstrip('.')}.")
