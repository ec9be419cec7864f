"""The files of results, and what a workbook says of the run that made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ntm_rules import __version__
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.i18n import _
from ntm_rules.report.csv_files import write_csv, write_lines, write_table, write_tables
from ntm_rules.report.finding_columns import COLUMNS, finding_table
from ntm_rules.report.rows import ProblemRow, problem_row
from ntm_rules.report.run_record import run_record, write_json
from ntm_rules.report.tables.agencies import agencies
from ntm_rules.report.tables.coded import for_programs
from ntm_rules.report.tables.communes import summary
from ntm_rules.report.tables.handed_in import handed_in
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.report.tables.owed import owed
from ntm_rules.report.tables.table import Table
from ntm_rules.report.tables.two_years import changes
from ntm_rules.report.verdict_columns import VERDICT_COLUMNS, VerdictColumns
from ntm_rules.report.xlsx import About, write_workbook
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.runs.judged import Judged
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.sources import overlay_words
from ntm_rules.wording.values import invented

FILES = (
    "ket-qua.xlsx", "verdicts.csv", "gaps.csv", "summary.csv", "problems.csv", "cross-checks.csv", "run.json",
    "handing-in.csv", "nearest.csv", "owed.csv", "agencies.csv", "two-years.csv",
)  # fmt: skip
CSV, PARQUET = TABLES = ("csv", "parquet")
"""What the large tables can be written as."""
LARGE = ("verdicts", "gaps", "summary", "cross-checks")


def files_of(tables: str) -> tuple[str, ...]:
    """Return the names of the files of results."""
    large = {f"{name}.{CSV}": f"{name}.{tables}" for name in LARGE}
    return tuple(large.get(name, name) for name in FILES)


STANDING: tuple[tuple[str, Callable[[Sequence[Overview]], Table]], ...] = (
    ("handing-in.csv", handed_in),
    ("nearest.csv", nearest),
    ("owed.csv", owed),
    ("agencies.csv", agencies),
    ("two-years.csv", changes),
)
"""The tables of how the province stands."""


def write_results(
    out: Path, judged: Judged, findings: Sequence[Findings], started: dt.datetime, engine: str, tables: str = CSV
) -> Iterator[None]:
    """Write every result file into an existing folder, yielding after each; `findings` are those of each year.

    `tables`: what the large tables are written as, `csv` or `parquet`.
    """
    dataset, overviews, evaluations = judged.dataset, judged.overviews, judged.evaluations
    by_commune, found = summary(overviews), [finding_table(its) for its in findings]
    if tables == PARQUET:
        from ntm_rules.report import parquet_tables  # Arrow takes long to import

        verdicts = map(VerdictColumns, evaluations)
        parquet_tables.write_tables(
            out / "verdicts.parquet", (one.verdict_table() for one in verdicts), VERDICT_COLUMNS
        )
        yield
        gaps = map(VerdictColumns, evaluations)
        parquet_tables.write_tables(out / "gaps.parquet", (one.gap_table() for one in gaps), VERDICT_COLUMNS)
        yield
        columns = for_programs(by_commune)
        parquet_tables.write_tables(out / "summary.parquet", [columns], list(columns))
    else:
        verdicts = map(VerdictColumns, evaluations)
        write_lines(out / "verdicts.csv", VERDICT_COLUMNS, (line for one in verdicts for line in one.verdict_lines()))
        yield
        gaps = map(VerdictColumns, evaluations)
        write_lines(out / "gaps.csv", VERDICT_COLUMNS, (line for one in gaps for line in one.gap_lines()))
        yield
        write_table(out / "summary.csv", by_commune)
    yield
    write_problems(out, dataset)
    yield
    for name, table in STANDING:
        write_table(out / name, table(overviews))
        yield
    if tables == PARQUET:
        parquet_tables.write_tables(out / "cross-checks.parquet", found, COLUMNS)
    else:
        write_tables(out / "cross-checks.csv", found, COLUMNS)
    yield
    made = found if evaluations[0].rules.cross_checks else None
    write_workbook(out / "ket-qua.xlsx", overviews, dataset.problems, about(judged), made, tables)
    yield
    record = run_record(
        overviews,
        dataset,
        started=started,
        engine=engine,
        rule_files=judged.rulebook.loaded.files,
        overlay_files=judged.rulebook.overlay_files,
        findings=[severity for its in findings for severity in its.severities],
    )
    write_json(out / "run.json", record)
    yield


def write_problems(out: Path, dataset: Dataset) -> None:
    """Write the problems of the data into an existing folder."""
    write_csv(out / "problems.csv", ProblemRow._fields, (problem_row(p) for p in dataset.problems))


def about(judged: Judged, alone: Evaluation | None = None) -> About:
    """Return what the workbook says of the run, of one evaluation `alone` where one is given, and what heads its sheets."""
    evaluations, dataset = [alone] if alone else judged.evaluations, judged.dataset
    rules = evaluations[0].rules
    lines = [
        (_("Program"), f"ntm-rules {__version__}"),
        (_("Criteria set"), f"{rules.title!s} ({rules.id}, {rules.version})"),
    ]
    for evaluation in evaluations:
        years = ", ".join(str(y) for y in sorted({r.year for r in evaluation.records}))
        lines.append((_("Year assessed"), years))
        lines.append((_("Rules in force on"), on_day(evaluation.rules.as_of)))
        if evaluation.rules.known_on:
            lines.append((_("As known on"), on_day(evaluation.rules.known_on)))
        lines.append((_("Hash of the resolved set (SHA-256)"), resolved_hash(evaluation.rules)))
    laid = "; ".join(overlay_words(overlay) for overlay in judged.overlays)
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
