"""How much a choice hangs on its assumptions: the same question asked again, every number moved a little by chance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import NamedTuple

import numpy as np

from ntm_rules.plan.choosing import ChoosingProblem, choose
from ntm_rules.text_columns import Ints


class Tries(NamedTuple):
    """How many, by how many percent each number is moved at most, and where chance starts."""

    runs: int
    percent: int
    seed: int


def tried(problem: ChoosingProblem, tries: Tries) -> tuple[list[Fraction | None], int]:
    """Return in which share of the tries each commune is chosen, and how many tries found any choice.

    Every effort and every capacity is moved on its own by up to `percent`; the same seed gives the same tries. The
    share is of the tries that found a choice; None where none did.
    """
    chance = Random(tries.seed)
    counts, found = np.zeros(len(problem.efforts), np.int64), 0
    for _run in range(tries.runs):
        moved = replace(
            problem,
            efforts=_moved(problem.efforts, tries.percent, chance),
            capacity=_moved(problem.capacity, tries.percent, chance),
        )
        choice = choose(moved)
        if choice is not None:
            found += 1
            counts += choice.done[:, -1]
    return [Fraction(count, found) if found else None for count in counts.tolist()], found


def _moved(numbers: Ints, percent: int, chance: Random) -> Ints:
    """Return whole numbers moved by up to so many percent, rounded up."""
    by = [100 + chance.randint(-percent, percent) for _ in range(numbers.size)]
    moved: Ints = -(-numbers * np.array(by, np.int64).reshape(numbers.shape) // 100)
    return moved
