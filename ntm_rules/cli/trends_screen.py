"""`ntm plan trends`: several years on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.progress import shown
from ntm_rules.cli.screen_parts import DONE, WITH_PROBLEMS, show_nothing, show_problems
from ntm_rules.cli.screen_tables import on_screen
from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend, counted_otherwise, most_pressing
from ntm_rules.report.tables.trends import by_item, by_year, figures
from ntm_rules.rulebook.plans import Goal
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.reading import NothingEvaluated
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.runs.trends import make_trends
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Move
from ntm_rules.standing.years import year_totals
from ntm_rules.wording.trends import breaks_words, trend_basis_words
from ntm_rules.wording.values import invented

MOST_SHOWN = 15
"""Rows of the tables on screen; the workbook has them all."""


def run_trends(law: LawAsked, data: Sequence[Path], out: Path | None, *, commune: str | None) -> int:
    """Show the trends and write what was asked for; return the exit status."""
    rulebook = open_rulebook(law)
    with shown() as progress:
        made = make_trends(rulebook, data, out, progress)
    console = Screen()
    if isinstance(made, NothingEvaluated):
        return show_nothing(console, made)
    judged = made.judged
    illustrative = any(evaluation.rules.illustrative for evaluation in judged.evaluations)
    for warning in invented(rules=illustrative, data=judged.dataset.illustrative):
        console.print(warning, style="bold magenta")
    trends = made.trends
    if commune is not None:
        from ntm_rules.runs.named import commune_named

        code = commune_named(rulebook.loaded.communes, commune).code
        trends = [trend for trend in trends if trend.code == code]
    show_trends(console, judged.overviews, trends, rulebook.loaded.goals, whole=commune is None)
    for file in made.files:
        console.print(_("Written: {file}", file=file))
    show_problems(console, judged.dataset.problems)
    return WITH_PROBLEMS if judged.dataset.problems else DONE


def show_trends(
    console: Console,
    overviews: Sequence[Overview],
    trends: Sequence[FigureTrend],
    goals: Sequence[Goal],
    *,
    whole: bool,
) -> None:
    """Show the years, what moved most, who fell, and where figures not met are going; of one commune its figures."""
    years = [overview.year for overview in overviews]
    for line in [*trend_basis_words(years), *breaks_words(overviews[-1].evaluation.rules, goals, years)]:
        console.print(line)
    if whole:
        console.print(on_screen(by_year([year_totals(overview.evaluation) for overview in overviews]), _("By year")))
        table = by_item(overviews)
        heads = {column.key: f"{column.head} {column.over}".strip() for column in table.columns}
        console.print(
            on_screen(table.headed(**heads).without("title"), _("In how many communes each indicator rose or fell"))
        )
        for overview in overviews:
            _show_fallen(console, overview, goals)
    rules = overviews[-1].evaluation.rules
    worth = most_pressing(trends) if whole else trends
    table = figures(rules, worth[:MOST_SHOWN] if whole else worth, years)
    shown = ("id", *(f"year_{year}" for year in years), "target", "pace", "meeting")
    told = ("commune", "id", f"year_{years[-1]}", "target", "pace", "meeting")
    table = table.only(*told) if whole else table.only(*shown, "interval")
    console.print(on_screen(table, _("Where figures are going"), no_wrap=("commune",)))
    if whole and len(worth) > MOST_SHOWN:
        console.print(_("… and {n} more; with --out all are in the workbook", n=len(worth) - MOST_SHOWN), style="dim")


def _show_fallen(console: Console, overview: Overview, goals: Sequence[Goal]) -> None:
    if overview.years is None:
        return
    otherwise = counted_otherwise(overview.evaluation.rules, goals, overview.year)
    fallen: dict[str, list[str]] = {}
    for change in overview.years.of_level("criterion", Move.FELL):
        mark = "*" if (change.level, change.id) in otherwise else ""
        fallen.setdefault(change.name, []).append(change.id + mark)
    if fallen:
        names = "; ".join(f"{name} ({', '.join(ids)})" for name, ids in fallen.items())
        words = _("Criteria no longer met in {year}: {names}.", year=overview.year, names=names)
        console.print(words, style="bold red")
    if any(id_.endswith("*") for ids in fallen.values() for id_ in ids):
        console.print(_("* with a figure that is counted otherwise from {year} on", year=overview.year), style="yellow")
