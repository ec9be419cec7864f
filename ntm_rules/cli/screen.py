"""What `ntm batch` shows on screen: a compact matrix, the counts, who has most to do, what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from ntm_rules.cli.findings_screen import findings_line
from ntm_rules.cli.screen_parts import LEGEND_ORDER, STYLES, legend, letter, perhaps_another_set, show_problems
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks import Finding
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.rows import RECOGNITION_MEASURE, agency_counts, summary_rows
from ntm_rules.report.wording import agency_name, full_name, invented, number

MOST_COMMUNES = 60
"""Beyond this many communes the matrix on screen shows the first ones and points to the workbook."""


def show_batch(
    console: Console,
    evaluations: Sequence[Evaluation],
    findings: Sequence[Sequence[Finding]],
    dataset: Dataset,
    out: Path,
) -> None:
    """Show the results of a batch run."""
    for evaluation in evaluations:
        _matrix(console, evaluation)
        _counts(console, evaluation)
        _agencies(console, evaluation)
        _silent(console, evaluation)
    for notice in dict.fromkeys(notice for evaluation in evaluations for notice in evaluation.rules.notices):
        console.print(str(notice), style="bold yellow")
    illustrative = any(e.rules.illustrative for e in evaluations)
    for warning in invented(rules=illustrative, data=dataset.illustrative):
        console.print(warning, style="bold magenta")
    rules = evaluations[0].rules
    doubt = perhaps_another_set(dataset, rules.id, rules.title)
    show_problems(console, dataset.problems, doubt=doubt, in_file=True)
    if rules.cross_checks:
        console.print(findings_line([finding for its in findings for finding in its]), style="bold cyan")
    console.print(_("Results are in {folder}: open ket-qua.xlsx first.", folder=str(out)), style="bold")


def _matrix(console: Console, evaluation: Evaluation) -> None:
    criteria = evaluation.level("criterion")
    year = evaluation.records[0].year
    table = Table(
        title=_("Criteria of every commune, {year}", year=year), box=None, header_style="bold", padding=(0, 1)
    )
    table.add_column(_("Commune"), no_wrap=True)
    conditions = evaluation.level("recognition")
    for row in criteria:
        table.add_column(evaluation.table[row].id, justify="center")
    for _row in conditions:
        table.add_column(_("Cond."), justify="center", no_wrap=True)
    table.add_column(_("Criteria"), justify="right", no_wrap=True)
    table.add_column(_("Indicators"), justify="right", no_wrap=True)
    for record, summary in enumerate(summary_rows(evaluation)):
        if record == MOST_COMMUNES:
            break
        table.add_row(
            summary.commune,
            *(letter(evaluation.verdict(row, record)) for row in (*criteria, *conditions)),
            f"{summary.criteria_met}/{summary.criteria_applicable}",
            f"{summary.indicators_met}/{summary.indicators_applicable}",
        )
    console.print(table)
    if len(evaluation.records) > MOST_COMMUNES:
        more = len(evaluation.records) - MOST_COMMUNES
        console.print(_("… and {n} more communes in the workbook", n=more), style="dim")
    console.print(legend())
    console.print()


def _counts(console: Console, evaluation: Evaluation) -> None:
    rules, total = evaluation.rules, len(evaluation.records)
    rows = list(summary_rows(evaluation))
    for band in rules.bands:
        n = sum(row.band == band.id for row in rows)
        console.print(
            _("{band}: {n} of {total} communes", band=band.title.in_language(current_language()), n=n, total=total)
        )
    meets = sum(row.meets_every_criterion == Verdict.MET.name for row in rows)
    recognised = sum(row.recognised == "yes" for row in rows)
    console.print(_("Meets every criterion: {n} of {total} communes", n=meets, total=total))
    if RECOGNITION_MEASURE in rules.measures:
        console.print(_("Recognised by a decision (as reported): {n} of {total} communes", n=recognised, total=total))
    indicators = evaluation.level("indicator")
    cells = {verdict: int((evaluation.verdicts[indicators] == verdict).sum()) for verdict in LEGEND_ORDER}
    every = len(indicators) * total
    applicable = every - cells[Verdict.NOT_APPLICABLE]
    for verdict, n in cells.items():
        said = {"verdict": verdict.label, "n": number(Decimal(n))}
        if verdict is Verdict.NOT_APPLICABLE:
            line = _("{verdict}: {n} of all {total} commune-indicators", **said, total=number(Decimal(every)))
        else:
            line = _(
                "{verdict}: {n} of {total} commune-indicators that apply", **said, total=number(Decimal(applicable))
            )
        console.print(RichText.assemble((f"{verdict.letter} ", STYLES[verdict]), line))
    console.print()


def _agencies(console: Console, evaluation: Evaluation) -> None:
    table = Table(title=_("Agencies with most gaps"), box=None, header_style="bold", padding=(0, 1))
    table.add_column(_("Lead agency"))
    for verdict in (Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET):
        table.add_column(str(verdict.label), justify="right")
    for count in agency_counts(evaluation)[:6]:
        numbers = (count.not_met, count.no_data, count.no_target)
        table.add_row(agency_name(evaluation.rules, count.agency), *(str(n) for n in numbers))
    console.print(table)
    console.print()


def _silent(console: Console, evaluation: Evaluation) -> None:
    reported = {record.code for record in evaluation.records}
    within = evaluation.rules.communes.within()
    silent = [commune.name for commune in within if commune.code not in reported]
    if silent and len(silent) < len(within):
        names = ", ".join(silent)
        console.print(
            _("No report from {n} of {total} communes: {names}", n=len(silent), total=len(within), names=names)
        )
    outside = ", ".join(full_name(commune) for commune in evaluation.rules.communes.outside())
    if outside:
        console.print(_("Outside this set of criteria: {names}", names=outside), style="dim")
