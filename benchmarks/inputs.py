"""Invented figures of any number of communes and years: seeded arrays, and the same figures in every form needed.

Each quantity is drawn around its target, so that about half of the communes reach it and some hit it
exactly; about one figure in twenty is absent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.columnar import Compiled
from ntm_rules.evaluation.columns import ALL_ONES, Columns, from_arrays
from ntm_rules.evaluation.taking import STATE_REASON
from ntm_rules.evaluation.verdicts import CODE, Reason
from ntm_rules.exact import PERCENT, VALUE_SCALE
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, CriteriaSet
from ntm_rules.rulebook.loader import find_set, load_overlay, load_set
from ntm_rules.rulebook.models import BY_GROUP, Measure
from ntm_rules.rulebook.resolve import resolve

ROOT = Path(__file__).resolve().parents[1]
OVERLAY = ROOT / "samples" / "minh-hoa.overlay.yaml"
COMMUNES = 3321
"""Communes of the whole country."""
YEARS = 5
FIRST_YEAR = 2026
SEED = 5434
ABSENT = 0.05
"""Share of the figures that are absent."""
READY = 0.15
"""Share of the communes that reach nearly everything."""
GROUP_SHARES = (0.2, 0.25, 0.53)
"""Shares of the communes in the first, second and third group; of the rest the group is unknown."""

Ints = NDArray[np.int64]
_GRID = VALUE_SCALE // 10
_HUNDREDTH = VALUE_SCALE // 100
_ABSENT_STATES = np.array([State.MISSING, State.INVALID, State.CONFLICTING], np.uint8)


def rule_set(*, filled: bool) -> CriteriaSet:
    """Return the Lai Châu set: as it is, or with the illustrative overlay that fills every target."""
    overlays = [load_overlay(OVERLAY)] if filled else []
    return resolve(load_set(find_set("lai-chau-2026-2030")), as_of=dt.date(2026, 12, 31), overlays=overlays)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over all communes and years, as `Reported` holds it; `before` is last year's, for growth."""

    state: NDArray[np.uint8]
    value: Ints
    base: Ints
    before: Ints | None = None

    def units(self) -> Ints:
        """Return the quantity in 10**-7, exact against every target (`ntm_rules.exact`); answers as they are."""
        if self.before is not None:
            return _sticky(PERCENT * (self.value - self.before), self.before)
        return _sticky(PERCENT * self.value, self.base) if self.base.any() else self.value


@dataclass(frozen=True, slots=True)
class Inputs:
    """Figures by measure, communes in blocks of `years` successive years."""

    rules: CriteriaSet
    years: int
    group: NDArray[np.int8]
    """Position of each commune's group among the set's; -1 where unknown."""
    figures: Mapping[str, Figure]

    def __len__(self) -> int:
        return len(self.group)

    def columns(self, compiled: Compiled) -> Columns:
        """Return the figures laid out for a compiled set."""
        requirements = compiled.requirements
        answers = [not self.rules.measures[r.measure].traits.quantity for r in requirements]
        first_answer = next(i for i in range(len(answers) + 1) if all(answers[i:]))
        value = np.zeros((first_answer, len(self)), np.int64)
        answer = np.zeros((len(requirements) - first_answer, len(self)), np.int8)
        why = np.zeros((len(requirements), len(self)), np.uint8)
        for row, requirement in enumerate(requirements):
            figure = self.figures[requirement.measure]
            present = figure.state == State.PRESENT
            why[row] = _CODE_OF_STATE[figure.state]
            if row >= first_answer:
                answer[row - first_answer] = np.where(present, figure.value, 0)
            elif not answers[row]:
                value[row] = np.where(present, figure.units(), 0)
        conditional = [row for row, requirement in enumerate(requirements) if requirement.gates]
        asked = [self.figures[requirements[row].gates[0].measure] for row in conditional]
        return from_arrays(
            value=value,
            answer=answer,
            first_answer=first_answer,
            why=why,
            conditional=conditional,
            exists=_ones([(f.state == State.PRESENT) & (f.value != 0) for f in asked], len(self)),
            unanswered=_ones([f.state != State.PRESENT for f in asked], len(self)),
            classes={BY_GROUP: np.where(self.group < 0, len(self.rules.groups), self.group).astype(np.intp)},
        )

    def group_ids(self) -> list[str | None]:
        """Return the id of each commune's group, None where unknown."""
        ids = [*self.rules.groups, None]
        return [ids[at] for at in self.group.tolist()]

    def records(self) -> tuple[list[CommuneYear], dict[tuple[str, int], CommuneYear]]:
        """Return the same figures as records, and by (commune, year) the record of the year before."""
        states = list(State)
        columns = {
            name: list(zip(f.state.tolist(), f.value.tolist(), f.base.tolist(), strict=True))
            for name, f in self.figures.items()
        }
        growth = {name: f.before.tolist() for name, f in self.figures.items() if f.before is not None}
        records: list[CommuneYear] = []
        earlier: dict[tuple[str, int], CommuneYear] = {}
        for at in range(len(self)):
            commune, year = divmod(at, self.years)
            code, year = f"{50001 + commune}", FIRST_YEAR + year
            values = {
                name: Reported(states[state], value, base)
                for name, column in columns.items()
                for state, value, base in (column[at],)
                if state != State.MISSING
            }
            records.append(CommuneYear(code, code, year, values))
            before = {name: Reported(State.PRESENT, levels[at]) for name, levels in growth.items()}
            earlier[code, year] = CommuneYear(code, code, year - 1, before)
        return records, earlier


