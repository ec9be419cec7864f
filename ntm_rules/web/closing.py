"""A round closed, and opened again: what is closed takes no change any more but decisions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import WHY_OWED, note_faults
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import ROUND_CLOSED
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.events import note
from ntm_rules.web.models import Closure, Dossier, Person, Round
from ntm_rules.web.models.rounds import rounds_with_law

LONGEST = 2000
DECIDED = frozenset({State.RECOGNISED, State.REFUSED, State.REVOKED})
"""States of a dossier that has come to its end."""


def refuse_closed(one: Round) -> None:
    """Refuse to change anything of a round that is closed.

    Raises:
        NtmError: it is closed.
    """
    if one.is_closed:
        raise NtmError(Message(ROUND_CLOSED))


def locked_round(pk: int) -> Round:
    """Return a round that nobody else writes to before this transaction ends.

    Raises:
        NtmError: it is closed.
    """
    one: Round = rounds_with_law().select_for_update().get(pk=pk)
    refuse_closed(one)
    return one


def unfinished(one: Round) -> list[Dossier]:
    """Return the dossiers that no decision has ended, by code."""
    return [dossier for dossier in one.dossiers.order_by("commune") if dossier.stands not in DECIDED]


def close(one: Round, by: Person, reason: str) -> None:
    """Close a round: every dossier stays where it stands, and only those the council has concluded on may still be decided.

    Raises:
        NtmError: it is closed already, a session of its council is open, or no reason is given.
    """
    with transaction.atomic():
        locked = _locked(one)
        list(Dossier.objects.filter(round=one).order_by("pk").select_for_update())  # whoever writes has ended, or waits
        wrong = note_faults(reason, LONGEST, WHY_OWED)
        if locked.is_closed:
            wrong.append(Message("The round is closed already."))
        if locked.sessions.exclude(minutes__closes=True).exists():
            wrong.append(Message("A session of the council is open: close it first."))
        if wrong:
            raise NtmError(*wrong)
        left = [(dossier.commune, dossier.state) for dossier in unfinished(locked)]
        _written(locked, by, reason, closes=True, unfinished=left)


def reopen(one: Round, by: Person, reason: str) -> None:
    """Open a round again that was closed.

    Raises:
        NtmError: it is not closed, or no reason is given.
    """
    with transaction.atomic():
        locked = _locked(one)
        wrong = note_faults(reason, LONGEST, WHY_OWED)
        if not locked.is_closed:
            wrong.append(Message("The round is not closed."))
        if wrong:
            raise NtmError(*wrong)
        _written(locked, by, reason, closes=False)


def _locked(one: Round) -> Round:
    found: Round = rounds_with_law().select_for_update().get(pk=one.pk)
    return found


def _written(one: Round, by: Person, reason: str, *, closes: bool, **told: object) -> None:
    now = timezone.now()
    Closure(round=one, by=by, at=now, closes=closes, reason=reason.strip()).save(force_insert=True)
    Round.objects.filter(pk=one.pk).update(closed_at=now if closes else None)
    kind = "round-closed" if closes else "round-reopened"
    note(kind, by, None, round=one.pk, closes=closes, reason=reason.strip(), **told)
