"""The verdict algebra: five verdicts, three ways of combining, one reason each."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.evaluation.verdicts import (
    COMBINED_REASON,
    OPERATORS,
    PRECEDENCE,
    REASONS,
    Count,
    Reason,
    Verdict,
    combine,
    outcomes,
)

OPS = ("all", "any")
NA, MET, NO_TARGET, NO_DATA, NOT_MET = Verdict
some = st.lists(st.sampled_from(Verdict), min_size=1, max_size=6)


def definition(op: str, verdicts: list[Verdict]) -> Verdict:
    """The composition rule written out a second time, as the design words it."""
    if all(v is NA for v in verdicts):
        return NA
    decides, otherwise = (NOT_MET, MET) if op == "all" else (MET, NOT_MET)
    if decides in verdicts:
        return decides
    if NO_DATA in verdicts:
        return NO_DATA
    return NO_TARGET if NO_TARGET in verdicts else otherwise


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_composition_is_the_design_s_rule_for_every_combination_of_verdicts(op: str, size: int) -> None:
    for verdicts in product(Verdict, repeat=size):
        assert combine(op, verdicts) is definition(op, list(verdicts))


@pytest.mark.parametrize("op", OPS)
@given(verdicts=some, data=st.data())
def test_the_order_of_children_never_matters(op: str, verdicts: list[Verdict], data: st.DataObject) -> None:
    assert combine(op, data.draw(st.permutations(verdicts))) is combine(op, verdicts)


@pytest.mark.parametrize("op", OPS)
@given(verdicts=some)
def test_not_applicable_is_neutral(op: str, verdicts: list[Verdict]) -> None:
    assert combine(op, [*verdicts, NA]) is combine(op, verdicts)


@pytest.mark.parametrize("op", OPS)
@given(verdicts=some)
def test_a_repeated_child_changes_nothing(op: str, verdicts: list[Verdict]) -> None:
    assert combine(op, [*verdicts, verdicts[0]]) is combine(op, verdicts)


@pytest.mark.parametrize("op", OPS)
@given(left=some, right=some)
def test_grouping_never_matters(op: str, left: list[Verdict], right: list[Verdict]) -> None:
    assert combine(op, [combine(op, left), combine(op, right)]) is combine(op, [*left, *right])


@pytest.mark.parametrize("op", OPS)
@given(rest=st.lists(st.sampled_from(Verdict), max_size=5), learnt=st.sampled_from([MET, NOT_MET, NO_TARGET, NA]))
def test_data_for_an_unknown_child_never_overturns_a_decided_whole(
    op: str, rest: list[Verdict], learnt: Verdict
) -> None:
    before, after = combine(op, [*rest, NO_DATA]), combine(op, [*rest, learnt])
    if before in (MET, NOT_MET):
        assert after is before


@given(verdicts=some)
def test_all_and_any_mirror_each_other(verdicts: list[Verdict]) -> None:
    mirror = {MET: NOT_MET, NOT_MET: MET}
    mirrored = [mirror.get(v, v) for v in verdicts]
    assert combine("any", mirrored) is mirror.get(combine("all", verdicts), combine("all", verdicts))


def test_a_wrong_met_needs_every_child_met_or_not_applicable() -> None:
    for verdicts in product(Verdict, repeat=3):
        if combine("all", verdicts) is MET:
            assert set(verdicts) <= {MET, NA}


@pytest.mark.parametrize("op", OPS)
def test_the_table_ranks_every_verdict_once(op: str) -> None:
    assert sorted(PRECEDENCE[op]) == sorted(Verdict)


def test_every_reason_goes_with_one_verdict_and_has_words_in_both_languages() -> None:
    assert set(REASONS) == set(Reason)
    for reason in Reason:
        assert reason.words.render("en")
        assert reason.words.render("vi") != reason.words.render("en")


@pytest.mark.parametrize("op", OPERATORS)
def test_the_reason_of_a_combination_goes_with_its_verdict(op: str) -> None:
    for verdict in Verdict:
        assert COMBINED_REASON[op][verdict].verdict is verdict


@pytest.mark.parametrize("language", ["vi", "en"])
def test_letters_tell_the_verdicts_apart_without_colour(language: str) -> None:
    letters = [verdict.letter.render(language) for verdict in Verdict]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 for letter in letters)


# --- so many of the parts ------------------------------------------------------------------------

OPEN = (NO_DATA, NO_TARGET)


def whatever_comes(verdicts: list[Verdict]) -> list[tuple[Verdict, ...]]:
    """Every way in which what is open could turn out, as the law's words have it: met or not met."""
    return list(product(*((MET, NOT_MET) if verdict in OPEN else (verdict,) for verdict in verdicts)))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_so_many_of_the_parts_is_decided_exactly_when_nothing_that_comes_can_change_it(size: int) -> None:
    for needed, verdicts in product(range(1, size + 1), product(Verdict, repeat=size)):
        found = combine("some", verdicts, needed)
        enough = {way.count(MET) >= needed for way in whatever_comes(list(verdicts))}
        if set(verdicts) == {NA}:
            assert found is NA
        elif len(enough) == 1:
            assert found is (MET if enough == {True} else NOT_MET)
        else:
            assert found is (NO_DATA if NO_DATA in verdicts else NO_TARGET)


@given(verdicts=some)
def test_one_of_the_parts_is_any_and_every_one_is_all_of_parts_that_apply(verdicts: list[Verdict]) -> None:
    assert combine("some", verdicts, 1) is combine("any", verdicts)
    if NA not in verdicts:
        assert combine("some", verdicts, len(verdicts)) is combine("all", verdicts)


@given(verdicts=some, needed=st.integers(1, 6), data=st.data())
def test_a_count_may_be_taken_in_any_order_and_in_groups(
    verdicts: list[Verdict], needed: int, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(verdicts))
    at = data.draw(st.integers(0, len(shuffled)))
    whole = Count.of(needed, shuffled[:at]).joined(Count.of(needed, shuffled[at:]))
    assert whole.verdict is combine("some", verdicts, needed)


@given(parts=st.lists(st.sets(st.sampled_from(Verdict), min_size=1), min_size=1, max_size=4), needed=st.integers(1, 4))
def test_outcomes_are_those_of_every_choice(parts: list[set[Verdict]], needed: int) -> None:
    for op in OPERATORS:
        assert outcomes(op, parts, needed) == {combine(op, chosen, needed) for chosen in product(*parts)}
