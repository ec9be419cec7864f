"""Writing the event log, and walking it to find where its chain breaks."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from ntm_rules.web.models import Dossier, Event, Person
from ntm_rules.web.notices import tell_people

FIRST = "0" * 64
"""What stands in place of the hash before the first event."""
_LOCK = 0x6E746D
"""Of PostgreSQL, so that one event is written after the other; SQLite writes one at a time anyway."""


def note(kind: str, person: Person | None, dossier: Dossier | None = None, **told: object) -> Event:
    """Write an event within the transaction in which it happened."""
    return note_each(kind, person, dossier, [told])[0]


def note_each(
    kind: str, person: Person | None, dossier: Dossier | None, each: Sequence[Mapping[str, object]]
) -> list[Event]:
    """Write several events of one kind, one after the other, within the transaction in which they happened."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    number, before = last()
    events = []
    for told in each:
        number += 1
        event = Event(
            number=number,
            at=timezone.now().astimezone(dt.UTC).isoformat(),
            person=person,
            dossier=dossier,
            kind=kind,
            told=_canonical(told),
            before=before,
        )
        event.sha256 = before = hash_of(event)
        events.append(event)
    Event.objects.bulk_create(events)
    for told in each:
        tell_people(kind, person, dossier, told)
    return events


def last() -> tuple[int, str]:
    """Return number and hash of the last event: who keeps both elsewhere knows the log again, and that it was not rewritten."""
    return Event.objects.order_by("-number").values_list("number", "sha256").first() or (0, FIRST)


def hash_of(event: Event) -> str:
    """Return the hash that an event must have."""
    held = [event.number, event.at, event.person_id, event.dossier_id, event.kind, event.told, event.before]
    return hashlib.sha256(_canonical(held).encode()).hexdigest()


def _canonical(told: Mapping[str, object] | list[object]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Break(NamedTuple):
    """Where the chain breaks first, and how."""

    number: int
    kind: str
    """`missing`, `changed` or `chain`."""


def first_break() -> Break | None:
    """Walk the log from its beginning; return where it breaks, None where it does not."""
    expected, before = 1, FIRST
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        if event.number != expected:
            return Break(expected, "missing")
        if event.before != before:
            return Break(event.number, "chain")
        if event.sha256 != hash_of(event):
            return Break(event.number, "changed")
        expected, before = expected + 1, event.sha256
    return None
