"""What the screens of `ntm batch` say of the province: headline, what is awaited, who handed in, nearest, two years."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from ntm_rules.cli.screen_parts import STYLES, show_awaited
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.agencies import agencies
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.standing.agencies import by_effect
from ntm_rules.standing.handing_in import Handed, HandedIn
from ntm_rules.standing.nearest import Order
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.years import Move
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standards import nearest_words
from ntm_rules.wording.standing import (
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
    table = nearest([overview]).first(MOST_SHOWN).headed(place="#", place_by_distance=_("By distance"))
    shown = ("place", "commune", "criteria_left", "requirements_in_the_way", "distance", "place_by_distance")
    table = table.only(*shown, "criteria_waiting")
    rules = overview.evaluation.rules
    console.print(on_screen(table, nearest_words(rules.standard)))
    console.print(order_words(Order.FEWEST, rules), style="dim")
    console.print()


def show_agencies(console: Console, overview: Overview) -> None:
    """Show who has most to do, by number and by share, and by whom most communes would gain a criterion."""
    rules = overview.evaluation.rules
    table = agencies([overview]).first(MOST_SHOWN)
    table = table.only("agency", "not_met", "share_not_met", "no_target", "communes_gaining")
    console.print(on_screen(table, _("Agencies with most gaps")))
    for one in [found for found in by_effect(overview.agencies) if found.gaining][:3]:
        said = {"agency": agency_name(rules, one.agency), "gaining": one.gaining, "completing": one.completing}
        if rules.standard is not None:
            console.print(
                _(
                    "If {agency} finished what it leads: {gaining} communes would gain a criterion, {completing} would meet "
                    "the standard, as far as it can be judged",
                    **said,
                )
            )
            continue
        console.print(
            _(
                "If {agency} finished what it leads: {gaining} communes would gain a criterion, {completing} would meet all "
                "that can be judged",
                **said,
            )
        )
    console.print()


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
