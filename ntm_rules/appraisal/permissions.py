"""Who may open which address: one map, from which the application decides and the tests are generated."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

from ntm_rules.appraisal.roles import Actor, Role
from ntm_rules.appraisal.states import ACCEPTED, WRITABLE, State
from ntm_rules.i18n import N_


class Open(Enum):
    """Addresses that ask for no role."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed-in"


class Published(Enum):
    """Addresses that everybody opens, without an account, where the installation publishes; of dossiers those in comment."""

    IN_COMMENT = "in-comment"


class Scope(StrEnum):
    """What a program may read that shows a token: addresses for programs ask for a scope and know no person."""

    ROUNDS = "rounds"
    DOSSIERS = "dossiers"
    FIGURES = "figures"
    VERDICTS = "verdicts"
    FINDINGS = "findings"
    COUNCIL = "council"
    LOG = "log"


SCOPE_WORDS: Mapping[Scope, str] = {
    Scope.ROUNDS: N_("Rounds and their pinned law"),
    Scope.DOSSIERS: N_("Where dossiers stand, and their steps"),
    Scope.FIGURES: N_("Figures, their versions, names of evidence files"),
    Scope.VERDICTS: N_("Verdicts of the communes' own figures"),
    Scope.FINDINGS: N_("Findings of the agencies"),
    Scope.COUNCIL: N_("Comments of residents, conclusions of the council, decisions"),
    Scope.LOG: N_("The log"),
}

EVER = frozenset(State)
GET, POST = frozenset({"GET"}), frozenset({"POST"})
BOTH = GET | POST


class Grant(NamedTuple):
    """What one role may do at one address: a role of a commune at what belongs to that commune alone."""

    role: Role
    methods: frozenset[str] = GET
    states: frozenset[State] = EVER
    """Of the dossier, where the address is one's."""
    asked: bool = False
    """Only what an agency has asked the commune for: those items are open to it again, the rest stays frozen."""


Access = Open | Published | Scope | tuple[Grant, ...]

_AGENCIES = (Role.AGENCY_EXPERT, Role.AGENCY_HEAD)
_COUNCIL = (Role.SECRETARY, Role.MEMBER, Role.RECORDER)
_COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
_SEES_DOSSIER = (
    *(Grant(role) for role in (*_COMMUNE, Role.COORDINATOR, Role.READER)),
    *(Grant(role, GET, ACCEPTED) for role in (*_AGENCIES, *_COUNCIL)),
)
_SEES_ROUND = tuple(Grant(role) for role in (Role.COORDINATOR, Role.READER, *_AGENCIES, *_COUNCIL))
_APPRAISAL = frozenset({State.UNDER_APPRAISAL})
_SEES_AGENCY = tuple(Grant(role) for role in (Role.COORDINATOR, Role.READER, *_AGENCIES))
_SEES_FINDINGS = tuple(Grant(role, GET, ACCEPTED) for role in (Role.COORDINATOR, Role.READER, *_AGENCIES, *_COUNCIL))
_SEES_COUNCIL = tuple(Grant(role) for role in (Role.COORDINATOR, Role.READER, *_COUNCIL))
_BEFORE_COUNCIL = frozenset({State.BEFORE_COUNCIL})
_APPRAISED_ON = ACCEPTED - _APPRAISAL
_COUNCIL_ON = _APPRAISED_ON - {State.APPRAISED, State.IN_COMMENT}
_HANDS_OUT = (
    Grant(Role.COMMUNE_HEAD, POST),
    *(Grant(role, POST, ACCEPTED) for role in (Role.COORDINATOR, Role.SECRETARY, Role.RECORDER)),
)
_FILLS_IN = Grant(Role.COMMUNE_OFFICER, POST, WRITABLE)
_ANSWERS = Grant(Role.COMMUNE_OFFICER, POST, _APPRAISAL, asked=True)
_FILLS_IN_AND_LOOKS = Grant(Role.COMMUNE_OFFICER, BOTH, WRITABLE)

