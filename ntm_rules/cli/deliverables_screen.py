"""What `ntm plan deliverables` shows: counts, the overdue first with what waits for them, then by agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.console import Screen
from ntm_rules.cli.screen_parts import DONE
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed, Stage
from ntm_rules.report.tables.deliverables import agencies_owing
from ntm_rules.runs.deliverables import DeliverablesAsked, DeliverablesStanding, deliverables_standing
from ntm_rules.runs.law import LawAsked
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.deliverables import (
    deliverable_due_words,
    deliverable_owner_words,
    deliverable_waiting_words,
    deliverable_words,
    stage_letter,
    stage_said,
    stage_words,
)
from ntm_rules.wording.plan import goal_source

SOMETHING_OVERDUE = 1
STYLES: Mapping[Stage, str] = {
    Stage.OVERDUE: "bold red",
    Stage.DUE_SOON: "bold yellow",
    Stage.DUE_LATER: "yellow",
    Stage.AHEAD: "dim",
    Stage.DONE: "green",
}


def run_deliverables(law: LawAsked, options: DeliverablesAsked) -> int:
    """Show the documents of the plan; return the exit status."""
    standing = deliverables_standing(law, options)
    show_deliverables(Screen(), standing)
    for path in standing.files:
        Screen(long_lines=True).print(_("Written: {file}", file=path))
    return SOMETHING_OVERDUE if any(one.stage is Stage.OVERDUE for one in standing.documents) else DONE


def show_deliverables(console: Console, standing: DeliverablesStanding) -> None:
    """Show how many documents stand where, every document, and the agencies that owe them."""
    console.print(_("Documents that the plan asks for, {day}", day=on_day(standing.today)), style="bold")
    counts = Counter(one.stage for one in standing.documents)
    line = RichText()
    for stage in Stage:
        if counts[stage]:
            line.append(f"{stage_letter(stage)} ", style=STYLES[stage])
            line.append(f"{stage_words(stage)}: {counts[stage]}   ")
    console.print(line)
    console.print()
    for one in standing.documents:
        _show(console, standing.plan, one)
    console.print()
    table = agencies_owing(standing.plan, standing.documents)
    console.print(on_screen(table, _("Documents by agency")))


def _show(console: Console, plan: Plan, one: Owed) -> None:
    head = f"{stage_letter(one.stage):>2} {stage_said(one)}"
    console.print(RichText.assemble((head, STYLES[one.stage]), f"  {deliverable_words(one)}"))
    console.print(f"     {deliverable_owner_words(plan, one)}; {deliverable_due_words(one)}")
    if waiting := deliverable_waiting_words(one):
        console.print(f"     {waiting}", style="bold" if one.stage is Stage.OVERDUE else "")
    console.print(f"     {one.id}; {goal_source(plan, one.deliverable.source)}", style="dim")
