"""An overlay as checks look at it: as written, with the set it applies to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ntm_rules.i18n import Message
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import InForce, Overlay, SetTarget, ValueWritten
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem, YamlFile


@dataclass
class CheckedOverlay:
    """What checks of an overlay are given: its values with their places, and the set below it."""

    overlay: Overlay
    file: YamlFile
    loaded: LoadedSet
    as_of: dt.date

    def at(self, place: Place, message: Message) -> RuleProblem:
        """Return a finding at a place of the overlay's file."""
        return self.file.problem(place, message)

    @cached_property
    def days(self) -> list[dt.date]:
        """The days of the period on which it is in force: its first, and the last of each year; none when never."""
        period, effective = self.loaded.header.period, self.overlay.effective
        last = dt.date(period.to, 12, 31)
        first = max(dt.date(period.from_, 1, 1), effective.from_)
        end = min(last, effective.to or last)
        return sorted({first, *(dt.date(y, 12, 31) for y in range(first.year, end.year)), end}) if first <= end else []

    def before(self, day: dt.date) -> CriteriaSet:
        """Return the set without the overlay on a day."""
        return resolve(self.loaded, as_of=day)

    def after(self, day: dt.date) -> CriteriaSet:
        """Return the set with the overlay on a day."""
        return resolve(self.loaded, as_of=day, overlays=[self.overlay])

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """Every requirement of the set that is in force on any day of its period, by id."""
        period = self.loaded.header.period
        return {
            requirement.id: requirement
            for year in range(period.to, period.from_ - 1, -1)
            for requirement in self.before(dt.date(year, 12, 31)).requirements()
        }

    def values(self) -> Iterator[tuple[str, Place, ValueWritten]]:
        """Yield requirement id, place and value of every target it sets."""
        for id_, entry in self.overlay.set.items():
            if isinstance(entry, SetTarget):
                yield id_, ("set", id_, "value"), entry.value
            elif not isinstance(entry, InForce):
                yield id_, ("set", id_), entry

    def numbers(self) -> Iterator[tuple[str, Place, Decimal]]:
        """Yield requirement id, place and number of every number it sets."""
        for id_, place, value in self.values():
            if isinstance(value, dict):
                yield from ((id_, (*place, group), number) for group, number in value.items())
            elif isinstance(value, Decimal):
                yield id_, place, value
