"""Locking out who guesses passwords: from one place soon, from many places later, and never who is signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from ntm_rules.web.events import note
from ntm_rules.web.models import FailedSignIn

WINDOW = dt.timedelta(minutes=15)
MOST: Mapping[tuple[str, ...], int] = {("username", "address"): 5, ("username",): 20, ("address",): 60}
"""How many failures within the window lock out: of a name from one place, of a name at all, of a place (a whole office)."""


def locked_out(username: str, address: str) -> bool:
    """Tell whether nobody may sign in with this name from this place now, whatever the password."""
    held = {"username": username, "address": address}
    recent = FailedSignIn.objects.filter(at__gt=timezone.now() - WINDOW)
    return any(recent.filter(**{name: held[name] for name in names}).count() >= most for names, most in MOST.items())


def failed(username: str, address: str) -> None:
    """Count a failure; the log tells of the one that locks out, and not of each, so that nobody fills it from outside."""
    with transaction.atomic():
        before = locked_out(username, address)
        FailedSignIn.objects.filter(at__lte=timezone.now() - WINDOW).delete()
        FailedSignIn(username=username, address=address, at=timezone.now()).save(force_insert=True)
        if not before and locked_out(username, address):
            note("locked-out", None, account=username, address=address)


def forgiven(username: str) -> None:
    """Forget the failures of a name: somebody has signed in with it, or an administrator has reset it."""
    FailedSignIn.objects.filter(username=username).delete()
