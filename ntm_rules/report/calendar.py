"""The documents owed as a calendar (iCalendar): all-day events with alarms, yearly ones recurring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntm_rules.i18n import _
from ntm_rules.plan.loader import Plan
from ntm_rules.plan.owing import Owed, Stage
from ntm_rules.wording.deliverables import deliverable_due_words, deliverable_owner_words, deliverable_words
from ntm_rules.wording.plan import goal_source

if TYPE_CHECKING:
    from icalendar import Event

ALARMS = (30, 7)
"""So many days before the day an alarm is given."""


def calendar_of(plan: Plan, documents: Sequence[Owed], today: dt.date) -> bytes:
    """Return the documents that are not done as a calendar; the same day and documents make the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//ntm-rules//plan//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Documents owed, {province}", province=str(plan.loaded.header.province)))
    stamp = dt.datetime.combine(today, dt.time(), dt.UTC)
    yearly: set[str] = set()
    for one in documents:
        if one.stage is Stage.DONE or one.due is None:
            continue
        recurring = one.due >= today and one.deliverable.every_year is not None
        if recurring and one.deliverable.id in yearly:
            continue
        yearly |= {one.deliverable.id} if recurring else set()
        calendar.add_component(_event(plan, one, stamp, recurring=recurring))
    text: bytes = calendar.to_ical()
    return text


def _event(plan: Plan, one: Owed, stamp: dt.datetime, *, recurring: bool) -> Event:
    from icalendar import Event

    assert one.due is not None
    event = Event()
    event.add("uid", f"{one.id.replace('/', '-')}@{plan.loaded.header.id}")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.due)
    event.add("dtend", one.due + dt.timedelta(days=1))
    event.add("summary", f"{deliverable_owner_words(plan, one)}: {deliverable_words(one)}")
    said = [deliverable_due_words(one), goal_source(plan, one.deliverable.source)]
    said += [str(one.deliverable.product)] if one.deliverable.product else []
    event.add("description", "\n".join(said))
    event.add("transp", "TRANSPARENT")
    yearly = one.deliverable.every_year
    if recurring and yearly is not None:
        event.add("rrule", {"freq": "yearly", "until": one.due.replace(year=yearly.to)})
    for days in ALARMS:
        event.add_component(_alarm(deliverable_words(one), days))
    return event


def _alarm(words: str, days: int) -> Event:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", dt.timedelta(days=-days))
    return alarm  # type: ignore[return-value]  # a component like any other
