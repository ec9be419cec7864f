"""What it means that a verdict becomes another: the table is whole and never flatters."""

from __future__ import annotations

import itertools

import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import Message
from ntm_rules.workbench.comparing.directions import TURNS, Direction, State, fell, newly_failing

STATES: tuple[State, ...] = (*Verdict, None)
IN_THE_WAY = {Verdict.NOT_MET, Verdict.NO_DATA, Verdict.NO_TARGET}
PAIRS = [(a, b) for a, b in itertools.product(STATES, repeat=2) if a is not b]


def test_every_two_states_that_differ_have_their_words_in_both_languages() -> None:
    assert set(TURNS) == set(PAIRS)
    words = [Message(turn.words) for turn in TURNS.values()]
    assert len({w.render("en") for w in words}) == len({w.render("vi") for w in words}) == len(PAIRS)
    assert all(w.render("vi") != w.render("en") for w in words)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_what_comes_to_stand_in_the_way_is_a_loss_and_what_leaves_it_a_gain(before: State, after: State) -> None:
    direction = TURNS[before, after].direction
    if before not in IN_THE_WAY and after in IN_THE_WAY:
        assert direction is Direction.LOSS
    elif before in IN_THE_WAY and after not in IN_THE_WAY:
        assert direction is Direction.GAIN
    elif after is Verdict.NOT_MET:
        assert direction is Direction.LOSS, "newly failing, though it could not be judged before"
    else:
        assert direction is Direction.NEITHER


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_fall_is_from_met_and_new_failure_is_not(before: State, after: State) -> None:
    assert fell(before, after) == (before is Verdict.MET and after in IN_THE_WAY)
    assert newly_failing(before, after) == (after is Verdict.NOT_MET and before is not Verdict.MET)
    assert not (fell(before, after) and newly_failing(before, after))


def test_no_failure_turned_into_a_missing_target_or_figure_is_called_a_gain() -> None:
    for after in (Verdict.NO_TARGET, Verdict.NO_DATA):
        assert TURNS[Verdict.NOT_MET, after].direction is Direction.NEITHER
