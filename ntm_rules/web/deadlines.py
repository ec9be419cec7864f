"""By when what is owed in a round, as it was set and as it was put off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import WHY_OWED
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.closing import locked_round
from ntm_rules.web.events import note
from ntm_rules.web.models import Extension, Person, Round
from ntm_rules.wording.dates import on_day

SUBMIT, APPRAISE = "submit", "appraise"


def day_of(one: Round, what: str, place: str) -> dt.date | None:
    """Return by when a commune submits or an agency appraises; None where no day was set.

    A day of its own stands until that of all is later: who was granted time keeps it when the others' day is brought forward.
    """
    day = one.submit_by if what == SUBMIT else one.appraise_by
    own: dt.date | None = None
    for change in one.extensions.all():
        if change.what != what or change.place not in ("", place):
            continue
        if change.place:
            own = change.day
        elif own is not None and change.day > own:
            own = None
        day = day if change.place else change.day
    return own or day


def change_day(one: Round, person: Person, what: str, place: str, day: dt.date | None, reason: str) -> Extension:
    """Put a day off or bring it forward, for one commune or agency, or for all.

    Raises:
        NtmError: everything that is wrong with what is said, or the round is closed.
    """
    wrong = []
    before = day_of(one, what, place) if what in (SUBMIT, APPRAISE) else None
    if what not in (SUBMIT, APPRAISE):
        wrong.append(Message("Choose whose day is changed."))
    if day is None:
        wrong.append(Message("Enter the new day."))
    elif day == before:
        wrong.append(Message("The new day, {day}, is the present one.", day=on_day(day)))
    elif day < timezone.localdate():
        wrong.append(Message("The new day, {day}, has passed; enter today or a later day.", day=on_day(day)))
    elif place == "":
        wrong += _out_of_order(one, what, day)
    if not reason.strip():
        wrong.append(Message(WHY_OWED))
    if wrong:
        raise NtmError(*wrong)
    assert day is not None
    with transaction.atomic():
        locked_round(one.pk)
        extension = Extension(
            round=one, what=what, place=place, day=day, reason=reason.strip()[:2000], by=person, at=timezone.now()
        )
        extension.save(force_insert=True)
        note(
            "extension", person, round=one.pk, what=what, place=place, day=day.isoformat(), reason=extension.reason,
            before=before.isoformat() if before else None,
        )  # fmt: skip
    return extension


def _out_of_order(one: Round, what: str, day: dt.date) -> list[Message]:
    """Return what is said where all agencies would appraise before all communes submit."""
    submit, appraise = (day if what == of else day_of(one, of, "") for of in (SUBMIT, APPRAISE))
    if submit is None or appraise is None or submit <= appraise:
        return []
    return [
        Message(
            "Agencies would appraise by {day}, before communes submit by {other}.",
            day=on_day(appraise),
            other=on_day(submit),
        )
    ]
