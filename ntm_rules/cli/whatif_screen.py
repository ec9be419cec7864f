"""What `ntm whatif` shows on screen: the two laws, who falls and who rises, the gaps, whose job it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import STYLES, show_problems
from ntm_rules.dataset.problems import Problem
from ntm_rules.i18n import _
from ntm_rules.report.comparison.words import (
    Counts,
    WhatIf,
    asked_words,
    by_agency,
    by_node,
    node_words,
    side_words,
    state_words,
    told_change,
    totals,
)
from ntm_rules.rulebook.models import Band
from ntm_rules.wording.communes import group_words
from ntm_rules.wording.phrases import clipped
from ntm_rules.wording.standards import meets_words
from ntm_rules.workbench.comparing.changes import NodeChange
from ntm_rules.workbench.comparing.communes import CommuneChange, Standing
from ntm_rules.workbench.comparing.directions import State

MOST_COMMUNES = 60
MOST_CHANGES = 40
"""Beyond so many changes the screen leaves the details to the workbook."""
MOST_WORDS = 70
"""How much of an item's text stands beside its counts."""
STANDING_STYLES = {
    Standing.FALLS: "bold red",
    Standing.FAILS_NEWLY: "red",
    Standing.RISES: "bold green",
    Standing.SHIFTS: "bold",
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
        _nodes(console, report)
        _agencies(console, report)
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
        table = Table(title=_("What the two laws ask for differently"), box=None, header_style="bold", padding=(0, 1))
        table.add_column(_("Item"), no_wrap=True)
        for name in (_("Before"), _("After")):
            table.add_column(name)
        for one in report.asked:
            table.add_row(one.id, asked_words(before, one.before, one.after), asked_words(after, one.after, one.before))
        console.print(table)
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
    for standing in Standing:
        found = [commune for commune in shown if commune.standing is standing]
        if not found:
            continue
        everyone = sum(commune.standing is standing for commune in report.communes)
        console.print(f"{standing.label} ({everyone})", style=STANDING_STYLES[standing])
        lists = [
            (_("No longer met"), [commune.fallen for commune in found]),
            (_("Newly failing"), [commune.newly_failing for commune in found]),
            (_("Newly met"), [commune.risen for commune in found]),
            (_("Other"), [commune.others for commune in found]),
        ]
        lists = [(name, changes) for name, changes in lists if any(changes)]
        table = Table(box=None, header_style="bold", padding=(0, 1))
        table.add_column(_("Commune"), no_wrap=True)
        for head in (
            _("Criteria met"),
            _("Band"),
            meets_words(report.after.rules),
            *(name for name, _changes in lists),
        ):
            table.add_column(head)
        for at, commune in enumerate(found):
            table.add_row(*_commune(commune), *(_ids(changes[at]) for _name, changes in lists))
        console.print(table)
        console.print()
    if len(report.communes) > len(shown):
        more = len(report.communes) - len(shown)
        console.print(_("… and {n} more communes in the workbook", n=more), style="dim")


def _commune(commune: CommuneChange) -> list[str | RichText]:
    was, now = commune.was, commune.now
    return [
        commune.name,
        _arrow(f"{was.criteria.met}/{was.criteria.applicable}", f"{now.criteria.met}/{now.criteria.applicable}"),
        _arrow(_band(was.band), _band(now.band)),
        _verdicts(was.meets, now.meets),
    ]


def _ids(changes: Sequence[NodeChange]) -> str:
    return ", ".join(change.id for change in changes)


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _band(band: Band | None) -> str:
    return str(band.title) if band else "-"


def _verdicts(before: State, after: State) -> RichText:
    if before is after:
        return _verdict(after)
    return RichText.assemble(_verdict(before), " → ", _verdict(after))


def _verdict(state: State) -> RichText:
    return RichText(state_words(state), style="" if state is None else STYLES[state])


def _changes(console: Console, report: WhatIf, out: Path | None) -> None:
    """Show every requirement and indicator that changes, with its gaps, when they are few."""
    levels = ("requirement", "indicator")
    order = {(commune.code, commune.year): at for at, commune in enumerate(report.communes)}
    found = []
    for change in report.comparison.changes(levels):
        if told_change(change) and (change.level == "requirement" or change.gaps() != (None, None) or _whole(change)):
            found.append(change)
            if len(found) > MOST_CHANGES:
                break
    if len(found) > MOST_CHANGES:
        words = (
            _("The gaps of every commune are in thay-doi.xlsx, sheet “{sheet}”.", sheet=_("Changes"))
            if out
            else _("The gaps of every commune go into a workbook with --out FOLDER.")
        )
        console.print(words, style="dim")
        console.print()
        return
    found.sort(key=lambda change: order[change.code, change.year])
    table = Table(title=_("Changes, with the gap before and after"), box=None, header_style="bold", padding=(0, 1))
    table.add_column(_("Commune"), no_wrap=True)
    table.add_column(_("Item"), no_wrap=True)
    for name in (_("Verdict"), _("Reported"), _("Target"), _("Gap before"), _("Gap after")):
        table.add_column(name)
    for change in found:
        was, now = side_words(change.was), side_words(change.now)
        table.add_row(
            change.name,
            change.id,
            _verdicts(change.before, change.after),
            now.actual or was.actual,
            _arrow(was.target, now.target),
            was.gap or "-",
            now.gap or "-",
        )
    console.print(table)
    console.print()


def _whole(change: NodeChange) -> bool:
    """Tell whether an indicator that changes states a single condition, so that no requirement is told for it."""
    side = change.now or change.was
    return side is not None and ("requirement", change.id) in side.evaluation.row_of


def _nodes(console: Console, report: WhatIf) -> None:
    table = Table(title=_("Criteria and indicators that change"), box=None, header_style="bold", padding=(0, 1))
    table.add_column(_("Item"), no_wrap=True)
    table.add_column("", max_width=MOST_WORDS)
    rows = by_node(report)
    kinds = _count_columns(table, [counts for _change, counts in rows])
    for change, counts in rows:
        style = "bold" if change.level in ("criterion", "commune") else ""
        id_ = "" if change.level == "commune" else change.id
        table.add_row(id_, clipped(node_words(change), MOST_WORDS), *_counts(counts, kinds), style=style)
    console.print(table)
    console.print()


def _agencies(console: Console, report: WhatIf) -> None:
    table = Table(title=_("Lead agencies concerned"), box=None, header_style="bold", padding=(0, 1))
    table.add_column(_("Lead agency"))
    rows = by_agency(report)
    kinds = _count_columns(table, [counts for _agency, counts in rows])
    for agency, counts in rows:
        table.add_row(agency, *_counts(counts, kinds))
    console.print(table)
    console.print()


def _count_columns(table: Table, counted: Sequence[Counts]) -> list[int]:
    """Add a column for every kind of change that occurs; return which kinds of `Counts` they are.

    Whatever the width of the screen, a count keeps its place: the words beside it give way.
    """
    names = (_("No longer met"), _("Newly failing"), _("Newly met"), _("Other"))
    kinds = [kind for kind in range(len(names)) if any(counts[kind] for counts in counted)]
    for kind in kinds:
        width = max(map(len, (*names[kind].split(), *(str(counts[kind]) for counts in counted))))
        table.add_column(names[kind], justify="right", min_width=width)
    return kinds


def _counts(counts: Counts, kinds: Sequence[int]) -> list[str]:
    return [str(counts[kind] or "") for kind in kinds]
