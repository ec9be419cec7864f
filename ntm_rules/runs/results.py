"""The files of results, and what a workbook says of the run that made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ntm_rules import __version__
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import Severity
from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.i18n import _
from ntm_rules.packed_texts import let_go
from ntm_rules.report.finding_columns import finding_table
from ntm_rules.report.large_tables import CSV, NAMES, LargeTables, write_parts
from ntm_rules.report.run_record import run_record, write_json
from ntm_rules.report.tables.agencies import agencies
from ntm_rules.report.tables.communes import summary
from ntm_rules.report.tables.handed_in import handed_in
from ntm_rules.report.tables.nearest import nearest
from ntm_rules.report.tables.owed import owed
from ntm_rules.report.tables.problems import problems
from ntm_rules.report.tables.provinces import provinces
from ntm_rules.report.tables.table import Table
from ntm_rules.report.tables.two_years import changes
from ntm_rules.report.whole_files import results_written
from ntm_rules.report.xlsx import About, write_workbook
from ntm_rules.report.xlsx.provinces import write_provinces_workbook
from ntm_rules.rulebook.describe import resolved_hash
from ntm_rules.runs.judged import JudgedYears
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.provinces import several
from ntm_rules.text_columns import Columns
from ntm_rules.waiting_tables import WaitingTables
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.findings import severity_counts
from ntm_rules.wording.sources import overlay_words
from ntm_rules.wording.values import invented

FILES = (
    "ket-qua.xlsx", "verdicts.csv", "gaps.csv", "summary.csv", "problems.csv", "cross-checks.csv", "run.json",
    "handing-in.csv", "nearest.csv", "owed.csv", "agencies.csv", "two-years.csv",
)  # fmt: skip
PROVINCES = "provinces.csv"
"""The table of provinces, of a set that serves several."""
LARGE = ("verdicts", "gaps", "summary", "cross-checks")


MOST_IN_WORKBOOK = 100_000
"""Reports of communes beyond which sheets do not repeat the rows that tables hold."""


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
    out: Path, years: JudgedYears, findings: Sequence[Findings], start: dt.datetime, engine: str, tables: str = CSV
) -> Iterator[None]:
    """Write every result file into an existing folder, yielding after each; `findings` are those of each year.

    `tables`: what the large tables are written as, `csv` or `parquet`.
    """
    are_repeated = len(years.dataset.records) <= MOST_IN_WORKBOOK
    with WaitingTables() as repeated:
        with LargeTables(out, tables) as large:
            for evaluation, its in zip(years.evaluations, findings, strict=True):
                table = finding_table(its)
                large.add_findings(table)
                if are_repeated:
                    repeated.append(table)
                del table  # before the larger ones are made
                let_go()
                large.add(evaluation)
        counts = severity_counts(severity for its in findings for severity in its.severities)
        again = repeated if are_repeated else None
        yield from write_beside_large(out, years, counts, start, engine, tables, again)


def write_beside_large(
    out: Path,
    years: JudgedYears,
    counts: Mapping[Severity, int],
    start: dt.datetime,
    engine: str,
    tables: str,
    findings: Sequence[Columns] | None = None,
) -> Iterator[None]:
    """Write every result file but the tables of verdicts, gaps and findings, yielding after each and for those.

    `counts`: how many findings there are of each severity; `findings`: themselves, as `finding_table` gives them by year;
    None where there are too many for the sheets to repeat the rows that tables hold.
    """
    dataset, overviews, evaluations = years.dataset, years.overviews, years.evaluations
    yield from [None] * len(NAMES)
    laws = [evaluation.rules for evaluation in evaluations]
    write_parts(out / f"summary.{tables}", (summary([overview], laws=laws) for overview in overviews))
    yield
    write_problems(out, dataset)
    yield
    for name, table in STANDING:
        write_parts(out / name, (table([overview]) for overview in overviews))
        yield
    if any(several(rules) for rules in laws):
        write_parts(out / PROVINCES, (provinces([overview]) for overview in overviews))
    checked = counts if evaluations[0].rules.cross_checks else None
    write_workbook(
        out / "ket-qua.xlsx",
        overviews,
        dataset.problems,
        about(years),
        checked,
        findings or (),
        tables,
        in_tables_alone=findings is None,
    )
    yield
    record = run_record(
        overviews,
        dataset,
        start=start,
        engine=engine,
        rule_files=years.rulebook.loaded.files,
        overlay_files=years.rulebook.overlay_files,
        findings=counts,
    )
    write_json(out / "run.json", record)
    yield


def write_provinces(out: Path, runs: Sequence[JudgedYears], inputs: Sequence[Path]) -> None:
    """Write provinces that were each judged by their own decisions beside each other: table, workbook, page.

    Raises:
        NtmError: a file in the way.
        OSError: a file cannot be written.
    """
    from ntm_rules.report.alone.provinces import provinces_page  # most sets serve one province

    overviews = [overview for run in runs for overview in run.overviews]
    said = about(runs[0])
    told = [
        (_("Criteria set"), said.lines[1][1]),
        *((_("Overlays"), overlay_words(o)) for r in runs for o in r.overlays),
    ]
    inputs_said = [(_("Input file"), f"{one.name}  (SHA-256 {one.sha256})") for one in runs[0].dataset.inputs]
    own = said._replace(lines=[said.lines[0], *dict.fromkeys(told), *inputs_said])
    with results_written(out, inputs=inputs) as place:
        write_parts(place / PROVINCES, [provinces(overviews)])
        write_provinces_workbook(place / "cac-tinh.xlsx", overviews, own)
        foot = [f"{name}: {words}" for name, words in own.lines]
        (place / "cac-tinh.html").write_bytes(provinces_page(overviews, own.illustrative, foot))


def write_problems(out: Path, dataset: Dataset) -> None:
    """Write the problems of the data into an existing folder."""
    write_parts(out / "problems.csv", [problems(dataset.problems)])


def about(judged: JudgedYears, alone: Evaluation | None = None) -> About:
    """Return what the workbook says of the run, of one evaluation `alone` where one is given, and what heads its sheets."""
    evaluations, dataset = [alone] if alone else judged.evaluations, judged.dataset
    rules = evaluations[0].rules
    lines = [
        (_("Program"), f"ntm-rules {__version__}"),
        (_("Criteria set"), f"{rules.title!s} ({rules.id}, {rules.version})"),
    ]
    for evaluation in evaluations:
        years = ", ".join(str(y) for y in sorted(set(evaluation.records.years.tolist())))
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
    reported = {code for evaluation in evaluations for code in evaluation.records.codes}
    silent = [commune.name for commune in rules.communes.within() if commune.code not in reported]
    lines.append((_("Communes without a report"), ", ".join(silent) or _("none")))
    for name in dataset.inputs:
        lines.append((_("Input file"), f"{name.name}  (SHA-256 {name.sha256})"))
    return About(
        lines=lines,
        illustrative=invented(rules=any(e.rules.illustrative for e in evaluations), data=dataset.illustrative),
    )
