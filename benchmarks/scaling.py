"""Scaling: up to a million commune-years in memory, each size in a process of its own.

`python -m benchmarks.scaling SIZE` measures one size and prints it as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc

from benchmarks.inputs import ROOT, YEARS, draw, repeated, rule_set
from benchmarks.machine import peak_memory
from benchmarks.options import Options
from benchmarks.tables import Aim, Section, Table, duration, figure
from benchmarks.timing import Contender, side_by_side
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import Columns

MB = 1_000_000
BLOCK = 1000
"""Communes drawn; a larger size repeats them."""
BUDGET = 2.0


def run(options: Options) -> Section:
    """Measure every size."""
    found = {size: _in_own_process(size) for size in options.sizes}
    rows = [
        [
            f"{size:,} commune-years",
            duration(one["seconds"]),
            f"{figure(one['seconds'] / size * 1e9)} ns",
            f"{one['figures'] / MB:,.0f} MB",
            f"{one['verdicts'] / MB:,.0f} MB",
            f"{one['beyond'] / MB:,.2f} MB",
            f"{one['peak'] / MB:,.0f} MB",
            f"{one['runs']:.0f}",
        ]
        for size, one in found.items()
    ]
    each = [one["seconds"] / size for size, one in found.items()]
    columns = ["judging", "median", "each", "figures", "verdicts", "beyond both", "process peak", "runs"]
    return Section(
        title="Scaling: every target filled, five years each",
        tables=[Table(columns, rows)],
        remarks=[
            "“figures” is what is judged and “verdicts” the result, both held in memory; “beyond both” is what judging "
            "needs for itself. The peak of the process includes Python and the making of the figures.",
        ],
        aims=[Aim("linear: slowest size against fastest, per commune-year", 1.25, max(each) / min(each), "x")],
    )


def measure(size: int) -> dict[str, float]:
    """Return time and memory of judging `size` commune-years."""
    compiled = Compiled(rule_set(filled=True))
    columns = repeated(draw(compiled.rules, BLOCK).columns(compiled), size // (BLOCK * YEARS))
    verdicts = compiled.verdicts(columns).nbytes
    timed = side_by_side({"ours": Contender(lambda: compiled.verdicts(columns))}, budget=BUDGET)["ours"]
    peak = peak_memory()
    tracemalloc.start()
    compiled.verdicts(columns)
    beyond = tracemalloc.get_traced_memory()[1] - verdicts
    tracemalloc.stop()
    return {
        "seconds": timed.seconds,
        "runs": timed.runs,
        "figures": _size(columns),
        "verdicts": verdicts,
        "beyond": beyond,
        "peak": peak,
    }


def _in_own_process(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.scaling", str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return found


def _size(columns: Columns) -> int:
    parts = ("value", "answer", "why", "present", "unjudged", "exists", "unanswered")
    return sum(getattr(columns, part).nbytes for part in parts)


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
