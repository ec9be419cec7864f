"""By when what is owed in a round, as it was set and as it was put off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.events import note
from ntm_rules.web.models import Extension, Person, Round

SUBMIT, APPRAISE = "submit", "appraise"


def day_of(one: Round, what: str, place: str) -> dt.date | None:
    """Return by when a commune submits or an agency appraises; None where no day was set."""
    later = [e for e in one.extensions.all() if e.what == what and e.place in ("", place)]
    if later:
        return later[-1].day
    return one.submit_by if what == SUBMIT else one.appraise_by


def put_off(one: Round, person: Person, what: str, place: str, day: dt.date | None, reason: str) -> Extension:
    """Put a day off for one commune or agency, or for all.

    Raises:
        NtmError: everything that is wrong with what is said.
    """
    wrong = []
    before = day_of(one, what, place) if what in (SUBMIT, APPRAISE) else None
    if what not in (SUBMIT, APPRAISE):
        wrong.append(Message("Choose what is put off."))
    if day is None:
        wrong.append(Message("Enter the new day."))
    elif before is not None and day <= before:
        wrong.append(Message("The new day must be later than the present one."))
    if not reason.strip():
        wrong.append(Message("Say in words why."))
    if wrong:
        raise NtmError(*wrong)
    assert day is not None
    with transaction.atomic():
        extension = Extension(
            round=one, what=what, place=place, day=day, reason=reason.strip()[:2000], by=person, at=timezone.now()
        )
        extension.save(force_insert=True)
        note(
            "extension", person, round=one.pk, what=what, place=place, day=day.isoformat(), reason=extension.reason,
            before=before.isoformat() if before else None,
        )  # fmt: skip
    return extension
