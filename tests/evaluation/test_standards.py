"""What a standard comes to: decided exactly when nothing that is open can change it."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.evaluation.standards import standard_columns, standard_verdict, weighing
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard

MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.NO_TARGET,
    Verdict.NOT_APPLICABLE,
)


def counted(at_least: str, *weights: str, percent: bool = False) -> Standard:
    parts = tuple(Named("indicator", str(at), Decimal(weight)) for at, weight in enumerate(weights))
    return Standard(WEIGHED, parts, "points", Decimal(at_least), percent)


def judged(standard: Standard, *verdicts: Verdict) -> Verdict:
    return standard_verdict(standard, lambda named: verdicts[int(named.id)])


@pytest.mark.parametrize(
    ("standard", "verdicts", "expected"),
    [
        (counted("80", "79.99", "0.01"), (MET, NOT_MET), NOT_MET),
        (counted("80", "80", "0.01"), (MET, NOT_MET), MET),
        (counted("80", "79.99", "0.01"), (MET, MET), MET),
        (counted("80", "79.99", "0.01"), (MET, NO_DATA), NO_DATA),
        (counted("80", "79.99", "0.01"), (MET, NO_TARGET), NO_TARGET),
        (counted("80", "79.98", "0.01"), (MET, NO_DATA), NOT_MET),
        (counted("50", "5", "5", percent=True), (MET, NOT_MET), MET),
        (counted("50.0001", "5", "5", percent=True), (MET, NOT_MET), NOT_MET),
        (counted("50", "5", "5", "10", percent=True), (MET, NOT_MET, NOT_APPLICABLE), MET),
        (counted("15", "5", "5", "10"), (MET, NOT_MET, NOT_APPLICABLE), NOT_MET),
        (counted("50", "5", percent=True), (NOT_APPLICABLE,), NOT_APPLICABLE),
        (counted("2", "1", "1", "1"), (NO_TARGET, NO_DATA, MET), NO_DATA),
        (counted("33.3333", "1", "1", "1", percent=True), (MET, NOT_MET, NOT_MET), MET),
        (counted("33.3334", "1", "1", "1", percent=True), (MET, NOT_MET, NOT_MET), NOT_MET),
    ],
)
def test_points_are_enough_or_not(standard: Standard, verdicts: tuple[Verdict, ...], expected: Verdict) -> None:
    assert judged(standard, *verdicts) is expected


def test_of_what_is_counted_what_does_not_apply_is_neither() -> None:
    verdicts = (MET, NO_DATA, NO_TARGET, NOT_APPLICABLE, NOT_MET)
    found = weighing(counted("1", "1", "2", "4", "8", "16"), lambda named: verdicts[int(named.id)])
    assert (found.met, found.open, found.possible, found.applies) == (1, 6, 7, 23)


@st.composite
def trees(draw: st.DrawFn, depth: int = 1) -> Standard:
    if depth and draw(st.booleans()):
        parts = tuple(draw(trees(depth - 1)) for _ in range(draw(st.integers(1, 3))))
        return Standard(draw(st.sampled_from(["all", "any"])), parts)
    ids = draw(st.lists(st.sampled_from("01234"), min_size=1, unique=True))
    weights = st.sampled_from([Decimal(1), Decimal("2.5")])
    parts_ = tuple(Named("indicator", id_, draw(weights)) for id_ in ids)
    if draw(st.booleans()):
        return Standard("all", parts_, "indicators")
    percent = draw(st.booleans())
    needed = st.sampled_from([Decimal(50), Decimal("66.6667")] if percent else [Decimal(1), Decimal(2), Decimal("3.5")])
    return Standard(WEIGHED, parts_, "points", draw(needed), percent)


@given(trees(), st.tuples(*[st.sampled_from([MET, NOT_MET, NO_DATA, NOT_APPLICABLE])] * 5))
def test_it_is_decided_exactly_when_every_way_in_which_figures_come_in_decides_it_alike(
    standard: Standard, verdicts: tuple[Verdict, ...]
) -> None:
    ways = product(*[(MET, NOT_MET) if verdict is NO_DATA else (verdict,) for verdict in verdicts])
    came_to = {judged(standard, *way) for way in ways}
    found = judged(standard, *verdicts)
    assert found is NO_DATA if len(came_to - {NOT_APPLICABLE}) > 1 else {found} == came_to


@given(
    trees(), st.tuples(*[st.sampled_from([MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE])] * 5), st.integers(0, 4)
)
def test_meeting_more_never_makes_it_harder(standard: Standard, verdicts: tuple[Verdict, ...], at: int) -> None:
    order = {NOT_MET: 0, NO_TARGET: 1, NO_DATA: 1, NOT_APPLICABLE: 2, MET: 3}
    if verdicts[at] is NOT_APPLICABLE:
        return
    more = (*verdicts[:at], MET, *verdicts[at + 1 :])
    assert order[judged(standard, *verdicts)] <= order[judged(standard, *more)]


@given(trees(), st.lists(st.tuples(*[st.sampled_from(list(Verdict))] * 5), min_size=1, max_size=8))
def test_columns_say_what_each_commune_alone_is_told(standard: Standard, communes: list[tuple[Verdict, ...]]) -> None:
    columns = np.array(communes, np.uint8).T
    found = standard_columns(standard, lambda named: columns[int(named.id)], len(communes))
    assert found.tolist() == [judged(standard, *verdicts) for verdicts in communes]
