"""The council: votes are counted, and judged only where a document fixes the share and of what; what is concluded owes its
reason where it departs."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from ntm_rules.appraisal.comments import Comments
from ntm_rules.appraisal.council import (
    COMMUNE,
    CONDITIONS,
    QUORUM,
    VOTES,
    Choice,
    Concluded,
    Concluding,
    CouncilTally,
    Voter,
    carried,
    conclusion_refusals,
    quorum,
    said_by,
    said_by_both,
    tally,
    vote_refusals,
)
from ntm_rules.appraisal.entries import Entry
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.models import Source, Text
from ntm_rules.rulebook.procedures import CommentMeasures, Parameter, Procedure

WORDS = Text(vi="a", en="a")


def procedure(**shares: int) -> Procedure:
    found = [
        Parameter(id=id_, title=WORDS, unit=WORDS, value=Decimal(share), source=Source(document="d"), of="present")
        for id_, share in shares.items()
    ]
    return Procedure(parameters=tuple(found))


PENDING = Procedure(parameters=(Parameter(id=QUORUM, title=WORDS, unit=WORDS, pending=WORDS),))


def test_votes_are_counted() -> None:
    found = tally(5, 4, [Choice.FOR, Choice.FOR, Choice.AGAINST, Choice.ABSTAIN])
    assert found == CouncilTally(5, 4, 2, 1, 1)
    assert found.cast == 4


@pytest.mark.parametrize("present", range(4))
def test_what_no_document_fixes_is_counted_and_not_judged(present: int) -> None:
    for said in (PENDING, Procedure()):
        assert quorum(CouncilTally(3, present), said) is None
        assert carried(CouncilTally(3, present, present), said) is None
    nothing = Parameter(id=VOTES, title=WORDS, unit=WORDS, value=Decimal(90), source=Source(document="d"))
    assert carried(CouncilTally(3, 3, 3), Procedure(parameters=(nothing,))) is None


@pytest.mark.parametrize(("present", "reached"), [(66, False), (67, True), (68, True)])
def test_a_quorum_is_held_to_the_share_exactly(present: int, reached: bool) -> None:
    assert quorum(CouncilTally(100, present), procedure(**{QUORUM: 67})) is reached


@pytest.mark.parametrize(("in_favour", "reached"), [(8, False), (9, True), (10, True)])
def test_votes_are_held_to_the_share_of_what_the_procedure_says(in_favour: int, reached: bool) -> None:
    assert carried(CouncilTally(20, 10, in_favour), procedure(**{VOTES: 90})) is reached


@pytest.mark.parametrize("flags", list(itertools.product((True, False), repeat=6)))
def test_a_vote_is_taken_only_where_nothing_speaks_against_it(flags: tuple[bool, ...]) -> None:
    seat, present, voted, hand, closed, before = flags
    wrong = vote_refusals(Voter(seat, present, voted, hand), closed=closed, before_council=before)
    assert (wrong == []) is (seat and present and not voted and not hand and not closed and before)


ALL_IN_FAVOUR = CouncilTally(3, 3, 3)


def concluding(counted: CouncilTally | None = ALL_IN_FAVOUR, every: bool = True, **agencies: Concluded) -> Concluding:
    found = {"1": Concluded.MEETS, CONDITIONS: Concluded.OPEN, COMMUNE: Concluded.OPEN} | agencies
    return Concluding({"1": "1. Quy hoạch", CONDITIONS: "Điều kiện", COMMUNE: "Xã"}, found, counted, every)


ALL_MEET = dict.fromkeys(("1", CONDITIONS, COMMUNE), Concluded.MEETS)


def test_a_conclusion_that_departs_owes_its_reason_and_one_that_agrees_does_not() -> None:
    assert len(conclusion_refusals(concluding(), ALL_MEET, {}, PENDING)) == 1
    assert conclusion_refusals(concluding(), ALL_MEET, {CONDITIONS: "vì", COMMUNE: "vì"}, PENDING) == []
    same = {"1": Concluded.MEETS, CONDITIONS: Concluded.OPEN, COMMUNE: Concluded.OPEN}
    assert conclusion_refusals(concluding(), same, {}, PENDING) == []


def test_everything_is_concluded_on_after_a_vote_and_all_is_said_at_once() -> None:
    wrong = conclusion_refusals(concluding(None), {"1": Concluded.DOES_NOT}, {}, PENDING)
    assert len(wrong) == 3


@pytest.mark.parametrize("missed", ["1", CONDITIONS])
def test_a_commune_does_not_meet_while_a_part_does_not(missed: str) -> None:
    said, reasons = ALL_MEET | {missed: Concluded.DOES_NOT}, dict.fromkeys(ALL_MEET, "vì")
    assert len(conclusion_refusals(concluding(), said, reasons, PENDING)) == 1
    other_standard = conclusion_refusals(concluding(every=False), said, reasons, PENDING)
    assert (other_standard == []) is (missed == "1")


def test_too_few_votes_or_members_stand_in_the_way_where_a_document_says_so() -> None:
    reasons = dict.fromkeys(ALL_MEET, "vì")
    few = concluding(CouncilTally(3, 1, 1))
    assert len(conclusion_refusals(few, ALL_MEET, reasons, procedure(**{QUORUM: 67}))) == 1
    against = concluding(CouncilTally(3, 3, 1, 2))
    assert len(conclusion_refusals(against, ALL_MEET, reasons, procedure(**{VOTES: 90}))) == 1
    does_not = ALL_MEET | {COMMUNE: Concluded.DOES_NOT}
    assert conclusion_refusals(against, does_not, reasons, procedure(**{VOTES: 90})) == []


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_amounts_to_met_not_met_or_open(verdict: Verdict) -> None:
    expected = {Verdict.MET: Concluded.MEETS, Verdict.NOT_MET: Concluded.DOES_NOT}.get(verdict, Concluded.OPEN)
    assert said_by(verdict) is expected
    assert said_by_both(Verdict.MET, verdict) is expected
    assert said_by_both(Verdict.NOT_MET, verdict) is Concluded.DOES_NOT
    assert said_by_both(verdict, None) is expected


def test_comments_are_the_figures_that_the_set_names() -> None:
    measures = CommentMeasures(surveyed="asked_share", satisfied="satisfied_share")
    assert Comments(100, 80, 72, "1/BC").entries(measures) == {
        "asked_share": Entry(numerator="80", denominator="100", document="1/BC"),
        "satisfied_share": Entry(numerator="72", denominator="80", document="1/BC"),
    }
    assert Comments(100, 80, 72).entries(None) == {}


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        ((100, 80, 72), 0),
        ((100, 100, 100), 0),
        ((100, 1, 0), 0),
        ((100, 101, 0), 1),
        ((100, 80, 81), 1),
        ((0, 0, 0), 2),
        ((0, 1, 2), 3),
    ],
)
def test_comments_that_cannot_be_are_refused_all_at_once(counts: tuple[int, int, int], wrong: int) -> None:
    assert len(Comments(*counts).refusals()) == wrong
