"""Reading: workbooks into exact, checked records beside a bare calamine read of the same files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, Timed, side_by_side
from benchmarks.workbooks import SHEETS, country
from ntm_rules.dataset.reading import PARALLEL_FROM, read_dataset

CHUNK = 32


def run(options: Options) -> Section:
    """Measure in one process, then (with enough files for it) in two."""
    invented = country(options.cache, options.communes)
    questionnaire, files = invented.questionnaire(), invented.files()
    dataset = read_dataset([invented.workbooks], questionnaire)
    wrong = [problem for problem in dataset.problems if problem.severity == "error"]
    if wrong or len(dataset.records) != SHEETS * len(files):
        raise AssertionError(f"{len(dataset.records)} records; {[str(problem.message()) for problem in wrong[:3]]}")
    figures = sum(len(record.values) for record in dataset.records)
    del dataset
    rows: list[list[str]] = []
    ratios: list[float] = []
    for jobs in (1, 2) if len(files) >= PARALLEL_FROM else (1,):
        bare = f"bare calamine read, {how_many(jobs)}"
        ours = f"`read_dataset(jobs={jobs})`"
        times = side_by_side(
            {
                bare: Contender(partial(read_bare, files, jobs)),
                ours: Contender(partial(read_dataset, [invented.workbooks], questionnaire, jobs=jobs)),
            },
            budget=options.budget,
        )
        rows += [row(name, timed, times[bare], len(files)) for name, timed in times.items()]
        ratios.append(times[ours].seconds / times[bare].seconds)
    return Section(
        title=f"Reading: {len(files):,} workbooks of {SHEETS} sheets, {figures:,} figures",
        tables=[Table(["reading", "median", "per workbook", "times the bare read", "runs"], rows)],
        aims=[
            Aim(f"reading beside a bare read, {how_many(jobs)}", 1.7, ratio, "x")
            for jobs, ratio in enumerate(ratios, start=1)
        ],
    )


def read_bare(files: Sequence[Path], jobs: int) -> None:
    """Read every sheet of every file into lists, and check nothing."""
    if jobs == 1:
        _read_some(files)
        return
    chunks = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for _ in pool.map(_read_some, chunks):
            pass


def _read_some(files: Sequence[Path]) -> None:
    for path in files:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def how_many(jobs: int) -> str:
    """Say how many processes read."""
    return "one process" if jobs == 1 else f"{jobs} processes"


def row(name: str, timed: Timed, bare: Timed, files: int) -> list[str]:
    """Return the row of a way of reading, beside the bare one."""
    each = f"{figure(timed.seconds / files * 1000)} ms"
    return [name, duration(timed.seconds), each, figure(timed.seconds / bare.seconds), str(timed.runs)]
