"""`ntm plan roadmap`: the road map on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, say_years, show_nothing, show_problems
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap, RoadScope
from ntm_rules.report.tables.roadmap import communes, lacking, yearly_work
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.roadmap import RoadMapAsked, make_roadmap
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.wording.roadmap import busiest_words, changes, headline, outside_in_all
from ntm_rules.wording.values import invented

NOT_REACHED = 1
"""Exit status where some target cannot be reached."""


def run_roadmap(law: LawAsked, data: Sequence[Path], options: RoadMapAsked) -> int:
    """Show the road map and write what was asked for; return the exit status."""
    rulebook = open_rulebook(law)
    with shown() as progress:
        made = make_roadmap(rulebook, data, options, progress)
    console = Screen()
    if isinstance(made, NothingEvaluated):
        return show_nothing(console, made)
    road, judged = made.road, made.judged
    say_years(console, rulebook, judged.dataset, judged.years)
    rules = road.evaluation.rules
    for warning in invented(rules=rules.illustrative, data=judged.dataset.illustrative):
        console.print(warning, style="bold magenta")
    show_roadmap(console, road)
    for file in made.files:
        console.print(_("Written: {file}", file=file))
    show_problems(console, judged.dataset.problems)
    if road.missed:
        return NOT_REACHED
    return WITH_PROBLEMS if judged.dataset.problems else DONE


def show_roadmap(console: Console, road: RoadMap) -> None:
    """Show what can be reached, who by when, whose work, what would change it, and who stands outside."""
    for at, line in enumerate(headline(road)):
        warned = road.scope is RoadScope.JUDGED and not at
        console.print(line, style="bold magenta" if warned else "bold")
    if table := lacking(road):
        console.print(on_screen(table, _("What is lacking for the targets that cannot be reached")))
    if road.choice is not None:
        table = communes(road).only("commune", "done", "start", "effort", "change", "kept")
        console.print(on_screen(table, _("Communes and years"), no_wrap=("commune",)))
        years = [f"year_{year}" for year in road.years]
        table = yearly_work(road).only("agency", *years, "all_years", "capacity", "load")
        console.print(on_screen(table, _("What each agency does in each year, in units of work")))
        console.print(_("Busiest agencies: {agencies}.", agencies="; ".join(busiest_words(road))))
        for line in changes(road):
            console.print(line)
    for line in outside_in_all(road):
        console.print(line, style="yellow")
    console.print(str(road.model.note), style="yellow")
