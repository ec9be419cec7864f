"""What of a set still waits for a decision: the targets to fill, in the order of the law."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ntm_rules.errors import NtmError, nearest
from ntm_rules.i18n import N_, Message
from ntm_rules.rulebook.borrowed import is_borrowed
from ntm_rules.rulebook.criteria_set import (
    AwaitedTarget,
    ClassedTarget,
    Classing,
    Comparator,
    CriteriaSet,
    Indicator,
    Requirement,
    Stated,
    Target,
    leaves,
)
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import Measure, Overlay
from ntm_rules.rulebook.over_time import ever
from ntm_rules.rulebook.resolve import resolve

Form = Literal["number", "grade", "standard"]
"""What a decision gives a requirement: a number, a grade of a scale, or a standard that is now in force."""
REPLACING = N_("Replacing a number stated already (write its id)")
"""Stands above the entries in which other requirements may be named."""
NO_DATED_VALUE = "no_value_in_force"
"""Why a target is awaited that no named decision owes: its own dated values leave a gap."""


@dataclass(frozen=True, slots=True)
class TargetPlace:
    """A requirement where it stands: with its indicator and its measure."""

    requirement: Requirement
    indicator: Indicator
    measure: Measure
    pending: AwaitedTarget | None
    """What it waits for; None when every year of the period has a target."""
    fixed: Stated | None = None
    """What an earlier decision named beside the set says of it, in the last year it is in force."""
    by_year: Mapping[int, Target] = field(default_factory=dict, compare=False, repr=False)
    """Its target in each year of the period in which it is in force."""

    @property
    def classing(self) -> Classing | None:
        """By what its target differs in every year, so that a decision may change some classes alone; None where it does not."""
        found = [target.classing if isinstance(target, ClassedTarget) else None for target in self.by_year.values()]
        return found[0] if found and all(one == found[0] for one in found) else None

    @property
    def form(self) -> Form:
        """Which kind of target fits."""
        if self.requirement.comparator is Comparator.EQUALS:
            return "standard"
        return "grade" if self.measure.traits.graded else "number"


def places(loaded: LoadedSet, overlays: Sequence[Overlay] = ()) -> dict[str, TargetPlace]:
    """Return every requirement of the set, whichever year it is in force, in the order of the law.

    `overlays`: earlier decisions; what they fix until the end of the period waits no more.
    """
    found: dict[str, TargetPlace] = {}
    by_year: dict[str, dict[int, Target]] = {}
    for rules in _years(loaded):
        for indicator in rules.every_indicator():
            for requirement in _every(indicator):
                if is_borrowed(requirement.id):  # their own set's overlays fix those
                    continue
                place = found.get(requirement.id)
                if place is None:
                    measure = rules.measures[requirement.measure]
                    found[requirement.id] = TargetPlace(requirement, indicator, measure, _awaited(requirement))
                elif place.pending is None:  # stated at first, awaited for later years
                    later = _awaited(requirement)
                    if later is not None and later.basis is None:
                        found[requirement.id] = replace(place, pending=later)
                by_year.setdefault(requirement.id, {})[rules.as_of.year] = requirement.target
    if overlays:
        found, by_year = _amended(loaded, overlays, found)
    found = {id_: replace(place, by_year=by_year[id_]) for id_, place in found.items()}
    written = [node.id for node in ever(loaded, overlays).nodes()]
    return dict(sorted(found.items(), key=lambda item: written.index(item[0])))


def _every(indicator: Indicator) -> Iterator[Requirement]:
    """Yield its requirements, each before what it asks of each hamlet."""
    for requirement in indicator.requirements():
        yield requirement
        if requirement.hamlets is not None:
            yield from leaves(requirement.hamlets.each)


def _amended(
    loaded: LoadedSet, overlays: Sequence[Overlay], places: Mapping[str, TargetPlace]
) -> tuple[dict[str, TargetPlace], dict[str, dict[int, Target]]]:
    """Return the requirements there are after earlier decisions, with what those fix, add or leave waiting again, and
    each one's target by year."""
    found: dict[str, TargetPlace] = {}
    by_year: dict[str, dict[int, Target]] = {}
    for rules in _years(loaded, overlays):
        for indicator in rules.every_indicator():
            for requirement in _every(indicator):
                if is_borrowed(requirement.id):
                    continue
                own = places.get(requirement.id)
                if own is None or requirement.amended or indicator.amended:
                    measure = rules.measures[requirement.measure]
                    own = TargetPlace(requirement, indicator, measure, _awaited(requirement))
                target = requirement.target
                if not isinstance(target, AwaitedTarget) and target.provenance.overlay is not None:
                    own = replace(own, pending=_awaited(requirement), fixed=target)
                elif isinstance(target, AwaitedTarget) and target.provenance is not None:
                    own = replace(own, pending=_awaited(requirement), fixed=None)
                found[requirement.id] = own
                by_year.setdefault(requirement.id, {})[rules.as_of.year] = target
    return found, by_year


def pending_places(
    loaded: LoadedSet, decision: str | None = None, overlays: Sequence[Overlay] = ()
) -> tuple[TargetPlace, ...]:
    """Return the requirements whose target waits after the earlier decisions; on one decision only, when it is given.

    Raises:
        NtmError: no decision of the set has that id.
    """
    decisions = [awaited.id for awaited in loaded.header.decisions]
    if decision is not None and decision not in decisions:
        closest = nearest(decision, decisions)
        raise NtmError(
            Message(
                "“{id}” is not a decision that this set awaits. Awaited: {decisions}",
                id=decision,
                decisions=", ".join(decisions) or "-",
            ),
            *([Message("Did you mean “{nearest}”?", nearest=closest)] if closest else []),
        )
    waiting = (place for place in places(loaded, overlays).values() if place.pending is not None)
    return tuple(p for p in waiting if decision is None or (p.pending and p.pending.decision == decision))


def fixed_places(loaded: LoadedSet, overlays: Sequence[Overlay]) -> tuple[TargetPlace, ...]:
    """Return the requirements whose target an earlier decision fixes."""
    return tuple(place for place in places(loaded, overlays).values() if place.fixed is not None)


def set_hash(loaded: LoadedSet) -> str:
    """Return a SHA-256 that changes when any file of the set does."""
    lines = "".join(f"{name} {digest}\n" for name, digest in sorted(loaded.files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def days_of(loaded: LoadedSet) -> Iterator[dt.date]:
    """Yield the last day of every year of the set's period."""
    period = loaded.header.period
    for year in range(period.from_, period.to + 1):
        yield dt.date(year, 12, 31)


def _years(loaded: LoadedSet, overlays: Sequence[Overlay] = ()) -> Iterator[CriteriaSet]:
    for day in days_of(loaded):
        if day.year in loaded.years_in_force:
            yield resolve(loaded, as_of=day, overlays=overlays)


def _awaited(requirement: Requirement) -> AwaitedTarget | None:
    return next((one for one in requirement.target.awaited if one.reason != NO_DATED_VALUE), None)
