"""Whether all that was ever said still stands as the log tells: events a chain, versions as told, files as put away."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from ntm_rules.appraisal.states import State
from ntm_rules.i18n import N_, Message
from ntm_rules.web.backup import at_one_moment
from ntm_rules.web.events import FIRST, first_break, last
from ntm_rules.web.evidence_files import place_of
from ntm_rules.web.models import (
    Closure,
    Decision,
    Dossier,
    Event,
    Evidence,
    HandedIn,
    Law,
    Overlay,
    Paper,
    Repinning,
    Round,
    SignedPaper,
    Taken,
)
from ntm_rules.web.told_rows import TOLD

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


def verified(note: tuple[int, str] | None = None) -> Verified:
    """Walk all records as they stand at one moment; `note`: number and hash of an event, noted down earlier."""
    with at_one_moment():
        events, head = last()
        return Verified(
            events, head, [*_of_chain(note), *_of_contents(), *_of_versions(), *_of_dossiers(), *_of_rounds()]
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
    kept |= {*Paper.objects.values_list("sha256", flat=True), *SignedPaper.objects.values_list("sha256", flat=True)}
    for sha256 in sorted(kept):
        path = place_of(sha256)
        if not path.is_file() or path.is_symlink():
            yield Message("The evidence file {file} is not there.", file=path)
        elif _hash(path) != sha256:
            yield Message("The evidence file {file} is not what was put away.", file=path)


def _hash(path: Any) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
