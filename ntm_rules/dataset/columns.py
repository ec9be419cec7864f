"""Reported values as exact integer columns, one row per commune and year.

Three blocks, each measures x rows: quantities as 64-bit integers (with the denominators of shares
beside them), answers as 8-bit integers, and for every measure the state of its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.rulebook.models import QUANTITIES, Measure

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Columns:
    """The values of all rows by measure.

    Shapes: `value`, `base` (quantities, rows); `answer` (answers, rows); `state` (all measures, rows);
    `previous` and `codes`, `years` (rows). `previous` holds the row of the same commune's year
    before, -1 where there is none.
    """

    quantities: Mapping[str, int]
    answers: Mapping[str, int]
    states: Mapping[str, int]
    value: Ints
    base: Ints
    answer: NDArray[np.int8]
    state: Bytes
    codes: Sequence[str]
    years: NDArray[np.int32]
    previous: NDArray[np.intp]

    def __len__(self) -> int:
        return int(self.state.shape[1])


def columns_of(records: Sequence[CommuneYear], measures: Mapping[str, Measure]) -> Columns:
    """Lay records out as columns, for the measures given and in their order."""
    quantities = _index(m for m, spec in measures.items() if spec.kind in QUANTITIES)
    answers = _index(m for m, spec in measures.items() if spec.kind not in QUANTITIES)
    states = _index(measures)
    rows = len(records)
    value = np.zeros((len(quantities), rows), np.int64)
    base = np.zeros((len(quantities), rows), np.int64)
    answer = np.zeros((len(answers), rows), np.int8)
    state = np.full((len(states), rows), State.MISSING, np.uint8)
    for row, record in enumerate(records):
        for measure, reported in record.values.items():
            at = states.get(measure)
            if at is None:
                continue
            state[at, row] = reported.state
            if reported.state is not State.PRESENT:
                continue
            if measure in quantities:
                value[quantities[measure], row] = reported.value
                base[quantities[measure], row] = reported.base
            else:
                answer[answers[measure], row] = reported.value
    return Columns(
        quantities=quantities,
        answers=answers,
        states=states,
        value=value,
        base=base,
        answer=answer,
        state=state,
        codes=[record.code for record in records],
        years=np.array([record.year for record in records], np.int32),
        previous=previous_rows([(record.code, record.year) for record in records]),
    )


def previous_rows(keys: Sequence[tuple[str, int]]) -> NDArray[np.intp]:
    """Return for each (commune, year) the position of (commune, year - 1), or -1.

    >>> previous_rows([("03390", 2025), ("03390", 2026)]).tolist()
    [-1, 0]
    """
    position = {key: row for row, key in enumerate(keys)}
    found = (position.get((code, year - 1), -1) for code, year in keys)
    return np.fromiter(found, np.intp, len(keys))


def _index(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}
