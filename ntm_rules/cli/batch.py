"""`ntm batch`: read, judge and write the results of all communes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from ntm_rules.cli.batch_results import write_results
from ntm_rules.cli.console import Screen
from ntm_rules.cli.long_work import collector_at_rest, progress_bar
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen import show_batch
from ntm_rules.cli.screen_parts import perhaps_another_set, say_why_no_year, say_years, show_problems, years_words
from ntm_rules.dataset.latest_year import latest_year, reports_by_year
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import Evaluation, Judge, columnar, evaluate
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.engines import Engine, engine_named
from ntm_rules.i18n import Message, _, current_language
from ntm_rules.report.csv_files import write_csv
from ntm_rules.report.explanation.sources import overlay_words
from ntm_rules.report.findings import Mistake, as_mistakes
from ntm_rules.report.rows import ProblemRow, problem_row
from ntm_rules.report.whole_files import refuse_in_the_way, results_written
from ntm_rules.report.wording import day, full_name, invented
from ntm_rules.report.workbook import About
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.rulebook.models import Overlay
from ntm_rules.standing.overview import Overview

if TYPE_CHECKING:
    from ntm_rules.cli.returning import GivenBack

FILES = (
    "ket-qua.xlsx", "verdicts.csv", "gaps.csv", "summary.csv", "problems.csv", "cross-checks.csv", "run.json",
    "handing-in.csv", "nearest.csv", "owed.csv", "agencies.csv", "two-years.csv",
)  # fmt: skip
ALL_EVALUATED, NOTHING_EVALUATED, WITH_PROBLEMS = 0, 2, 3


def run_batch(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    years: Sequence[int],
    as_of: dt.date | None,
    jobs: int,
    engine: str,
    returned: Path | None = None,
    force: bool = False,
) -> int:
    """Assess everything in `data`, write the results to `out`; return the exit status."""
    with collector_at_rest():
        return _run(rulebook, data, out, years, as_of, jobs, engine_named(engine), returned, force)


def _run(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    years: Sequence[int],
    as_of: dt.date | None,
    jobs: int,
    engine: Engine,
    returned: Path | None,
    force: bool,
) -> int:
    started = dt.datetime.now(dt.UTC)
    console, progress = Screen(), Screen(errors=True)
    missing = [path for path in data if not path.exists()]
    if missing:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in missing))
    inputs = files_read(data, rulebook.overlay_paths)
    refuse_in_the_way(out, FILES, inputs)
    with progress_bar(progress) as bar:
        task = bar.add_task(_("Reading"), total=None)
        dataset = read_dataset(
            data,
            rulebook.questionnaire(),
            jobs=jobs or os.cpu_count() or 1,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        chosen = years_to_judge(dataset, rulebook, years)
        if not chosen:
            bar.stop()
            if returned is not None:
                from ntm_rules.cli.returning import check_returns  # forms are written by few runs

                check_returns(data, returned, dataset, {}, force=force)
            with results_written(out, inputs=inputs) as place:
                write_csv(place / "problems.csv", ProblemRow._fields, (problem_row(p) for p in dataset.problems))
            header = rulebook.loaded.header
            doubt = perhaps_another_set(dataset, header.id, header.title)
            show_problems(console, dataset.problems, doubt=doubt, in_file=True)
            say_why_no_year(console, dataset, years, rulebook.period)
            if returned is not None:
                from ntm_rules.cli.returning import return_forms

                given_back = list(return_forms(rulebook, data, returned, dataset, {}, as_of))
                _say_returned(console, given_back, returned)
            progress.print(_("Nothing could be evaluated."), style="bold red")
            return NOTHING_EVALUATED
        task = bar.add_task(_("Judging"), total=len(chosen))
        evaluations = []
        for year in chosen:
            rules = rulebook.for_year(year, as_of)
            evaluations.append(evaluate(rules, dataset.records, years=[year], judge=engine.judge_all))
            bar.advance(task)
        overviews = overviews_of(rulebook, dataset, evaluations, rulebook.counted_to(as_of), engine.judge_all)
        findings = [cross_check(evaluation, dataset) for evaluation in evaluations]
        given_back = []
        if returned is not None:
            from ntm_rules.cli.returning import check_returns, return_forms

            mistakes = _mistakes(evaluations, findings)
            check_returns(data, returned, dataset, mistakes, force=force)
            task = bar.add_task(_("Returning forms"), total=None)
            for one in return_forms(rulebook, data, returned, dataset, mistakes, as_of):
                given_back.append(one)
                bar.advance(task)
        task = bar.add_task(_("Writing"), total=12)
        with results_written(out, inputs=inputs) as place:
            for _step in write_results(
                place,
                overviews,
                findings,
                dataset,
                rulebook,
                started,
                engine.name,
                about(evaluations, dataset, rulebook),
            ):
                bar.advance(task)
    show_batch(console, overviews, findings, dataset, out)
    say_years(console, dataset, rulebook.period, chosen)
    if returned is not None:
        _say_returned(console, given_back, returned)
    for overlay in laid_on(evaluations, rulebook):
        console.print(_("Overlay applied: {overlay}", overlay=overlay_words(overlay)))
    unreported = [year for year in years if year not in chosen]
    if unreported:
        console.print(years_words(unreported, dataset), style="bold yellow")
        return WITH_PROBLEMS
    return WITH_PROBLEMS if dataset.problems else ALL_EVALUATED


def _mistakes(evaluations: Sequence[Evaluation], findings: Sequence[Findings]) -> dict[tuple[str, int], list[Mistake]]:
    """Return what the cross-checks found of each commune and year, as its form is told."""
    found: dict[tuple[str, int], list[Mistake]] = {}
    for evaluation, its in zip(evaluations, findings, strict=True):
        for finding in its:
            found.setdefault((finding.code, finding.year), []).extend(as_mistakes(evaluation.rules, [finding]))
    return found


def _say_returned(console: Console, given_back: Sequence[GivenBack], folder: Path) -> None:
    """Say which forms were given back, which only in part, and which could not be."""
    written = [form.name for form in given_back if form.written]
    if written:
        console.print(_("{n} forms returned to {folder}, their mistakes marked", n=len(written), folder=folder))
    elif not given_back:
        console.print(_("No form has anything to mend or to look at again; none was returned."))
    partly = ", ".join(form.name for form in given_back if form.incomplete)
    if partly:
        words = _("Not everything in these could be read, keep them and carry over the rest: {names}", names=partly)
        console.print(words, style="bold yellow")
    lacking = ", ".join(form.name for form in given_back if not form.written)
    if lacking:
        words = _(
            "Could not be returned, as they cannot be read or commune or year not be told: {names}", names=lacking
        )
        console.print(words, style="bold yellow")


def years_to_judge(dataset: Dataset, rulebook: Rulebook, asked: Sequence[int]) -> list[int]:
    """Return the years asked for that have data, or the latest year of the period that has.

    Raises:
        NtmError: a year outside the period of the set; or none is asked for, and the latest is not the fullest.
    """
    outside = [year for year in asked if year not in rulebook.period]
    if outside:
        period = rulebook.period
        raise NtmError(
            Message(
                "The criteria set covers {first} to {last}; it cannot judge {years}",
                first=period.from_,
                last=period.to,
                years=", ".join(map(str, outside)),
            )
        )
    if asked:
        present = reports_by_year(dataset, rulebook.period)
        return [year for year in sorted(set(asked)) if year in present]
    latest = latest_year(dataset, rulebook.period)
    return [] if latest is None else [latest]


def overviews_of(
    rulebook: Rulebook,
    dataset: Dataset,
    evaluations: Sequence[Evaluation],
    day: dt.date,
    judge: Judge = columnar,
) -> list[Overview]:
    """Return each evaluated year beside the year before, which is judged by its own law where the set covers it."""
    judged = {evaluation.records[0].year: evaluation for evaluation in evaluations if evaluation.records}
    found = []
    for year, evaluation in judged.items():
        before = judged.get(year - 1)
        if before is None and year - 1 in rulebook.period and year - 1 in dataset.years():
            before = evaluate(rulebook.for_year(year - 1, None), dataset.records, years=[year - 1], judge=judge)
        found.append(Overview(evaluation, dataset, day, before))
    return found


def about(evaluations: Sequence[Evaluation], dataset: Dataset, rulebook: Rulebook) -> About:
    """Return what the workbook says of the run, and the warnings that head its sheets."""
    from ntm_rules import __version__

    rules = evaluations[0].rules
    language = current_language()
    lines = [
        (_("Program"), f"ntm-rules {__version__}"),
        (_("Criteria set"), f"{rules.title.in_language(language)} ({rules.id}, {rules.version})"),
    ]
    for evaluation in evaluations:
        years = ", ".join(str(y) for y in sorted({r.year for r in evaluation.records}))
        lines.append((_("Year assessed"), years))
        lines.append((_("Rules in force on"), day(evaluation.rules.as_of.isoformat())))
        if evaluation.rules.known_on:
            lines.append((_("As known on"), day(evaluation.rules.known_on.isoformat())))
        lines.append((_("Hash of the resolved set (SHA-256)"), resolved_hash(evaluation.rules)))
    laid = "; ".join(overlay_words(overlay) for overlay in laid_on(evaluations, rulebook))
    lines.append((_("Overlays"), laid or _("none")))
    lines.append((_("Communes in the register"), str(len(rules.communes.within()))))
    outside = ", ".join(full_name(commune) for commune in rules.communes.outside())
    lines.append((_("Outside this set of criteria"), outside or _("none")))
    reported = {record.code for evaluation in evaluations for record in evaluation.records}
    silent = [commune.name for commune in rules.communes.within() if commune.code not in reported]
    lines.append((_("Communes without a report"), ", ".join(silent) or _("none")))
    for name in dataset.inputs:
        lines.append((_("Input file"), f"{name.name}  (SHA-256 {name.sha256})"))
    return About(
        lines=lines,
        illustrative=invented(rules=any(e.rules.illustrative for e in evaluations), data=dataset.illustrative),
    )


def laid_on(evaluations: Sequence[Evaluation], rulebook: Rulebook) -> list[Overlay]:
    """Return the overlays that were in force in some evaluation, in the order given."""
    in_force = {overlay for evaluation in evaluations for overlay in evaluation.rules.overlays}
    return [overlay for overlay in rulebook.overlays if overlay.id in in_force]
