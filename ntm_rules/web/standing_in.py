"""Who stands in for the head of an agency, from a day to a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import WHY_OWED
from ntm_rules.appraisal.roles import ROLES, Belonging, Role
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.events import note
from ntm_rules.web.models import Person, RoleHeld, Substitution


def people_of(agency: str) -> list[Person]:
    """Return the open accounts that belong to an agency."""
    roles = [role.value for role, traits in ROLES.items() if traits.belongs is Belonging.AGENCY]
    return list(Person.objects.filter(is_active=True, roles__role__in=roles, roles__place=agency).distinct())


def in_effect(agency: str) -> list[Substitution]:
    """Return the substitutions of an agency that have not ended and are not over."""
    rows = Substitution.objects.filter(agency=agency, ends=None, ended=None, until__gte=timezone.localdate())
    return list(rows.select_related("person", "by"))


def appoint(agency: str, by: Person, person: int, since: dt.date | None, until: dt.date | None, reason: str) -> None:
    """Let somebody of an agency stand in for its head; whoever stands in appoints nobody.

    Raises:
        NtmError: everything that is wrong with what is said.
    """
    wrong = []
    found = next((one for one in people_of(agency) if one.pk == person), None)
    if not RoleHeld.objects.filter(person=by, role=Role.AGENCY_HEAD.value, place=agency).exists():
        wrong.append(Message("Only the head of the agency appoints a substitute, not who stands in."))
    if found is None or found.pk == by.pk:
        wrong.append(Message("Choose somebody else of the agency."))
    if since is None or until is None:
        wrong.append(Message("Enter the first and the last day."))
    elif until < since or until < timezone.localdate():
        wrong.append(Message("The last day must not be before the first, or before today."))
    if not reason.strip():
        wrong.append(Message(WHY_OWED))
    if wrong:
        raise NtmError(*wrong)
    assert found is not None
    assert since is not None
    assert until is not None
    with transaction.atomic():
        row = Substitution(
            agency=agency,
            person=found,
            since=since,
            until=until,
            reason=reason.strip()[:2000],
            by=by,
            at=timezone.now(),
        )
        row.save(force_insert=True)
        note(
            "substitution", by, agency=agency, account=found.username, since=since.isoformat(), until=until.isoformat(),
            reason=row.reason,
        )  # fmt: skip


def end(agency: str, by: Person, substitution: int) -> None:
    """End a substitution before its last day.

    Raises:
        NtmError: there is none, or it has ended.
    """
    with transaction.atomic():
        row = next((one for one in in_effect(agency) if one.pk == substitution), None)
        if row is None:
            raise NtmError(Message("This substitution is not there any more."))
        if row.person_id == by.pk:
            raise NtmError(Message("Only the head of the agency appoints a substitute, not who stands in."))
        Substitution(
            agency=agency, person=row.person, since=row.since, until=row.until, reason=row.reason, by=by, at=timezone.now(),
            ends=row,
        ).save(force_insert=True)  # fmt: skip
        note("substitution-ended", by, agency=agency, account=row.person.username)
