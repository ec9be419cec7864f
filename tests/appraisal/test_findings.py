"""Findings: what acts on a figure come to, what speaks against one, whose a figure is, what stands in a layer."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import (
    DIFFERING,
    PROPOSALS,
    Act,
    Deed,
    Item,
    ItemState,
    after,
    items_of,
    layer_of,
    owners,
    refusals,
)
from ntm_rules.rulebook.criteria_set import CriteriaSet

EXPERT, HEAD, OFFICER = 1, 2, 3
OWN = Entry("81")


def deed(act: Act, person: int = EXPERT, number: int = 1, reason: str = "vì", entry: Entry = OWN) -> Deed:
    return Deed(number, "m", act, person, entry, reason)


def item(*acts: Act) -> Item:
    found = Item("m")
    for number, act in enumerate(acts, start=1):
        found = after(found, deed(act, HEAD if act is Act.CONFIRM else EXPERT, number))
    return found


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ((), ItemState.WAITING),
        ((Act.AGREE,), ItemState.PROPOSED),
        ((Act.OWN,), ItemState.PROPOSED),
        ((Act.SET_ASIDE,), ItemState.PROPOSED),
        ((Act.AGREE, Act.CONFIRM), ItemState.CONFIRMED),
        ((Act.AGREE, Act.SEND_BACK), ItemState.WAITING),
        ((Act.AGREE, Act.CONFIRM, Act.SEND_BACK), ItemState.WAITING),
        ((Act.AGREE, Act.CONFIRM, Act.ASK), ItemState.ASKED),
        ((Act.ASK, Act.ANSWER), ItemState.WAITING),
        ((Act.AGREE, Act.CONFIRM, Act.VOID), ItemState.WAITING),
    ],
)
def test_acts_come_to_a_state(acts: tuple[Act, ...], state: ItemState) -> None:
    assert item(*acts).state is state


@pytest.mark.parametrize("act", [Act.SEND_BACK, Act.ASK, Act.VOID])
def test_what_is_reopened_is_no_finding_any_more(act: Act) -> None:
    confirmed = item(Act.OWN, Act.CONFIRM)
    assert confirmed.proposal is not None
    assert after(confirmed, deed(act)).proposal is None


def test_what_was_reopened_voids_that_and_only_that() -> None:
    acts = [Deed(1, "a", Act.AGREE, EXPERT), Deed(2, "b", Act.AGREE, EXPERT), Deed(3, "a", Act.CONFIRM, HEAD)]
    acts += [Deed(4, "b", Act.CONFIRM, HEAD), Deed(5, "a", Act.ASK, EXPERT, reason="x")]
    states = {measure: found.state for measure, found in items_of(acts).items()}
    assert states == {"a": ItemState.ASKED, "b": ItemState.CONFIRMED}


ALLOWED = {
    ItemState.WAITING: PROPOSALS | {Act.ASK, Act.VOID},
    ItemState.PROPOSED: PROPOSALS | {Act.CONFIRM, Act.SEND_BACK, Act.ASK, Act.VOID, Act.LAPSE},
    ItemState.CONFIRMED: {Act.SEND_BACK, Act.ASK, Act.VOID, Act.LAPSE},
    ItemState.ASKED: {Act.ANSWER, Act.VOID},
}
REACHED = {
    ItemState.WAITING: (),
    ItemState.PROPOSED: (Act.AGREE,),
    ItemState.CONFIRMED: (Act.AGREE, Act.CONFIRM),
    ItemState.ASKED: (Act.ASK,),
}


@pytest.mark.parametrize(("state", "act"), list(itertools.product(ItemState, Act)), ids=str)
def test_each_act_follows_where_it_may_and_nowhere_else(state: ItemState, act: Act) -> None:
    found = item(*REACHED[state])
    assert found.state is state
    assert (refusals(found, deed(act, HEAD), found.seen, ()) == []) is (act in ALLOWED[state])


def test_who_proposed_does_not_confirm() -> None:
    found = item(Act.AGREE)
    assert len(refusals(found, deed(Act.CONFIRM, EXPERT), found.seen, ())) == 1
    assert refusals(found, deed(Act.CONFIRM, HEAD), found.seen, ()) == []


@pytest.mark.parametrize("act", [*sorted(PROPOSALS), Act.ASK])
def test_who_had_a_hand_in_the_figures_finds_nothing_on_them(act: Act) -> None:
    assert refusals(Item("m"), deed(act, OFFICER), 0, {OFFICER})
    assert refusals(item(Act.AGREE), deed(Act.CONFIRM, OFFICER), 1, {OFFICER})
    assert not refusals(item(Act.ASK), deed(Act.ANSWER, OFFICER), 1, {OFFICER})


@pytest.mark.parametrize("act", [*sorted(DIFFERING), Act.ASK])
def test_a_reason_is_owed_where_it_differs_and_with_a_request(act: Act) -> None:
    assert len(refusals(Item("m"), deed(act, reason=" "), 0, ())) == 1
    assert refusals(Item("m"), deed(Act.AGREE, reason=""), 0, ()) == []


def test_ones_own_figure_must_be_there_and_everything_is_said_at_once() -> None:
    assert len(refusals(Item("m"), deed(Act.OWN, entry=Entry(document="1/BC"), reason=""), 0, ())) == 2


@pytest.mark.parametrize("seen", [0, 2])
def test_an_act_goes_only_against_what_was_seen(seen: int) -> None:
    assert len(refusals(item(Act.AGREE), deed(Act.CONFIRM, HEAD), seen, ())) == 1


def test_every_figure_is_one_agencys_and_alternatives_are_each_their_own(lai_chau: CriteriaSet) -> None:
    """3.10 names one agency for each of its four alternatives."""
    found = owners(lai_chau)
    assert set(found) == {measure for r in lai_chau.requirements() for measure in r.asked}
    alternatives = {r.id: found[r.measure] for r in lai_chau.requirements() if r.id.startswith("3.10.")}
    assert alternatives == {
        "3.10.a": "ban-quan-ly-khu-kinh-te-tinh",
        "3.10.b": "so-cong-thuong",
        "3.10.c": "so-nong-nghiep-moi-truong",
        "3.10.d": "so-nong-nghiep-moi-truong",
    }
    for requirement in lai_chau.requirements():
        assert found[requirement.measure] == requirement.lead


def test_what_no_agency_appraises_is_nobodys(lai_chau: CriteriaSet) -> None:
    assert "residents_satisfied_share" not in owners(lai_chau, ["residents_satisfied_share"])


acts = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Act)), max_size=12)


@given(acts=acts)
def test_a_layer_holds_what_is_confirmed_and_nothing_else(acts: list[tuple[str, Act]]) -> None:
    deeds = [Deed(n, m, act, EXPERT, Entry(f"{n}")) for n, (m, act) in enumerate(acts, start=1)]
    items = items_of(deeds)
    own = {"a": Entry("10"), "b": Entry("20"), "z": Entry("30")}
    layer = layer_of(own, items, "abc", proposed=False)
    assert layer["z"] == Entry("30")
    for measure in "abc":
        found = items.get(measure, Item(measure))
        if found.state is not ItemState.CONFIRMED:
            assert measure not in layer
        else:
            assert layer.get(measure, Entry()) == found.entry(own.get(measure, Entry()))


def test_a_layer_as_proposed_takes_the_communes_own_for_the_rest() -> None:
    items = items_of([Deed(1, "a", Act.SET_ASIDE, EXPERT, reason="x"), Deed(2, "b", Act.OWN, EXPERT, OWN, "x")])
    own = {"a": Entry("10"), "b": Entry("20"), "c": Entry("30")}
    assert layer_of(own, items, "abc", proposed=True) == {"b": OWN, "c": Entry("30")}