ACCESS: Mapping[str, Access] = {
    "sign-in": Open.EVERYBODY,
    "provider-go": Open.EVERYBODY,
    "provider-back": Open.EVERYBODY,
    "language": Open.EVERYBODY,
    "sign-out": Open.SIGNED_IN,
    "password": Open.SIGNED_IN,
    "second-factor": Open.EVERYBODY,
    "enrol": Open.SIGNED_IN,
    "work": Open.SIGNED_IN,
    "rounds": _SEES_ROUND,
    "round": _SEES_ROUND,
    "new-round": (Grant(Role.COORDINATOR, BOTH),),
    "dossier": _SEES_DOSSIER,
    "criterion": (*_SEES_DOSSIER, _FILLS_IN, _ANSWERS),
    "figure": (_FILLS_IN, _ANSWERS),
    "hamlets": (_FILLS_IN,),
    "add-evidence": (_FILLS_IN, _ANSWERS),
    "evidence": _SEES_DOSSIER,
    "withdraw-evidence": (_FILLS_IN, _ANSWERS),
    "form": tuple(Grant(role) for role in (*_COMMUNE, Role.COORDINATOR)),
    "hand-in": (_FILLS_IN_AND_LOOKS,),
    "handed-in": (_FILLS_IN_AND_LOOKS,),
    "checks": _SEES_DOSSIER,
    "log": _SEES_DOSSIER,
    "step": (
        Grant(Role.COMMUNE_HEAD, POST, frozenset({State.OPEN, State.SUBMITTED})),
        Grant(
            Role.COORDINATOR,
            POST,
            frozenset({State.SUBMITTED, State.UNDER_APPRAISAL, State.APPRAISED, State.IN_COMMENT}),
        ),
        Grant(Role.SECRETARY, POST, _BEFORE_COUNCIL),
    ),
    "queue": _SEES_AGENCY,
    "agree": (Grant(Role.AGENCY_EXPERT, BOTH),),
    "confirm": (Grant(Role.AGENCY_HEAD, BOTH),),
    "appraise": (*_SEES_FINDINGS, Grant(Role.AGENCY_EXPERT, POST, _APPRAISAL)),
    "ask": (Grant(Role.AGENCY_EXPERT, POST, _APPRAISAL),),
    "answer": (Grant(Role.COMMUNE_HEAD, POST, _APPRAISAL),),
    "layers": _SEES_DOSSIER,
    "layer": tuple(Grant(role) for role in (Role.COORDINATOR, Role.READER)),
    "overview": tuple(Grant(role) for role in (Role.COORDINATOR, Role.READER)),
    "progress": _SEES_ROUND,
    "calendar": Open.SIGNED_IN,
    "notices": Open.SIGNED_IN,
    "search": Open.SIGNED_IN,
    "substitutes": (Grant(Role.AGENCY_HEAD, BOTH),),
    "extend": (Grant(Role.COORDINATOR, BOTH),),
    "close-round": (Grant(Role.COORDINATOR, BOTH),),
    "rereview": (Grant(Role.COORDINATOR, POST),),
    "law-versions": (Grant(Role.COORDINATOR, BOTH),),
    "law-effect": (Grant(Role.COORDINATOR, BOTH),),
    "agency-paper": _SEES_AGENCY,
    "comments": (*_SEES_DOSSIER, Grant(Role.COORDINATOR, POST, frozenset({State.IN_COMMENT}))),
    "published": Published.IN_COMMENT,
    "public": Published.IN_COMMENT,
    "moderate": (Grant(Role.COORDINATOR, POST, frozenset({State.IN_COMMENT})),),
    "council": _SEES_COUNCIL,
    "seat": (Grant(Role.COORDINATOR, POST),),
    "open-session": (Grant(Role.SECRETARY, POST),),
    "session": (*_SEES_COUNCIL, Grant(Role.SECRETARY, POST)),
    "votes": (Grant(Role.MEMBER, BOTH),),
    "conclude": (
        *(grant._replace(states=_COUNCIL_ON) for grant in _SEES_COUNCIL),
        Grant(Role.SECRETARY, POST, _BEFORE_COUNCIL),
    ),
    "record": (Grant(Role.RECORDER, BOTH, frozenset({State.CONCLUDED, State.RECOGNISED})),),
    "decision-file": _SEES_DOSSIER,
    "register": _SEES_ROUND,
    "register-data": _SEES_ROUND,
    "council-paper": _SEES_COUNCIL,
    "paper": tuple(grant._replace(states=_APPRAISED_ON) for grant in _SEES_COUNCIL),
    "papers": (*_SEES_DOSSIER, *_HANDS_OUT),
    "paper-file": _SEES_DOSSIER,
    "paper-link": _HANDS_OUT,
    "signed-file": _SEES_DOSSIER,
    "sign-paper": Open.EVERYBODY,
    "paper-to-sign": Open.EVERYBODY,
    "tokens": (Grant(Role.COORDINATOR, BOTH),),
    "openapi": Open.EVERYBODY,
    "api-rounds": Scope.ROUNDS,
    "api-dossiers": Scope.DOSSIERS,
    "api-steps": Scope.DOSSIERS,
    "api-figures": Scope.FIGURES,
    "api-versions": Scope.FIGURES,
    "api-evidence": Scope.FIGURES,
    "api-verdicts": Scope.VERDICTS,
    "api-findings": Scope.FINDINGS,
    "api-extensions": Scope.DOSSIERS,
    "api-closures": Scope.ROUNDS,
    "api-repinnings": Scope.ROUNDS,
    "api-rereviews": Scope.DOSSIERS,
    "api-remarks": Scope.COUNCIL,
    "api-comments": Scope.COUNCIL,
    "api-sessions": Scope.COUNCIL,
    "api-conclusions": Scope.COUNCIL,
    "api-decisions": Scope.COUNCIL,
    "api-events": Scope.LOG,
    "accounts": (Grant(Role.ADMINISTRATOR, BOTH),),
    "account": (Grant(Role.ADMINISTRATOR, BOTH),),
}
"""Name of an address -> who may; an address that is not here is nobody's."""

