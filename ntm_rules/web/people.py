"""Accounts opened and roles given, with what may not be: a role of no place, a role given to oneself."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ntm_rules.appraisal.roles import ROLES, Belonging, Role, has_place
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.rulebook import open_rulebook
from ntm_rules.web.events import note
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.locking import forgiven
from ntm_rules.web.models import Identity, Person, RoleHeld
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.opening import sets_offered
from ntm_rules.web.second_factor import removed
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import full_name

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
LONGEST_NAME, LONGEST_POSITION, LONGEST_SUBJECT = 120, 160, 255


def places_of(rules: CriteriaSet) -> dict[str, str]:
    """Return the communes and lead agencies of a set: code or id -> name."""
    communes = {unit.code: full_name(unit) for unit in rules.communes.within()}
    return communes | {agency: agency_name(rules, agency) for agency in rules.lead_agencies}


def known_places() -> dict[str, str]:
    """Return the communes and lead agencies that roles are of: of the latest round, and before there is one of every set offered."""
    latest = rounds_with_law().first()
    if latest is not None:
        return places_of(law_in_force(latest).rules)
    offered = (open_rulebook(LawAsked(str(folder))).shown() for folder in sets_offered().values())
    return {place: name for rules in offered for place, name in places_of(rules).items()}


def make_person(
    by: Person | None,
    *,
    username: str,
    full_name: str,
    password: str,
    position: str = "",
    email: str = "",
    must_change: bool = True,
) -> Person:
    """Open an account.

    Raises:
        NtmError: everything that is wrong with what is said of it.
    """
    wrong = []
    if not _NAME.fullmatch(username):
        wrong.append(Message("The name to sign in is 2 to 60 small letters without marks, digits, dots, hyphens."))
    elif Person.objects.filter(username=username).exists():
        wrong.append(Message("There is an account {name} already.", name=username))
    wrong += _unfit(full_name, position, email)
    if wrong:
        raise NtmError(*wrong)
    with transaction.atomic():
        person = Person.objects.create_user(
            username, password, full_name=full_name, position=position, email=email, must_change_password=must_change
        )
        note("account", by, account=username, full_name=full_name)
    return person


def _unfit(full_name: str, position: str, email: str) -> list[Message]:
    """Return what is wrong with what is said of somebody."""
    wrong = []
    if not full_name:
        wrong.append(Message("Give the full name."))
    elif len(full_name) > LONGEST_NAME:
        wrong.append(Message("The full name is longer than {most} characters.", most=LONGEST_NAME))
    if len(position) > LONGEST_POSITION:
        wrong.append(Message("The position is longer than {most} characters.", most=LONGEST_POSITION))
    try:
        if email:
            validate_email(email)
    except ValidationError:
        wrong.append(Message("“{email}” is no e-mail address.", email=email))
    return wrong


def describe_person(by: Person, person: Person, *, full_name: str, position: str, email: str) -> bool:
    """Set what is said of somebody with an account; return whether anything changed.

    The name and the position of before stay in the log; an address does not, for nothing is ever taken out of it.

    Raises:
        NtmError: everything that is wrong with it.
    """
    wrong = _unfit(full_name, position, email)
    if wrong:
        raise NtmError(*wrong)
    fresh = {"full_name": full_name, "position": position, "email": email}
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        before = {name: getattr(locked, name) for name in fresh}
        if before == fresh:
            return False
        for name, words in fresh.items():
            setattr(locked, name, words)
        locked.save(update_fields=list(fresh))
        moved = before.pop("email") != fresh.pop("email")
        note("account-described", by, account=person.username, before=before, after=fresh, email_changed=moved)
    return True


def reset_person(by: Person | None, person: Person) -> str:
    """Give a new password, which is returned and shown once; the second factor is set up anew, and a lock-out ends."""
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = True
        person.save(update_fields=["password", "must_change_password"])
        removed(person, by)
        forgiven(person.username)
        note("password-reset", by, account=person.username)
    return password


def add_role(by: Person | None, person: Person, role: str, place: str, places: Mapping[str, str]) -> None:
    """Give somebody a role.

    Raises:
        NtmError: no such role or place, a place that the role is not of, or a role for oneself.
    """
    if role not in {one.value for one in Role}:
        raise NtmError(Message("There is no role “{role}”.", role=role))
    if by is not None and by.pk == person.pk:
        raise NtmError(Message("Nobody gives a role to himself; another administrator does."))
    belongs = ROLES[Role(role)].belongs
    if place and not has_place(Role(role)):
        raise NtmError(
            Message(
                "“{role}” is a role of no commune or agency: choose no place, or another role.", role=Role(role).words
            )
        )
    kept = place
    of_commune, of_agency = kept.isdecimal(), bool(kept) and not kept.isdecimal()
    if kept and kept not in places:
        raise NtmError(Message("There is no commune or agency “{place}”.", place=kept))
    if belongs is Belonging.COMMUNE and not of_commune:
        raise NtmError(Message("Choose the commune that the role is of."))
    if belongs is Belonging.AGENCY and not of_agency:
        raise NtmError(Message("Choose the agency that the role is of."))
    if belongs is Belonging.EITHER and of_agency:
        raise NtmError(Message("A reader is of the province (choose no place) or of one commune."))
    with transaction.atomic():
        _held, made = RoleHeld.objects.get_or_create(person=person, role=role, place=kept)
        if made:
            note("role-given", by, account=person.username, role=role, place=kept)


def give_roles(person: Person, roles: Sequence[str], place: str, places: Mapping[str, str]) -> list[str]:
    """Give somebody roles from the command line, the place with each that has one; return what was done, in words.

    Raises:
        NtmError: as `add_role` says, also where none of the roles has a place and one is named.
    """
    without = {role for role in roles if role in {one.value for one in Role} and not has_place(Role(role))}
    said = []
    for role in roles:
        left_out = bool(place) and role in without and len(without) < len(roles)
        add_role(None, person, role, "" if left_out else place, places)
        said.append(_("The role was given."))
        if left_out:
            words = Role(role).words
            said.append(
                _("{role} is a role of no commune or agency: it is given without {place}.", role=words, place=place)
            )
    return said


def remove_role(by: Person, person: Person, grant: int) -> None:
    """Take a role away.

    Raises:
        NtmError: the person has no such role, or it is one's own.
    """
    role = RoleHeld.objects.filter(person=person, pk=grant).first()
    if role is None:
        raise NtmError(Message("This role is not there any more."))
    if by.pk == person.pk:
        raise NtmError(Message("Nobody takes a role from himself; another administrator does."))
    with transaction.atomic():
        note("role-removed", by, account=person.username, role=role.role, place=role.place)
        role.delete()


def identify(by: Person, person: Person, issuer: str, subject: str) -> None:
    """Set who somebody is to the sign-in provider; empty: nobody any more.

    Raises:
        NtmError: somebody else is that.
    """
    subject = subject.strip()
    if len(subject) > LONGEST_SUBJECT:
        raise NtmError(Message("The identifier is longer than {most} characters.", most=LONGEST_SUBJECT))
    with transaction.atomic():
        other = Identity.objects.filter(issuer=issuer, subject=subject).exclude(person=person).first()
        if subject and other is not None:
            raise NtmError(Message("This identifier is set for the account {name}.", name=other.person.username))
        Identity.objects.filter(person=person).delete()
        if subject:
            Identity(person=person, issuer=issuer, subject=subject).save(force_insert=True)
        note("account-identity", by, account=person.username, issuer=issuer, subject=subject)
