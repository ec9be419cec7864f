"""How a round gets on, apart from what comes out: who has worked, what is owed by whom, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils import timezone

from ntm_rules.appraisal.findings import ItemState
from ntm_rules.appraisal.states import State
from ntm_rules.standing.completeness import Completeness
from ntm_rules.web.deadlines import APPRAISE, SUBMIT, day_of
from ntm_rules.web.findings import agencies_of, answer_days, in_queue_of
from ntm_rules.web.laws import Opened
from ntm_rules.web.models import Dossier, Round
from ntm_rules.web.views.standings import Stood


class CommuneProgress(NamedTuple):
    """How far one commune's dossier is."""

    dossier: Dossier
    name: str
    entered: Completeness
    last: dt.datetime | None
    """When something was last entered."""
    due: dt.date | None
    """By when it owes something; None: it owes nothing."""

    @property
    def late(self) -> int:
        """How many days what it owes is late."""
        return days_late(self.due)


class AgencyProgress(NamedTuple):
    """How far one agency is with the figures that are its own, in the dossiers under appraisal."""

    agency: str
    waiting: int
    asked: int
    proposed: int
    confirmed: int
    due: dt.date | None

    @property
    def figures(self) -> int:
        """How many figures are its own so far."""
        return self.waiting + self.asked + self.proposed + self.confirmed

    @property
    def late(self) -> int:
        """How many days what it owes is late."""
        return days_late(self.due)


def days_late(due: dt.date | None) -> int:
    """Return how many days ago something was due; 0 where it is not."""
    return max(0, (timezone.localdate() - due).days) if due else 0


def of_communes(one: Round, all_of: Iterable[Stood]) -> list[CommuneProgress]:
    """Return the communes of a round, the latest first, then in the order of their codes."""
    found, answers = [], answer_days(one)
    for each in all_of:
        dossier = each.dossier
        due = None if one.is_closed else _owed_by(one, dossier, answers)
        last = max((figure.at for figure in each.figures.values()), default=None)
        found.append(CommuneProgress(dossier, each.name, each.judged.completeness(), last, due))
    return sorted(found, key=lambda commune: -commune.late)


def _owed_by(one: Round, dossier: Dossier, answers: Mapping[int, dt.date]) -> dt.date | None:
    return day_of(one, SUBMIT, dossier.commune) if dossier.stands is State.OPEN else answers.get(dossier.pk)


def of_agencies(one: Round, law: Opened) -> list[AgencyProgress]:
    """Return the agencies of a round, the latest first, then in the order of the law."""
    queue = [each for each in in_queue_of(one) if each.dossier.stands is State.UNDER_APPRAISAL]
    found = []
    for agency in agencies_of(law):
        states = [item.state for each in queue for item in each.of(agency)]
        waiting, asked, proposed, confirmed = (
            states.count(state)
            for state in (ItemState.WAITING, ItemState.ASKED, ItemState.PROPOSED, ItemState.CONFIRMED)
        )
        due = day_of(one, APPRAISE, agency) if waiting + asked + proposed and not one.is_closed else None
        found.append(AgencyProgress(agency, waiting, asked, proposed, confirmed, due))
    return sorted(found, key=lambda agency: -agency.late)
