"""Everything about a road map that takes the solver, as one function of plain values: another process can do it."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from ntm_rules.plan.choosing import ChoosingProblem, RoadChoice, Shortage, choose, scheduled, shortage
from ntm_rules.plan.trying import Tries, tried
from ntm_rules.text_columns import Ints


class Solved(NamedTuple):
    """What came of a problem."""

    problem: ChoosingProblem
    """With those aims, from the first on, that can be reached together; with all where none can."""
    choice: RoadChoice | None
    shortage: Shortage | None
    """Of all aims, where they cannot all be reached."""
    when: Ints
    """The year by whose end each commune is done; 0 where it is not chosen."""
    costs: Sequence[int | None]
    """Of each commune: how much more without it, or with it; None: the aims could not be reached."""
    kept: Sequence[Fraction | None]
    """In which share of the tries each is chosen."""
    tries: int
    """How many tries found a choice."""


def solve(problem: ChoosingProblem, tries: Tries, compared: bool = True) -> Solved:
    """Return the choice, or what is lacking, with what would change it.

    `compared`: whether the costs of other choices are worked out, and tries made.
    """
    choice, aims = choose(problem), problem.aims
    short = shortage(problem) if choice is None else None
    for first in range(len(aims) - 1, 0, -1):
        if choice is None:
            fewer = replace(problem, aims=aims[:first])
            choice = choose(fewer)
            problem = problem if choice is None else fewer
    size = len(problem.efforts)
    when = np.zeros(size, np.int64) if choice is None else scheduled(problem, choice)
    costs: Sequence[int | None] = [None] * size
    kept: Sequence[Fraction | None] = [None] * size
    found = 0
    if choice is not None and compared:
        costs = [_cost(problem, choice, when, at) for at in range(size)]
        kept, found = tried(problem, tries)
    return Solved(problem, choice, short, when, costs, kept, found)


def answer() -> None:
    """Solve what comes in and give back what came of it, both pickled: the work of a process of its own."""
    problem, tries = pickle.load(sys.stdin.buffer)  # nosec B301  # noqa: S301 - from the process that started this one
    sys.stdout.buffer.write(pickle.dumps(solve(problem, tries)))


def _cost(problem: ChoosingProblem, choice: RoadChoice, when: Ints, at: int) -> int | None:
    other = choose(problem, exclude=at) if when[at] else choose(problem, include=at)
    return None if other is None else max(0, other.effort - choice.effort)
