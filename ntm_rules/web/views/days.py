"""Days as they are typed."""

from __future__ import annotations

import datetime as dt


def day_typed(text: str) -> dt.date | None:
    """Return a day, typed as a browser's calendar sends it or day first; None where it is none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
