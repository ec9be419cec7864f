"""Recognised communes that are no more, the units they went into, and those units reviewed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import WHY_OWED, note_faults
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.rulebook.register import Commune, Register
from ntm_rules.web.closing import LONGEST, locked_round
from ntm_rules.web.deciding import Entered, register
from ntm_rules.web.events import note
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Person, Rereview, Round

MOST_ROUNDS = 5
"""The latest rounds, in whose registers mergers are looked for."""


class Ended(NamedTuple):
    """A recognised commune that is no more."""

    entered: Entered
    unit: Commune
    day: dt.date
    """Its last."""
    into: Sequence[Commune]
    """The units it went into, whole or in parts."""


class Review(NamedTuple):
    """A unit that is to be reviewed again, for a recognised commune went into it."""

    unit: Commune
    of: Sequence[Ended]
    rounds: Sequence[Round]
    """Rounds that go on whose register has it."""
    dossier: Dossier | None
    """The dossier that reviews it; None: none was opened yet."""


def registers() -> list[Register]:
    """Return the registers of the latest rounds, the latest first."""
    latest = Round.objects.select_related("law").defer("law__files", "before").order_by("-pk")[:MOST_ROUNDS]
    return [law_in_force(one).rules.communes for one in latest]


def ended(entries: Sequence[Entered], registers: Sequence[Register]) -> Iterator[Ended]:
    """Yield the recognised communes that a register says are no more, the recognition not being revoked."""
    for one in entries:
        if one.revoked is None and (found := _ended(one, registers)) is not None:
            yield found


def _ended(one: Entered, known: Sequence[Register]) -> Ended | None:
    code = one.law.rules.communes[one.dossier.commune].printed_code
    day = one.recognised.day or timezone.localtime(one.recognised.at).date()
    for communes in known:
        unit = next((unit for unit in communes if unit.printed_code == code and unit.on(day)), None)
        if unit is not None and unit.valid_to is not None:
            following = unit.valid_to + dt.timedelta(1)
            into = [new for new in communes if new.valid_from == following and code in new.predecessor_codes]
            return Ended(one, unit, unit.valid_to, into)
    return None


def reviews(removals: Sequence[Ended]) -> list[Review]:
    """Return the units that are to be reviewed again, by code, with where each can be and is."""
    units = {unit.code: unit for one in removals for unit in one.into}
    of = {code: [one for one in removals if code in {unit.code for unit in one.into}] for code in units}
    goes_on = list(Round.objects.filter(closed_at=None).select_related("law").defer("law__files", "before"))
    within = {
        one.pk: {(unit.code, unit.valid_from) for unit in law_in_force(one).rules.communes.within()} for one in goes_on
    }
    rows = Rereview.objects.select_related("dossier__round__law").order_by("pk")
    opened = {
        row.dossier.commune: row.dossier for row in rows.defer("dossier__round__law__files", "dossier__round__before")
    }
    return [
        Review(unit, of[code], [one for one in goes_on if (code, unit.valid_from) in within[one.pk]], opened.get(code))
        for code, unit in sorted(units.items())
    ]


def open_review(one: Round, by: Person, code: str, reason: str) -> Dossier:
    """Open the dossier that reviews a unit again in a round; one that is there already does so from now on.

    Raises:
        NtmError: no recognised commune went into such a unit, the round does not have it or is closed, it is reviewed
            already, or no reason is given.
    """
    wrong = []
    found = next((each for each in reviews(list(ended(register(), registers()))) if each.unit.code == code), None)
    if found is None or one.pk not in {each.pk for each in found.rounds}:
        wrong.append(Message("No recognised commune went into a unit of this round with the code {code}.", code=code))
    elif found.dossier is not None:
        wrong.append(Message("This unit is reviewed again already."))
    wrong += note_faults(reason, LONGEST, WHY_OWED)
    if wrong:
        raise NtmError(*wrong)
    assert found is not None
    with transaction.atomic():
        locked_round(one.pk)
        dossier, made = Dossier.objects.get_or_create(round=one, commune=code)
        decisions = [each.entered.recognised for each in found.of]
        for decision in decisions:
            Rereview(dossier=dossier, decision=decision, reason=reason.strip(), by=by, at=timezone.now()).save(
                force_insert=True
            )
        told = [{"decision": decision.pk, "reason": reason.strip()} for decision in decisions]
        note("rereview", by, dossier, opened=made, reason=reason.strip(), reviews=told)
    return dossier
