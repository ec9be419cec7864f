"""`ntm report self-assessment`, `province`, `agency` and `letters`: what is said of the papers written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.findings_screen import show_findings
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, say_years, show_nothing, show_problems
from ntm_rules.cli.standing_screen import show_handing_in
from ntm_rules.i18n import _
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.paper_files import Papers
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.wording.findings import severity_counts_words

MOST_NAMED = 6
"""Up to this many files are named one by one."""


def run_self_assessment(law: LawAsked, form: Path, out: Path, *, commune: str | None, year: int | None) -> int:
    """Write the report of the commune in `form`; return the exit status."""
    from ntm_rules.runs.self_assessment import write_self_assessment

    console, rulebook = Screen(long_lines=True), open_rulebook(law)
    written = write_self_assessment(rulebook, form, out, commune=commune, year=year)
    if isinstance(written, NothingEvaluated):
        return show_nothing(console, written, everything=True)
    subject = written.subject
    say_years(console, rulebook, written.report.dataset, [written.report.record.year])
    console.print(_("Written: {file}", file=written.paper))
    if written.replaced:
        console.print(_("The file that was there has been replaced."))
    console.print(_("It is an unsigned draft: number, day and signature are for people to give."), style="dim")
    console.print(_("Sheet of checks, not to be signed: {file}", file=written.checks))
    for warning in subject.warnings:
        console.print(warning, style="bold magenta")
    show_problems(console, subject.problems)
    show_findings(console, subject.rules, subject.findings)
    return WITH_PROBLEMS if subject.problems else DONE


def run_papers(law: LawAsked, write: Callable[..., Papers | NothingEvaluated], *, handing_in: bool = False) -> int:
    """Have papers over all communes written, and say which; return the exit status. `handing_in`: and who handed in."""
    console, rulebook = Screen(long_lines=True), open_rulebook(law)
    with shown() as progress:
        papers = write(rulebook, progress=progress)
    if isinstance(papers, NothingEvaluated):
        return show_nothing(console, papers)
    judged = papers.judged
    say_years(console, rulebook, judged.dataset, judged.years)
    _say_drafts(console, papers.files, papers.warnings)
    if handing_in:
        show_handing_in(console, judged.overview)
    show_problems(console, judged.dataset.problems)
    if papers.findings is not None:
        console.print(severity_counts_words(finding.severity for finding in papers.findings), style="bold cyan")
    return WITH_PROBLEMS if judged.dataset.problems else DONE


def _say_drafts(console: Console, paths: Sequence[Path], warnings: Sequence[str]) -> None:
    """Say which files were written (of many, how many and the last one), and what must be known of them."""
    if len(paths) > MOST_NAMED:
        console.print(_("{n} files written to {folder}", n=len(paths), folder=paths[0].parent))
        paths = paths[-1:]
    for path in paths:
        console.print(_("Written: {file}", file=path))
    console.print(_("The papers are unsigned drafts: number, day and signature are for people to give."), style="dim")
    for warning in warnings:
        console.print(warning, style="bold magenta")