AFTER_CLOSING = frozenset({"close-round", "record", "papers", "paper-link"})
"""Addresses at which something may still be written in a round that is closed: opening it again, decisions and papers to be signed."""


class Subject(NamedTuple):
    """What an address is about."""

    commune: str | None = None
    """None: not of one commune."""
    state: State | None = None
    """Of the dossier; None where it is no dossier's address."""
    agency: str | None = None
    """None: not of one agency."""
    asked: bool = False
    """What it is about was asked of the commune and waits for its answer."""
    closed: bool = False
    """The round that it is of is closed."""
    published: bool = False
    """The installation has pages for who has no account."""


NOTHING = Subject()


def may(actor: Actor | None, address: str, method: str, subject: Subject = NOTHING) -> bool:
    """Tell whether somebody may open an address; None: nobody is signed in. No person opens what asks for a scope.

    Raises:
        KeyError: the address has no row.
    """
    access = ACCESS[address]
    method = "GET" if method == "HEAD" else method
    if access is Open.EVERYBODY:
        return method in BOTH
    if isinstance(access, Published):
        open_ = subject.published and subject.state in (None, State.IN_COMMENT)
        return open_ and (method == "GET" or (method == "POST" and subject.state is not None and not subject.closed))
    if actor is None or isinstance(access, Scope):
        return False
    if access is Open.SIGNED_IN:
        return method in BOTH
    assert isinstance(access, tuple)
    if subject.closed and method != "GET" and address not in AFTER_CLOSING:
        return False
    return any(
        method in grant.methods
        and (subject.state is None or subject.state in grant.states)
        and (subject.asked or not grant.asked)
        and actor.has(grant.role, subject.commune, subject.agency)
        for grant in access
    )
