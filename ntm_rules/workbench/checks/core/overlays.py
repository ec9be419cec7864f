"""An overlay as checks look at it: as written, with the set it applies to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ntm_rules.i18n import Message
from ntm_rules.rulebook.amending import defined
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import InForce, Overlay, PendingAgain, SetTarget, ValueWritten
from ntm_rules.rulebook.notices import holds
from ntm_rules.rulebook.resolve import resolve
from ntm_rules.rulebook.value_faults import cells_of
from ntm_rules.rulebook.yaml_reader import Place, RuleProblem, YamlFile


@dataclass
class CheckedOverlay:
    """What checks of an overlay are given: its values with their places, and the set below it."""

    overlay: Overlay
    file: YamlFile
    loaded: LoadedSet
    as_of: dt.date
    earlier: tuple[Overlay, ...] = ()
    """Decisions looked at together with it that come before it."""

    def at(self, place: Place, message: Message) -> RuleProblem:
        """Return a finding at a place of the overlay's file."""
        return self.file.problem(place, message)

    @cached_property
    def whole(self) -> LoadedSet:
        """The set with everything that it and the decisions before it define."""
        return defined(self.loaded, [*self.loaded.amendments, *self.earlier, self.overlay])

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the period in which any indicator is in force."""
        return self.loaded.years_in_force

    @cached_property
    def days(self) -> list[dt.date]:
        """Days of those years on which it is in force, one or two a year: its first, its last, 31 December."""
        effective = self.overlay.effective
        ends = [dt.date(year, 12, 31) for year in self.years]
        days = {effective.from_, *ends} | ({effective.to} if effective.to else set())
        days |= {dt.date(year, 1, 1) for year in self.years}
        return sorted(d for d in days if d.year in self.years and holds(effective.from_, effective.to, d))

    def before(self, day: dt.date) -> CriteriaSet:
        """Return the set without the overlay on a day."""
        return resolve(self.loaded, as_of=day, overlays=self.earlier)

    def after(self, day: dt.date) -> CriteriaSet:
        """Return the set with the overlay on a day."""
        return resolve(self.loaded, as_of=day, overlays=[*self.earlier, self.overlay])

    @cached_property
    def requirements(self) -> dict[str, Requirement]:
        """Every requirement of the set that is in force at the end of any year, by id; as in the first such year."""
        return {
            requirement.id: requirement
            for year in reversed(self.years)
            for requirement in self.before(dt.date(year, 12, 31)).requirements()
        }

    def values(self) -> Iterator[tuple[str, Place, ValueWritten]]:
        """Yield requirement id, place and value of every target it sets."""
        for id_, entry in self.overlay.set.items():
            if isinstance(entry, SetTarget):
                yield id_, ("set", id_, "value"), entry.value
            elif not isinstance(entry, InForce | PendingAgain):
                yield id_, ("set", id_), entry

    def numbers(self) -> Iterator[tuple[str, Place, Decimal]]:
        """Yield requirement id, place and number of every number it sets for a requirement ever in force."""
        for id_, place, value in self.values():
            if id_ not in self.requirements:
                continue
            yield from ((id_, at, cell) for at, cell in cells_of(value, place) if isinstance(cell, Decimal))
