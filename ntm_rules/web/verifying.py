"""Whether all that was ever said still stands as the log tells: events a chain, versions as told, files as put away."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ntm_rules.appraisal.entries import CELLS
from ntm_rules.appraisal.states import State
from ntm_rules.i18n import N_, Message
from ntm_rules.web.backup import at_one_moment
from ntm_rules.web.events import FIRST, first_break, last
from ntm_rules.web.evidence_files import place_of
from ntm_rules.web.models import (
    Attendance,
    Closure,
    Comment,
    Conclusion,
    Decision,
    Dossier,
    Event,
    Evidence,
    Extension,
    Figure,
    Finding,
    HandedIn,
    Law,
    Minutes,
    Moderation,
    Overlay,
    Pin,
    Remark,
    Repinning,
    Rereview,
    Round,
    Seat,
    Session,
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
)
"""Kinds of versions; each row must be told by an event of its dossier and person, and each such event have its row."""
CONTENTS = (
    (Law, "files", N_("Pinned law")),
    (Overlay, "content", N_("Later decision")),
    (HandedIn, "content", N_("Uploaded Excel form")),
)
"""Kinds of files in the database, each beside its SHA-256."""


class Verified(NamedTuple):
    """What walking the records has found."""

    events: int
    head: str
    """The hash of the last event."""
    faults: list[Message]
    """What does not hold; the first is where the records break first."""


def verified(known: tuple[int, str] | None = None) -> Verified:
    """Walk all records as they stand at one moment; `known`: number and hash of an event, noted down earlier."""
    with at_one_moment():
        events, head = last()
        return Verified(
            events, head, [*_of_chain(known), *_of_contents(), *_of_versions(), *_of_dossiers(), *_of_rounds()]
        )


def _of_chain(known: tuple[int, str] | None) -> Iterator[Message]:
    broken = first_break()
    said = {
        "missing": N_("Event {n} of the log is missing: it was deleted from outside."),
        "changed": N_("Event {n} of the log was changed from outside: it has another hash."),
        "chain": N_("Event {n} of the log does not follow on the one before: the log was rewritten from there."),
    }
    if broken is not None:
        yield Message(said[broken.kind], n=broken.number)
    if known is not None:
        number, sha256 = known
        held = Event.objects.filter(number=number).values_list("sha256", flat=True).first() if number else FIRST
        if held != sha256:
            yield Message("Event {n} has not the hash that was noted down: the log up to it was rewritten.", n=number)


def _of_versions() -> Iterator[Message]:
    """Hold every version against the event that tells of it."""
    for told in TOLD:
        owed: Counter[bytes] = Counter()
        numbers: dict[bytes, int] = {}
        names: tuple[str, ...] = ()
        for row in told.model._base_manager.order_by("pk").iterator(chunk_size=2000):
            said = told.tells(row)
            names = tuple(said)
            owed[_known_by(getattr(row, "dossier_id", None), row.by_id, said)] += 1
        rows = Event.objects.filter(kind__in=told.kinds).order_by("number")
        for event in rows.iterator(chunk_size=2000):
            for part in told.parts(json.loads(event.told)):
                key = _known_by(event.dossier_id, event.person_id, {name: part.get(name) for name in names or part})
                owed[key] -= 1
                numbers[key] = event.number
        lost = [numbers[key] for key, count in owed.items() if count < 0]
        for number in sorted(lost):
            yield Message(
                "{words}: the row that event {n} tells of is not there as it was written.",
                words=Message(told.words),
                n=number,
            )
        foreign = sum(count for count in owed.values() if count > 0)
        if foreign:
            yield Message("{words}: {n} rows of which no event tells.", words=Message(told.words), n=foreign)


def _known_by(dossier: int | None, person: int | None, said: dict[str, object]) -> bytes:
    return hashlib.sha256(json.dumps([dossier, person, said], sort_keys=True).encode()).digest()


def _of_dossiers() -> Iterator[Message]:
    """Hold where every dossier stands against the last step that it took."""
    steps = {taken.dossier_id: taken for taken in Taken.objects.order_by("pk")}
    for dossier in Dossier.objects.order_by("pk"):
        last_step = steps.get(dossier.pk)
        stands = (last_step.end, last_step.version) if last_step else (State.OPEN.value, 1)
        if (dossier.state, dossier.version) != stands:
            yield Message("Dossier {n} does not stand where its last step led.", n=dossier.pk)


def _of_rounds() -> Iterator[Message]:
    """Hold whether every round is closed, and which law it follows, against what was told last."""
    closed = {row.round_id: row.closes for row in Closure.objects.order_by("pk")}
    pins = {row.round_id: row.pin for row in Repinning.objects.select_related("pin").order_by("pk")}
    for one in Round.objects.defer("before").order_by("pk"):
        if one.is_closed is not closed.get(one.pk, False):
            yield Message("Round {n} is not closed or open as was last told.", n=one.pk)
        last_pin = pins.get(one.pk)
        told = (
            (last_pin.pk, last_pin.law_id, last_pin.rules_sha256) if last_pin else (None, one.law_id, one.rules_sha256)
        )
        if (one.pinned_id, one.law_id, one.rules_sha256) != told:
            yield Message("Round {n} does not follow the version of the law that was pinned last.", n=one.pk)


def _of_contents() -> Iterator[Message]:
    """Hold every file that was put away against its hash."""
    for model, name, words in CONTENTS:
        for row in model.objects.order_by("pk").iterator(chunk_size=20):
            if hashlib.sha256(bytes(getattr(row, name))).hexdigest() != row.sha256:
                yield Message(
                    "{words} {n}: its content has another hash than when it was put away.",
                    words=Message(words),
                    n=row.pk,
                )
    kept = set(Evidence.objects.values_list("sha256", flat=True))
    kept |= set(Decision.objects.exclude(sha256="").values_list("sha256", flat=True))
    for sha256 in sorted(kept):
        path = place_of(sha256)
        if not path.is_file() or path.is_symlink():
            yield Message("The evidence file {file} is not there.", file=path)
        elif _hash(path) != sha256:
            yield Message("The evidence file {file} is not what was put away.", file=path)


def _hash(path: Any) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
