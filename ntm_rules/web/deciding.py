"""Decisions recorded: recognised, refused, revoked; and the register that they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.notes import note_faults
from ntm_rules.appraisal.steps import LONGEST_NOTE, NOTE_OWED, Asked, StepName
from ntm_rules.dataset.cells.answers import offered
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.web.concluding import voted_session
from ntm_rules.web.events import note
from ntm_rules.web.evidence_files import kind_of, plain_file_name, put_away
from ntm_rules.web.laws import Opened, law_of_dossier
from ntm_rules.web.models import Decision, Dossier, Person
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.stepping import take
from ntm_rules.wording.dates import on_day

KINDS = (StepName.RECOGNISE, StepName.REFUSE, StepName.REVOKE)


class DecisionSaid(NamedTuple):
    """A decision that somebody wants to record."""

    kind: StepName
    seen: int
    """The version of the dossier that the person looked at."""
    number: str = ""
    day: dt.date | None = None
    note: str = ""
    file: tuple[str, bytes] | None = None
    """Name and content."""


def decide(law: Opened, dossier: int, person: Person, decision: DecisionSaid) -> None:
    """Record a decision and take the step that it is, both or neither.

    Raises:
        NtmError: everything that is wrong with what is said, or what stands in the way of the step.
    """
    wrong = [*_faults(decision), *_too_early(Dossier.objects.get(pk=dossier), decision)]
    kept = ("", "", "")
    if decision.file is not None:
        try:
            name = plain_file_name(decision.file[0])
            kept = (name, kind_of(decision.file[1], name), "")
        except NtmError as error:
            wrong += error.messages
    if wrong:
        raise NtmError(*wrong)
    if decision.file is not None:
        kept = (kept[0], kept[1], put_away(decision.file[1], kept[0]))
    with transaction.atomic():
        locked = locked_dossier(dossier)
        if locked.decisions.filter(kind=decision.kind.value).exists():
            raise NtmError(Message("This decision is recorded already."))
        row = Decision(
            dossier=locked, by=person, at=timezone.now(), kind=decision.kind.value, number=decision.number.strip(), day=decision.day,
            note=decision.note.strip(), name=kept[0], file_kind=kept[1], sha256=kept[2],
            size=len(decision.file[1]) if decision.file else 0,
        )  # fmt: skip
        row.save(force_insert=True)
        note(
            "decision", person, locked, decision=decision.kind.value, number=row.number,
            day=row.day.isoformat() if row.day else None, sha256=row.sha256, name=row.name, note=row.note,
        )  # fmt: skip
        take(law, dossier, person, Asked(decision.kind, decision.seen, "", decision.note))


def _faults(said: DecisionSaid) -> list[Message]:
    wrong: list[Message] = []
    if said.kind is not StepName.REFUSE or said.number.strip() or said.file is not None:
        if not said.number.strip() or len(said.number) > 80:
            wrong.append(Message("Enter the number of the decision, 80 characters at most."))
        if said.day is None or said.day > timezone.localdate():
            wrong.append(Message("Enter the day of the decision, not after today."))
        if said.file is None:
            wrong.append(Message("Add the file of the signed decision."))
    return wrong + note_faults(said.note, LONGEST_NOTE, "" if said.kind is StepName.RECOGNISE else NOTE_OWED)


def _too_early(dossier: Dossier, said: DecisionSaid) -> list[Message]:
    """Return that a decision is of a day before what it follows: the session that voted, or the recognition it revokes."""
    if said.day is None:
        return []
    if said.kind is StepName.REVOKE:
        recognised = dossier.decisions.filter(kind=StepName.RECOGNISE.value).first()
        if recognised is not None and recognised.day and said.day < recognised.day:
            days = {"day": on_day(said.day), "later": on_day(recognised.day)}
            return [Message("A decision of {day} cannot revoke one of {later}: check the day.", **days)]
        return []
    session = voted_session(dossier)
    if session is not None and said.day < session.day:
        days = {"day": on_day(said.day), "later": on_day(session.day)}
        return [Message("The decision of {day} is before the council's session of {later}: check the day.", **days)]
    return []


class Entered(NamedTuple):
    """One commune of the register."""

    dossier: Dossier
    law: Opened
    recognised: Decision
    revoked: Decision | None

    @property
    def year(self) -> int:
        """The year whose round recognised it."""
        return int(self.dossier.round.year)


def register() -> list[Entered]:
    """Return every commune that a decision has recognised, also where that was revoked, the latest year first."""
    found: dict[int, dict[str, Decision]] = {}
    rows = Decision.objects.filter(kind__in=[StepName.RECOGNISE.value, StepName.REVOKE.value])
    for row in rows.select_related("dossier__round__law").order_by("pk"):
        found.setdefault(row.dossier_id, {})[row.kind] = row
    entered = [
        Entered(
            by[StepName.RECOGNISE.value].dossier,
            law_of_dossier(by[StepName.RECOGNISE.value].dossier),
            by[StepName.RECOGNISE.value],
            by.get(StepName.REVOKE.value),
        )
        for by in found.values()
        if StepName.RECOGNISE.value in by
    ]
    return sorted(entered, key=lambda one: (-one.year, one.dossier.commune))


def rows_of(year: int) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield the register of a year as figures that other commands read: the ruling that the set names for it.

    Commune, year, measure, answer, document; a recognition that was revoked is answered no.
    """
    for one in register():
        rules = one.law.rules
        if one.year != year or rules.recognition is None:
            continue
        yes, no = offered(rules.measures[rules.recognition], None, "vi")[:2]
        by = one.revoked or one.recognised
        document = f"{by.number} ngày {by.day:%d/%m/%Y}" if by.day else by.number
        yield one.dossier.commune, year, rules.recognition, no if one.revoked else yes, document
