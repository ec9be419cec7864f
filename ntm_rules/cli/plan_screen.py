"""What `ntm plan status` shows: how many goals stand how, then each goal with every number used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, show_problems
from ntm_rules.i18n import _
from ntm_rules.plan.models import Status, TrackState
from ntm_rules.report.tables.goals import goals
from ntm_rules.report.tables.table import words_of
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.plan import PlanStanding, plan_standing, write_status
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.plan import remarks
from ntm_rules.wording.plan_statuses import status_letter, status_words

STYLES: Mapping[Status, str] = {
    Status.MET: "bold green",
    Status.ON_COURSE: "green",
    Status.BEHIND: "yellow",
    Status.FAR_BEHIND: "red",
    Status.BACKWARD: "bold red",
    Status.NOT_MET: "bold red",
    Status.MISSED: "bold red",
    Status.TOO_EARLY: "dim",
    Status.NO_BASE: "cyan",
    Status.NO_DATA: "yellow",
    Status.NO_TARGET: "blue",
}


def run_status(law: LawAsked, data: Sequence[Path], province: Sequence[Path], out: Path | None = None) -> int:
    """Show how the goals of the plan stand, and write that where asked; return the exit status."""
    with shown() as progress:
        standing = plan_standing(law, data, province, progress=progress)
        inputs = [*files_read(data, standing.rulebook.overlay_paths), *province]
        files = [] if out is None else write_status(standing, out, inputs)
    console = Screen()
    show_goals(console, standing)
    for path in files:
        Screen(long_lines=True).print(_("Written: {file}", file=path))
    for warning in standing.warnings:
        console.print(warning, style="bold magenta")
    show_problems(console, standing.problems, everything=True)
    return WITH_PROBLEMS if standing.problems else DONE


def show_goals(console: Console, standing: PlanStanding) -> None:
    """Show how many goals stand how, then every goal."""
    years = ", ".join(map(str, standing.figures.evaluations)) or _("none")
    day = on_day(standing.today)
    console.print(_("Goals of the plan on {day}; communes judged for: {years}", day=day, years=years), style="bold")
    counts = Counter(state.status for state in standing.states.values())
    line = RichText()
    for status in Status:
        if counts[status]:
            line.append(f"{status_letter(status)} ", style=STYLES[status])
            line.append(f"{status_words(status)}: {counts[status]}   ")
    console.print(line)
    console.print()
    plan, states = standing.plan, standing.states
    told = {
        track.id: [*remarks(plan, track, states[track.id]), *_base_awaited(states[track.id])] for track in plan.tracks
    }
    notes = _told_of_several(told.values())
    table = goals(plan, states)
    for track, row in zip(plan.tracks, table.rows, strict=True):
        cells = {key: words_of(cell) for key, cell in zip(table.keys, row, strict=True)}
        if _base_awaited(states[track.id]):
            cells["base"] = _("{year}, no figure", year=cells["base"].partition(":")[0])
        style = STYLES[states[track.id].status]
        head = RichText.assemble((f"{cells['letter']:>2} {cells['status']}", style), f"  {cells['text']}")
        console.print(head)
        for words in _lines(cells):
            console.print(f"     {words}")
        own = " ".join(said for said in told[track.id] if said not in notes)
        numbers = sorted(notes[said] for said in told[track.id] if said in notes)
        see = _("See notes {numbers} below.", numbers=", ".join(map(str, numbers))) if numbers else ""
        if own or see:
            console.print(f"     {' '.join(filter(None, (own, see)))}", style="dim")
        console.print(f"     {cells['goal']}; {cells['source']}", style="dim")
    console.print()
    for said, number in notes.items():
        console.print(f"({number}) {said}", style="dim")


def _base_awaited(state: TrackState) -> list[str]:
    """Return why a goal has no base yet; nothing where it has one."""
    awaited = state.base.pending if state.base and state.judgement.base is None and not state.base_moved else None
    return [] if awaited is None else [str(awaited)]


def _told_of_several(told: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return what is said of more than one goal, with the number under which it is said once."""
    times = Counter(said for of_one in told for said in of_one)
    return {said: number for number, said in enumerate((said for said in times if times[said] > 1), start=1)}


def _lines(cells: Mapping[str, str]) -> list[str]:
    """Return the numbers of a goal, a line of what belongs together."""
    latest = " = ".join(filter(None, (cells["latest"], cells["made_of"])))
    asked = _("Asked for: {target}, by the end of {year}", target=cells["target"], year=cells["year"])
    facts = [
        _("from {base}", base=cells["base"]) if cells["base"] else "",
        _("latest {latest}", latest=latest) if latest else "",
        _("still to go {distance}", distance=cells["distance"]) if cells["distance"] else "",
    ]
    course = [
        _("pace needed {pace}", pace=cells["needed"]) if cells["needed"] else "",
        _("so far {pace}", pace=cells["actual"]) if cells["actual"] else "",
        _("{ratio} of the straight line", ratio=cells["ratio"]) if cells["ratio"] else "",
        _("reached: {day}", day=cells["day"]) if cells["day"] else "",
    ]
    lead = _("Lead agency: {agency}", agency=cells["lead"])
    return [line for line in ("; ".join(filter(None, [asked, *facts])), "; ".join(filter(None, course)), lead) if line]
