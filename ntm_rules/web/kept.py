"""What rows of dossiers come to, kept until there is a later row: figures and findings are written down and never changed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Max, QuerySet

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.judging import Judged
from ntm_rules.web.models import Figure

Found = TypeVar("Found")
Stamp = tuple[int, dt.datetime]
"""Number and time of the last row of a dossier: what all its rows come to changes with it alone."""
MOST = 4000
"""Dossiers of one law: those of the whole country, each some 125 kB with all its figures; of a province, 36."""


class ReportSoFar(NamedTuple):
    """What a commune has reported so far, and what that comes to."""

    figures: Mapping[str, Figure]
    """The latest version of each; who saved it is not read along."""
    entries: Mapping[str, Entry]
    judged: Judged


class Kept(Generic[Found]):
    """Keeps what rows of dossiers come to, those that were longest not asked for thrown away first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[int, tuple[Stamp, Found]] = {}
        self._keeping = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def of(self, rows: QuerySet[Any], result_of: Callable[[Collection[int]], Mapping[int, Found]]) -> dict[int, Found]:
        """Return dossier -> what its rows come to, for each that has any of `rows`; `result_of` works it out for those that changed.

        The stamps are read before the rows: what was written in between is worked out once more, and never missed.
        """
        stamps = stamps_of(rows)
        found: dict[int, Found] = {}
        with self._keeping:
            for dossier, stamp in stamps.items():
                held = self._held.pop(dossier, None)
                if held is not None and held[0] == stamp:
                    self._held[dossier] = held  # the last to be thrown away
                    found[dossier] = held[1]
        fresh = result_of(stamps.keys() - found.keys()) if len(found) < len(stamps) else {}
        with self._keeping:
            for dossier, one in fresh.items():
                self._held[dossier] = stamps[dossier], one
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]
        return {**found, **fresh}


def stamps_of(rows: QuerySet[Any]) -> dict[int, Stamp]:
    """Return dossier -> the stamp of its rows."""
    last = rows.order_by().values("dossier").annotate(last=Max("pk")).values("last")
    told = rows.model.objects.filter(pk__in=last).order_by().values_list("dossier", "pk", "at")
    return {dossier: (number, at) for dossier, number, at in told}
