"""An undecided standard lacks data exactly where a figure could still change it, whatever the numbers awaited come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules.evaluation.standards import standard_columns, standard_verdict
from ntm_rules.evaluation.verdicts import Verdict, combine
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from tests.evaluation.test_standards import trees
from tests.examples import examples

MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.NO_TARGET,
    Verdict.NOT_APPLICABLE,
)
CRITERIA = tuple(Named("criterion", str(at)) for at in range(1, 20))
NAMED = tuple(one for one in CRITERIA if one.id in ("1", "5", "10"))
FIFTEEN = Standard(WEIGHED, CRITERIA, "criteria", Decimal(15))
FIFTEEN_WITH_THREE = Standard("all", (FIFTEEN, Standard("all", NAMED, "criteria")))

Judging = Callable[[tuple[Verdict, ...]], Verdict]


def by_every_way(judged: Judging, verdicts: tuple[Verdict, ...]) -> Verdict:
    """What the rule says in so many words, each way in which what is open comes out tried."""
    ways = [*product(*[(MET, NOT_MET) if one in (NO_DATA, NO_TARGET) else (one,) for one in verdicts])]
    came_to = {judged(way) for way in ways}
    if len(came_to) == 1:
        return came_to.pop()
    for at, verdict in enumerate(verdicts):
        if verdict is NO_DATA and any(
            judged((*way[:at], MET, *way[at + 1 :])) is not judged((*way[:at], NOT_MET, *way[at + 1 :])) for way in ways
        ):
            return NO_DATA
    return NO_TARGET


def of_the_nineteen(**others: Verdict) -> Callable[[Named], Verdict]:
    return lambda one: others.get(f"c{one.id}", MET)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        # 14 without criteria 7 and 10: only 10, which must be met in any case, decides
        ({"c2": NOT_MET, "c3": NOT_MET, "c4": NOT_MET, "c7": NO_DATA, "c10": NO_TARGET}, NO_TARGET),
        # 13 without them: both are needed
        ({"c2": NOT_MET, "c3": NOT_MET, "c4": NOT_MET, "c6": NOT_MET, "c7": NO_DATA, "c10": NO_TARGET}, NO_DATA),
        # the one that must be met in any case lacks data
        ({"c2": NOT_MET, "c10": NO_DATA, "c7": NO_TARGET}, NO_DATA),
        # 12 without 7, 8 and 10: all three are needed
        ({f"c{at}": NOT_MET for at in (2, 3, 4, 6)} | {"c7": NO_DATA, "c8": NO_TARGET, "c10": NO_TARGET}, NO_DATA),
        # 15 are there, whatever comes of the others
        ({"c2": NO_TARGET, "c3": NO_DATA, "c4": NO_DATA, "c6": NO_DATA}, MET),
    ],
)
def test_a_figure_that_changes_nothing_is_not_waited_for(others: dict[str, Verdict], expected: Verdict) -> None:
    assert standard_verdict(FIFTEEN_WITH_THREE, of_the_nineteen(**others)) is expected


def test_points_that_no_figure_brings_over_the_bar_wait_for_the_number() -> None:
    points = tuple(Named("indicator", id_, Decimal(weight)) for id_, weight in (("a", "75"), ("b", "10"), ("c", "1")))
    standard = Standard(WEIGHED, points, "points", Decimal(80))
    verdicts = {"a": MET, "b": NO_TARGET, "c": NO_DATA}
    assert standard_verdict(standard, lambda one: verdicts[one.id]) is NO_TARGET
    assert standard_verdict(replace(standard, at_least=Decimal(86)), lambda one: verdicts[one.id]) is NO_DATA


@settings(max_examples=examples(400))
@given(trees(2), st.tuples(*[st.sampled_from([*Verdict])] * 5))
def test_it_is_what_every_way_in_which_all_that_is_open_comes_out_makes_it(
    standard: Standard, verdicts: tuple[Verdict, ...]
) -> None:
    def judged(way: tuple[Verdict, ...]) -> Verdict:
        return standard_verdict(standard, lambda named: way[int(named.id)])

    found = judged(verdicts)
    if found in (NO_DATA, NO_TARGET):
        assert found is by_every_way(judged, verdicts)


INDICATORS = ("1.1", "1.2", "2.1", "2.2", "3.1")
MADE_OF = tuple(
    (
        criterion,
        Standard("all", tuple(Named("indicator", id_) for id_ in INDICATORS if id_[0] == criterion), "indicators"),
    )
    for criterion in "123"
)
ONE_IS_ENOUGH = Standard(WEIGHED, MADE_OF[0][1].parts, "indicators", Decimal(1))


@st.composite
def of_both_levels(draw: st.DrawFn) -> Standard:
    """Criteria and points of their indicators side by side."""
    criteria = tuple(Named("criterion", id_) for id_ in "123")
    weights = [Decimal(draw(st.integers(1, 4))) for _ in INDICATORS]
    points = tuple(Named("indicator", id_, weight) for id_, weight in zip(INDICATORS, weights, strict=True))
    parts = (
        Standard(WEIGHED, criteria, "criteria", Decimal(draw(st.integers(1, 3)))),
        Standard(WEIGHED, points, "points", Decimal(draw(st.integers(1, 12)))),
        Standard("all", points[:1], "indicators"),
    )
    made_of = (("1", draw(st.sampled_from([MADE_OF[0][1], ONE_IS_ENOUGH]))), *MADE_OF[1:])
    chosen = parts[: draw(st.integers(2, 3))]
    return Standard(draw(st.sampled_from(["all", "any"])), chosen, made_of=made_of)


def of_indicators(standard: Standard) -> Judging:
    def judged(way: tuple[Verdict, ...]) -> Verdict:
        own = dict(zip(INDICATORS, way, strict=True))
        known = {("indicator", id_): verdict for id_, verdict in own.items()}
        for id_, whole in standard.made_of:
            known["criterion", id_] = (
                standard_verdict(whole, lambda one: own[one.id])
                if whole.op == WEIGHED
                else combine("all", [own[one.id] for one in whole.names()])
            )
        return standard_verdict(standard, lambda one: known[one.level, one.id])

    return judged


@settings(max_examples=examples(400))
@given(of_both_levels(), st.tuples(*[st.sampled_from([MET, NOT_MET, NO_DATA, NO_TARGET])] * 5))
def test_a_criterion_beside_its_indicators_comes_out_as_they_do(
    standard: Standard, verdicts: tuple[Verdict, ...]
) -> None:
    judged = of_indicators(standard)
    found = judged(verdicts)
    if found in (NO_DATA, NO_TARGET):
        assert found is by_every_way(judged, verdicts)


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(*[st.sampled_from([*Verdict, MET, MET, MET])] * 19), min_size=1, max_size=5))
def test_columns_say_it_of_nineteen_criteria_as_of_one_commune(communes: list[tuple[Verdict, ...]]) -> None:
    columns = np.array(communes, np.uint8).T
    found = standard_columns(FIFTEEN_WITH_THREE, lambda named: columns[int(named.id) - 1], len(communes))
    expected = [standard_verdict(FIFTEEN_WITH_THREE, lambda named, own=own: own[int(named.id) - 1]) for own in communes]  # type: ignore[misc]
    assert found.tolist() == expected


NINE = tuple(Named("indicator", str(at), Decimal(weight)) for at, weight in enumerate((1, 2, 2, 3, 5, 5, 8, 1, 3)))
POINTS = Standard(WEIGHED, NINE, "points", Decimal(20))
MANY = {
    "fifteen with three": FIFTEEN_WITH_THREE,
    "points": POINTS,
    "points in percent": Standard(WEIGHED, NINE, "points", Decimal("66.6667"), percent=True),
    "every one": Standard("all", NINE, "indicators"),
    "points and a number": Standard("all", (POINTS, Standard(WEIGHED, NINE[2:6], "indicators", Decimal(3)))),
    "one of two": Standard("any", (POINTS, Standard("all", NINE[:4], "indicators"))),
    "half points": Standard(
        WEIGHED, tuple(replace(one, weight=one.weight / 2) for one in NINE), "points", Decimal("9.75")
    ),
}


@pytest.mark.parametrize("standard", MANY.values(), ids=MANY)
def test_columns_say_it_of_many_communes_as_of_each(standard: Standard) -> None:
    """Several hundred at once, so that cases with few and with many numbers awaited stand side by side."""
    rng = np.random.default_rng(20260101)
    names = list(dict.fromkeys(standard.names()))
    kinds = np.array([MET, MET, NOT_MET, NO_DATA, NO_TARGET, NO_TARGET, NOT_APPLICABLE], np.uint8)
    columns = {(one.level, one.id): rng.choice(kinds, 300) for one in names}
    found = standard_columns(standard, lambda one: columns[one.level, one.id], 300)
    for at in range(300):
        own = standard_verdict(standard, lambda one, at=at: Verdict(int(columns[one.level, one.id][at])))  # type: ignore[misc]
        assert found[at] == own, at


def test_more_ways_than_can_be_looked_at_ask_for_the_figure() -> None:
    """Of a criterion with forty numbers awaited, counted beside its indicators: an answer at once, and never too little asked."""
    indicators = tuple(Named("indicator", f"1.{at}") for at in range(41))
    whole = Standard("all", indicators, "indicators")
    standard = Standard(
        "all",
        (Standard("all", (Named("criterion", "1"),), "criteria"), Standard(WEIGHED, indicators, "points", Decimal(40))),
        made_of=(("1", whole),),
    )
    verdicts = dict.fromkeys((one.id for one in indicators), NO_TARGET) | {"1.0": NO_DATA, "1": NO_DATA}
    assert standard_verdict(standard, lambda one: verdicts[one.id]) is NO_DATA
