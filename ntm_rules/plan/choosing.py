"""Which communes are done by which year, so that no agency does more than it can: a mixed-integer linear program.

Work can be divided, so an agency is a machine that is never idle, and a plan can be kept exactly when, for each agency
and every year, the work for all communes done by then is no more than what it can do by then. So only y(c, t) is asked,
"commune c is done by year t". Effort first: only the years of the aims matter for it. Then lateness, over all years.

HiGHS reckons in floats: what it answers is rounded to whole communes and held against every constraint in integers, so
no answer rests on a tolerance; how far it may be from the best is told by `Choice.gap`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.plan.aims import Aim
from ntm_rules.text_columns import Bools, Ints

EXACT_TO = 1000
"""With so many unknowns or fewer the best is found; with more HiGHS may stop near it."""
RELATIVE_GAP = 1e-4
"""So near to the best that could still be found; what is left open is told."""
SECONDS = 20.0
"""After so long it stops with the best it has."""
_INFEASIBLE = 2
"""What `milp` says of constraints that nothing keeps."""
_HALF = 0.5
"""Between one whole number and the next: a bound there is met by whole numbers alone that meet it themselves."""


@dataclass(frozen=True, slots=True)
class ChoosingProblem:
    """Communes to choose from, and what each agency can do. Efforts and capacities are whole numbers of one unit."""

    efforts: Ints
    """(communes, agencies)."""
    capacity: Ints
    """(agencies, years): in each year, not summed."""
    first: int
    """The first of the years."""
    aims: Sequence[Aim]
    """By year, each for at least as many communes as the one before."""

    @property
    def years(self) -> range:
        """The years, to that of the last aim."""
        return range(self.first, self.aims[-1].year + 1)

    @property
    def total(self) -> Ints:
        """The effort of each commune, of all agencies."""
        summed: Ints = self.efforts.sum(axis=1)
        return summed

    def by(self, year: int) -> Ints:
        """Return what each agency can do by the end of a year."""
        summed: Ints = self.capacity[:, : year - self.first + 1].sum(axis=1)
        return summed


@dataclass(frozen=True, slots=True)
class RoadChoice:
    """Communes chosen."""

    done: NDArray[np.bool_]
    """(communes, aims): done by the year of each aim."""
    effort: int
    """Of those done by the last aim."""
    gap: Fraction
    """By which share of `effort` a better choice could at most be cheaper; 0 where none can be."""


def choose(problem: ChoosingProblem, include: int | None = None, exclude: int | None = None) -> RoadChoice | None:
    """Return the choice of least effort that reaches every aim, or None where none does.

    `include` and `exclude` are communes that must, or must not, be done by the last aim.
    """
    communes, aims = len(problem.efforts), problem.aims
    if not communes or any(aim.communes > communes for aim in aims):
        return None
    cost = np.zeros((len(aims), communes), np.int64)
    cost[-1] = problem.total
    at_least = [(at, aim.communes) for at, aim in enumerate(aims)]
    found = _solved(problem, [aim.year for aim in aims], cost, at_least, include=include, exclude=exclude)
    if found is None:
        return None
    done, bound = found
    effort = int(problem.total[done[-1]].sum())
    least = min(effort, int(np.ceil(bound - _HALF)))
    return RoadChoice(done.T.copy(), effort, Fraction(effort - least, effort) if effort else Fraction(0))


def scheduled(problem: ChoosingProblem, choice: RoadChoice) -> Ints:
    """Return the year by whose end each commune is done, 0 for those not chosen: as early as can be, all together.

    Of all choices of the same effort that with the least lateness, the sum of the years waited for each commune; of
    those again the one in which what takes less is done earlier.
    """
    years, communes = list(problem.years), len(problem.efforts)
    shape = len(years), communes
    at_least = [(years.index(aim.year), aim.communes) for aim in problem.aims]
    spent = np.zeros(shape, np.int64)
    spent[-1] = problem.total
    limits, done = [(spent, choice.effort)], None
    cheapest_first = communes - np.argsort(np.argsort(problem.total, kind="stable"), kind="stable")
    for cost in (np.full(shape, -1), -np.tile(cheapest_first, (len(years), 1))):
        found = _solved(problem, years, cost, at_least, limits=limits)
        if found is None:
            break
        done = found[0]
        limits.append((cost, int(cost[done].sum())))
    when = np.zeros(communes, np.int64)
    if done is None:  # time was up: the years of the aims keep every promise too
        done, years = choice.done.T, [aim.year for aim in problem.aims]
    for at in reversed(range(len(years))):
        when[done[at]] = years[at]
    return when


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why aims cannot be reached."""

    most: Sequence[int]
    """How many communes can be done by each aim, as things are."""
    lacking: Ints
    """(agencies, aims): the least that would have to be added to what each agency can do by each aim, in all."""


def shortage(problem: ChoosingProblem) -> Shortage:
    """Return what is lacking, in the fewest units of all agencies together; nothing where there are too few communes."""
    communes, agencies = problem.efforts.shape
    most = [_most(problem, aim.year) for aim in problem.aims]
    if any(aim.communes > communes for aim in problem.aims):
        return Shortage(most, np.zeros((agencies, len(problem.aims)), np.int64))
    return Shortage(most, _lacking(problem))


def _most(problem: ChoosingProblem, year: int) -> int:
    """Return how many communes can be done by a year."""
    if not len(problem.efforts):
        return 0
    found = _solved(problem, [year], np.full((1, len(problem.efforts)), -1), [])
    return int(found[0].sum()) if found else 0


