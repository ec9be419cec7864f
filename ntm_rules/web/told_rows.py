"""Kinds of rows that are only ever added, and what the log must tell of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ntm_rules.appraisal.entries import CELLS
from ntm_rules.i18n import N_
from ntm_rules.web.models import (
    Attendance,
    Closure,
    Comment,
    Conclusion,
    Decision,
    Evidence,
    Extension,
    Figure,
    Finding,
    Minutes,
    Moderation,
    Paper,
    Pin,
    Remark,
    Repinning,
    Rereview,
    Seat,
    Session,
    SignedPaper,
    Substitution,
    Taken,
    Vote,
)
from ntm_rules.web.remarks import hash_of


class EventRule(NamedTuple):
    """A kind of row, and what its event must tell of it."""

    model: Any
    kinds: tuple[str, ...]
    """Of the events that tell of such rows."""
    words: str
    tells: Callable[[Any], dict[str, object]]
    """Row -> what the event holds of it; the event may hold more."""
    parts: Callable[[dict[str, Any]], Iterable[dict[str, Any]]] = lambda held: (held,)
    """What an event holds -> what it tells of each of its rows."""


def _figure(row: Figure) -> dict[str, object]:
    after = {name: cell for name, cell in zip(CELLS, row.entry.cells(), strict=True) if cell}
    return {"measure": row.measure, "version": row.version, "way": row.way, "after": after}


def _step(row: Taken) -> dict[str, object]:
    return {"step": row.step, "start": row.start, "end": row.end, "reason": row.reason, "note": row.note}


def _file(row: Evidence) -> dict[str, object]:
    return {"measure": row.measure, "name": row.name, "sha256": row.sha256}


def _finding(row: Finding) -> dict[str, object]:
    entry = {name: cell for name, cell in zip(CELLS, row.deed.entry.cells(), strict=True) if cell}
    told: dict[str, object] = {"act": row.act, "agency": row.agency, "measure": row.measure}
    said = {"entry": entry, "reason": row.reason, "cause": row.cause, "due": row.due.isoformat() if row.due else ""}
    return told | {name: value or None for name, value in said.items()}


def _extension(row: Extension) -> dict[str, object]:
    told = {
        "round": row.round_id,
        "what": row.what,
        "place": row.place,
        "day": row.day.isoformat(),
        "reason": row.reason,
    }
    return dict(told)


def _closure(row: Closure) -> dict[str, object]:
    return {"round": row.round_id, "closes": row.closes, "reason": row.reason}


def _pin(row: Pin) -> dict[str, object]:
    return {"round": row.round_id, "law": row.law.sha256, "rules": row.rules_sha256}


def _repinning(row: Repinning) -> dict[str, object]:
    return {"round": row.round_id, "pin": row.pin_id, "before": row.before_id, "reason": row.reason}


def _rereview(row: Rereview) -> dict[str, object]:
    return {"decision": row.decision_id, "reason": row.reason}


def _remark(row: Remark) -> dict[str, object]:
    return {"remark": row.pk, "sha256": hash_of(row)}


def _moderation(row: Moderation) -> dict[str, object]:
    return {"remark": row.remark_id, "shows": row.shows, "reason": row.reason}


def _substitution(row: Substitution) -> dict[str, object]:
    return {"agency": row.agency, "account": row.person.username}


def _comment(row: Comment) -> dict[str, object]:
    names = ("households", "surveyed", "satisfied", "document", "note")
    return {name: getattr(row, name) for name in names}


def _seat(row: Seat) -> dict[str, object]:
    return {"round": row.round_id, "account": row.person.username, "post": row.post}


def _session(row: Session) -> dict[str, object]:
    return {"round": row.round_id, "session": row.pk, "day": row.day.isoformat(), "place": row.place}


def _attendance(row: Attendance) -> dict[str, object]:
    return {"session": row.session_id, "person": row.person_id, "present": row.present}


def _minutes(row: Minutes) -> dict[str, object]:
    return {"session": row.session_id, "text": row.text, "closes": row.closes}


def _vote(row: Vote) -> dict[str, object]:
    return {"session": row.session_id, "choice": row.choice}


def _conclusion(row: Conclusion) -> dict[str, object]:
    names = ("criterion", "concluded", "reason")
    return {"session": row.session_id} | {name: getattr(row, name) for name in names}


def _decision(row: Decision) -> dict[str, object]:
    day = row.day.isoformat() if row.day else None
    names = ("number", "note", "name", "sha256")
    return {"decision": row.kind, "day": day} | {name: getattr(row, name) for name in names}


def _paper(row: Paper) -> dict[str, object]:
    return {"paper": row.kind, "name": row.name, "sha256": row.sha256}


def _signed_paper(row: SignedPaper) -> dict[str, object]:
    return {"paper": row.paper.kind, "name": row.name, "sha256": row.sha256, "found": row.found}


def _each(of: str, shared: str) -> Callable[[dict[str, Any]], Iterable[dict[str, Any]]]:
    """Return what takes an event apart that tells of several rows."""
    return lambda held: ({shared: held[shared], **part} for part in held[of])


TOLD: tuple[EventRule, ...] = (
    EventRule(Figure, ("figure",), N_("Saved figure"), _figure),
    EventRule(Taken, ("step",), N_("Step"), _step),
    EventRule(Evidence, ("evidence", "evidence-withdrawn"), N_("Evidence file"), _file),
    EventRule(
        Finding,
        ("finding",),
        N_("Finding of an agency"),
        _finding,
        lambda held: ({"act": held["act"], "agency": held["agency"], **item} for item in held["items"]),
    ),
    EventRule(Extension, ("extension",), N_("Day put off"), _extension),
    EventRule(Pin, ("round", "law-looked-at"), N_("Version of the law"), _pin),
    EventRule(Repinning, ("repinned",), N_("Law pinned anew"), _repinning),
    EventRule(Rereview, ("rereview",), N_("Unit reviewed again"), _rereview, lambda held: held["reviews"]),
    EventRule(Remark, ("remark",), N_("Resident's comment"), _remark),
    EventRule(Moderation, ("moderation",), N_("Comment let appear or kept back"), _moderation),
    EventRule(Closure, ("round-closed", "round-reopened"), N_("Round closed or opened again"), _closure),
    EventRule(Substitution, ("substitution", "substitution-ended"), N_("Substitution"), _substitution),
    EventRule(Comment, ("comments",), N_("Residents' comments"), _comment),
    EventRule(Seat, ("seat", "seat-ended"), N_("Seat in the council"), _seat),
    EventRule(Session, ("session",), N_("Session of the council"), _session),
    EventRule(Attendance, ("attendance",), N_("Attendance at a session"), _attendance, _each("changed", "session")),
    EventRule(Minutes, ("minutes",), N_("Minutes of a session"), _minutes),
    EventRule(Vote, ("vote",), N_("Vote of a member"), _vote),
    EventRule(
        Conclusion, ("conclusion",), N_("Conclusion of the council"), _conclusion, _each("conclusions", "session")
    ),
    EventRule(Decision, ("decision",), N_("Recorded decision"), _decision),
    EventRule(Paper, ("paper",), N_("Paper handed out to be signed"), _paper),
    EventRule(SignedPaper, ("paper-signed",), N_("Signed paper"), _signed_paper),
)
"""Kinds of versions; each row must be told by an event of its dossier and person, and each such event have its row."""
