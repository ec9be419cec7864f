"""What it means that a verdict becomes another: a table of from and to, not branches.

A node stands in the way of what is above it unless it is met or does not apply. A loss puts it in the
way, or makes it fail where it did not; a gain takes it out of the way. Anything else is neither: a
failure that only turns into a missing target is no progress, and nobody is told that it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import N_, Message

State = Verdict | None
"""A verdict; None where the law does not have the node at all."""


class Direction(StrEnum):
    """Which way a change of verdict goes for the commune."""

    LOSS = "loss"
    GAIN = "gain"
    NEITHER = "neither"

    @property
    def label(self) -> Message:
        """The direction in words."""
        return Message(_LABELS[self])


_LABELS = {
    Direction.LOSS: N_("Loses"),
    Direction.GAIN: N_("Gains"),
    Direction.NEITHER: N_("Neither"),
}


class Turn(NamedTuple):
    """One change of verdict: its direction and what it means."""

    direction: Direction
    words: str
    """An id of the catalogue."""


_MET, _NOT_MET, _NO_DATA = Verdict.MET, Verdict.NOT_MET, Verdict.NO_DATA
_NO_TARGET, _NONE = Verdict.NO_TARGET, Verdict.NOT_APPLICABLE
_LOSS, _GAIN, _NEITHER = Direction.LOSS, Direction.GAIN, Direction.NEITHER

TURNS: dict[tuple[State, State], Turn] = {
    (_MET, _NOT_MET): Turn(_LOSS, N_("no longer met")),
    (_MET, _NO_DATA): Turn(_LOSS, N_("was met; can no longer be judged, a figure is missing")),
    (_MET, _NO_TARGET): Turn(_LOSS, N_("was met; can no longer be judged, the target is awaited")),
    (_MET, _NONE): Turn(_NEITHER, N_("was met; no longer applies")),
    (_MET, None): Turn(_NEITHER, N_("was met; is no longer in the rules")),
    (_NOT_MET, _MET): Turn(_GAIN, N_("newly met")),
    (_NOT_MET, _NO_DATA): Turn(_NEITHER, N_("no longer failing, but a figure is missing to judge it")),
    (_NOT_MET, _NO_TARGET): Turn(_NEITHER, N_("no longer failing, but there is no target to judge it by")),
    (_NOT_MET, _NONE): Turn(_GAIN, N_("was not met; no longer applies")),
    (_NOT_MET, None): Turn(_GAIN, N_("was not met; is no longer in the rules")),
    (_NO_DATA, _MET): Turn(_GAIN, N_("newly met; the figure was missing")),
    (_NO_DATA, _NOT_MET): Turn(_LOSS, N_("newly failing; the figure was missing")),
    (_NO_DATA, _NO_TARGET): Turn(_NEITHER, N_("the figure was missing; now the target is awaited")),
    (_NO_DATA, _NONE): Turn(_GAIN, N_("the figure was missing; no longer applies")),
    (_NO_DATA, None): Turn(_GAIN, N_("the figure was missing; is no longer in the rules")),
    (_NO_TARGET, _MET): Turn(_GAIN, N_("newly met; there was no target")),
    (_NO_TARGET, _NOT_MET): Turn(_LOSS, N_("newly failing; there was no target")),
    (_NO_TARGET, _NO_DATA): Turn(_NEITHER, N_("there was no target; now a figure is missing")),
    (_NO_TARGET, _NONE): Turn(_GAIN, N_("there was no target; no longer applies")),
    (_NO_TARGET, None): Turn(_GAIN, N_("there was no target; is no longer in the rules")),
    (_NONE, _MET): Turn(_NEITHER, N_("applies now, and is met")),
    (_NONE, _NOT_MET): Turn(_LOSS, N_("applies now, and is not met")),
    (_NONE, _NO_DATA): Turn(_LOSS, N_("applies now, and a figure is missing")),
    (_NONE, _NO_TARGET): Turn(_LOSS, N_("applies now, and the target is awaited")),
    (_NONE, None): Turn(_NEITHER, N_("did not apply; is no longer in the rules")),
    (None, _MET): Turn(_NEITHER, N_("new in the rules, and met")),
    (None, _NOT_MET): Turn(_LOSS, N_("new in the rules, and not met")),
    (None, _NO_DATA): Turn(_LOSS, N_("new in the rules; a figure is missing")),
    (None, _NO_TARGET): Turn(_LOSS, N_("new in the rules; the target is awaited")),
    (None, _NONE): Turn(_NEITHER, N_("new in the rules; does not apply")),
}
"""(before, after) -> what the change means, for every two states that differ."""


def fell(before: State, after: State) -> bool:
    """Tell whether something that was met no longer is, though it still is asked ("rớt chuẩn")."""
    return before is Verdict.MET and TURNS[before, after].direction is Direction.LOSS


def newly_failing(before: State, after: State) -> bool:
    """Tell whether something fails that neither failed nor was met before."""
    return after is Verdict.NOT_MET and before is not Verdict.MET and before is not after
