"""What standing says, as values: whose turn it is, what was counted, what became of a report, an order, a move.

Free of arrays, so that what looks at one commune need not load them.
"""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Reason
from ntm_rules.rulebook.criteria_set import CriteriaSet, Requirement


class Lack(IntEnum):
    """Why a node is NO_DATA: whose turn it is. The greater one names a whole that lacks several."""

    NONE = 0
    RULING = 1
    """The competent body has not concluded ("Chưa có kết luận"): nothing that the commune could report."""
    GROUP = 2
    """The target differs by group, and no document names the commune's."""
    FIGURE = 3
    """A figure or statement that the commune owes."""


LACK_OF_REASON = {
    Reason.RULING_AWAITED: Lack.RULING,
    Reason.GROUP_UNKNOWN: Lack.GROUP,
    Reason.CLASS_UNKNOWN: Lack.GROUP,
}
"""Reasons of a requirement without data that are not a figure owed."""


class Lacking(NamedTuple):
    """One requirement that cannot be judged for one record."""

    requirement: Requirement
    reason: Reason
    lack: Lack
    decides: bool
    """False where something above it is decided without it: not met for another reason."""
    condition: bool
    """True for a further condition of recognition."""


def body_of(rules: CriteriaSet, requirement: Requirement) -> str:
    """Return the id of the agency that is to conclude on a ruling or attest; the lead agency where none is named."""
    return rules.measures[requirement.measure].attested_by or requirement.lead


class Handed(Enum):
    """What became of a commune's report."""

    USABLE = "usable"
    """At least one figure or statement can be used."""
    NOTHING_USABLE = "nothing_usable"
    """Something came, and nothing of it could be taken: `problems` says why."""
    NOTHING = "nothing"
    """Nothing came that tells whose it is."""


class Order(StrEnum):
    """What decides first in the order of the nearest."""

    FEWEST = "fewest"
    """Criteria left, then requirements in the way, then their distance."""
    DISTANCE = "distance"
    """The distance of all that is in the way, then how many those are, then criteria left."""


class Move(Enum):
    """What became of a criterion or an indicator since the year before."""

    ROSE = "rose"
    """Met now, and not before, whatever the verdict was."""
    FELL = "fell"
    """Met before, not met now."""
    UNKNOWN_NOW = "unknown_now"
    """Met before; now a figure, a ruling or a target is lacking."""


class LevelCounts(NamedTuple):
    """How the criteria, or the indicators, of one commune stand."""

    met: int
    not_met: int
    owed: int
    """Without data, and the commune owes at least one of the figures."""
    ruling: int
    """Without data only because a competent body has not concluded."""
    group: int
    """Without data only because nobody has named the commune's group (or that, and rulings)."""
    no_target: int
    not_applicable: int
    judgeable: int
    """Those that apply and that the law lets be judged whole for this commune: the denominator of `met` today."""
    attainable: int
    """The most that this commune can meet today."""

    @property
    def applicable(self) -> int:
        """The denominator of "met of all": all but those that do not apply."""
        return self.met + self.not_met + self.owed + self.ruling + self.group + self.no_target

    @property
    def no_data(self) -> int:
        """All whose verdict is NO_DATA."""
        return self.owed + self.ruling + self.group
