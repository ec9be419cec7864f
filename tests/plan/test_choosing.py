"""The choice is the cheapest of all there are, keeps every capacity, and where there is none says what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.plan.aims import Aim
from ntm_rules.plan.choosing import ChoosingProblem, choose, scheduled, shortage
from ntm_rules.plan.yearly_work import yearly_work
from tests.examples import examples

FIRST = 2027


@st.composite
def problems(draw: st.DrawFn) -> ChoosingProblem:
    """Up to five communes, three agencies, three years; one aim or two."""
    communes, agencies, years = (draw(st.integers(1, most)) for most in (5, 3, 3))
    efforts = [[draw(st.integers(0, 6)) for _ in range(agencies)] for _ in range(communes)]
    capacity = [[draw(st.integers(0, 6)) for _ in range(years)] for _ in range(agencies)]
    last = FIRST + years - 1
    number = draw(st.integers(1, communes + 1))
    aims = [Aim(number, last)]
    if years > 1 and draw(st.booleans()):
        aims.insert(0, Aim(draw(st.integers(1, number)), draw(st.integers(FIRST, last - 1))))
    return ChoosingProblem(np.array(efforts), np.array(capacity), FIRST, aims)


def every_plan(problem: ChoosingProblem) -> Iterator[tuple[int, int, int, tuple[int, ...]]]:
    """Yield effort, lateness, and the years of every plan that can be kept: each year tried for each commune."""
    years = list(problem.years)
    for when in product([0, *years], repeat=len(problem.efforts)):
        done = {year: np.array([0 < at <= year for at in when]) for year in years}
        if any((problem.efforts[done[year]].sum(axis=0) > problem.by(year)).any() for year in years):
            continue
        if any(int(done[aim.year].sum()) < aim.communes for aim in problem.aims):
            continue
        effort = int(problem.total[done[years[-1]]].sum())
        late = -sum(int(done[year].sum()) for year in years)
        yield effort, late, sum(int(problem.total[done[year]].sum()) for year in years), when


@settings(max_examples=examples(60))
@given(problems())
def test_it_is_the_cheapest_of_all_and_of_those_the_earliest(problem: ChoosingProblem) -> None:
    choice = choose(problem)
    best = min(every_plan(problem), default=None)
    assert (choice is None) == (best is None)
    if choice is None or best is None:
        return
    assert (choice.effort, choice.gap) == (best[0], 0)
    when = scheduled(problem, choice)
    late = -sum(int(((when > 0) & (when <= year)).sum()) for year in problem.years)
    assert (int(problem.total[when > 0].sum()), late) == best[:2]


@settings(max_examples=60)
@given(problems(), st.data())
def test_with_a_commune_taken_in_or_left_out_it_is_the_cheapest_again(
    problem: ChoosingProblem, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(problem.efforts) - 1))
    plans = list(every_plan(problem))
    for choice, those in (
        (choose(problem, include=at), [plan[0] for plan in plans if plan[3][at]]),
        (choose(problem, exclude=at), [plan[0] for plan in plans if not plan[3][at]]),
    ):
        assert (choice and choice.effort) == min(those, default=None)


@settings(max_examples=60)
@given(problems())
def test_the_work_of_every_agency_and_year_is_within_what_it_can_do_and_done_in_time(problem: ChoosingProblem) -> None:
    choice = choose(problem)
    if choice is None:
        return
    when = scheduled(problem, choice)
    work = yearly_work(problem, when)
    assert (work >= 0).all()
    assert (work.sum(axis=0) <= problem.capacity[:, : len(problem.years)]).all()
    for at, year in enumerate(when.tolist()):
        done = work[at, :, : year - FIRST + 1].sum(axis=1) if year else work[at].sum(axis=1)
        assert done.tolist() == (problem.efforts[at] if year else 0 * problem.efforts[at]).tolist()


@settings(max_examples=60)
@given(problems())
def test_what_is_lacking_is_enough_and_no_less_is(problem: ChoosingProblem) -> None:
    if choose(problem) is not None:
        return
    short = shortage(problem)
    communes, agencies = problem.efforts.shape
    for aim, most in zip(problem.aims, short.most, strict=True):
        alone = ChoosingProblem(problem.efforts, problem.capacity, FIRST, [aim])
        counted = [
            sum(chosen)
            for chosen in product([0, 1], repeat=communes)
            if (np.array(chosen) @ problem.efforts <= alone.by(aim.year)).all()
        ]
        assert most == max(counted)
    if problem.aims[-1].communes > communes:
        assert not short.lacking.any()
        return
    more = problem.capacity.copy()
    before = np.zeros(agencies, np.int64)
    for aim, lacking in zip(problem.aims, short.lacking.T, strict=True):
        more[:, aim.year - FIRST] += lacking - before
        before = lacking
    assert choose(ChoosingProblem(problem.efforts, more, FIRST, problem.aims)) is not None
    assert int(short.lacking.sum()) == min(_lacking(problem))


def _lacking(problem: ChoosingProblem) -> Iterator[int]:
    """Yield what every pair of sets of communes, one for each aim, would have agencies lack in all."""
    communes = len(problem.efforts)
    sets = [np.array(chosen) for chosen in product([0, 1], repeat=communes)]
    for chosen in product(sets, repeat=len(problem.aims)):
        if any(int(one.sum()) < aim.communes for one, aim in zip(chosen, problem.aims, strict=True)):
            continue
        if len(chosen) > 1 and (chosen[1] < chosen[0]).any():
            continue
        needed = [
            np.maximum(one @ problem.efforts - problem.by(aim.year), 0)
            for one, aim in zip(chosen, problem.aims, strict=True)
        ]
        yield int(np.maximum.accumulate(np.array(needed), axis=0).sum())


@pytest.mark.parametrize(("capacity", "reached"), [(9, False), (10, True), (11, True)])
def test_a_capacity_is_enough_exactly_when_the_work_is_no_more(capacity: int, reached: bool) -> None:
    """Numbers as large as those of a province, where a tolerance of the solver would let one unit pass."""
    scale = 123_457
    problem = ChoosingProblem(
        np.array([[4 * scale], [6 * scale]]), np.array([[capacity * scale]]), FIRST, [Aim(2, FIRST)]
    )
    assert (choose(problem) is not None) is reached
    by_one = ChoosingProblem(problem.efforts, np.array([[10 * scale - 1]]), FIRST, problem.aims)
    assert choose(by_one) is None
    assert shortage(by_one).lacking.tolist() == [[1]]


def test_among_equal_plans_what_takes_less_is_done_earlier() -> None:
    problem = ChoosingProblem(np.array([[5], [1]]), np.array([[5, 5]]), FIRST, [Aim(2, FIRST + 1)])
    choice = choose(problem)
    assert choice is not None
    assert scheduled(problem, choice).tolist() == [FIRST + 1, FIRST]
