"""Accounts: opened, given roles, closed; never a figure, a finding or a vote."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.roles import ROLES, Belonging, Role
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, named, stacked
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.events import note
from ntm_rules.web.models import Identity, Person, RoleHeld
from ntm_rules.web.people import (
    add_role,
    describe_person,
    identify,
    known_places,
    make_person,
    remove_role,
    reset_person,
)

SAID = ("full_name", "position", "email")
"""What is said of somebody and may be changed."""
LONGEST_SAID = 255


class RoleShown(NamedTuple):
    """A role that somebody has, with how to take it away."""

    id: int
    words: str


def accounts(request: HttpRequest) -> HttpResponse:
    """Show all accounts; open a new one."""
    wrong: list[str] = []
    typed = {name: request.POST.get(name, "").strip()[:160] for name in ("username", "full_name", "position", "email")}
    if request.method == "POST":
        password = secrets.token_urlsafe(9)
        try:
            made = make_person(request.user, password=password, **typed)
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            tell(
                request,
                _(
                    "Account {name} is open. First password, shown once: {password}",
                    name=made.username,
                    password=password,
                ),
            )
            return HttpResponseRedirect(reverse("account", kwargs={"account": made.pk}))
    places = known_places()
    rows = [
        [
            named(person.username, LINKS.to("account", person.pk)),
            Cell(person.full_name),
            Cell("; ".join(_role_words(role, places) for role in person.roles.all())),
            Cell(_("open") if person.is_active else _("closed")),
        ]
        for person in Person.objects.prefetch_related("roles")
    ]
    heads = [_("Name to sign in"), _("Full name"), _("Roles"), _("State of the account")]
    return drawn(
        request, "accounts.html", _("Accounts"), here="accounts", table=stacked("accounts", _("Accounts"), heads, rows),
        wrong=wrong, typed=typed, status=422 if wrong else 200,
    )  # fmt: skip


def _role_words(role: RoleHeld, places: Mapping[str, str]) -> str:
    words = Role(role.role).words
    return f"{words} ({places.get(role.place, role.place)})" if role.place else words


def account(request: HttpRequest, account: int) -> HttpResponse:
    """Show one account; change its roles, close it, give it a new password."""
    person = get_object_or_404(Person.objects.prefetch_related("roles"), pk=account)
    typed, wrong = {name: getattr(person, name) for name in SAID}, list[str]()
    if request.method == "POST":
        describes = request.POST.get("do") == "describe"
        typed = {name: request.POST.get(name, "").strip()[:LONGEST_SAID] for name in SAID} if describes else typed
        try:
            tell(request, _described(request, person, typed) if describes else _changed(request, person))
        except NtmError as error:
            wrong = str(error).split("\n")
        if not wrong or not describes:
            if wrong:
                tell(request, *wrong, good=False)
            return HttpResponseRedirect(reverse("account", kwargs={"account": account}))
    places = known_places()
    kinds = {
        Belonging.COMMUNE: _("of a commune"),
        Belonging.AGENCY: _("of an agency"),
        Belonging.PROVINCE: _("of the province"),
    }
    roles = [
        (role.value, f"{role.words} ({kinds[traits.belongs]})" if traits.belongs in kinds else role.words)
        for role, traits in ROLES.items()
    ]
    return drawn(
        request, "account.html", person.full_name or person.username, here="accounts",
        trail=[Link(_("Accounts"), LINKS.to("accounts", ""))], account=person, account_roles=[
            RoleShown(role.pk, _role_words(role, places)) for role in person.roles.all()
        ],
        typed=typed, wrong=wrong, status=422 if wrong else 200,
        roles=roles, places=sorted(places.items(), key=lambda place: place[1]), own=person.pk == request.user.pk,
        provider=settings.NTM.provider.name if settings.NTM.provider.there else "",
        subject=Identity.objects.filter(person=person, issuer=settings.NTM.provider.issuer).values_list("subject", flat=True).first() or "",
    )  # fmt: skip


def _described(request: HttpRequest, person: Person, typed: Mapping[str, str]) -> str:
    """Set name, position and e-mail address; return what was done."""
    changed = describe_person(request.user, person, **typed)
    return _("The account is changed.") if changed else _("Nothing was changed.")


def _changed(request: HttpRequest, person: Person) -> str:
    """Do what is asked with an account; return what was done."""
    said, by = request.POST, request.user
    do = said.get("do", "")
    if do == "add-role":
        add_role(by, person, said.get("role", ""), said.get("place", ""), known_places())
        return _("The role was given.")
    if do == "remove-role":
        number = said.get("held", "")
        remove_role(by, person, int(number) if number.isdecimal() else 0)
        return _("The role was taken away.")
    if person.pk == by.pk:
        raise NtmError(Message("Nobody closes or resets his own account here; another administrator does."))
    if do == "identify" and settings.NTM.provider.there:
        identify(by, person, settings.NTM.provider.issuer, said.get("subject", ""))
        return _("The identifier is set.") if said.get("subject", "").strip() else _("The identifier is taken away.")
    with transaction.atomic():
        if do == "close":
            person.is_active, person.closed_at = False, timezone.now()
            person.save(update_fields=["is_active", "closed_at"])
            note("account-closed", by, account=person.username)
            return _("The account is closed; whoever was signed in with it is not any more.")
        if do == "reopen":
            person.is_active, person.closed_at = True, None
            person.save(update_fields=["is_active", "closed_at"])
            note("account-reopened", by, account=person.username)
            return _("The account is open again.")
        if do == "password":
            password = reset_person(by, person)
            return _("New password, shown once: {password}", password=password)
    raise NtmError(Message("The request cannot be understood."))
