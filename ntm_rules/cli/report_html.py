"""`ntm report html`: the results as a set of plain pages in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, perhaps_another_set, say_years, show_nothing, show_problems
from ntm_rules.i18n import _
from ntm_rules.report.pages.links import INDEX
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.site import write_site


def run_html(law: LawAsked, data: Sequence[Path], out: Path, *, year: int | None, jobs: int = 1) -> int:
    """Write the pages of one year, that asked for or the latest, into a folder; return the exit status."""
    rulebook = open_rulebook(law)
    with shown() as progress:
        site = write_site(rulebook, data, out, year=year, jobs=jobs, progress=progress)
    if isinstance(site, NothingEvaluated):
        return show_nothing(Screen(errors=True), site)
    console, contents = Screen(long_lines=True), site.contents
    rules, dataset = contents.rules, contents.dataset
    console.print(_("{n} pages of {year} written to {folder}", n=site.pages, year=contents.year, folder=out))
    say_years(console, rulebook, dataset, [contents.year])
    console.print(_("Open {index}", index=out / INDEX), style="bold")
    if site.stale:
        console.print(_("Files of the earlier pages removed: {n}", n=len(site.stale)))
    for warning in contents.warnings:
        console.print(warning, style="bold magenta")
    for notice in rules.notices:
        console.print(str(notice), style="bold yellow")
    show_problems(console, dataset.problems, doubt=perhaps_another_set(dataset, rules.id, rules.title))
    return WITH_PROBLEMS if dataset.problems else DONE
