"""Who acts in an appraisal, and to what each belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ntm_rules.i18n import N_, _


class Role(StrEnum):
    """What somebody may be; one person may be several."""

    COMMUNE_OFFICER = "commune-officer"
    COMMUNE_HEAD = "commune-head"
    AGENCY_EXPERT = "agency-expert"
    AGENCY_HEAD = "agency-head"
    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    MEMBER = "member"
    RECORDER = "recorder"
    READER = "reader"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role in the reader's language."""
        return _(ROLES[self].words)


class Belonging(StrEnum):
    """What a role is a role of."""

    COMMUNE = "commune"
    AGENCY = "agency"
    PROVINCE = "province"
    EITHER = "province-or-commune"
    """Of one commune where a commune is named, else of the province."""
    NOTHING = "nothing"
    """Of the accounts alone: no figures, findings or votes."""


class RoleTraits(NamedTuple):
    """What sets a role apart."""

    words: str
    belongs: Belonging


ROLES: Mapping[Role, RoleTraits] = {
    Role.COMMUNE_OFFICER: RoleTraits(N_("Commune officer"), Belonging.COMMUNE),
    Role.COMMUNE_HEAD: RoleTraits(N_("Head of the commune's People's Committee"), Belonging.COMMUNE),
    Role.AGENCY_EXPERT: RoleTraits(N_("Agency expert"), Belonging.AGENCY),
    Role.AGENCY_HEAD: RoleTraits(N_("Agency head"), Belonging.AGENCY),
    Role.COORDINATOR: RoleTraits(N_("Standing office (coordinator)"), Belonging.PROVINCE),
    Role.SECRETARY: RoleTraits(N_("Secretary of the council"), Belonging.PROVINCE),
    Role.MEMBER: RoleTraits(N_("Member of the council"), Belonging.PROVINCE),
    Role.RECORDER: RoleTraits(N_("Recorder of decisions"), Belonging.PROVINCE),
    Role.READER: RoleTraits(N_("Reader"), Belonging.EITHER),
    Role.ADMINISTRATOR: RoleTraits(N_("Administrator of accounts"), Belonging.NOTHING),
}


class Appointment(NamedTuple):
    """A role that somebody has, and of which commune or agency."""

    role: Role
    place: str = ""
    """The code of a commune or the id of an agency; empty for the province."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, with all roles."""

    person: int
    roles: frozenset[Appointment] = frozenset()

    @property
    def communes(self) -> list[str]:
        """The codes of the communes somebody belongs to."""
        return sorted({held.place for held in self.roles if held.place and of_commune(held)})

    @property
    def agencies(self) -> list[str]:
        """The ids of the agencies somebody belongs to."""
        return sorted({held.place for held in self.roles if ROLES[held.role].belongs is Belonging.AGENCY})

    def has(self, role: Role, commune: str | None = None, agency: str | None = None) -> bool:
        """Tell whether somebody has a role; of a commune or an agency where the role is one of those."""
        return any(held.role is role and covers(held, commune, agency) for held in self.roles)

    def of(self, roles: Iterable[Role], commune: str | None = None) -> bool:
        """Tell whether somebody has one of some roles."""
        return any(self.has(role, commune) for role in roles)


def has_place(role: Role) -> bool:
    """Tell whether a role is, or may be, of one commune or agency."""
    return ROLES[role].belongs not in (Belonging.PROVINCE, Belonging.NOTHING)


def of_commune(appointment: Appointment) -> bool:
    """Tell whether a role is held of one commune."""
    belongs = ROLES[appointment.role].belongs
    return belongs is Belonging.COMMUNE or (belongs is Belonging.EITHER and bool(appointment.place))


def covers(appointment: Appointment, commune: str | None, agency: str | None = None) -> bool:
    """Tell whether a role reaches a commune: its own, or any for who belongs to the province or an agency.

    None: what is meant is of no one commune, and out of reach for a role of one. `agency`: what is meant belongs to one,
    and is out of reach for a role of another.
    """
    if agency is not None and ROLES[appointment.role].belongs is Belonging.AGENCY and appointment.place != agency:
        return False
    return not of_commune(appointment) or appointment.place == commune
