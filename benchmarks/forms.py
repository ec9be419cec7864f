"""Forms: the 36 blank ones written, the 36 of the sample taken through to workbook and pages, and 3,321 read."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial

from benchmarks.command import SAMPLES, Process, measure
from benchmarks.filled_forms import forms
from benchmarks.inputs import FIRST_YEAR, OVERLAY, ROOT
from benchmarks.options import Options
from benchmarks.reading import how_many, read_bare, row
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, side_by_side
from ntm_rules.dataset.reading import PARALLEL_FROM, read_dataset

WRITTEN, JUDGED, SHOWN = "`ntm template --all`", "`ntm batch`", "`ntm report html`"
RUNS = 7
BARS = {"write": 10, "through": 10, "read": 3}
"""Seconds for the 36 forms written, seconds for them taken through, times the bare read for 3,321."""


def run(options: Options) -> Section:
    """Measure the commands in turns, then the stages of them, then reading beside a bare read."""
    runs = 1 if options.quick else RUNS
    communes = len(list(SAMPLES.glob("*.xlsx")))
    commands, times = _commands(communes, runs)
    through = times[JUDGED].seconds + times[SHOWN].seconds
    read, ratios, remark = _reading(options)
    return Section(
        title="Forms",
        tables=[commands, _stages(communes, runs), read],
        remarks=[
            "Every command and every run of the stages is a process of its own. The stages are those of both commands "
            "in one process: it reads once, and loads its modules once.",
            remark,
        ],
        aims=[
            Aim(f"{communes} forms written", BARS["write"], times[WRITTEN].seconds, "s"),
            Aim(f"{communes} forms read, checked, judged, reported (xlsx and html)", BARS["through"], through, "s"),
            *(
                Aim(f"forms read beside a bare read, {how_many(jobs)}", BARS["read"], ratio, "x")
                for jobs, ratio in ratios.items()
            ),
        ],
    )


def _commands(communes: int, runs: int) -> tuple[Table, Mapping[str, Process]]:
    with tempfile.TemporaryDirectory() as out:
        data = [str(SAMPLES), "--overlay", str(OVERLAY)]
        asked = {
            WRITTEN: ["template", "--all", "--year", str(FIRST_YEAR), "-o", f"{out}/forms", "--force"],
            JUDGED: ["batch", *data, "--out", f"{out}/results"],
            SHOWN: ["report", "html", *data, "-o", f"{out}/pages"],
        }
        found: dict[str, list[Process]] = {name: [] for name in asked}
        for turn in range(runs + 1):
            for name, arguments in asked.items():
                process = measure(arguments)
                if turn:
                    found[name].append(process)
    median = {
        name: Process(
            statistics.median(one.seconds for one in several),
            statistics.median(one.processor for one in several),
            max(one.largest for one in several),
            max(one.together for one in several),
        )
        for name, several in found.items()
    }
    rows = [
        [
            f"{name}, {communes} forms",
            duration(one.seconds),
            duration(one.processor),
            duration(one.seconds / communes),
            f"{figure(communes / one.seconds)} /s",
            str(runs),
        ]
        for name, one in median.items()
    ]
    return Table(["command", "median", "processor time", "each form", "forms", "runs"], rows), median


def _stages(communes: int, runs: int) -> Table:
    command = [sys.executable, "-m", "benchmarks.stages", str(SAMPLES)]
    found: list[dict[str, float]] = [
        json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout) for _ in range(runs + 1)
    ][1:]
    median = {stage: statistics.median(one[stage] for one in found) for stage in found[0]}
    whole = sum(median.values())
    rows = [[stage, duration(took), f"{took / whole:.0%}", str(runs)] for stage, took in median.items()]
    return Table([f"stage, {communes} forms", "median", "share", "runs"], rows)


def _reading(options: Options) -> tuple[Table, dict[int, float], str]:
    """Return the table, the ratio to the bare read by number of processes, and what was read."""
    country = forms(options)
    questionnaire, files = country.questionnaire(), country.files()
    dataset = read_dataset([country.workbooks], questionnaire)
    wrong = [problem for problem in dataset.problems if problem.severity == "error"]
    own = [record for record in dataset.records if record.year == FIRST_YEAR]
    if wrong or len(own) != len(files):
        raise AssertionError(f"{len(own)} records; {[str(problem.message()) for problem in wrong[:3]]}")
    figures = sum(len(record.values) for record in dataset.records)
    documents = sum(len(record.evidence) for record in own)
    size = statistics.mean(path.stat().st_size for path in files)
    del dataset, own
    rows: list[Sequence[str]] = []
    ratios: dict[int, float] = {}
    for jobs in (1, 2) if len(files) >= PARALLEL_FROM else (1,):
        bare, ours = f"bare calamine read, {how_many(jobs)}", f"`read_dataset(jobs={jobs})`"
        times = side_by_side(
            {
                bare: Contender(partial(read_bare, files, jobs)),
                ours: Contender(partial(read_dataset, [country.workbooks], questionnaire, jobs=jobs)),
            },
            budget=options.budget,
        )
        rows += [row(name, timed, times[bare], len(files)) for name, timed in times.items()]
        ratios[jobs] = times[ours].seconds / times[bare].seconds
    remark = (
        f"Read are {len(files):,} forms of {size / 1000:.0f} kB as `ntm template` makes them, filled in: "
        f"{figures:,} figures (those of the year before a growth included) and {documents:,} documents."
    )
    return (
        Table([f"reading {len(files):,} forms", "median", "per form", "times the bare read", "runs"], rows),
        ratios,
        remark,
    )
