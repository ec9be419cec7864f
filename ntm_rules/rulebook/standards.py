"""What "meets the standard" is, where it is not every criterion, as evaluators read it: a tree over verdicts.

Its leaves name criteria or indicators; more of them met never makes it harder to meet, so what is known of it can be
read off the two ends: with everything open not met, and with everything open met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from ntm_rules.rulebook.criteria_set import Criterion
    from ntm_rules.rulebook.models import PartsNeeded, PointsNeeded, StandardWritten

WEIGHED = "weighed"
"""So many of the parts, or so many points of them, must be met."""


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion or an indicator whose verdict counts."""

    level: Literal["criterion", "indicator"]
    id: str
    weight: Decimal = Decimal(1)
    """Its points where points are counted, else 1."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What must hold together (`all`), one of it (`any`), or so much of named parts (`weighed`)."""

    op: str
    parts: tuple[StandardPart, ...]
    counts: Literal["criteria", "indicators", "points", ""] = ""
    """What a leaf counts; empty for what takes others together."""
    at_least: Decimal = Decimal(0)
    """Of `weighed`: how much must be met, in what it counts or in percent of what applies."""
    percent: bool = False
    criterion: str = ""
    """The criterion whose parts a leaf counts; empty where it counts those of the whole set."""
    made_of: tuple[tuple[str, Standard], ...] = ()
    """Of what counts criteria and their indicators side by side: criterion -> what meets it."""

    @property
    def is_leaf(self) -> bool:
        """Whether it counts criteria, indicators or points itself."""
        return bool(self.counts)

    def leaves(self) -> Iterator[Standard]:
        """Yield what counts something, in the order written."""
        if self.is_leaf:
            yield self
            return
        for part in self.parts:
            assert isinstance(part, Standard)
            yield from part.leaves()

    def names(self) -> Iterator[Named]:
        """Yield what is named below it, in order."""
        for part in self.parts:
            if isinstance(part, Named):
                yield part
            else:
                yield from part.names()


StandardPart: TypeAlias = Standard | Named


def standard_of(standard: StandardWritten | None, criteria: Sequence[Criterion], within: str = "") -> Standard | None:
    """Return what is written of the criteria in force; None where nothing is, and every part must be met."""
    if standard is None:
        return None
    return beside_indicators(_Builder(criteria, within).standard(standard), criteria)


def beside_indicators(whole: Standard, criteria: Sequence[Criterion]) -> Standard:
    """Return a standard with what its criteria are made of, where it counts them beside their own indicators."""
    if len({one.level for one in whole.names()}) < 2:
        return whole
    made_of = ((one.id, one.standard or _every_indicator(one)) for one in criteria)
    return replace(whole, made_of=tuple(made_of))


def _every_indicator(criterion: Criterion) -> Standard:
    parts = tuple(Named("indicator", indicator.id) for indicator in criterion.indicators)
    return Standard("all", parts, "indicators", criterion=criterion.id)


class _Builder:
    """Builds a standard over the criteria in force, or over the indicators of one of them."""

    def __init__(self, criteria: Sequence[Criterion], within: str) -> None:
        self.within = within
        self.criteria = [criterion for criterion in criteria if not within or criterion.id == within]

    def standard(self, written: StandardWritten) -> Standard:
        if written.all or written.any:
            parts = tuple(self.standard(part) for part in written.all or written.any or ())
            return Standard("all" if written.all else "any", parts)
        if written.criteria is not None:
            return self.counted(written.criteria, "criteria", self._criteria)
        if written.indicators is not None:
            return self.counted(written.indicators, "indicators", self._indicators)
        if written.points is not None:
            return self.points(written.points)
        assert written.each_criterion is not None  # the model sees to it
        each = written.each_criterion
        own = (_Builder([criterion], criterion.id) for criterion in self.criteria)
        if each.points is not None:
            needed = each.points
            return Standard("all", tuple(builder.points(needed) for builder in own))
        assert each.indicators is not None
        counted = each.indicators
        return Standard("all", tuple(one.counted(counted, "indicators", one._indicators) for one in own))

    def counted(
        self,
        written: PartsNeeded,
        counts: Literal["criteria", "indicators"],
        named: Callable[[], Mapping[str, Named]],
    ) -> Standard:
        there = named()
        among = tuple(one for id_, one in there.items() if not written.of or id_ in written.of)
        if written.at_least_percent is not None:
            needed = Standard(WEIGHED, among, counts, written.at_least_percent, True, self.within)
        elif written.at_least is not None:
            needed = Standard(WEIGHED, among, counts, Decimal(written.at_least), False, self.within)
        else:
            return Standard("all", among, counts, criterion=self.within)
        included = tuple(one for id_, one in there.items() if id_ in written.including)
        if not included:
            return needed
        return Standard("all", (needed, Standard("all", included, counts, criterion=self.within)))

    def points(self, written: PointsNeeded) -> Standard:
        parts = tuple(
            Named("indicator", indicator.id, indicator.points)
            for criterion in self.criteria
            for indicator in criterion.indicators
            if indicator.points is not None
            and (not written.of or criterion.id in written.of or indicator.id in written.of)
        )
        percent = written.at_least_percent is not None
        at_least = written.at_least_percent if percent else written.at_least
        assert at_least is not None
        return Standard(WEIGHED, parts, "points", at_least, percent, self.within)

    def _criteria(self) -> Mapping[str, Named]:
        return {criterion.id: Named("criterion", criterion.id) for criterion in self.criteria}

    def _indicators(self) -> Mapping[str, Named]:
        found = [Named("indicator", i.id) for criterion in self.criteria for i in criterion.indicators]
        return {one.id: one for one in found}
