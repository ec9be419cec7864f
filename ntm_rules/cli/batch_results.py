"""The files that `ntm batch` writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.report.csv_files import write_csv, write_lines
from ntm_rules.report.finding_columns import FindingColumns
from ntm_rules.report.findings import FindingRow
from ntm_rules.report.rows import (
    ProblemRow,
    VerdictRow,
    gap_rows,
    problem_row,
    summary_columns,
    summary_rows,
    verdict_rows,
)
from ntm_rules.report.run_record import run_record, write_json
from ntm_rules.report.standing_rows import (
    AgencyRow,
    HandedRow,
    MoveRow,
    NearestRow,
    OwedRow,
    agency_rows,
    handed_rows,
    move_rows,
    nearest_rows,
    owed_rows,
)
from ntm_rules.report.workbook import About, write_workbook
from ntm_rules.standing.overview import Overview

NAMES = ("commune", "unit", "quantity_unit")
"""Columns of the verdicts that hold words of the register or the set; the rest are codes and numbers."""
STANDING: tuple[tuple[str, tuple[str, ...], Callable[[Overview], Iterable[Sequence[object]]]], ...] = (
    ("handing-in.csv", HandedRow._fields, handed_rows),
    ("nearest.csv", NearestRow._fields, nearest_rows),
    ("owed.csv", OwedRow._fields, owed_rows),
    ("agencies.csv", AgencyRow._fields, agency_rows),
    ("two-years.csv", MoveRow._fields, move_rows),
)
"""The tables of how the province stands: name, columns, rows of one year."""


def write_results(
    out: Path,
    overviews: Sequence[Overview],
    findings: Sequence[Findings],
    dataset: Dataset,
    rulebook: Rulebook,
    started: dt.datetime,
    engine: str,
    said: About,
) -> Iterator[None]:
    """Write every result file into an existing folder, yielding after each; `findings` are those of each year."""
    evaluations = [overview.evaluation for overview in overviews]
    write_csv(
        out / "verdicts.csv", VerdictRow._fields, (r for e in evaluations for r in verdict_rows(e)), foreign=NAMES
    )
    yield
    write_csv(out / "gaps.csv", VerdictRow._fields, (r for e in evaluations for r in gap_rows(e)), foreign=NAMES)
    yield
    columns = summary_columns(evaluations)
    write_csv(out / "summary.csv", columns, (r[: len(columns)] for e in evaluations for r in summary_rows(e)))
    yield
    write_csv(out / "problems.csv", ProblemRow._fields, (problem_row(p) for p in dataset.problems))
    yield
    for name, fields, rows in STANDING:
        write_csv(out / name, fields, (r for overview in overviews for r in rows(overview)))
        yield
    tables = [FindingColumns(its) for its in findings]
    lines = (line for one in tables for line in one.lines())
    write_lines(out / "cross-checks.csv", FindingRow._fields, lines)
    yield
    made = [row for one in tables for row in one.rows()] if evaluations[0].rules.cross_checks else None
    write_workbook(out / "ket-qua.xlsx", overviews, dataset.problems, said, made)
    yield
    record = run_record(
        overviews,
        dataset,
        started=started,
        engine=engine,
        rule_files=rulebook.loaded.files,
        overlay_files=rulebook.overlay_files,
        findings=[severity for its in findings for severity in its.severities],
    )
    write_json(out / "run.json", record)
    yield
