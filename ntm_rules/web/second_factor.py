"""The second factor (TOTP, RFC 6238): who owes it, how it is set up, which code is taken."""

from __future__ import annotations

import time

import pyotp
import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.roles import Role
from ntm_rules.web.events import note
from ntm_rules.web.models import Person, SecondFactor

OWED_BY = frozenset(
    {Role.AGENCY_HEAD, Role.COORDINATOR, Role.SECRETARY, Role.MEMBER, Role.RECORDER, Role.ADMINISTRATOR}
)
"""Who confirms, decides, records, or opens accounts."""
BY_PROVIDER = "by-provider"
"""Under which a session keeps that somebody was let in by the sign-in provider and not by a password."""
ISSUER = "NTM"
STEP = 30
EARLIER_OR_LATER = 1
"""How many half minutes the clocks may differ."""


def owes(person: Person) -> bool:
    """Tell whether somebody must set a second factor up before anything else."""
    return bool(settings.NTM.second_factor) and person.actor.of(OWED_BY) and not has(person)


def has(person: Person) -> bool:
    """Tell whether somebody has set a second factor up."""
    return SecondFactor.objects.filter(person=person).exists()


def new_secret() -> str:
    """Return a fresh secret."""
    return pyotp.random_base32()


def picture(person: Person, secret: str) -> str:
    """Return what a telephone scans, as SVG to stand within the page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=ISSUER)
    return str(
        segno.make(address, error="m").svg_inline(
            scale=5, border=4, svgclass="code", lineclass=None, light="white", title=ISSUER
        )
    )


def set_up(person: Person, secret: str, code: str) -> bool:
    """Keep a secret once a code shows that the telephone has it; tell whether it does."""
    step = _step_of(secret, code, 0)
    if step is None:
        return False
    with transaction.atomic():
        SecondFactor.objects.update_or_create(
            person=person, defaults={"secret": secret, "made_at": timezone.now(), "last_step": step}
        )
        note("second-factor", person)
    return True


def takes(person: Person, code: str) -> bool:
    """Tell whether a code is the person's now, and was not used before."""
    with transaction.atomic():
        held = SecondFactor.objects.select_for_update().filter(person=person).first()
        step = _step_of(held.secret, code, held.last_step) if held is not None else None
        if held is None or step is None:
            return False
        held.last_step = step
        held.save(update_fields=["last_step"])
        return True


def removed(person: Person, by: Person | None) -> None:
    """Take a lost telephone's secret away; its owner sets another up."""
    if SecondFactor.objects.filter(person=person).delete()[0]:
        note("second-factor-removed", by, account=person.username)


def _step_of(secret: str, code: str, after: int) -> int | None:
    """Return the half minute that a code is of, within what clocks may differ and later than the last that was taken."""
    said = "".join(code.split())
    now = int(time.time()) // STEP
    for step in range(now - EARLIER_OR_LATER, now + EARLIER_OR_LATER + 1):
        if step > after and pyotp.utils.strings_equal(said, pyotp.TOTP(secret).at(step * STEP)):
            return step
    return None
