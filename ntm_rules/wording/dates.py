"""Days and spans of days, as every screen and report writes them."""

from __future__ import annotations

import calendar
import datetime as dt

from ntm_rules.i18n import N_, _, written_day


def day(iso: str) -> str:
    """Write a date, given as year-month-day, as every screen and report does.

    >>> day("2026-07-31"), day("2026-02-05")
    ('31/7/2026', '05/02/2026')
    """
    return written_day(dt.date.fromisoformat(iso))


def on_day(date: dt.date | None) -> str:
    """Write a date day first; empty when there is none."""
    return written_day(date) if date else ""


def span_words(from_: str, to: str | None) -> str:
    """Write from which day to which."""
    if to is None:
        return _("from {first} on", first=day(from_))
    if from_ == to:
        return _("on {day}", day=day(from_))
    return _("from {first} to {last}", first=day(from_), last=day(to))


def length_words(first: dt.date, last: dt.date) -> str:
    """Write how many months, and days beside them, lie between two days; empty where it is less than a month."""
    months = (last.year - first.year) * 12 + last.month - first.month
    while months and _months_after(first, months) > last:
        months -= 1
    if not months:
        return ""
    days = (last - _months_after(first, months)).days
    whole = _("{n} month(s)", n=months)
    return _("{months} and {n} day(s)", months=whole, n=days) if days else whole


def _months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; the last of a month that has no such day."""
    month = day.year * 12 + day.month - 1 + months
    year, of_year = month // 12, month % 12 + 1
    return dt.date(year, of_year, min(day.day, calendar.monthrange(year, of_year)[1]))


_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day_in_words(day: dt.date) -> str:
    """Write a day with its month in words, so that a day and month exchanged are seen."""
    return _("{day} {month} {year}", day=f"{day.day:02}", month=_(_MONTHS[day.month - 1]), year=day.year)
