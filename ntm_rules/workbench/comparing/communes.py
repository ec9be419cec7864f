"""What the changes amount to for each commune: who falls, who rises, by how much."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, Message
from ntm_rules.standing.communes import CommuneStanding, communes
from ntm_rules.workbench.comparing.changes import Comparison, NodeChange
from ntm_rules.workbench.comparing.directions import Direction, fell, newly_failing


class Fate(IntEnum):
    """How a commune comes out, the worst first: the order in which communes are listed."""

    FALLS = 0
    FAILS_NEWLY = 1
    RISES = 2
    SHIFTS = 3

    @property
    def label(self) -> Message:
        """The standing in words."""
        return Message(_STANDINGS[self])


_STANDINGS = {
    Fate.FALLS: N_("Fall: something that was met no longer is"),
    Fate.FAILS_NEWLY: N_("Newly failing: nothing met is lost, but something fails that could not be judged before"),
    Fate.RISES: N_("Rise: something is newly met, nothing is lost"),
    Fate.SHIFTS: N_("Other changes"),
}


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """One commune and year that some change touches: how it stood, how it stands, what changed."""

    code: str
    name: str
    year: int
    was: CommuneStanding
    now: CommuneStanding
    changes: tuple[NodeChange, ...]
    """Of the commune, its criteria, indicators and further conditions, in the order of the law's text."""

    @property
    def items(self) -> tuple[NodeChange, ...]:
        """The changes of indicators and further conditions."""
        return tuple(change for change in self.changes if change.level in ("indicator", "requirement"))

    @property
    def fallen(self) -> tuple[NodeChange, ...]:
        """The items that were met and no longer are."""
        return tuple(change for change in self.items if fell(change.before, change.after))

    @property
    def newly_failing(self) -> tuple[NodeChange, ...]:
        """The items that fail and neither failed nor were met before."""
        return tuple(change for change in self.items if newly_failing(change.before, change.after))

    @property
    def risen(self) -> tuple[NodeChange, ...]:
        """The items that are gained."""
        return tuple(change for change in self.items if change.turn.direction is Direction.GAIN)

    @property
    def others(self) -> tuple[NodeChange, ...]:
        """The items that neither fall, nor newly fail, nor are gained."""
        told = {(c.level, c.id) for c in (*self.fallen, *self.newly_failing, *self.risen)}
        return tuple(change for change in self.items if (change.level, change.id) not in told)

    @property
    def standing(self) -> Fate:
        """How the commune comes out."""
        if any(fell(change.before, change.after) for change in self.changes):
            return Fate.FALLS
        if self.newly_failing:
            return Fate.FAILS_NEWLY
        return Fate.RISES if self.risen else Fate.SHIFTS

    @property
    def meets_changes(self) -> Direction | None:
        """Whether meeting every criterion is lost or gained; None when it stays as it is."""
        if self.was.meets is self.now.meets:
            return None
        if fell(self.was.meets, self.now.meets):
            return Direction.LOSS
        return Direction.GAIN if self.now.meets is Verdict.MET else None


def commune_changes(comparison: Comparison) -> list[CommuneChange]:
    """Return the communes that some change touches, those that fall first, the hardest hit on top."""
    conditions = {c.id for side in (comparison.before, comparison.after) for c in side.rules.conditions}
    told = [
        at
        for at, key in enumerate(comparison.keys)
        if key.level in ("commune", "criterion", "indicator") or (key.level == "requirement" and key.id in conditions)
    ]
    before, after = communes(comparison.before), communes(comparison.after)
    found = []
    for pair in np.flatnonzero(comparison.differs.any(axis=0)).tolist():
        was, now = comparison.pairs[pair]
        record = comparison.after.records[now]
        found.append(
            CommuneChange(
                record.code,
                record.name,
                record.year,
                before[was],
                after[now],
                tuple(comparison.change(at, pair) for at in told if comparison.differs[at, pair]),
            )
        )
    return sorted(found, key=_hardest_hit)


_STANDARD_FIRST = {Direction.LOSS: 0, Direction.GAIN: 0, None: 1}


def _hardest_hit(commune: CommuneChange) -> tuple[object, ...]:
    """Order by standing, then the whole standard lost or gained, then criteria and items lost or gained."""
    fewer = commune.was.criteria.met - commune.now.criteria.met
    return (
        commune.standing,
        _STANDARD_FIRST[commune.meets_changes],
        fewer if commune.standing is Fate.RISES else -fewer,
        -len(commune.fallen),
        -len(commune.newly_failing),
        -len(commune.risen),
        commune.code,
        commune.year,
    )
