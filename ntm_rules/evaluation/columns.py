"""Reported values laid out for judging: a row per requirement, a column per commune and year.

Every quantity becomes one 64-bit integer whose order against every possible target is the value's
own: shares and growth are divided out to six decimals and a seventh, sticky digit (see
`ntm_rules.exact`). The division happens once, here; judging is then a bare comparison.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.figure_columns import FigureColumns
from ntm_rules.dataset.record_views import laid_out
from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.evaluation.classes import class_numbers
from ntm_rules.evaluation.nodes import NodeRow
from ntm_rules.evaluation.sticky import TYPED, percents
from ntm_rules.evaluation.taken_columns import CODE_OF_STATE, Takes
from ntm_rules.evaluation.verdicts import CODE, REASON_CODES, Reason
from ntm_rules.exact import TARGET_SCALE, VALUE_SCALE, target_units
from ntm_rules.rulebook.criteria_set import ClassedTarget, Comparator, CriteriaSet, Gate, Requirement

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

_VERDICT_OF_CODE = np.array([reason.verdict for reason in REASON_CODES], np.uint8)
_UNJUDGED = bytes([0, *_VERDICT_OF_CODE[1:]]).ljust(256)
"""Code of a reason -> the verdict where there is nothing to compare."""
ALL_ONES = np.uint8(0xFF)


@dataclass(frozen=True, slots=True)
class Columns:
    """The figures of all communes and years, by requirement.

    Shapes: (requirements, communes) for `value`, `answer`, `why`, `present`, `unjudged`; `exists`,
    `unanswered` and `excepted` hold only the rows in `conditional`.
    """

    value: Ints
    """Quantities in 10**-7; rows of answers are unused and may be left out at the end."""
    answer: NDArray[np.int8]
    """Answers and ranks of the rows from `first_answer` on."""
    first_answer: int
    why: Bytes
    """Code of the reason why there is nothing to compare; 0 where there is a value."""
    present: Bytes
    """0xFF where there is a value, 0 elsewhere."""
    unjudged: Bytes
    """The verdict where there is nothing to compare, 0 where there is a value."""
    conditional: Sequence[int]
    """Rows of the requirements with gates ("if any", "except")."""
    exists: Bytes
    """0xFF where every gate lets the commune through."""
    unanswered: Bytes
    """0xFF where no gate shuts it out and one is not answered."""
    excepted: Bytes
    """0xFF where the first gate that shuts it out is none of "if any"."""
    classes: Mapping[str, NDArray[np.intp]]
    """By what targets differ -> the place of each commune's class (`ntm_rules.evaluation.classes`)."""
    partly: Mapping[int, Bytes] = field(default_factory=dict)
    """Row of a requirement that each of several years must meet -> where some of them are there and others not, the
    code of the reason why it is open unless one of those fails; 0 elsewhere."""

    def __len__(self) -> int:
        return int(self.why.shape[1])


def columns_of(
    records: Sequence[CommuneYear],
    rules: CriteriaSet,
    table: Sequence[NodeRow],
    groups: Sequence[str | None],
    earlier: Mapping[tuple[str, int], CommuneYear],
) -> Columns:
    """Lay out the values of records for a set's table; `groups` holds each record's group.

    `earlier` maps (commune, year) to the record of the year before.
    """
    records, earlier = laid_out(records, earlier)
    figures, owners = records.columns, _places(records.owners, len(records.columns))
    takes = Takes(figures, records, earlier)
    row_of = {name: row for row, name in enumerate(figures.measures)}
    requirements = [row.node for row in table if isinstance(row.node, Requirement)]
    kinds = [rules.measures[r.measure].traits for r in requirements]
    first_answer = next((i for i in range(len(kinds)) if not any(kind.by_size for kind in kinds[i:])), len(kinds))
    size = len(records)
    value = np.zeros((first_answer, size), np.int64)
    answer = np.zeros((len(requirements) - first_answer, size), np.int8)
    why = np.full((len(requirements), size), CODE[Reason.NOT_REPORTED], np.uint8)
    partly: dict[int, Bytes] = {}
    for row, requirement in enumerate(requirements):
        at = row_of.get(requirement.measure)
        measure = rules.measures[requirement.measure]
        taken = requirement.taken.of(measure)
        if not taken.is_level:
            lacking, units, some = takes.row(-1 if at is None else at, measure, taken, least=not requirement.wants_less)
            if some.any():
                partly[row] = np.where(some, lacking, 0).astype(np.uint8)
            why[row] = np.where(some, 0, lacking)
            if row >= first_answer:
                answer[row - first_answer] = units
            else:
                value[row] = units
            continue
        if at is None:
            continue
        why[row] = np.frombuffer(figures.state[at, owners].tobytes().translate(CODE_OF_STATE), np.uint8)
        present = why[row] == 0
        given = figures.value[at, owners]
        if row >= first_answer:
            np.multiply(given, present, out=answer[row - first_answer], casting="unsafe")
        elif kinds[row].counted:
            base = np.where(present, figures.base[at, owners], TYPED)
            value[row] = percents(given * present, base)
        elif kinds[row].by_size:
            np.multiply(given, present, out=value[row])
            if kinds[row].dated:
                value[row] *= VALUE_SCALE
    conditional = [i for i, requirement in enumerate(requirements) if requirement.gates]
    gated = np.zeros((3, len(conditional), size), np.uint8)
    for i, row in enumerate(conditional):
        gated[:, i] = _gated(figures, owners, row_of, requirements[row].gates, size)
    classings = {r.target.classing.by: r.target.classing for r in requirements if isinstance(r.target, ClassedTarget)}
    return from_arrays(
        value=value,
        answer=answer,
        first_answer=first_answer,
        why=why,
        conditional=conditional,
        exists=gated[0],
        unanswered=gated[1],
        excepted=gated[2],
        classes={by: class_numbers(rules, records, groups, classing) for by, classing in classings.items()},
        partly=partly,
    )


