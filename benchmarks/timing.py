"""Medians of runs taken in turns, so that a busy moment of the machine falls on every contender alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

MOST_RUNS = 101
FEWEST_RUNS = 3
SHORT = 0.05
"""A run shorter than this is preceded by an untimed one: the one before belonged to another contender."""


@dataclass(frozen=True, slots=True)
class Timed:
    """The median of some runs, in seconds."""

    seconds: float
    runs: int


@dataclass(frozen=True, slots=True)
class Contender:
    """What is timed, and what must be done before each run without being timed."""

    run: Callable[[], object]
    prepare: Callable[[], object] | None = None

    def time(self) -> float:
        """Return the seconds of one run."""
        if self.prepare is not None:
            self.prepare()
        start = time.perf_counter()
        self.run()
        return time.perf_counter() - start


def side_by_side(contenders: Mapping[str, Contender], *, budget: float) -> dict[str, Timed]:
    """Time contenders in turns, each for about `budget` seconds; the garbage collector works, but not on the inputs."""
    first = {name: _warmed_up(contender) for name, contender in contenders.items()}
    runs = {name: _runs(seconds, budget) for name, seconds in first.items()}
    times: dict[str, list[float]] = {name: [] for name in contenders}
    rounds = max(runs.values())
    gc.collect()
    gc.freeze()
    try:
        for turn in range(rounds):
            for name, contender in contenders.items():
                if turn * runs[name] // rounds == len(times[name]):
                    if first[name] < SHORT:
                        contender.time()
                    times[name].append(contender.time())
    finally:
        gc.unfreeze()
    return {name: Timed(statistics.median(found), len(found)) for name, found in times.items()}


def _warmed_up(contender: Contender) -> float:
    seconds = contender.time()
    return contender.time() if seconds < 1 else seconds


def _runs(seconds: float, budget: float) -> int:
    return min(MOST_RUNS, max(FEWEST_RUNS, int(budget / max(seconds, 1e-6))))
