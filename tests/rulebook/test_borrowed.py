"""What a set comes to where another asks for it (`set_met`), beside what it comes to by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.reference import Facts, evaluate_commune, evaluate_indicator
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.borrowed import asked_of
from ntm_rules.rulebook.criteria_set import AwaitedTarget, Comparator, CriteriaSet, Criterion, Gate, KnownTarget
from ntm_rules.rulebook.models import SetMet
from ntm_rules.rulebook.standards import WEIGHED, Named, Standard
from tests.strategies import PROVENANCE, SOURCE, criteria_set, indicator, measure, requirement

MET, NOT_MET, NO_DATA, NO_TARGET, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.NO_TARGET,
    Verdict.NOT_APPLICABLE,
)
IDS = "12345"
ANSWERS = {MET: Reported(State.PRESENT, 1), NOT_MET: Reported(State.PRESENT, 0), NO_TARGET: Reported(State.PRESENT, 1)}
Verdicts = tuple[Verdict, ...]


def named(ids: Sequence[str]) -> tuple[Named, ...]:
    return tuple(Named("criterion", id_) for id_ in ids)


def so_many(needed: int, ids: Sequence[str] = IDS) -> Standard:
    return Standard(WEIGHED, named(ids), "criteria", Decimal(needed))


def all_of(ids: Sequence[str]) -> Standard:
    return Standard("all", named(ids), "criteria")


def judged(standard: Standard, verdicts: Verdicts, *, may_not_apply: bool = True) -> tuple[Verdict, Verdict]:
    """The verdict of a set whose criteria have these, by itself and where another asks for it."""
    measures = {f"{what}{id_}": measure(f"{what}{id_}", "attestation") for id_ in IDS for what in ("m", "g")}
    criteria, values = [], {}
    for id_, verdict in zip(IDS, verdicts, strict=True):
        target = (
            AwaitedTarget("awaited", "standard_pending")
            if verdict is NO_TARGET
            else KnownTarget(PROVENANCE, Decimal(1))
        )
        gates = (Gate(f"g{id_}"),) if may_not_apply else ()
        leaf = requirement(f"{id_}.1", f"m{id_}", Comparator.EQUALS, target, gates=gates)
        criteria.append(Criterion(id_, id_, id_, SOURCE, (indicator(f"{id_}.1", leaf),)))
        values[f"g{id_}"] = Reported(State.PRESENT, int(verdict is not NOT_APPLICABLE))
        values[f"m{id_}"] = ANSWERS.get(verdict, Reported(State.MISSING))
    rules: CriteriaSet = replace(criteria_set(tuple(criteria), measures), standard=standard)
    facts = Facts(CommuneYear("1", "1", 2026, values))
    asked = indicator("9.1", replace(asked_of(rules, SetMet(set="test-set")), id="9.1"))
    return evaluate_commune(rules, facts).verdict, evaluate_indicator(rules, asked, facts).verdict


@st.composite
def standards(draw: st.DrawFn, depth: int = 1) -> Standard:
    if depth and draw(st.booleans()):
        parts = tuple(draw(standards(depth - 1)) for _ in range(draw(st.integers(2, 3))))
        return Standard(draw(st.sampled_from(["all", "any"])), parts)
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    return draw(st.sampled_from([all_of(ids), so_many(draw(st.integers(1, len(ids))), ids)]))


every = st.tuples(*[st.sampled_from([*Verdict])] * len(IDS))
FOUR_WITH_ONE = Standard("all", (so_many(4), all_of("5")))


@given(standards(2), every)
@example(FOUR_WITH_ONE, (MET, MET, MET, NO_DATA, NO_TARGET))
def test_it_comes_to_the_same_but_for_what_an_undecided_one_waits_for_where_something_is_named_twice(
    standard: Standard, verdicts: Verdicts
) -> None:
    own, asked = judged(standard, verdicts)
    names = [one.id for one in standard.names()]
    if len(set(names)) == len(names):
        assert asked is own
    elif asked is not own:  # more is asked for, never less, and nothing is concluded that is not so
        assert (own, asked) == (NO_TARGET, NO_DATA)


@pytest.mark.parametrize(("may_not_apply", "asked"), [(True, NO_DATA), (False, NO_TARGET)])
def test_so_many_with_some_in_any_case_waits_for_the_same_where_these_always_apply(
    may_not_apply: bool, asked: Verdict
) -> None:
    """3 are met: with 5, which must be met and awaits its number, there are 4; without it none is enough, whatever 4 is."""
    verdicts = (MET, MET, MET, NO_DATA, NO_TARGET)
    assert judged(FOUR_WITH_ONE, verdicts, may_not_apply=may_not_apply) == (NO_TARGET, asked)


@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True), st.integers(1, 5), every)
def test_so_many_with_some_that_always_apply_is_the_same_in_everything(
    included: list[str], needed: int, verdicts: Verdicts
) -> None:
    applying = tuple(NO_DATA if one is NOT_APPLICABLE else one for one in verdicts)
    standard = Standard("all", (so_many(max(needed, len(included))), all_of(included)))
    own, asked = judged(standard, applying, may_not_apply=False)
    assert asked is own
