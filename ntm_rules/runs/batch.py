"""All communes: read, judged, written into a folder, and their forms given back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ntm_rules.dataset.files.sources import PARQUET
from ntm_rules.dataset.records import Dataset
from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.evaluation.engines import engine_named
from ntm_rules.report.large_tables import CSV, LargeTables
from ntm_rules.report.whole_files import refuse_in_the_way, results_written
from ntm_rules.runs.judged import JudgedYears, judged
from ntm_rules.runs.long_work import Progress, Work, collector_at_rest, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.reading import NothingEvaluated, must_exist, read_years
from ntm_rules.runs.results import files_of, write_beside_large, write_problems, write_results
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.wording.findings import Mistake, as_mistakes, severity_counts

if TYPE_CHECKING:
    from ntm_rules.runs.blocks import FoundInParts
    from ntm_rules.runs.returning import Found, GivenBack


class BatchAsked(NamedTuple):
    """Which years are judged, by what, and where forms are given back."""

    years: Sequence[int] = ()
    """None: the latest."""
    engine: str = "columnar"
    jobs: int = 1
    returned: Path | None = None
    """The folder for forms given back; None: none are."""
    force: bool = False
    """Forms in that folder are replaced."""
    tables: str = CSV
    """What the large tables are written as."""


class BatchRun(NamedTuple):
    """What a run over all communes made."""

    judged: JudgedYears | NothingEvaluated
    findings: Sequence[Findings | FoundInParts]
    """Of the cross-checks, for each year judged."""
    given_back: Sequence[GivenBack]


def write_batch(
    rulebook: Rulebook, data: Sequence[Path], out: Path, batch: BatchAsked, progress: Progress = unseen
) -> BatchRun:
    """Judge everything in `data` and write the results into `out`; where nothing can be judged, its problems alone.

    Raises:
        NtmError: a path that is not there, a file in the way, a year outside the set's period, or an unknown engine.
    """
    started, engine = dt.datetime.now(dt.UTC), engine_named(batch.engine)
    must_exist(data)
    inputs = files_read(data, rulebook.overlay_paths)
    files = files_of(batch.tables)
    refuse_in_the_way(out, files, inputs)
    with collector_at_rest():
        if (apart := _in_parts(rulebook, data, out, batch, started, inputs, progress)) is not None:
            return apart
        read = read_years(rulebook, data, batch.years, jobs=batch.jobs, progress=progress)
        if isinstance(read, NothingEvaluated):
            given_back = _given_back(rulebook, data, read.dataset, {}, batch, progress)
            with results_written(out, inputs=inputs) as place:
                write_problems(place, read.dataset)
            return BatchRun(read, (), given_back)
        found = judged(read, engine.judge_all, progress)
        findings = [cross_check(evaluation, read.dataset) for evaluation in found.evaluations]
        mistakes = {} if batch.returned is None else _mistakes(found, findings)
        given_back = _given_back(rulebook, data, read.dataset, mistakes, batch, progress)
        progress(Work.WRITING, 0, len(files))
        with results_written(out, inputs=inputs) as place:
            for done, _file in enumerate(
                write_results(place, found, findings, started, engine.name, batch.tables), start=1
            ):
                progress(Work.WRITING, done, len(files))
    return BatchRun(found, findings, given_back)


def _in_parts(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    asked: BatchAsked,
    started: dt.datetime,
    inputs: Sequence[Path],
    progress: Progress,
) -> BatchRun | None:
    """Do the same with one file that is too large to be held, some communes at a time; None: there is no such file."""
    if len(data) != 1 or data[0].suffix.lower() not in PARQUET:
        return None
    from ntm_rules.runs.blocks import judged_in_parts, read_in_parts  # arrays, which few runs need so early

    engine, files = engine_named(asked.engine), files_of(asked.tables)
    with TemporaryDirectory(prefix="ntm-") as folder:
        read = read_in_parts(rulebook, data, Path(folder) / "parts", progress)
        if read is None:
            return None
        with results_written(out, inputs=inputs) as place:
            with LargeTables(place, asked.tables) as large:
                done = judged_in_parts(rulebook, read, asked.years, engine.judge_all, large, progress)
            if isinstance(done, NothingEvaluated):
                for file in place.iterdir():
                    file.unlink()
                write_problems(place, read.dataset)
                return BatchRun(done, (), ())
            found, told = done
            counts = Counter(severity for of_year in told for severity in of_year.severities)
            steps = write_beside_large(
                place, found, severity_counts(counts.elements()), started, engine.name, asked.tables
            )
            for at, _file in enumerate(steps, start=1):
                progress(Work.WRITING, at, len(files))
    return BatchRun(found, told, ())


def _given_back(
    rulebook: Rulebook, data: Sequence[Path], dataset: Dataset, mistakes: Found, asked: BatchAsked, progress: Progress
) -> Sequence[GivenBack]:
    """Give forms back where that is asked for."""
    if asked.returned is None:
        return ()
    from ntm_rules.runs.returning import check_returns, return_forms  # forms are written by few runs

    check_returns(data, asked.returned, dataset, mistakes, force=asked.force)
    given_back = []
    for form in return_forms(rulebook, data, asked.returned, dataset, mistakes):
        given_back.append(form)
        progress(Work.RETURNING, len(given_back), None)
    return given_back


def _mistakes(judged: JudgedYears, findings: Sequence[Findings]) -> Found:
    """Return what the cross-checks found of each commune and year, as its form is told."""
    found: dict[tuple[str, int], list[Mistake]] = {}
    for evaluation, its in zip(judged.evaluations, findings, strict=True):
        for finding in its:
            found.setdefault((finding.code, finding.year), []).extend(as_mistakes(evaluation.rules, [finding]))
    return found