def _gated(
    figures: FigureColumns,
    owners: NDArray[np.intp] | slice,
    row_of: Mapping[str, int],
    gates: Sequence[Gate],
    size: int,
) -> tuple[Bytes, Bytes, Bytes]:
    """Return where every gate is open, where none is shut and one not answered, and where an exception shuts first."""
    open_, shut, excepted = np.ones(size, np.bool_), np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    for gate in gates:
        at = row_of.get(gate.measure)
        if at is None:
            open_[:] = False
            continue
        present, value = figures.state[at, owners] == State.PRESENT, figures.value[at, owners]
        lets = present & lets_through(gate, value)
        shuts = present & ~lets
        if not gate.asks_for_any:
            excepted |= shuts & ~shut
        open_ &= lets
        shut |= shuts
    return (*(np.where(one, ALL_ONES, np.uint8(0)) for one in (open_, ~open_ & ~shut, excepted)),)  # type: ignore[return-value]  # three


def lets_through(gate: Gate, value: Ints) -> NDArray[np.bool_]:
    """Tell which reported values let a requirement through: answers, or numbers in 10**-7."""
    if gate.is_question:
        answered: NDArray[np.bool_] = (value != 0) == bool(gate.bar)
        return answered
    bar = target_units(gate.bar) * (VALUE_SCALE // TARGET_SCALE)
    compare = {
        Comparator.AT_LEAST: np.greater_equal,
        Comparator.MORE_THAN: np.greater,
        Comparator.AT_MOST: np.less_equal,
        Comparator.LESS_THAN: np.less,
    }[gate.comparator]
    through: NDArray[np.bool_] = compare(value, bar)
    return through


def _places(owners: NDArray[np.intp], size: int) -> NDArray[np.intp] | slice:
    """Return the places of owners; the whole of the columns where these are all, in their order."""
    return slice(None) if len(owners) == size and (owners == np.arange(size)).all() else owners


def from_arrays(
    *,
    value: Ints,
    answer: NDArray[np.int8],
    first_answer: int,
    why: Bytes,
    conditional: Sequence[int],
    exists: Bytes,
    unanswered: Bytes,
    classes: Mapping[str, NDArray[np.intp]],
    excepted: Bytes | None = None,
    partly: Mapping[int, Bytes] | None = None,
) -> Columns:
    """Return columns from arrays that are already exact; the masks of absence follow from `why`."""
    absent = why != 0
    return Columns(
        value=value,
        answer=answer,
        first_answer=first_answer,
        why=why,
        present=np.multiply(~absent, ALL_ONES, dtype=np.uint8),
        unjudged=np.frombuffer(why.tobytes().translate(_UNJUDGED), np.uint8).reshape(why.shape),
        conditional=conditional,
        exists=exists,
        unanswered=unanswered,
        excepted=np.zeros_like(exists) if excepted is None else excepted,
        classes=classes,
        partly=partly or {},
    )
