"""Who may open what: the promises of the design, held against the one map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ntm_rules.appraisal.permissions import ACCESS, AFTER_CLOSING, Open, Published, Subject, may
from ntm_rules.appraisal.roles import ROLES, Actor, Appointment, Belonging, Role
from ntm_rules.appraisal.states import State

OWN, OTHER = "03394", "03390"
OWN_AGENCY, OTHER_AGENCY = "so-a", "so-b"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
DOSSIERS = (
    "dossier", "criterion", "figure", "add-evidence", "evidence", "withdraw-evidence", "form", "hand-in", "handed-in",
    "checks", "log", "step", "appraise", "ask", "answer", "layers",
    "comments", "conclude", "record", "decision-file", "paper", "public", "moderate",
)  # fmt: skip
AGENCIES = ("queue", "agree", "confirm", "appraise", "ask", "substitutes", "agency-paper")
OF_EVERYBODY = {name for name, access in ACCESS.items() if isinstance(access, Open)}
"""Addresses that ask for no role: signing in, one's own work and notices."""
WRITING = ("criterion", "figure", "add-evidence", "withdraw-evidence", "hand-in", "handed-in")


def somebody(role: Role, place: str = OWN) -> Actor:
    belongs = ROLES[role].belongs
    places = {Belonging.COMMUNE: place, Belonging.AGENCY: OWN_AGENCY}
    return Actor(1, frozenset({Appointment(role, places.get(belongs, ""))}))


def subjects_of(address: str) -> list[Subject]:
    """Return what an address may be about: every commune and state, one's own agency and another, asked for or not."""
    of = [Subject(c, s) for c in (OWN, OTHER) for s in State] if address in DOSSIERS else [Subject()]
    of += [one._replace(asked=True) for one in of if one.state is State.UNDER_APPRAISAL]
    if address not in AGENCIES:
        return of
    return [one._replace(agency=agency) for one in of for agency in (OWN_AGENCY, OTHER_AGENCY)]


def every(role: Role) -> Iterator[tuple[str, str, Subject]]:
    """Yield every address with every method and, of dossiers, every commune and state, that a role may open."""
    for address in ACCESS:
        for method in METHODS:
            for subject in subjects_of(address):
                if may(somebody(role), address, method, subject):
                    yield address, method, subject


def test_an_address_without_a_row_is_nobodys() -> None:
    with pytest.raises(KeyError):
        may(somebody(Role.COORDINATOR), "no-such-address", "GET")


@pytest.mark.parametrize("address", [name for name, access in ACCESS.items() if access is not Open.EVERYBODY])
@pytest.mark.parametrize("method", METHODS)
def test_nothing_but_signing_in_is_open_to_who_has_not(address: str, method: str) -> None:
    assert not may(None, address, method, Subject(OWN, State.OPEN))


@pytest.mark.parametrize("role", Role)
def test_no_method_but_reading_and_posting_is_ever_open(role: Role) -> None:
    assert {method for _address, method, _subject in every(role)} <= {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD])
def test_a_commune_sees_nothing_of_another(role: Role) -> None:
    assert not [found for found in every(role) if found[2].commune == OTHER]


@pytest.mark.parametrize("role", Role)
def test_figures_are_entered_by_officers_alone_of_their_own_commune_while_it_is_open_or_asked(role: Role) -> None:
    found = {
        (subject.commune, subject.state, subject.asked)
        for address, method, subject in every(role)
        if address in WRITING and method == "POST"
    }
    allowed = {(OWN, State.OPEN, False), (OWN, State.UNDER_APPRAISAL, True)}
    assert found == (allowed if role is Role.COMMUNE_OFFICER else set())


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_anything_in_the_name_of_another_agency(role: Role) -> None:
    written = {(address, subject.agency) for address, method, subject in every(role) if method == "POST"}
    assert not [address for address, agency in written if agency == OTHER_AGENCY]
    allowed = {
        Role.AGENCY_EXPERT: {"agree", "appraise", "ask"},
        Role.AGENCY_HEAD: {"confirm", "substitutes"},
    }
    assert {address for address, agency in written if agency == OWN_AGENCY} == allowed.get(role, set())


@pytest.mark.parametrize("role", [Role.AGENCY_EXPERT, Role.AGENCY_HEAD])
def test_an_agency_sees_no_queue_and_no_proposal_of_another(role: Role) -> None:
    assert {subject.agency for _address, _method, subject in every(role)} == {None, OWN_AGENCY}


def test_findings_are_given_while_a_dossier_is_under_appraisal_alone() -> None:
    found = {
        subject.state
        for role in (Role.AGENCY_EXPERT, Role.AGENCY_HEAD)
        for address, method, subject in every(role)
        if address in ("appraise", "ask") and method == "POST"
    }
    assert found == {State.UNDER_APPRAISAL}


