"""Which law is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LawAsked:
    """A criteria set with overlays, on a day, as it was known on a day."""

    criteria: str | None = None
    """The set, by id or folder; None: the only one."""
    overlays: Sequence[Path] = ()
    """Files of later decisions."""
    as_of: dt.date | None = None
    """The day whose rules are used; None: 31 December of the year judged."""
    known_on: dt.date | None = None
    """Only what had been promulgated by this day counts; None: everything."""
    province: str | None = None
    """Of a register of several provinces the one that is looked at; None: all, or the one that overlays are for."""
