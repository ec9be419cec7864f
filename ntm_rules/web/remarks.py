"""Remarks of residents received from the public page, let appear or kept back, and counted into the record."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import note_faults
from ntm_rules.appraisal.remarks import Opinion, RemarkCounts, refusals
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.web.closing import LONGEST, refuse_closed
from ntm_rules.web.events import note
from ntm_rules.web.findings import refuse_own_hand
from ntm_rules.web.models import Dossier, Moderation, Person, Remark
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.throttling import Throttle

MOST_WAITING = 500
"""Of one dossier: more are not taken until the standing office has looked through them."""
THROTTLE = Throttle(from_one=5, at_all=300, seconds=600.0)
NOT_PUBLISHED = N_("The dossier is not published for comment; nothing was recorded.")


class Moderated(NamedTuple):
    """A remark, and what the standing office made of it."""

    remark: Remark
    last: Moderation | None

    @property
    def shows(self) -> bool:
        """Whether everybody reads it."""
        return self.last is not None and self.last.shows


def receive(dossier: int, place: str, name: str, opinion: str, text: str) -> None:
    """Take a remark from the public page; it appears once the standing office has let it.

    Raises:
        NtmError: everything that speaks against it, too many from one place or waiting, or the dossier is not published.
    """
    name, text = (words.replace("\0", "").strip() for words in (name, text))
    wrong = refusals(name, opinion, text)
    if wrong:
        raise NtmError(*wrong)
    if not THROTTLE.passes(place):
        raise NtmError(Message("Too many comments were sent from here; try again in some minutes."))
    with transaction.atomic():
        locked = _published(dossier)
        if counted(locked).waiting >= MOST_WAITING:
            raise NtmError(
                Message("Many comments wait to be looked through; send yours to the People's Committee of the commune.")
            )
        row = Remark(dossier=locked, at=timezone.now(), name=name, opinion=opinion, text=text)
        row.save(force_insert=True)
        note("remark", None, locked, remark=row.pk, sha256=hash_of(row))


def _published(dossier: int) -> Dossier:
    locked = locked_dossier(dossier)
    refuse_closed(locked.round)
    if locked.stands is not State.IN_COMMENT:
        raise NtmError(Message(NOT_PUBLISHED))
    return locked


def hash_of(row: Remark) -> str:
    """Return the hash by which the log knows a remark without its words."""
    return hashlib.sha256("\n".join((row.name, row.opinion, row.text)).encode()).hexdigest()


def moderate(dossier: int, by: Person, remark: int, reason: str, *, shows: bool) -> None:
    """Let a remark appear, or keep it back with the reason.

    Raises:
        NtmError: there is no such remark, no reason for keeping it back, the dossier is not published for comment, or
            this person had a hand in the commune's figures.
    """
    if faults := note_faults(reason, LONGEST, "" if shows else N_("Say why the comment is kept back.")):
        raise NtmError(*faults)
    with transaction.atomic():
        locked = _published(dossier)
        refuse_own_hand(locked, by)
        row = locked.remarks.filter(pk=remark).first()
        if row is None:
            raise NtmError(Message("There is no such comment."))
        last = row.moderations.order_by("-pk").first()
        if last is not None and (last.shows, last.reason) == (shows, reason.strip()):
            return
        Moderation(remark=row, by=by, at=timezone.now(), shows=shows, reason=reason.strip()).save(force_insert=True)
        note("moderation", by, None, dossier_of=locked.pk, remark=remark, shows=shows, reason=reason.strip())


def moderated(dossier: Dossier) -> list[Moderated]:
    """Return the remarks on a dossier, the latest first."""
    last = {row.remark_id: row for row in Moderation.objects.filter(remark__dossier=dossier).order_by("pk")}
    return [Moderated(row, last.get(row.pk)) for row in dossier.remarks.order_by("-pk")]


def counted(dossier: Dossier) -> RemarkCounts:
    """Return how many remarks came on a dossier, and what was made of them."""
    found = moderated(dossier)
    shown = [one.remark.opinion for one in found if one.shows]
    return RemarkCounts(
        len(found), len(shown), sum(one.last is not None and not one.shows for one in found),
        shown.count(Opinion.SATISFIED), shown.count(Opinion.NOT_SATISFIED),
    )  # fmt: skip
