"""Who may open what: the promises of the design, held against the one map."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ntm_rules.appraisal.permissions import ACCESS, Open, Subject, may
from ntm_rules.appraisal.roles import ROLES, Actor, Belonging, Held, Role
from ntm_rules.appraisal.states import State

OWN, OTHER = "03394", "03390"
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
DOSSIERS = (
    "dossier", "criterion", "figure", "add-evidence", "evidence", "withdraw-evidence", "form", "hand-in", "handed-in",
    "checks", "log", "step",
)  # fmt: skip
WRITING = ("criterion", "figure", "add-evidence", "withdraw-evidence", "hand-in", "handed-in")


def somebody(role: Role, place: str = OWN) -> Actor:
    belongs = ROLES[role].belongs
    places = {Belonging.COMMUNE: place, Belonging.AGENCY: "so-a"}
    return Actor(1, frozenset({Held(role, places.get(belongs, ""))}))


def every(role: Role) -> Iterator[tuple[str, str, Subject]]:
    """Yield every address with every method and, of dossiers, every commune and state, that a role may open."""
    for address in ACCESS:
        for method in METHODS:
            subjects = [Subject(c, s) for c in (OWN, OTHER) for s in State] if address in DOSSIERS else [Subject()]
            for subject in subjects:
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
def test_figures_are_entered_by_officers_alone_of_their_own_commune_while_it_is_open(role: Role) -> None:
    found = {
        (subject.commune, subject.state)
        for address, method, subject in every(role)
        if address in WRITING and method == "POST"
    }
    assert found == ({(OWN, State.OPEN)} if role is Role.COMMUNE_OFFICER else set())


@pytest.mark.parametrize("role", Role)
def test_steps_are_the_heads_and_the_offices(role: Role) -> None:
    found = {(subject.commune, subject.state) for address, _method, subject in every(role) if address == "step"}
    allowed = {
        Role.COMMUNE_HEAD: {(OWN, State.OPEN), (OWN, State.SUBMITTED)},
        Role.COORDINATOR: {(c, s) for c in (OWN, OTHER) for s in (State.SUBMITTED, State.UNDER_APPRAISAL)},
    }
    assert found == allowed.get(role, set())


def test_an_administrator_sees_accounts_and_no_round_dossier_figure_or_log() -> None:
    found = {address for address, _method, _subject in every(Role.ADMINISTRATOR)}
    assert found == {"accounts", "account", "work", "password", "sign-in", "sign-out", "language"}


@pytest.mark.parametrize("role", [Role.AGENCY_EXPERT, Role.AGENCY_HEAD, Role.SECRETARY, Role.MEMBER, Role.RECORDER])
def test_agencies_and_council_see_a_dossier_once_it_is_accepted(role: Role) -> None:
    states = {subject.state for address, _method, subject in every(role) if address == "dossier"}
    assert states == set(State) - {State.OPEN, State.SUBMITTED}


def test_a_reader_only_reads() -> None:
    posted = {address for address, method, _subject in every(Role.READER) if method == "POST"}
    assert posted == {"sign-in", "language", "sign-out", "password", "work"}


def test_a_reader_of_one_commune_sees_that_one_and_no_round() -> None:
    reader = Actor(1, frozenset({Held(Role.READER, OWN)}))
    assert may(reader, "dossier", "GET", Subject(OWN, State.OPEN))
    assert not may(reader, "dossier", "GET", Subject(OTHER, State.OPEN))
    assert not may(reader, "round", "GET")


def test_accounts_are_the_administrators_alone() -> None:
    for role in Role:
        found = {address for address, _method, _subject in every(role)} & {"accounts", "account"}
        assert bool(found) is (role is Role.ADMINISTRATOR)
