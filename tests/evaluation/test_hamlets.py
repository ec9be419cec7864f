"""How many hamlets meet what each must: decided as soon as, and only when, nothing that is to come can change it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.records import NOT_REPORTED, Reported, State
from ntm_rules.evaluation.hamlets import HamletTally, tallied
from ntm_rules.exact import VALUE_SCALE
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, KnownTarget, Provenance
from ntm_rules.rulebook.models import Counted, Measure, Text

WORDS = Text(vi="thôn", en="hamlets")
SHARE = Measure(
    id="share",
    label=WORDS,
    kind="share",
    unit=Text(vi="%", en="%"),
    counted=Counted(numerator=WORDS, denominator=WORDS, unit=WORDS),
    sense="higher",
    evidence=WORDS,
)
COUNT = Measure(id="count", label=WORDS, kind="count", unit=WORDS, sense="higher", evidence=WORDS)
COMPARATORS = [Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE_THAN, Comparator.LESS_THAN]
MANY = 400
"""More hamlets than this no commune has; with so many any share between 0 and 100 can be reached."""


def target(value: int) -> KnownTarget:
    return KnownTarget(Provenance(document="d"), Decimal(value))


def outcomes(measure: Measure, comparator: Comparator, bar: int, tally: HamletTally) -> set[bool]:
    """Return whether the figure meets in each case that is possible, by counting them all."""
    found = set()
    for more in range(MANY) if tally.not_listed is None else [tally.not_listed]:
        open_ = tally.listed_open + more
        whole = tally.met + tally.missed + open_
        for met in range(tally.met, tally.met + open_ + 1):
            if measure is COUNT:
                found.add(comparator.reached(met, bar))
            elif whole:
                found.add(comparator.reached(100 * met, bar * whole))  # the share, both sides times the whole
        if len(found) == 2:
            break
    return found


def meets(measure: Measure, comparator: Comparator, bar: int, figure: Reported) -> bool:
    value = Fraction(figure.value, VALUE_SCALE) if measure is COUNT else Fraction(100 * figure.value, figure.base)
    return comparator.reached(value, bar)


@given(
    st.sampled_from([SHARE, COUNT]),
    st.sampled_from(COMPARATORS),
    st.sampled_from([1, 2, 50, 60, 99, 100]),
    st.tuples(*[st.integers(0, 4)] * 4),
    st.integers(0, 4),
)
def test_it_is_decided_when_every_case_comes_to_the_same(
    measure: Measure, comparator: Comparator, bar: int, counts: tuple[int, int, int, int], more: int
) -> None:
    tally = HamletTally(*counts, more)
    figure = tallied(measure, comparator, target(bar), tally, NOT_REPORTED)
    if not sum(counts) + more:
        assert figure.state is State.NOTHING_TO_COUNT
        return
    possible = outcomes(measure, comparator, bar, tally)
    assert (figure.state is State.PRESENT) is (len(possible) == 1)
    if figure.state is State.PRESENT:
        assert {meets(measure, comparator, bar, figure)} == possible


@pytest.mark.parametrize(("measure", "comparator"), list(product([SHARE, COUNT], COMPARATORS)))
@pytest.mark.parametrize("bar", [0, 1, 50, 100])
@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (2, 1, 1, 0), (1, 0, 0, 1)])
def test_so_it_is_where_nobody_says_how_many_there_are(
    measure: Measure, comparator: Comparator, bar: int, counts: tuple[int, int, int, int]
) -> None:
    figure = tallied(measure, comparator, target(bar), HamletTally(*counts, None), NOT_REPORTED)
    possible = outcomes(measure, comparator, bar, HamletTally(*counts, None))
    if figure.state is State.PRESENT:
        assert {meets(measure, comparator, bar, figure)} == possible
    else:
        assert figure.state is State.HAMLETS_NOT_LISTED
        assert len(possible) == 2 or not sum(counts)


def test_what_is_lacking_is_said() -> None:
    def state(*counts: int) -> State:
        return tallied(SHARE, Comparator.AT_LEAST, target(50), HamletTally(*counts), NOT_REPORTED).state

    assert state(0, 0, 1, 1, 0) is State.HAMLETS_UNKNOWN
    assert state(0, 0, 0, 1, 0) is State.HAMLETS_WITHOUT_TARGET
    assert state(0, 0, 1, 0, 1) is State.HAMLETS_NOT_LISTED


def test_an_awaited_target_decides_nothing_early() -> None:
    awaited = AwaitedTarget("d")
    assert tallied(SHARE, Comparator.AT_LEAST, awaited, HamletTally(3, 0, 0, 0), NOT_REPORTED).state is State.PRESENT
    assert (
        tallied(SHARE, Comparator.AT_LEAST, awaited, HamletTally(3, 0, 1, 0), NOT_REPORTED).state
        is State.HAMLETS_UNKNOWN
    )


def test_what_the_commune_reports_itself_must_be_the_same() -> None:
    tally = HamletTally(3, 1, 0, 0)
    typed = Reported(State.PRESENT, 75 * VALUE_SCALE, 100 * VALUE_SCALE, written="75", document="12/BC")
    found = tallied(SHARE, Comparator.AT_LEAST, target(50), tally, typed)
    assert (found.state, found.value, found.base, found.document) == (State.PRESENT, 3, 4, "12/BC")
    other = typed._replace(value=76 * VALUE_SCALE, written="76")
    assert tallied(SHARE, Comparator.AT_LEAST, target(50), tally, other).state is State.CONFLICTING
    assert HamletTally.of([0, 2, 0, 0, 0], Reported(State.PRESENT, VALUE_SCALE)) is None
    assert tallied(SHARE, Comparator.AT_LEAST, target(50), None, NOT_REPORTED).state is State.CONFLICTING
