"""`ntm communes` and `ntm agencies`: whom a set is about, so that they can be named to other commands."""

from __future__ import annotations

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rules import print_json, whole
from ntm_rules.cli.screen_tables import framed
from ntm_rules.i18n import _
from ntm_rules.report.tables.register import lead_agencies, register
from ntm_rules.report.tables.table import Table
from ntm_rules.rulebook.describe import describe
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook


def run_communes(law: LawAsked, *, as_json: bool) -> int:
    """List the units of the register, those that the criteria are not for last; return the exit status."""
    rules = open_rulebook(law).shown()
    if as_json:
        told = describe(rules)
        others = {unit.code for unit in rules.communes if not rules.communes.looks_at(unit)}
        of_province = [one for one in told["communes"] if one["code"] not in others]
        print_json({"format": told["format"], "communes": of_province})
        return 0
    outside = [unit for unit in rules.communes.outside() if rules.communes.looks_at(unit)]
    table = register(rules, [*rules.communes.within(), *outside]).headed(formed_from=_("Formerly"))
    _print(table.only("code", "full_name", "group", "formed_from"))
    _foot(_("Other commands take a code or a name; a name may be typed without its marks: --commune “binh lu”"))
    return 0


def run_agencies(law: LawAsked, *, as_json: bool) -> int:
    """List the lead agencies with the indicators of each; return the exit status."""
    rules = open_rulebook(law).shown()
    if as_json:
        print_json({key: describe(rules)[key] for key in ("format", "agencies")})
        return 0
    _print(lead_agencies(rules))
    _foot(_("Other commands take an id or a name; a name may be typed without its marks: --agency “so y te”"))
    return 0


def _print(table: Table) -> None:
    drawn = framed(table)
    whole(drawn).print(drawn)


def _foot(words: str) -> None:
    Screen(long_lines=True).print(words, style="dim")
