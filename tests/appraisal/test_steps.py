"""The steps of a dossier: the table is the design's, and one function carries a step out or says everything in its way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.appraisal.roles import ROLES, Actor, Appointment, Belonging, Role
from ntm_rules.appraisal.states import WRITABLE, State
from ntm_rules.appraisal.steps import (
    STEPS,
    Asked,
    Condition,
    DossierCase,
    Step,
    StepDemand,
    StepForbidden,
    StepName,
    StepRefused,
    carried_out,
    steps_of,
)
from ntm_rules.rulebook.models import Text
from ntm_rules.rulebook.procedures import Procedure, ReturnReason

OWN, OTHER = "03394", "03390"
PROCEDURE = Procedure(return_reasons=(ReturnReason(id="missing", label=Text(vi="Thiếu", en="Missing")),))
ALL = frozenset(Condition) - {Condition.BY_ANOTHER}


def somebody(role: Role, place: str = OWN, person: int = 1) -> Actor:
    of = ROLES[role].belongs
    return Actor(person, frozenset({Appointment(role, place if of is Belonging.COMMUNE else "")}))


def case(state: State, holds: frozenset[Condition] = ALL, hands: tuple[int, ...] = ()) -> DossierCase:
    return DossierCase(OWN, state, 7, hands, holds)


def asked(name: StepName, **said: str) -> Asked:
    return Asked(name, 7, **({"reason": "missing", "note": "Xem lại"} | said))


def test_the_table_is_the_way_of_the_design() -> None:
    assert [(step.name.value, step.start.value, step.end.value) for step in STEPS] == [
        ("submit", "open", "submitted"),
        ("take-back", "submitted", "open"),
        ("accept", "submitted", "under-appraisal"),
        ("return", "submitted", "open"),
        ("return", "under-appraisal", "open"),
        ("appraise", "under-appraisal", "appraised"),
        ("publish", "appraised", "in-comment"),
        ("call", "in-comment", "before-council"),
        ("conclude", "before-council", "concluded"),
        ("recognise", "concluded", "recognised"),
        ("refuse", "concluded", "refused"),
        ("revoke", "recognised", "revoked"),
        ("law-changed", "appraised", "under-appraisal"),
        ("law-changed", "in-comment", "under-appraisal"),
        ("law-changed", "before-council", "under-appraisal"),
        ("law-changed", "concluded", "under-appraisal"),
    ]


def test_only_the_communes_own_steps_are_open_to_who_entered_its_figures() -> None:
    """From an open dossier none asks for another person: whoever reads the case there need not know the hands."""
    own = {step.name for step in STEPS if Condition.BY_ANOTHER not in step.conditions}
    assert own == {StepName.SUBMIT, StepName.TAKE_BACK, StepName.LAW_CHANGED}
    assert {step.name for step in STEPS if step.start is State.OPEN} == {StepName.SUBMIT}


def test_a_step_freezes_exactly_where_figures_can_no_longer_be_changed() -> None:
    assert {step.freezes: None for step in STEPS if step.end in WRITABLE} == {False: None}
    assert all(step.freezes for step in STEPS if step.end not in WRITABLE)


def test_confirmations_are_voided_by_a_return_from_the_agencies_alone() -> None:
    assert [(step.name, step.start) for step in STEPS if step.voids] == [(StepName.RETURN, State.UNDER_APPRAISAL)]


@pytest.mark.parametrize(
    ("role", "name", "state", "end"),
    [
        (Role.COMMUNE_HEAD, StepName.SUBMIT, State.OPEN, State.SUBMITTED),
        (Role.COMMUNE_HEAD, StepName.TAKE_BACK, State.SUBMITTED, State.OPEN),
        (Role.COORDINATOR, StepName.ACCEPT, State.SUBMITTED, State.UNDER_APPRAISAL),
        (Role.COORDINATOR, StepName.RETURN, State.SUBMITTED, State.OPEN),
    ],
)
def test_who_may_takes_a_step(role: Role, name: StepName, state: State, end: State) -> None:
    assert carried_out(somebody(role), case(state), asked(name), PROCEDURE).end is end


def test_every_other_way_is_refused() -> None:
    others = [
        (name, state, role)
        for name, state, role in itertools.product(StepName, State, Role)
        if not any(step.name is name and step.start is state and role in step.roles for step in STEPS)
    ]
    assert len(others) > 1_000
    assert [other for other in others if not refused(*other)] == []


def refused(name: StepName, state: State, role: Role) -> bool:
    try:
        carried_out(somebody(role), case(state), asked(name), PROCEDURE)
    except StepRefused:
        return True
    return False


def test_a_head_takes_no_step_of_another_commune() -> None:
    with pytest.raises(StepForbidden):
        carried_out(somebody(Role.COMMUNE_HEAD, OTHER), case(State.OPEN), asked(StepName.SUBMIT), PROCEDURE)


def test_a_step_is_taken_only_against_the_version_that_was_seen() -> None:
    for seen in (6, 8, -1):
        late = Asked(StepName.SUBMIT, seen)
        with pytest.raises(StepRefused) as refused:
            carried_out(somebody(Role.COMMUNE_HEAD), case(State.OPEN), late, PROCEDURE)
        assert "đã thay đổi" in str(refused.value)


def test_nothing_is_submitted_before_something_is_reported() -> None:
    with pytest.raises(StepRefused) as refused:
        carried_out(somebody(Role.COMMUNE_HEAD), case(State.OPEN, frozenset()), asked(StepName.SUBMIT), PROCEDURE)
    assert "Chưa nhập số liệu nào" in str(refused.value)


@pytest.mark.parametrize("name", [StepName.ACCEPT, StepName.RETURN])
def test_nobody_decides_on_what_he_submitted_himself(name: StepName) -> None:
    both = Actor(5, frozenset({Appointment(Role.COMMUNE_HEAD, OWN), Appointment(Role.COORDINATOR)}))
    with pytest.raises(StepRefused):
        carried_out(both, case(State.SUBMITTED, hands=(4, 5)), asked(name), PROCEDURE)
    assert carried_out(both, case(State.SUBMITTED, hands=(6,)), asked(name), PROCEDURE)


DECIDED_ON = [step for step in STEPS if step.start is not State.OPEN and step.name is not StepName.LAW_CHANGED]
"""Steps by which somebody decides on a dossier; that its law has changed decides nothing of it."""


@pytest.mark.parametrize("step", DECIDED_ON, ids=lambda s: s.name.value)
def test_nobody_who_submitted_takes_any_later_step_but_taking_back(step: Step) -> None:
    everything = Actor(5, frozenset({Appointment(role, OWN if role is Role.COMMUNE_HEAD else "") for role in Role}))
    if step.name is StepName.TAKE_BACK:
        assert carried_out(everything, case(step.start, hands=(4, 5)), asked(step.name), PROCEDURE)
        return
    with pytest.raises(StepRefused, match="người khác phải quyết định"):
        carried_out(everything, case(step.start, hands=(4, 5)), asked(step.name), PROCEDURE)


@pytest.mark.parametrize(
    ("reason", "note", "lines"), [("", "", 2), ("missing", "  ", 1), ("another", "x", 1), ("missing", "x" * 4001, 1)]
)
def test_a_return_owes_a_reason_of_the_list_and_a_note_all_said_at_once(reason: str, note: str, lines: int) -> None:
    said = asked(StepName.RETURN, reason=reason, note=note)
    with pytest.raises(StepRefused) as refused:
        carried_out(somebody(Role.COORDINATOR), case(State.SUBMITTED), said, PROCEDURE)
    assert len(refused.value.messages) == lines


def test_where_a_set_enumerates_no_reasons_a_note_is_enough() -> None:
    said = asked(StepName.RETURN, reason="")
    assert carried_out(somebody(Role.COORDINATOR), case(State.SUBMITTED), said, Procedure()).end is State.OPEN


roles = st.frozensets(
    st.builds(Appointment, st.sampled_from(Role), st.sampled_from(["", OWN, OTHER, "so-a"])), min_size=0, max_size=4
)


@given(
    held=roles,
    state=st.sampled_from(State),
    name=st.sampled_from(StepName),
    person=st.integers(1, 3),
    hands=st.frozensets(st.integers(1, 3)),
    holds=st.frozensets(st.sampled_from(sorted(ALL))),
)
def test_whoever_it_is_only_rows_of_the_table_are_ever_taken(
    held: frozenset[Appointment],
    state: State,
    name: StepName,
    person: int,
    hands: frozenset[int],
    holds: frozenset[Condition],
) -> None:
    """No sequence of roles gets past the table: what is taken stands in it, and what it asks holds."""
    actor, this = Actor(person, held), DossierCase(OWN, state, 7, hands, holds)
    try:
        step = carried_out(actor, this, asked(name), PROCEDURE)
    except StepRefused:
        return
    assert step in STEPS
    assert step.start is state
    assert (step in steps_of(actor, this)) is (step.name is not StepName.LAW_CHANGED)
    needed = set(step.conditions)
    if Condition.BY_ANOTHER in needed:
        assert person not in hands
    assert needed - {Condition.BY_ANOTHER} <= holds
    assert any(one.role in step.roles and one.place in ("", OWN) for one in held if one.role is Role.COMMUNE_HEAD) or (
        step.roles & {one.role for one in held}
    )


def test_every_step_that_owes_a_reason_can_say_it() -> None:
    assert {step.name for step in STEPS if step.owed is StepDemand.REASON} == {StepName.RETURN}
