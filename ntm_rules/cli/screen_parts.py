"""What every command shows alike: verdicts in colour and letter, the legend, the data problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text as RichText

from ntm_rules.dataset.latest_year import years_judged
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import Dataset
from ntm_rules.dataset.strangers import of_another_set
from ntm_rules.errors import Severity
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.palette import LEGEND_ORDER
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Text
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.awaited import AwaitedDocument
from ntm_rules.wording.decisions import awaited_words

DONE, NOTHING_EVALUATED, WITH_PROBLEMS = 0, 2, 3
"""Exit statuses of what reads data."""
STYLES = {
    Verdict.MET: "bold green",
    Verdict.NOT_MET: "bold red",
    Verdict.NO_DATA: "yellow",
    Verdict.NO_TARGET: "blue",
    Verdict.NOT_APPLICABLE: "dim",
}
MOST_PROBLEMS = 12


def letter(verdict: Verdict) -> RichText:
    """Return a verdict's letter in its colour."""
    return RichText(str(verdict.letter), style=STYLES[verdict])


def legend() -> RichText:
    """Return the letters with their meaning."""
    line = RichText()
    for verdict in LEGEND_ORDER:
        line.append(str(verdict.letter), style=STYLES[verdict])
        line.append(f" {verdict.label}   ")
    return line


def years_words(years: Sequence[int], dataset: Dataset) -> str:
    """Say which years were asked for in vain, and which there are."""
    wanted, present = (", ".join(str(year) for year in each) for each in (years, dataset.years()))
    return _("There are no figures for {wanted}; there are for {present}.", wanted=wanted, present=present)


def say_years(console: Console, rulebook: Rulebook, dataset: Dataset, years: Iterable[int]) -> None:
    """Say which years the data hold and which is judged, where there are several."""
    for line in years_judged(dataset, rulebook.period, years):
        console.print(str(line), style="bold cyan")


def perhaps_another_set(dataset: Dataset, name: str, title: Text) -> str:
    """Name the set used where the data look made for another; nothing to say of other data."""
    if not of_another_set(dataset):
        return ""
    return _(
        "Most communes, figures or columns are unknown to the set used, {title} ({set}). Are these data of another"
        " set? Name it with --criteria, by id or folder.",
        title=str(title),
        set=name,
    )


def show_nothing(
    console: Console,
    refusal: NothingEvaluated,
    *,
    everything: bool = False,
    in_file: bool = False,
    last: Console | None = None,
) -> int:
    """Show why nothing could be evaluated; return the exit status.

    `everything`, `in_file`: as of `show_problems`. `last`: where the last line goes, if elsewhere.
    """
    header, dataset = refusal.rulebook.loaded.header, refusal.dataset
    doubt = perhaps_another_set(dataset, header.id, header.title)
    show_problems(console, dataset.problems, everything=everything, doubt=doubt, in_file=in_file)
    present = dataset.years()
    if refusal.years and present:
        console.print(years_words(refusal.years, dataset))
    elif present:
        said = {"first": header.period.from_, "last": header.period.to, "years": ", ".join(map(str, present))}
        console.print(_("The criteria set covers {first} to {last}; there are figures of {years} only.", **said))
    (last or console).print(_("Nothing could be evaluated."), style="bold red")
    return NOTHING_EVALUATED


def show_awaited(console: Console, rules: CriteriaSet, documents: Sequence[AwaitedDocument]) -> None:
    """Show the decisions awaited, each with its owner, due day, days overdue, and what waits for it."""
    for document in documents:
        console.print(awaited_words(rules, document), style="bold blue" if document.overdue else "blue")


def show_problems(
    console: Console,
    problems: Sequence[Problem],
    *,
    everything: bool = False,
    doubt: str = "",
    in_file: bool = False,
) -> None:
    """Show problems with place and mend, errors before warnings: the first ones, or all; a doubt of them all first.

    `in_file`: the command writes all of them into problems.csv.
    """
    if not problems:
        return
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    head = _("Data problems: errors {errors}, warnings {warnings}", errors=errors, warnings=len(problems) - errors)
    console.print(head, style="bold yellow")
    if doubt:
        console.print(doubt, style="bold red")
    ordered = sorted(problems, key=lambda problem: problem.severity.rank)
    shown = len(ordered) if everything else MOST_PROBLEMS
    for problem in ordered[:shown]:
        place = str(problem.place())
        where = f"{problem.file}, {place}" if place else problem.file
        style = problem.severity.colour
        console.print(RichText.assemble(("• ", style), (where, "bold"), f": {problem.message()}. {problem.mend()}"))
    if len(problems) > shown:
        more = len(problems) - shown
        words = (
            _("… and {n} more; all are in problems.csv", n=more)
            if in_file
            else _("… and {n} more; ntm batch writes all of them into problems.csv", n=more)
        )
        console.print(words, style="dim")
