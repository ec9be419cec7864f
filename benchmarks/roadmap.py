"""The road map: one province beside the full form of the same program, and the country as 34 provinces.

`python -m benchmarks.roadmap PROVINCES` measures so many provinces in a process of its own and prints it as JSON.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from random import Random

import numpy as np

from benchmarks.inputs import COMMUNES, OVERLAY, ROOT
from benchmarks.machine import peak_memory
from benchmarks.options import Options
from benchmarks.peers.full_form import least_effort
from benchmarks.tables import Aim, Section, Table, duration
from benchmarks.timing import Contender, side_by_side
from ntm_rules.plan.aims import Aim as Reached
from ntm_rules.plan.choosing import ChoosingProblem, choose, scheduled
from ntm_rules.plan.solving import solve
from ntm_rules.plan.trying import Tries

MB = 1_000_000
ONE, AGENCIES, FIRST, YEARS, PROVINCES = 36, 17, 2027, 9, 34
"""Communes of one province, lead agencies, the first year and how many, provinces of the country."""
TRIES = Tries(30, 20, 1)
COMMANDS = 5
"""Runs of the whole command that count."""


def drawn(communes: int, seed: int) -> ChoosingProblem:
    """Return invented efforts: a few agencies each have something to do in a commune, in thousandths."""
    chance = Random(seed)
    efforts = [
        [chance.choice((0, 0, 200, 1000, chance.randint(200, 6000))) for _ in range(AGENCIES)] for _ in range(communes)
    ]
    aim = Reached(max(1, communes * 10 // 36), FIRST + YEARS - 1)
    capacity = np.full((AGENCIES, YEARS), max(6000, communes * 170))
    return ChoosingProblem(np.array(efforts), capacity, FIRST, [aim])


def run(options: Options) -> Section:
    """Measure one province beside its peer, the whole command, and the country."""
    problem = drawn(ONE, 1)
    ours = choose(problem)
    if ours is None or ours.effort != least_effort(problem):
        raise SystemExit("road map: the two forms of one program differ")

    def everything() -> None:
        solve(problem, TRIES)

    timed = side_by_side(
        {
            "choice": Contender(lambda: choose(problem)),
            "whole": Contender(everything),
            "full form": Contender(lambda: least_effort(problem)),
        },
        budget=options.budget,
    )
    provinces = 3 if options.quick else PROVINCES
    country = json.loads(
        subprocess.run(
            [sys.executable, "-m", "benchmarks.roadmap", str(provinces)], cwd=ROOT, check=True, capture_output=True
        ).stdout
    )
    command = _command()
    rows = [
        ["ours: which communes", duration(timed["choice"].seconds), str(timed["choice"].runs)],
        ["ours: with years, costs of changes, 30 tries", duration(timed["whole"].seconds), str(timed["whole"].runs)],
        ["full form: which communes", duration(timed["full form"].seconds), str(timed["full form"].runs)],
        [f"{provinces} provinces, {country['communes']:,.0f} communes, with years", duration(country["seconds"]), "1"],
        ["`ntm plan roadmap`, the sample, whole command", duration(command), str(COMMANDS)],
    ]
    aims = [
        Aim("`ntm plan roadmap`, 36 communes, whole command", 2.0, command, "s"),
        Aim("3,321 communes as 34 provinces", 60.0, country["seconds"], "s"),
        Aim("the same, memory of the process", 400.0, country["peak"] / MB, "MB"),
    ]
    return Section(
        title="Road map: 36 communes, 17 agencies, nine years",
        tables=[Table(["what", "median", "runs"], rows)],
        remarks=["Both forms give the same least effort before anything is timed."],
        aims=aims,
    )


def measure(provinces: int) -> dict[str, float]:
    """Return time and memory of the road maps of so many provinces, one after the other."""
    each = COMMUNES // PROVINCES + 1
    start, communes = time.perf_counter(), 0
    for seed in range(provinces):
        problem = drawn(min(each, COMMUNES - communes), seed)
        choice = choose(problem)
        if choice is None:
            raise SystemExit(f"province {seed}: no choice")
        scheduled(problem, choice)
        communes += len(problem.efforts)
    return {"seconds": time.perf_counter() - start, "communes": communes, "peak": peak_memory()}


def _command() -> float:
    """Return the median seconds of the whole command on the sample, from start to exit; a first run does not count."""
    data = ROOT / "samples" / "lai-chau-2026.csv"
    asked = [
        *(sys.executable, "-m", "ntm_rules", "plan", "roadmap", str(data)),
        *("--overlay", str(OVERLAY), "--target", "10:2030"),
    ]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _run in range(COMMANDS + 1):
            start = time.perf_counter()
            subprocess.run(asked, cwd=folder, check=True, capture_output=True)
            found.append(time.perf_counter() - start)
    return statistics.median(found[1:])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
