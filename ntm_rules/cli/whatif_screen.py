"""What `ntm whatif` shows on screen: the two laws, who falls and who rises, the gaps, whose job it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import show_problems
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.dataset.problems import Problem
from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import ChangeCounts, WhatIf, in_order, told_change, totals
from ntm_rules.report.tables.comparison import (
    CHANGES,
    agencies_concerned,
    asked_of_both,
    changed_communes,
    changed_items,
    changed_nodes,
)
from ntm_rules.report.tables.table import Cell, Table, words_of
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.phrases import clipped
from ntm_rules.wording.standards import meets_words
from ntm_rules.workbench.comparing.changes import NodeChange
from ntm_rules.workbench.comparing.communes import Fate

MOST_COMMUNES = 60
MOST_CHANGES = 40
"""Beyond so many changes the screen leaves the details to the workbook."""
MOST_WORDS = 70
"""How much of an item's text stands beside its counts."""
STANDING_STYLES = {
    Fate.FALLS: "bold red",
    Fate.FAILS_NEWLY: "red",
    Fate.RISES: "bold green",
    Fate.SHIFTS: "bold",
}


def show_what_if(console: Console, report: WhatIf, problems: Sequence[Problem], out: Path | None) -> None:
    """Show a comparison."""
    console.print(RichText.assemble((_("Before: "), "bold"), report.before.words))
    console.print(RichText.assemble((_("After: "), "bold"), report.after.words))
    console.print()
    _asked(console, report)
    for note in report.notes:
        console.print(str(note), style="bold yellow")
    _one_sided(console, report)
    if report.communes:
        _totals(console, report)
        _communes(console, report)
        _changes(console, report, out)
        _counts(console, changed_items(report), _("Criteria and indicators that change"))
        _counts(console, agencies_concerned(report), _("Lead agencies concerned"))
    else:
        n = len(report.comparison.pairs)
        console.print(_("No verdict changes in any of the {n} communes.", n=n), style="bold")
    for warning in report.warnings:
        console.print(warning, style="bold magenta")
    show_problems(console, problems)
    if out is not None:
        console.print(_("Results are in {folder}: open thay-doi.xlsx first.", folder=str(out)), style="bold")


def _asked(console: Console, report: WhatIf) -> None:
    before, after = report.before.rules, report.after.rules
    if report.asked:
        table = asked_of_both(report).without("words")
        console.print(on_screen(table, _("What the two laws ask for differently"), no_wrap=("id",)))
    for was, now in report.regrouped:
        console.print(
            _(
                "Commune {name} is in another group: {before} → {after}",
                name=now.name,
                before=group_words(before, was.group),
                after=group_words(after, now.group),
            )
        )
    console.print()


def _one_sided(console: Console, report: WhatIf) -> None:
    only_before, only_after = report.comparison.one_sided
    if only_before:
        console.print(_("Only the law before judges: {names}", names=", ".join(only_before)), style="bold yellow")
    if only_after:
        console.print(_("Only the law after judges: {names}", names=", ".join(only_after)), style="bold yellow")


def _totals(console: Console, report: WhatIf) -> None:
    compared = len(report.comparison.pairs)
    console.print(
        _("Some verdict changes in {n} of {total} communes.", n=len(report.communes), total=compared), style="bold"
    )
    for total in totals(report):
        line = _("{what}: {before} → {after} communes", what=total.words, before=total.before, after=total.after)
        console.print(line, style="" if total.before != total.after else "dim")
    console.print()


def _communes(console: Console, report: WhatIf) -> None:
    shown = report.communes[:MOST_COMMUNES]
    for standing in Fate:
        its = [commune for commune in shown if commune.standing is standing]
        if not its:
            continue
        everyone = sum(commune.standing is standing for commune in report.communes)
        console.print(f"{standing.label} ({everyone})", style=STANDING_STYLES[standing])
        table = changed_communes(report, its).with_cells(_or_nothing, "band_before", "band_after")
        table = table.paired("criteria", _("Criteria met"), "criteria_before", "criteria_after")
        table = table.paired("band", _("Band"), "band_before", "band_after")
        table = table.paired("meets", meets_words(report.after.rules), "meets_before", "meets_after")
        table = table.only("commune", "criteria", "band", "meets", *CHANGES).without_empty(*CHANGES)
        console.print(on_screen(table.headed(others=_("Other")), no_wrap=("commune",), nothing="-"))
        console.print()
    if len(report.communes) > len(shown):
        more = len(report.communes) - len(shown)
        console.print(_("… and {n} more communes in the workbook", n=more), style="dim")


def _changes(console: Console, report: WhatIf, out: Path | None) -> None:
    """Show every requirement and indicator that changes, with its gaps, when they are few."""
    changes = list(itertools.islice(filter(_shown, report.comparison.changes(LEVELS)), MOST_CHANGES + 1))
    if len(changes) > MOST_CHANGES:
        words = (
            _("The gaps of every commune are in thay-doi.xlsx, sheet “{sheet}”.", sheet=_("Changes"))
            if out
            else _("The gaps of every commune go into a workbook with --out FOLDER.")
        )
        console.print(words, style="dim")
        console.print()
        return
    table = changed_nodes(report, in_order(report, changes)).with_cells(_or_nothing, "gap_before", "gap_after")
    table = table.paired("verdict", _("Verdict"), "before", "after")
    table = table.paired("target", _("Target"), "target_before", "target_after")
    table = table.only("commune", "id", "verdict", "actual", "target", "gap_before", "gap_after")
    title = _("Changes, with the gap before and after")
    console.print(on_screen(table, title, no_wrap=("commune", "id"), nothing="-"))
    console.print()


LEVELS = ("requirement", "indicator")


def _shown(change: NodeChange) -> bool:
    """Tell whether a change has a line: of an indicator with several conditions, those that change have theirs."""
    return told_change(change) and (change.level == "requirement" or change.gaps() != (None, None) or _whole(change))


def _whole(change: NodeChange) -> bool:
    """Tell whether an indicator that changes states a single condition, so that no requirement is told for it."""
    side = change.now or change.was
    return side is not None and ("requirement", change.id) in side.evaluation.row_of


def _counts(console: Console, table: Table, title: str) -> None:
    """Show the counts of changes, without the kinds of change that do not occur."""
    shown = table.with_cells(_or_nothing, *ChangeCounts._fields).without_empty(*ChangeCounts._fields)
    shown = shown.with_cells(lambda cell: clipped(words_of(cell), MOST_WORDS), "words").headed(words="")
    widest = {"words": MOST_WORDS}
    console.print(on_screen(shown, title, no_wrap=("id",), widest=widest, whole=ChangeCounts._fields))
    console.print()


def _or_nothing(cell: Cell) -> Cell:
    return cell or None