def _lacking(problem: ChoosingProblem) -> Ints:
    """Return the least capacities to be added that let every aim be reached."""
    from scipy.sparse import block_array, csr_array, eye_array, kron

    (communes, agencies), aims = problem.efforts.shape, len(problem.aims)
    capacity = np.stack([problem.by(aim.year) for aim in problem.aims])  # (aims, agencies)
    doing, adding = aims * communes, aims * agencies
    work = kron(eye_array(aims), csr_array(problem.efforts.T.astype(float)))
    counts = kron(eye_array(aims), csr_array(np.ones((1, communes))))
    rows = [
        (block_array([[work, -eye_array(adding)]]), -np.inf, capacity.ravel() + 0.0),
        (block_array([[counts, csr_array((aims, adding))]]), np.array([aim.communes for aim in problem.aims]), np.inf),
    ]
    if aims > 1:
        both = [[kron(_later(aims), eye_array(communes)), None], [None, kron(_later(aims), eye_array(agencies))]]
        rows.append((block_array(both), 0.0, np.inf))
    upper = np.concatenate([np.ones(doing), np.full(adding, np.inf)])
    sizes = np.concatenate([np.zeros(doing), np.ones(adding)])
    found = _answer(sizes, rows, np.zeros(doing + adding), upper, 1 - sizes)
    assert found is not None  # whatever is lacking may be added
    done = (found[0][:doing].reshape(aims, communes) > _HALF).astype(np.int64)
    needed = np.maximum(done @ problem.efforts - capacity, 0)  # in integers, from the communes alone
    lacking: Ints = np.maximum.accumulate(needed, axis=0).T
    return lacking


def _solved(
    problem: ChoosingProblem,
    years: Sequence[int],
    cost: Ints,
    at_least: Sequence[tuple[int, int]],
    *,
    limits: Sequence[tuple[Ints, int]] = (),
    include: int | None = None,
    exclude: int | None = None,
) -> tuple[Bools, float] | None:
    """Return who is done by each of some years, (years, communes), at the least cost, and a lower bound of that cost.

    None where no plan keeps the constraints. `at_least`: place of a year and how many must be done by then; `limits`:
    weights of everybody done, and what they may come to at most.

    Raises:
        NtmError: time was up before any plan was found, or what was found is none.
    """
    from scipy.sparse import csr_array, eye_array, kron

    n, communes = len(years), len(problem.efforts)
    capacity = np.stack([problem.by(year) for year in years])
    work = kron(eye_array(n), csr_array(problem.efforts.T.astype(float)))
    lower, upper = np.zeros((n, communes)), np.ones((n, communes))
    if include is not None:
        lower[-1, include] = 1
    if exclude is not None:
        upper[:, exclude] = 0
    for slack in (_HALF, 0.0):
        rows: list[tuple[Any, Any, Any]] = [(work, -np.inf, capacity.ravel() + slack)]
        if n > 1:
            rows.append((kron(_later(n), eye_array(communes)), 0.0, 1.0))
        for at, number in at_least:
            counted = np.zeros((n, communes))
            counted[at] = 1
            rows.append((csr_array(counted.reshape(1, -1)), float(number), np.inf))
        rows += [(csr_array(of.reshape(1, -1).astype(float)), -np.inf, most + slack) for of, most in limits]
        answer = _answer(cost.ravel(), rows, lower.ravel(), upper.ravel(), np.ones(cost.size))
        if answer is None:
            return None
        done = (answer[0].reshape(n, communes) > _HALF).astype(np.bool_)
        if (
            (done.astype(np.int64) @ problem.efforts <= capacity).all()
            and (done[1:] >= done[:-1]).all()
            and all(int(of[done].sum()) <= most for of, most in limits)
            and all(int(done[at].sum()) >= number for at, number in at_least)
        ):
            return done, answer[1]
    raise NtmError(Message("The program that chooses communes gave an answer that does not hold; nothing is shown"))


def _later(n: int) -> Any:
    """Return the rows by which nobody who is done by one of `n` years is not by the next."""
    from scipy.sparse import csr_array

    return csr_array(np.eye(n - 1, n, 1) - np.eye(n - 1, n))


def _answer(
    cost: NDArray[Any],
    rows: Sequence[tuple[Any, Any, Any]],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    whole: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float] | None:
    """Return the cheapest values and a lower bound of their cost; None where there are none. Rows: matrix, low, top.

    Raises:
        NtmError: time was up before anything was found.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import vstack

    size = [matrix.shape[0] for matrix, _low, _top in rows]
    lows, tops = (
        np.concatenate([np.broadcast_to(row[at], (n,)) for n, row in zip(size, rows, strict=True)]) for at in (1, 2)
    )
    limits = LinearConstraint(vstack([matrix for matrix, _low, _top in rows]).tocsr(), lows, tops)
    gap = 0.0 if cost.size <= EXACT_TO else RELATIVE_GAP
    options = {"mip_rel_gap": gap, "time_limit": SECONDS}
    found = milp(cost, integrality=whole, bounds=Bounds(lower, upper), constraints=limits, options=options)
    if found.status == _INFEASIBLE:
        return None
    if found.x is None:
        raise NtmError(
            Message("No choice was found in {seconds} seconds; ask for fewer communes or years", seconds=int(SECONDS))
        )
    return found.x, float(found.mip_dual_bound)
