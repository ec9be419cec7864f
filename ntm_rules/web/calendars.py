"""One person's days in all rounds as a calendar (iCalendar): all-day events with alarms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone
from icalendar import Alarm, Calendar, Event

from ntm_rules.appraisal.roles import Role
from ntm_rules.appraisal.states import State
from ntm_rules.i18n import _
from ntm_rules.web.deadlines import APPRAISE, SUBMIT, day_of
from ntm_rules.web.findings import agencies_of, answer_day
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name

ALARMS = (7, 1)
"""So many days before the day an alarm is given."""


class Day(NamedTuple):
    """Something that is owed on a day."""

    id: str
    day: dt.date
    words: str


def calendar_of(person: Person) -> bytes:
    """Return what a person, or whom he belongs to, owes and has not done yet."""
    calendar = Calendar()
    calendar.add("prodid", "-//ntm-rules//web//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Appraisal of new-rural communes"))
    stamp = dt.datetime.combine(timezone.localdate(), dt.time(), dt.UTC)
    for one in sorted(days_of(person), key=lambda day: (day.day, day.id)):
        event = Event()
        event.add("uid", f"{one.id}@ntm-web")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(days=1))
        event.add("summary", one.words)
        event.add("transp", "TRANSPARENT")
        for before in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one.words)
            alarm.add("trigger", -dt.timedelta(days=before))
            event.add_component(alarm)
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def days_of(person: Person) -> Iterator[Day]:
    """Yield the days of what is not done in rounds that go on: of one's own communes and agencies, and of all for the standing office."""
    actor = person.actor
    everything = actor.has(Role.COORDINATOR)
    for one in rounds_with_law().filter(closed_at=None).prefetch_related("extensions"):
        law = law_in_force(one)
        dossiers = list(one.dossiers.all())
        for dossier in dossiers:
            if everything or actor.of((Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD), dossier.commune):
                yield from _of_dossier(one, dossier, full_name(law.rules.communes[dossier.commune]))
        appraising = any(dossier.stands in (State.SUBMITTED, State.UNDER_APPRAISAL) for dossier in dossiers)
        for agency in agencies_of(law) if appraising or not everything else ():
            own = any(actor.has(role, agency=agency) for role in (Role.AGENCY_EXPERT, Role.AGENCY_HEAD))
            day = day_of(one, APPRAISE, agency)
            if (everything or own) and day is not None:
                words = _("{agency} appraises: {round}", agency=agency_name(law.rules, agency), round=one.title)
                yield Day(f"{one.pk}-{agency}", day, words)


def _of_dossier(one: Round, dossier: Dossier, name: str) -> Iterator[Day]:
    if dossier.stands is State.OPEN:
        day = day_of(one, SUBMIT, dossier.commune)
        if day is not None:
            yield Day(
                f"{one.pk}-{dossier.commune}", day, _("{commune} submits: {round}", commune=name, round=one.title)
            )
        return
    day = answer_day(dossier)
    if day is not None:
        words = _("{commune} answers the agencies: {round}", commune=name, round=one.title)
        yield Day(f"{one.pk}-{dossier.commune}-answer", day, words)