def draw(rules: CriteriaSet, communes: int, years: int = YEARS, seed: int = SEED) -> Inputs:
    """Return invented figures, the same for the same arguments; `rules` must have every target."""
    rng = np.random.default_rng(seed)
    group = np.searchsorted(np.cumsum(GROUP_SHARES), rng.random(communes)).astype(np.int8)
    group[group == len(GROUP_SHARES)] = -1
    group = np.repeat(group, years)
    drawing = _Drawing(rng, communes, years)
    higher = {r.measure: r.comparator is not Comparator.AT_MOST for r in rules.requirements()}
    bars = {name: bar[group] for name, bar in _bars(rules)}
    figures = {}
    for name in rules.reported_measures:
        measure = rules.measures[name]
        if measure.traits.needs_year_before:
            figures[name] = drawing.growth(bars[name])
        elif measure.traits.quantity:
            figures[name] = drawing.quantity(measure, bars[name], higher=higher[name])
        else:
            scale = rules.scales[measure.scale] if measure.scale else None
            figures[name] = drawing.answer(measure, len(scale.grades) if scale else 2)
    return Inputs(rules, years, group, figures)


def repeated(columns: Columns, times: int) -> Columns:
    """Return the same columns several times over."""
    return Columns(
        value=np.tile(columns.value, times),
        answer=np.tile(columns.answer, times),
        first_answer=columns.first_answer,
        why=np.tile(columns.why, times),
        present=np.tile(columns.present, times),
        unjudged=np.tile(columns.unjudged, times),
        conditional=columns.conditional,
        exists=np.tile(columns.exists, times),
        unanswered=np.tile(columns.unanswered, times),
        classes={by: np.tile(numbers, times) for by, numbers in columns.classes.items()},
    )


def _bars(rules: CriteriaSet) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield measure and target by group, the last entry for a group unknown."""
    for requirement in rules.requirements():
        target = requirement.target
        if isinstance(target, AwaitedTarget):
            raise ValueError(f"{requirement.id} has no target to draw figures around")
        values = [float(target.value_for(group) or 0) for group in rules.groups]
        yield requirement.measure, np.array([*values, values[-1]])


class _Drawing:
    """Draws figures; some communes are nearly there, so that every verdict occurs at every level."""

    def __init__(self, rng: np.random.Generator, communes: int, years: int) -> None:
        self.rng, self.communes, self.years = rng, communes, years
        self.size = communes * years
        self.ready = np.repeat(rng.random(communes) < READY, years)

    def quantity(self, measure: Measure, bar: NDArray[np.float64], *, higher: bool) -> Figure:
        rng, size = self.rng, self.size
        ahead = np.where(self.ready, np.abs(rng.normal(8, 4, size)), rng.normal(2, 6, size)) * (1 if higher else -1)
        ahead[rng.random(size) < 0.03] = 0
        if not measure.traits.counted:
            value = np.round(np.maximum(bar + ahead, 0) * 100).astype(np.int64) * _HUNDREDTH
            return Figure(self.states(), value, np.zeros(size, np.int64))
        percent = np.clip(bar + ahead, 0, 100)
        assert measure.counted is not None
        counted = rng.integers(200, 4000, size) * 10**measure.counted.decimals
        typed = rng.random(size) < 0.1
        value = np.where(typed, np.round(percent * 100) * _HUNDREDTH, np.round(percent / 100 * counted))
        base = np.where(typed, PERCENT * VALUE_SCALE, counted)
        return Figure(self.states(), value.astype(np.int64), base)

    def growth(self, bar: NDArray[np.float64]) -> Figure:
        shape = self.communes, self.years
        levels = np.empty((self.communes, self.years + 1), np.int64)
        levels[:, 0] = self.rng.integers(2500, 6000, self.communes) * _HUNDREDTH
        rates = 1 + (bar.reshape(shape) + self.rng.normal(1, 3, shape) + 4 * self.ready.reshape(shape)) / 100
        for year in range(self.years):
            levels[:, year + 1] = np.round(levels[:, year] / _HUNDREDTH * rates[:, year]) * _HUNDREDTH
        now, before = levels[:, 1:].ravel(), levels[:, :-1].ravel()
        return Figure(self.states(), now, np.zeros(self.size, np.int64), before)

    def answer(self, measure: Measure, answers: int) -> Figure:
        favourable = self.rng.random(self.size) < np.where(self.ready, 0.999, 0.88)
        value = np.where(favourable, answers - 1, self.rng.integers(0, answers, self.size))
        state = self.states()
        if measure.traits.concluded:
            state[(state == State.PRESENT) & ~self.ready & (self.rng.random(self.size) < 0.05)] = State.AWAITED
        return Figure(state, value, np.zeros(self.size, np.int64))

    def states(self) -> NDArray[np.uint8]:
        absent = self.rng.random(self.size) < np.where(self.ready, 0.001, ABSENT / (1 - READY))
        kinds = self.rng.choice(_ABSENT_STATES, self.size, p=(0.8, 0.15, 0.05))
        return np.where(absent, kinds, np.uint8(State.PRESENT)).astype(np.uint8)


def _sticky(numerator: Ints, denominator: Ints) -> Ints:
    whole, rest = np.divmod(numerator * _GRID, denominator)
    return whole * 10 + np.where(rest != 0, 5, 0)


def _ones(masks: Sequence[NDArray[np.bool_]] | NDArray[np.bool_], size: int) -> NDArray[np.uint8]:
    return np.where(np.array(masks, np.bool_).reshape(-1, size), ALL_ONES, np.uint8(0))


_CODE_OF_STATE = np.array(
    [0 if state is State.PRESENT else CODE[STATE_REASON[state]] for state in State],
    np.uint8,
)
assert CODE[Reason.REACHED] == 0
