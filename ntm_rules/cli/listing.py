"""`ntm communes` and `ntm agencies`: whom a set is about, so that they can be named to other commands."""

from __future__ import annotations

from rich.table import Table

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rules import print_json, whole
from ntm_rules.i18n import _
from ntm_rules.rulebook.describe import describe
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.wording.communes import full_name


def run_communes(law: LawAsked, *, as_json: bool) -> int:
    """List the units of the register, those that the criteria are not for last; return the exit status."""
    rules = open_rulebook(law).shown()
    if as_json:
        told = describe(rules)
        others = {unit.code for unit in rules.communes if not rules.communes.looks_at(unit)}
        of_province = [one for one in told["communes"] if one["code"] not in others]
        print_json({"format": told["format"], "communes": of_province})
        return 0
    table = Table(padding=(0, 1))
    for name in (_("Code"), _("Commune"), _("Group"), _("Formerly")):
        table.add_column(name, overflow="fold")
    outside = [unit for unit in rules.communes.outside() if rules.communes.looks_at(unit)]
    for unit in [*rules.communes.within(), *outside]:
        group = str(rules.groups[unit.group].title) if unit.group else ""
        if unit in outside:
            group = _("these criteria are not for it")
        table.add_row(unit.code, full_name(unit), group, ", ".join(unit.predecessor_names))
    whole(table).print(table)
    _foot(_("Other commands take a code or a name; a name may be typed without its marks: --commune “binh lu”"))
    return 0


def run_agencies(law: LawAsked, *, as_json: bool) -> int:
    """List the lead agencies with the indicators of each; return the exit status."""
    rules = open_rulebook(law).shown()
    if as_json:
        print_json({key: describe(rules)[key] for key in ("format", "agencies")})
        return 0
    table = Table(padding=(0, 1))
    for name in (_("Id"), _("Lead agency"), _("Indicators")):
        table.add_column(name, overflow="fold")
    for agency in rules.lead_agencies:
        led = [indicator.id for indicator in rules.indicators() if agency in indicator.leads()]
        table.add_row(agency, str(rules.agencies[agency].name), ", ".join(led))
    whole(table).print(table)
    _foot(_("Other commands take an id or a name; a name may be typed without its marks: --agency “so y te”"))
    return 0


def _foot(words: str) -> None:
    Screen(long_lines=True).print(words, style="dim")