def test_only_the_head_of_the_commune_answers_and_only_under_appraisal() -> None:
    """Also where nothing waits any more: an answer sent twice finds the dossier, and what was not asked is refused there."""
    found = {
        (role, subject.commune, subject.state)
        for role in Role
        for address, _method, subject in every(role)
        if address == "answer"
    }
    assert found == {(Role.COMMUNE_HEAD, OWN, State.UNDER_APPRAISAL)}


@pytest.mark.parametrize("role", Role)
def test_steps_are_the_heads_and_the_offices(role: Role) -> None:
    found = {(subject.commune, subject.state) for address, _method, subject in every(role) if address == "step"}
    allowed = {
        Role.COMMUNE_HEAD: {(OWN, State.OPEN), (OWN, State.SUBMITTED)},
        Role.COORDINATOR: {
            (c, s)
            for c in (OWN, OTHER)
            for s in (State.SUBMITTED, State.UNDER_APPRAISAL, State.APPRAISED, State.IN_COMMENT)
        },
        Role.SECRETARY: {(c, State.BEFORE_COUNCIL) for c in (OWN, OTHER)},
    }
    assert found == allowed.get(role, set())


def test_an_administrator_sees_accounts_and_no_round_dossier_figure_or_log() -> None:
    found = {address for address, _method, _subject in every(Role.ADMINISTRATOR)}
    assert found == {"accounts", "account"} | OF_EVERYBODY


@pytest.mark.parametrize("role", [Role.AGENCY_EXPERT, Role.AGENCY_HEAD, Role.SECRETARY, Role.MEMBER, Role.RECORDER])
def test_agencies_and_council_see_a_dossier_once_it_is_accepted(role: Role) -> None:
    states = {subject.state for address, _method, subject in every(role) if address == "dossier"}
    assert states == set(State) - {State.OPEN, State.SUBMITTED}


def test_a_reader_only_reads() -> None:
    posted = {address for address, method, _subject in every(Role.READER) if method == "POST"}
    assert posted == OF_EVERYBODY


def test_a_reader_of_one_commune_sees_that_one_and_no_round() -> None:
    reader = Actor(1, frozenset({Appointment(Role.READER, OWN)}))
    assert may(reader, "dossier", "GET", Subject(OWN, State.OPEN))
    assert not may(reader, "dossier", "GET", Subject(OTHER, State.OPEN))
    assert not may(reader, "round", "GET")


def test_accounts_are_the_administrators_alone() -> None:
    for role in Role:
        found = {address for address, _method, _subject in every(role)} & {"accounts", "account"}
        assert bool(found) is (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("address", "roles", "states"),
    [
        ("comments", {Role.COORDINATOR}, {State.IN_COMMENT}),
        ("conclude", {Role.SECRETARY}, {State.BEFORE_COUNCIL}),
        ("record", {Role.RECORDER}, {State.CONCLUDED, State.RECOGNISED}),
        ("seat", {Role.COORDINATOR}, {None}),
        ("open-session", {Role.SECRETARY}, {None}),
        ("session", {Role.SECRETARY}, {None}),
        ("votes", {Role.MEMBER}, {None}),
    ],
)
def test_each_act_after_the_agencies_is_one_roles(address: str, roles: set[Role], states: set[State | None]) -> None:
    found = {
        (role, subject.state)
        for role in Role
        for where, method, subject in every(role)
        if (where, method) == (address, "POST")
    }
    assert found == {(role, state) for role in roles for state in states}


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.AGENCY_EXPERT, Role.AGENCY_HEAD])
def test_the_council_is_not_open_to_communes_and_agencies(role: Role) -> None:
    found = {address for address, _method, _subject in every(role)}
    assert not found & {"council", "session", "votes", "council-paper", "paper", "conclude", "record"}


@pytest.mark.parametrize("role", Role)
def test_in_a_closed_round_all_is_read_as_before_and_nothing_written_but_decisions_and_its_opening(role: Role) -> None:
    actor = somebody(role)
    for address, method, subject in every(role):
        closed = may(actor, address, method, subject._replace(closed=True))
        assert closed is (method != "POST" or address in AFTER_CLOSING or address in OF_EVERYBODY), address


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("state", [None, *State])
def test_who_has_no_account_reads_and_writes_on_dossiers_in_comment_where_the_installation_publishes(
    state: State | None, method: str
) -> None:
    public = {address for address, access in ACCESS.items() if isinstance(access, Published)}
    assert public == {"published", "public"}
    for address in public:
        subject = Subject(None if state is None else OWN, state)
        assert not may(None, address, method, subject)
        assert not may(somebody(Role.COORDINATOR), address, method, subject)
        on, reads = subject._replace(published=True), method in ("GET", "HEAD")
        allowed = (reads or (method == "POST" and state is not None)) and state in (None, State.IN_COMMENT)
        assert may(None, address, method, on) is allowed
        assert may(somebody(Role.READER), address, method, on) is allowed
        assert may(None, address, method, on._replace(closed=True)) is (allowed and reads)
