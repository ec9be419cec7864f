"""The council at work: seats, sessions, who attends, votes cast once, minutes; each written down with its event."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from ntm_rules.appraisal.council import Choice, CouncilTally, Voter, tally, vote_refusals
from ntm_rules.appraisal.notes import note_faults
from ntm_rules.appraisal.roles import Role
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.web.closing import locked_round
from ntm_rules.web.events import note
from ntm_rules.web.findings import hands_in
from ntm_rules.web.models import Attendance, Dossier, Minutes, Person, Round, Seat, Session, Vote
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.wording.dates import on_day

LONGEST = 20_000
CLOSED = N_("The session is closed; nothing of it changes any more.")


def seats_of(one: Round) -> list[Seat]:
    """Return the members of the council of a round."""
    return list(one.seats.filter(ends=None, ended=None).select_related("person"))


def give_seat(one: Round, by: Person, person: int, post: str) -> None:
    """Make somebody a member of the council of a round.

    Raises:
        NtmError: there is nobody such, he has a seat, or the round is closed.
    """
    members = Person.objects.filter(is_active=True, roles__role=Role.MEMBER.value)
    found = members.filter(pk=person).first()
    if found is None:
        raise NtmError(Message("Choose somebody who has the role of a member of the council."))
    with transaction.atomic():
        locked_round(one.pk)
        if any(seat.person_id == person for seat in seats_of(one)):
            raise NtmError(Message("{name} has a seat already.", name=str(found)))
        Seat(round=one, person=found, post=post.strip()[:160], by=by, at=timezone.now()).save(force_insert=True)
        note("seat", by, round=one.pk, account=found.username, post=post.strip()[:160])


def end_seat(one: Round, by: Person, seat: int) -> None:
    """End somebody's membership.

    Raises:
        NtmError: there is no such seat, or the round is closed.
    """
    with transaction.atomic():
        locked_round(one.pk)
        row = next((found for found in seats_of(one) if found.pk == seat), None)
        if row is None:
            raise NtmError(Message("This seat is not there any more."))
        Seat(round=one, person=row.person, post=row.post, by=by, at=timezone.now(), ends=row).save(force_insert=True)
        note("seat-ended", by, round=one.pk, account=row.person.username, post=row.post)


def is_closed(session: Session) -> bool:
    """Tell whether a session is closed."""
    return bool(session.minutes.filter(closes=True).exists())


def open_session(one: Round, by: Person, day: dt.date | None, place: str) -> Session:
    """Open a session of the council.

    Raises:
        NtmError: the day or the place is missing, the day is past, nobody has a seat, another session is open, or
            the round is closed.
    """
    wrong = []
    if day is None:
        wrong.append(Message("Enter the day of the session."))
    elif day < timezone.localdate():
        wrong.append(Message("The day of the session is past; enter today or a later day."))
    if not place.strip():
        wrong.append(Message("Enter the place of the session."))
    if not seats_of(one):
        wrong.append(Message("The council of this round has no members yet."))
    if any(not is_closed(session) for session in one.sessions.all()):
        wrong.append(Message("Another session is open; close it first."))
    if wrong:
        raise NtmError(*wrong)
    with transaction.atomic():
        locked_round(one.pk)
        session = Session(round=one, by=by, at=timezone.now(), day=day, place=place.strip()[:200])
        session.save(force_insert=True)
        note("session", by, round=one.pk, session=session.pk, day=session.day.isoformat(), place=session.place)
    return session


def present_in(session: Session) -> set[int]:
    """Return who attends a session."""
    last = {row.person_id: row.present for row in session.attendances.order_by("pk")}
    return {person for person, present in last.items() if present}


def is_early(session: Session) -> bool:
    """Tell whether the day of a session has not come yet."""
    return timezone.localdate() < session.day


def record_attendance(session: Session, by: Person, present: set[int]) -> list[str]:
    """Record which members attend; return who was to be absent and stays, for he has voted.

    Raises:
        NtmError: the session or the round is closed.
    """
    with transaction.atomic():
        locked_round(session.round_id)
        if is_closed(session):
            raise NtmError(Message(CLOSED))
        voted = set(session.votes.values_list("by", flat=True))
        known, before, now = {seat.person_id for seat in seats_of(session.round)}, present_in(session), timezone.now()
        wanted = (present & known) | voted
        changed = sorted(before ^ wanted)
        for person in changed:
            Attendance(session=session, by=by, at=now, person_id=person, present=person in wanted).save(
                force_insert=True
            )
        if changed:
            told = [{"person": person, "present": person in wanted} for person in changed]
            note("attendance", by, session=session.pk, changed=told)
        return [str(seat.person) for seat in seats_of(session.round) if seat.person_id in voted - present]


def write_minutes(session: Session, by: Person, text: str, *, closes: bool) -> None:
    """Write the minutes of a session; with the last version it closes, and nobody votes any more.

    Raises:
        NtmError: the session is closed or closes before its day, nobody attends, or there is nothing to write.
    """
    with transaction.atomic():
        locked_round(session.round_id)
        wrong = []
        if is_closed(session):
            wrong.append(Message(CLOSED))
        elif closes and not present_in(session):
            wrong.append(Message("Record who attends before the session is closed."))
        if closes and is_early(session):
            wrong.append(
                Message("The session is on {day}; it cannot be closed before that day.", day=on_day(session.day))
            )
        wrong += note_faults(text, LONGEST, N_("Write what was discussed."))
        if wrong:
            raise NtmError(*wrong)
        Minutes(session=session, by=by, at=timezone.now(), text=text.strip(), closes=closes).save(force_insert=True)
        note("minutes", by, session=session.pk, text=text.strip(), closes=closes)


def cast(session: Session, dossier: int, person: Person, choice: Choice) -> None:
    """Cast a vote on a commune; once, and one's own alone.

    Raises:
        NtmError: everything that speaks against it.
    """
    with transaction.atomic():
        locked_round(session.round_id)
        locked = locked_dossier(dossier, round=session.round_id)
        voter = Voter(
            any(seat.person_id == person.pk for seat in seats_of(session.round)),
            person.pk in present_in(session),
            session.votes.filter(dossier=locked, by=person).exists(),
            person.pk in hands_in(locked),
        )
        before = locked.stands is State.BEFORE_COUNCIL
        wrong = vote_refusals(voter, closed=is_closed(session), before_council=before)
        if is_early(session):
            wrong.append(Message("The session is on {day}; nobody votes before that day.", day=on_day(session.day)))
        if wrong:
            raise NtmError(*wrong)
        Vote(session=session, dossier=locked, by=person, at=timezone.now(), choice=choice.value).save(force_insert=True)
        note("vote", person, locked, session=session.pk, choice=choice.value)


def counted_in(session: Session, dossier: Dossier) -> CouncilTally:
    """Return the count of a session's votes on a dossier."""
    choices = [Choice(choice) for choice in session.votes.filter(dossier=dossier).values_list("choice", flat=True)]
    return tally(members_at(session), len(present_in(session)), choices)


def members_at(session: Session) -> int:
    """Return how many members the council had while a session went on: until it was closed, or now."""
    closed = session.minutes.filter(closes=True).first()
    rows = session.round.seats.all()
    if closed is None:
        return len(seats_of(session.round))
    given = {row.pk for row in rows if row.ends_id is None and row.at <= closed.at}
    return len(given - {row.ends_id for row in rows if row.ends_id and row.at <= closed.at})
