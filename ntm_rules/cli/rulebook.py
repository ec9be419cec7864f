"""What every command needs of the rulebook: the set that was asked for, for the right day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.report.wording import day
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet, find_set, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay, Years
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.visible import visible


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A loaded set with its overlays, to be resolved for any year."""

    loaded: LoadedSet
    overlays: tuple[Overlay, ...]
    overlay_files: dict[str, str]
    """File name (the path where two files have one name) -> SHA-256."""
    overlay_paths: tuple[Path, ...] = ()
    """Where the overlays were read, which no result may replace."""
    known_on: dt.date | None = None
    """Only what had been promulgated by this day counts; None: everything."""

    @property
    def period(self) -> Years:
        """The years the set may judge."""
        return self.loaded.header.period

    def for_year(self, year: int, as_of: dt.date | None) -> CriteriaSet:
        """Return the law for a year: on the day asked for, else on its 31 December.

        Raises:
            NtmError: a day outside the period of the set.
        """
        if as_of is not None and as_of.year not in self.period:
            raise NtmError(
                Message(
                    "The criteria set covers {first} to {last}; nothing of it is in force on {day}",
                    first=self.period.from_,
                    last=self.period.to,
                    day=day(as_of.isoformat()),
                )
            )
        day_of_law = as_of or dt.date(year, 12, 31)
        return resolve(self.loaded, as_of=day_of_law, overlays=self.overlays, known_on=self.known_on)

    def counted_to(self, as_of: dt.date | None) -> dt.date:
        """Return the day to which days overdue are counted: of what is known, of the law, else that of the run."""
        return self.known_on or as_of or dt.datetime.now(dt.UTC).astimezone().date()

    def questionnaire(self) -> Questionnaire:
        """Return what readers need: the period, and the year before it for growth."""
        header = self.loaded.header
        return Questionnaire(
            measures=self.loaded.measures,
            scales=self.loaded.scales,
            communes=self.loaded.communes,
            years=Years.model_validate({"from": header.period.from_ - 1, "to": header.period.to}),
            set=header.id,
            version=header.version,
            conditional=self.loaded.conditional,
        )


def open_rulebook(criteria: str | None, overlays: Sequence[Path], known_on: dt.date | None = None) -> Rulebook:
    """Load the set and overlays named on the command line.

    Raises:
        NtmError: two files hold overlays of one id, so that no output could say which is meant.
    """
    loaded = tuple(load_overlay(path) for path in overlays)
    first: dict[str, Path] = {}
    for path, overlay in zip(overlays, loaded, strict=True):
        if overlay.id in first:
            both = {"first": str(first[overlay.id]), "second": str(path)}
            raise NtmError(Message("Overlay {overlay} is given twice: {first}, {second}", overlay=overlay.id, **both))
        first[overlay.id] = path
    names = [path.name for path in overlays]
    return Rulebook(
        loaded=load_set(find_set(criteria)),
        overlays=loaded,
        overlay_files={
            visible(path.name if names.count(path.name) == 1 else str(path)): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in overlays
        },
        overlay_paths=tuple(overlays),
        known_on=known_on,
    )
