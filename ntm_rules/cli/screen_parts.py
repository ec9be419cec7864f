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
from ntm_rules.i18n import _, current_language
from ntm_rules.report.standing_words import awaited_words
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.models import Text, Years
from ntm_rules.standing.awaited import AwaitedDocument

STYLES = {
    Verdict.MET: "bold green",
    Verdict.NOT_MET: "bold red",
    Verdict.NO_DATA: "yellow",
    Verdict.NO_TARGET: "blue",
    Verdict.NOT_APPLICABLE: "dim",
}
LEGEND_ORDER = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET, Verdict.NOT_APPLICABLE)
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


def years_words(asked: Sequence[int], dataset: Dataset) -> str:
    """Say which years were asked for in vain, and which there are."""
    wanted, present = (", ".join(str(year) for year in years) for years in (asked, dataset.years()))
    return _("There are no figures for {wanted}; there are for {present}.", wanted=wanted, present=present)


def say_why_no_year(console: Console, dataset: Dataset, asked: Sequence[int], period: Years) -> None:
    """Say why no year of the data could be judged, where there are figures of any."""
    if asked and dataset.years():
        console.print(years_words(asked, dataset))
    elif dataset.years():
        present = ", ".join(str(year) for year in dataset.years())
        said = {"first": period.from_, "last": period.to, "years": present}
        console.print(_("The criteria set covers {first} to {last}; there are figures of {years} only.", **said))


def say_years(console: Console, dataset: Dataset, period: Years, judged: Iterable[int]) -> None:
    """Say which years the data hold and which is judged, where there are several."""
    for line in years_judged(dataset, period, judged):
        console.print(str(line), style="bold cyan")


def perhaps_another_set(dataset: Dataset, set_: str, title: Text) -> str:
    """Name the set used where the data look made for another; nothing to say of other data."""
    if not of_another_set(dataset):
        return ""
    return _(
        "Most communes, figures or columns are unknown to the set used, {title} ({set}). Are these data of another"
        " set? Name it with --criteria, by id or folder.",
        title=title.in_language(current_language()),
        set=set_,
    )


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
