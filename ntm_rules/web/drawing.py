"""Pages drawn: the templates with the components of reports, and what every page of the application says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from jinja2 import Environment

from ntm_rules.appraisal.permissions import may
from ntm_rules.i18n import _, current_language
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.templating import templates
from ntm_rules.report.html.values import Frame, NavigationEntry
from ntm_rules.web.links import WebLinks
from ntm_rules.web.models import Dossier, Person
from ntm_rules.web.notices import unseen
from ntm_rules.wording.dates import on_day

LINKS = WebLinks()
PACKAGE = "ntm_rules.web"
TOLD = "told"
"""Under which a session keeps what the next page says first."""


def environment(**_given: Any) -> Environment:
    """Return the templates, for Django to find."""
    return templates(PACKAGE)


class Titled(NamedTuple):
    """What the pages belong to, as their head says it."""

    title: str


class PageNotice(NamedTuple):
    """What a page says first: that something was done, or could not be."""

    good: bool
    words: Sequence[str]
    at: str = ""
    """The part of the page that says it, where the page has that part; else its head."""


def tell(request: HttpRequest, *words: object, good: bool = True, at: str = "") -> None:
    """Say something on the page that comes next."""
    request.session[TOLD] = [*request.session.get(TOLD, []), [good, [str(one) for one in words], at]]


def drawn(
    request: HttpRequest,
    template: str,
    heading: object,
    *,
    trail: Sequence[Link] = (),
    warnings: Sequence[str] = (),
    here: str = "",
    status: int = 200,
    **values: Any,
) -> HttpResponse:
    """Draw a page; `here`: the part of the pages that it is."""
    session = getattr(request, "session", {})
    told = session.pop(TOLD, []) if session else []
    person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    title = _("Appraisal of new-rural communes")
    context = {
        "page": Frame(heading, f"{heading} · {title}", trail),
        "lang": current_language(),
        "other_language": "en" if current_language() == "vi" else "vi",
        "invented": "invented" if warnings else "",
        "warnings": warnings,
        "links": LINKS,
        "rules": Titled(title),
        "parts_label": _("Parts of the application"),
        "parts": _parts(person, here),
        "person": person,
        "person_roles": _roles(person),
        "told": [PageNotice(*one) for one in told],
        "placed": frozenset(),
        "public_page": False,
        **values,
    }
    return render(request, template, context, status=status)


def _parts(person: Person | None, here: str) -> list[NavigationEntry]:
    if person is None:
        return []
    new = unseen(person)
    notices = _("Notices ({n} new)", n=new) if new else _("Notices")
    named = {
        "work": _("My work"),
        "notices": notices,
        "rounds": _("Rounds"),
        "register": _("Register of recognised communes"),
        "tokens": _("Access for programs"),
        "accounts": _("Accounts"),
        "search": _("Search"),
    }
    return [
        NavigationEntry(words, LINKS.to(address, "") or "", address == here)
        for address, words in named.items()
        if may(person.actor, address, "GET")
    ]


def _roles(person: Person | None) -> str:
    return "; ".join(sorted({held.role.words for held in person.actor.roles})) if person else ""


def at_time(when: dt.datetime) -> str:
    """Return a time as people here write it: hour, then day."""
    local = timezone.localtime(when)
    return _("{time}, {day}", time=f"{local:%H:%M}", day=on_day(local.date()))


def to_round(dossier: Dossier, person: Person) -> list[Link]:
    """Return the way back from a dossier: its round where that may be seen, else one's own work."""
    if may(person.actor, "round", "GET"):
        return [Link(dossier.round.title, LINKS.to("round", dossier.round_id))]
    return [Link(_("My work"), LINKS.to("work", ""))]


def to_dossier(dossier: Dossier, person: Person, name: str) -> list[Link]:
    """Return the way back from a page within a dossier."""
    return [*to_round(dossier, person), Link(name, LINKS.to("dossier", dossier.pk))]
