"""Days as people write them: day first, in figures or in words, or as a spreadsheet's own day."""

from __future__ import annotations

import datetime as dt
import re

_DAY = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_IN_WORDS = re.compile(r"(?:ngày\s+)?([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})", re.IGNORECASE)
_FORMS = ((_DAY, (3, 2, 1)), (_DAY_IN_WORDS, (3, 2, 1)), (_ISO_DAY, (1, 2, 3)))


SERIALS = range(36_526, 73_051)
"""The numbers by which spreadsheets count the days of 2000 to 2099."""
_FIRST = dt.date(1899, 12, 30)
_SERIAL = re.compile(r"([0-9]{5})(?:[.,]00?)?")


def day_of_serial(cell: object) -> dt.date | None:
    """Return the day that a spreadsheet's number of a day stands for; None for what is no such number.

    >>> day_of_serial(46023), day_of_serial("46023"), day_of_serial(2026)
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 1), None)
    """
    if isinstance(cell, str):
        match = _SERIAL.fullmatch(cell.strip())
        number = int(match[1]) if match else 0
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        number = int(cell) if cell in SERIALS else 0
    else:
        return None
    return _FIRST + dt.timedelta(days=number) if number in SERIALS else None


def serial_of(day: dt.date) -> int:
    """Return the number by which spreadsheets count a day."""
    return (day - _FIRST).days


def day_in(text: str) -> dt.date | None:
    """Return the day that a text in NFC is; None when it is none, or could only be one with the month first.

    >>> day_in("15/8/2026"), day_in("ngày 05 tháng 6 năm 2026"), day_in("8/15/2026")
    (datetime.date(2026, 8, 15), datetime.date(2026, 6, 5), None)
    """
    for form, order in _FORMS:
        match = form.fullmatch(text)
        if match:
            try:
                return dt.date(*(int(match[part]) for part in order))
            except ValueError:
                return None
    return None
