"""What the screens of `ntm batch` say of the province: headline, what is awaited, who handed in, nearest, two years."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.console import Console
from rich.table import Table

from ntm_rules.cli.screen_parts import STYLES, show_awaited
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.standing.agencies import by_effect
from ntm_rules.standing.handing_in import Handed, HandedIn
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standing import (
    distance_words,
    files_words,
    handed_words,
    headline,
    law_of_years_words,
    move_words,
    no_longer_words,
    order_words,
    other_years_words,
    refused_words,
)
from ntm_rules.wording.values import number

MOST_SHOWN = 6
"""Rows of the short tables on screen; the workbook has them all."""
MOST_NAMED = 12
"""Communes named in one line."""


def show_headline(console: Console, overview: Overview) -> None:
    """Show first what the law lets be judged, how many communes are there, and what is awaited for how long."""
    for line in headline(overview.evaluation.rules, overview.ceiling):
        console.print(line, style="bold")
    show_awaited(console, overview.evaluation.rules, overview.awaited)
    console.print()


def show_handing_in(console: Console, overview: Overview) -> None:
    """Show how many handed in what can be used, who something that cannot and why, and who nothing."""
    found = overview.handing_in
    total = len(found.communes)
    console.print(_("Communes with a usable report: {n} of {total}", n=found.count(Handed.USABLE), total=total))
    unusable = found.of(Handed.NOTHING_USABLE)
    if unusable:
        said = {"state": handed_words(Handed.NOTHING_USABLE), "n": len(unusable), "total": total}
        console.print(_("{state}: {n} of {total}", **said), style="bold yellow")
        for one in unusable[:MOST_SHOWN]:
            console.print(f"  • {one.commune.name}: {refused_words(one, most=1)}", style="yellow")
        if len(unusable) > MOST_SHOWN:
            rest = ", ".join(one.commune.name for one in unusable[MOST_SHOWN:])
            console.print(f"  • {rest}", style="yellow")
    nothing = found.of(Handed.NOTHING)
    if nothing and len(nothing) < total:
        names = ", ".join(one.commune.name for one in nothing[:MOST_NAMED])
        more = len(nothing) - MOST_NAMED
        names += _(" and {n} more", n=more) if more > 0 else ""
        said = {"state": handed_words(Handed.NOTHING), "n": len(nothing), "total": total, "names": names}
        console.print(_("{state}: {n} of {total} communes: {names}", **said))
    of_other_years = [(one, words) for one in nothing if (words := other_years_words(one))]
    _show_of_communes(console, of_other_years)
    _show_of_communes(console, [(one, words) for one in found.communes if (words := files_words(one))])


def _show_of_communes(console: Console, told: Sequence[tuple[HandedIn, str]]) -> None:
    """Show a line for each of the first communes told of, and the names of the others."""
    for one, words in told[:MOST_SHOWN]:
        console.print(f"  • {one.commune.name}: {words}", style="yellow")
    if len(told) > MOST_SHOWN:
        more = len(told) - MOST_SHOWN
        console.print("  •" + _(" and {n} more", n=more), style="yellow")


def show_nearest(console: Console, overview: Overview) -> None:
    """Show the nearest communes with what is left to each, the rule of the order, and each one's place in the other."""
    if not overview.nearest:
        return
    places = overview.nearest_by_distance.place_of
    table = Table(title=_("Nearest to meeting all that can be judged"), box=None, header_style="bold", padding=(0, 1))
    table.add_column("#", justify="right")
    table.add_column(_("Commune"))
    for name in (
        _("Criteria left"),
        _("Requirements in the way"),
        _("Distance"),
        _("By distance"),
        _("Criteria waiting for the law"),
    ):
        table.add_column(name, justify="right")
    for one in overview.nearest[:MOST_SHOWN]:
        table.add_row(
            str(one.place),
            overview.evaluation.records[one.record].name,
            str(one.criteria_left),
            str(one.left.requirements),
            distance_words(one.left.distance),
            str(places[one.record]),
            str(one.waiting),
        )
    console.print(table)
    console.print(order_words(Order.FEWEST), style="dim")
    console.print()


def show_agencies(console: Console, overview: Overview) -> None:
    """Show who has most to do, by number and by share, and by whom most communes would gain a criterion."""
    rules = overview.evaluation.rules
    table = Table(title=_("Agencies with most gaps"), box=None, header_style="bold", padding=(0, 1))
    table.add_column(_("Lead agency"))
    for name in (
        str(Verdict.NOT_MET.label),
        _("Share not met"),
        str(Verdict.NO_TARGET.label),
        _("Communes gaining a criterion if it finished"),
    ):
        table.add_column(name, justify="right")
    for one in overview.agencies[:MOST_SHOWN]:
        table.add_row(
            agency_name(rules, one.agency),
            str(one.not_met),
            share_words(one.share),
            str(one.no_target),
            str(one.gaining),
        )
    console.print(table)
    for one in [found for found in by_effect(overview.agencies) if found.gaining][:3]:
        said = {"agency": agency_name(rules, one.agency), "gaining": one.gaining, "completing": one.completing}
        console.print(
            _(
                "If {agency} finished what it leads: {gaining} communes would gain a criterion, {completing} would meet all "
                "that can be judged",
                **said,
            )
        )
    console.print()


def share_words(share: Fraction) -> str:
    """Return a share in percent, with one decimal."""
    return f"{number(nearest_to(share * 100, 1))}%"


def show_years(console: Console, overview: Overview) -> None:
    """Show what rose and what fell since the year before, and who was recognised and is not up to it now."""
    years = overview.years
    if years is not None:
        for total in years.totals:
            console.print(
                _(
                    "{year}: {n} communes reported; criteria met {criteria} of {criteria_all}, indicators met {indicators} "
                    "of {indicators_all}",
                    year=total.year,
                    n=total.communes,
                    criteria=total.criteria_met,
                    criteria_all=total.criteria_applicable,
                    indicators=total.indicators_met,
                    indicators_all=total.indicators_applicable,
                )
            )
        for level, name in (("criterion", _("Criteria")), ("indicator", _("Indicators"))):
            moved = ", ".join(f"{move_words(move)}: {years.count(level, move)}" for move in Move)
            said = {"level": name, "moved": moved, "n": years.both}
            console.print(_("{level}, over {n} communes that reported in both years: {moved}", **said))
        for move, style in ((Move.FELL, STYLES[Verdict.NOT_MET]), (Move.ROSE, STYLES[Verdict.MET])):
            count = years.count("criterion", move)
            if count:
                changes = years.first("criterion", move, MOST_NAMED)
                names = "; ".join(_("{name} (criterion {id})", name=c.name, id=c.id) for c in changes)
                more = count - MOST_NAMED
                names += _(" and {n} more", n=more) if more > 0 else ""
                console.print(f"{move_words(move)}: {names}", style=style)
        console.print(law_of_years_words(years), style="dim")
        console.print()
    for one in overview.recognised:
        if one.no_longer:
            console.print(no_longer_words(one), style="bold yellow")
