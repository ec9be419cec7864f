"""People signed in before a benchmark begins: within the web application, in the process that fills its database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def signed_in(people: Iterable[Any]) -> list[tuple[str, str]]:
    """Return the name and the key of the session of each."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    return [
        (
            person.username,
            _kept(
                SessionStore(),
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                },
            ),
        )
        for person in people
    ]


def _kept(session: Any, content: dict[str, str]) -> str:
    session.update(content)
    session.create()
    return str(session.session_key)


def shares_of(rules: Any) -> list[str]:
    """Return the measures that they save figures of: those counted of so many."""
    return [one.id for one in rules.measures.values() if one.counted is not None and one.traits.quantity]
