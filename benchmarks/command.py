"""The command: whole processes from start to exit, with the most memory they held."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil  # comes with openfisca-core

from benchmarks.inputs import OVERLAY, ROOT
from benchmarks.options import Options
from benchmarks.reading import read_bare
from benchmarks.tables import Aim, Section, Table, duration
from benchmarks.workbooks import country

MB = 1_000_000
SAMPLES = ROOT / "samples" / "lai-chau-2026"
ONE_COMMUNE = SAMPLES / "03595-than-uyen.xlsx"
LAUNCHER = Path(__file__).with_name("launcher.py")
PAUSE = 0.02
"""Seconds between two looks at the memory of all processes of a command."""
EVALUATED = (0, 3)
"""Exit statuses of a run that judged everything, without or with data problems."""


class Process(NamedTuple):
    """What one run of a command took."""

    seconds: float
    processor: float
    """Seconds of processor time of all its processes; 0 where not told."""
    largest: int
    """Bytes held at most by the largest of its processes; 0 where not told."""
    together: int
    """Bytes held at most by all its processes, pages they share counted in each; 0 where not told."""


def run(options: Options) -> Section:
    """Measure version, one commune, the sample and the whole country."""
    invented = country(options.cache, options.communes)
    overlay = ["--overlay", str(OVERLAY)]
    with tempfile.TemporaryDirectory() as out:
        batch = ["--out", out, *overlay]
        national = ["batch", str(invented.workbooks), "--criteria", str(invented.criteria), *batch]
        size = f"{options.communes:,}"
        times = {
            name: _median(arguments, 1 if options.quick else runs)
            for name, arguments, runs in (
                ("`ntm --version`", ["--version"], 15),
                ("`ntm assess`, one commune", ["assess", str(ONE_COMMUNE), *overlay], 7),
                ("`ntm batch`, the 36 sample workbooks", ["batch", str(SAMPLES), *batch], 7),
                (f"`ntm batch`, {size} workbooks", national, 3),
                (f"`ntm batch --jobs 2`, {size} workbooks", [*national, "--jobs", "2"], 3),
            )
        }
    rows = [
        [name, *map(duration, found[:2]), *map(_memory, found[2:]), str(runs)] for name, (found, runs) in times.items()
    ]
    version, _assess, sample, whole, two_jobs = (found for found, _runs in times.values())
    aims = [
        Aim("`ntm --version`", 150, version.seconds * 1000, "ms"),
        Aim("`ntm batch`, 36 communes", 2, sample.seconds, "s"),
    ]
    if not options.quick:
        aims.append(Aim(f"`ntm batch`, {size} communes", 20, whole.seconds, "s"))
        beside = two_jobs.seconds / _bare_seconds(invented.files())
        aims.append(Aim(f"`ntm batch --jobs 2`, {size} communes, beside a bare read in one process", 3, beside, "x"))
        most = max(whole.together, two_jobs.together) / MB
        aims.append(Aim(f"`ntm batch`, {size} communes: memory of all processes", 300, most, "MB"))
    return Section(
        title="The command, as a whole process",
        tables=[Table(["command", "median", "processor time", "largest process", "all processes", "runs"], rows)],
        remarks=[
            "One run before the first is not counted: it fills Python's own bytecode cache, as installing does.",
            "Processor time is that of all processes together; the median is longer where others were busy too.",
            "Memory is the highest of the runs. Of all processes together it is looked at every "
            f"{PAUSE * 1000:.0f} ms, and pages they share are counted in each.",
        ],
        aims=aims,
    )


def _bare_seconds(files: Sequence[Path]) -> float:
    """Return the median of the seconds of three bare reads of the workbooks."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        read_bare(files, jobs=1)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _median(arguments: Sequence[str], runs: int) -> tuple[Process, int]:
    measure(arguments)
    found = [measure(arguments) for _ in range(runs)]
    seconds = statistics.median(process.seconds for process in found)
    processor = statistics.median(process.processor for process in found)
    return Process(seconds, processor, max(p.largest for p in found), max(p.together for p in found)), runs


def measure(arguments: Sequence[str]) -> Process:
    """Run `ntm` once with these arguments.

    Raises:
        AssertionError: it did not exit as a run that judged everything does.
    """
    command = [sys.executable, "-I", "-S", str(LAUNCHER), *_ntm(), *arguments]
    launcher = subprocess.Popen(command, stdout=subprocess.PIPE)
    watch = _Watch(launcher.pid)
    told, _ = launcher.communicate()
    most = watch.stop()
    found = json.loads(told)
    if found["status"] not in EVALUATED:
        raise AssertionError(f"ntm {' '.join(arguments)} ended with status {found['status']}")
    return Process(found["seconds"], found["processor"], found["largest"], max(most, found["largest"]))


class _Watch:
    """Looks at the memory of all that a launcher started until stopped."""

    def __init__(self, pid: int) -> None:
        self.most = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._look, args=(pid,), daemon=True)
        self.thread.start()

    def _look(self, pid: int) -> None:
        launcher = psutil.Process(pid)
        while not self.done.wait(PAUSE):
            with suppress(psutil.Error):
                self.most = max(self.most, sum(map(_held, launcher.children(recursive=True))))

    def stop(self) -> int:
        self.done.set()
        self.thread.join()
        return self.most


def _held(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has ended meanwhile
        return 0


def _ntm() -> list[str]:
    """Return the command beside this Python, else this Python with the package."""
    script = Path(sys.executable).with_name("ntm")
    return [str(script)] if script.exists() else [sys.executable, "-m", "ntm_rules"]


def _memory(size: int) -> str:
    return f"{size / MB:,.0f} MB" if size else "-"
