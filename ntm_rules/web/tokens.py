"""Tokens given to programs, and taken back: who shows one, and which scopes it has."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ntm_rules.appraisal.permissions import Scope
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.events import note
from ntm_rules.web.models import Person, Token

PREFIX = "ntm_"
"""By which a token that was lost in some file is known."""
LONGEST = dt.timedelta(days=366)


def made(by: Person, name: str, scopes: Sequence[str], until: dt.date | None) -> str:
    """Make a token and return it: it is shown once.

    Raises:
        NtmError: everything that is wrong with what is said.
    """
    today = timezone.localdate()
    known = {scope.value for scope in Scope}
    wrong = []
    if not name:
        wrong.append(Message("Say for whom the token is, and for what."))
    if not scopes or not set(scopes) <= known:
        wrong.append(Message("Choose what the program may read."))
    if until is None or not today <= until <= today + LONGEST:
        wrong.append(Message("Enter the last day of the token: within a year."))
    if wrong:
        raise NtmError(*wrong)
    assert until is not None
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        Token(
            name=name[:120], sha256=_hash(token), scopes=" ".join(sorted(set(scopes))), until=until, made_by=by,
            made_at=timezone.now(),
        ).save(force_insert=True)  # fmt: skip
        note("token", by, name=name[:120], scopes=sorted(set(scopes)), until=until.isoformat())
    return token


def revoke(by: Person, token: int) -> None:
    """Take a token back at once."""
    with transaction.atomic():
        row = Token.objects.select_for_update().filter(pk=token, revoked_at=None).first()
        if row is None:
            raise NtmError(Message("This token is not there any more."))
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        note("token-revoked", by, name=row.name)


def shown(request: HttpRequest) -> Token | None:
    """Return the token that a request shows, while it counts."""
    scheme, _blank, said = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not said.startswith(PREFIX):
        return None
    row = Token.objects.filter(sha256=_hash(said.strip()), revoked_at=None).first()
    found: Token | None = row if row is not None and row.until >= timezone.localdate() else None
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
