"""The year's work of a lead agency: its indicators over communes, its goals, its documents, its share of what is in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.plan.loader import Plan, Track
from ntm_rules.plan.models import Status, TrackState
from ntm_rules.plan.owing import Owed, Stage
from ntm_rules.standing.agencies import AgencyStanding, by_effect
from ntm_rules.standing.overview import Overview

LATE = (Status.BEHIND, Status.FAR_BEHIND, Status.BACKWARD, Status.NOT_MET, Status.MISSED)
"""Statuses of which somebody must do something about it."""


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """What one agency has to do, as it stands on a day."""

    agency: str
    tracks: tuple[Track, ...]
    """The goals that it leads, and their other readings."""
    documents: tuple[Owed, ...]
    standing: AgencyStanding | None
    """Its indicators over the communes; None where nothing was judged, or it leads none."""
    place: int
    """Its place by effect: how many communes would gain a criterion if it finished; 0 without a standing."""
    agencies: int
    """How many agencies have a place."""

    def late(self, states: Mapping[str, TrackState]) -> tuple[Track, ...]:
        """Return the goals that are behind, missed or not met."""
        return tuple(track for track in self.tracks if states[track.id].status in LATE)

    @property
    def overdue(self) -> tuple[Owed, ...]:
        """The documents that are overdue."""
        return tuple(one for one in self.documents if one.stage is Stage.OVERDUE)


def agency_years(
    plan: Plan, documents: Sequence[Owed], overview: Overview | None, agencies: Sequence[str]
) -> list[AgencyYear]:
    """Return the year's work of some agencies."""
    standings = {one.agency: one for one in overview.agencies} if overview else {}
    places = {one.agency: at for at, one in enumerate(by_effect(overview.agencies), start=1)} if overview else {}
    return [
        AgencyYear(
            agency,
            tuple(track for track in plan.tracks if agency in track.goal.leads),
            tuple(one for one in documents if agency in one.owners),
            standings.get(agency),
            places.get(agency, 0),
            len(places),
        )
        for agency in agencies
    ]
