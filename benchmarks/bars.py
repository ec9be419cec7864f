"""What every change is held against: the commands people wait for, the country, the library, in one run.

Processor time, the least of runs in turns: what else the machine does is in it least.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.command import MB, ONE_COMMUNE, SAMPLES, measure
from benchmarks.country import aims_of, batch_of, table_of
from benchmarks.frames import clean_frame
from benchmarks.inputs import OVERLAY, YEARS, draw, rule_set
from benchmarks.library import MOST
from benchmarks.options import Options
from benchmarks.peers.openfisca import OpenFisca
from benchmarks.reading import read_bare
from benchmarks.tables import Aim, Section, Table, duration
from benchmarks.workbooks import Country, country, write_criteria
from ntm_rules import evaluate, load_set
from ntm_rules.dataset.reading import read_dataset

COMMANDS = {
    "`ntm --version`": 0.023,
    "`ntm assess`, one commune": 0.41,
    "`ntm batch`, the 36 sample workbooks": 1.05,
    "`ntm report html`, the 36 sample workbooks": 2.0,
}
"""Seconds of processor time that each may take."""


def run(options: Options) -> Section:
    """Measure each once or a few times; the million stands apart (`--only million`)."""
    invented = country(options.cache, options.communes)
    table = table_of(options.cache, options.communes, YEARS, "parquet")
    wide = table_of(options.cache, options.communes, YEARS, "csv")
    commands = _commands(1 if options.quick else 5)
    aims = [Aim(f"{name}, processor time", limit, commands[name], "s") for name, limit in COMMANDS.items()]
    aims += _workbooks(invented)
    aims += aims_of(batch_of(table, YEARS, "csv"), batch_of(wide, YEARS, "csv"))
    frame, fisca = _frame(options)
    aims.append(Aim("`evaluate(frame)` of clean figures, processor time", MOST, frame, "s"))
    rows = [[name, duration(seconds)] for name, seconds in commands.items()]
    rows += [["`evaluate(rules, frame)`", duration(frame)], ["openfisca-core, its figures set", duration(fisca)]]
    return Section(
        title="What every change is held against",
        tables=[Table(["what", "processor time"], rows)],
        remarks=["The least of runs in turns; of the country one run each."],
        aims=[] if options.quick else aims,
    )


def _commands(runs: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        overlay, out = ["--overlay", str(OVERLAY)], Path(folder)
        arguments = dict(
            zip(
                COMMANDS,
                (
                    ["--version"],
                    ["assess", str(ONE_COMMUNE), *overlay],
                    ["batch", str(SAMPLES), "--out", str(out / "batch"), *overlay],
                    ["report", "html", str(SAMPLES), "--out", str(out / "html"), *overlay],
                ),
                strict=True,
            )
        )
        return _least({name: _of_command(words) for name, words in arguments.items()}, runs)


def _of_command(words: Sequence[str]) -> Callable[[], float]:
    return lambda: measure(words).processor


def _least(contenders: Mapping[str, Callable[[], float]], runs: int) -> dict[str, float]:
    """Return the least that each took, in turns, one run before that does not count."""
    times = [{name: once() for name, once in contenders.items()} for _ in range(runs + 1)]
    return {name: min(turn[name] for turn in times[1:]) for name in contenders}


def _workbooks(invented: Country) -> list[Aim]:
    """Measure the workbooks of the country: the command in two processes, and reading alone in one."""
    files, questionnaire = invented.files(), invented.questionnaire()
    with tempfile.TemporaryDirectory() as out:
        law = ["--criteria", str(invented.criteria), "--overlay", str(OVERLAY), "--out", out, "--jobs", "2"]
        batch = measure(["batch", str(invented.workbooks), *law])
    read = _least(
        {
            "bare": lambda: _processor(lambda: read_bare(files, jobs=1)),
            "ours": lambda: _processor(lambda: read_dataset([invented.workbooks], questionnaire, jobs=1)),
        },
        2,
    )
    size = f"{len(files):,} workbooks"
    return [
        Aim(
            f"`ntm batch --jobs 2`, {size}, beside a bare read: processor time", 3, batch.processor / read["bare"], "x"
        ),
        Aim("the same: memory of all processes, shared pages in each", 300, batch.together / MB, "MB"),
        Aim("`read_dataset` of the same beside the bare read: processor time", 1.7, read["ours"] / read["bare"], "x"),
    ]


def _frame(options: Options) -> tuple[float, float]:
    folder = options.cache / "library" / "criteria"
    write_criteria(folder, options.communes)
    rules = load_set(folder, overlays=OVERLAY)
    inputs = draw(rule_set(filled=True), options.communes)
    frame, fisca = clean_frame(inputs), OpenFisca(inputs)

    def peer() -> float:
        fisca.forget()
        return _processor(fisca.run)

    found = _least(
        {"ours": lambda: _processor(lambda: evaluate(rules, frame)), "fisca": peer}, 1 if options.quick else 15
    )
    return found["ours"], found["fisca"]


def _processor(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
