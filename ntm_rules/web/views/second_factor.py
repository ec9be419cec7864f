"""The second factor: asked for when one signs in, and set up by whoever owes it or wants it."""

from __future__ import annotations

import time

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.web.drawing import drawn, tell
from ntm_rules.web.events import note
from ntm_rules.web.locking import failed, forgiven, locked_out
from ntm_rules.web.models import Person
from ntm_rules.web.second_factor import has, new_secret, owes, picture, set_up, takes

PENDING, SECRET = "pending", "secret"
WITHIN = 300
"""Seconds between the password and the code."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def await_code(request: HttpRequest, person: Person, then: str) -> HttpResponse:
    """Remember who gave the right password, and ask for the code."""
    request.session.cycle_key()
    request.session[PENDING] = [person.pk, int(time.time()), then, person.get_session_auth_hash()]
    return HttpResponseRedirect(reverse("second-factor"))


def second_factor(request: HttpRequest) -> HttpResponse:
    """Sign in with the code, after the password."""
    pk, since, then, held = request.session.get(PENDING, [0, 0, "", ""])
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None or person.get_session_auth_hash() != held or not 0 <= time.time() - since <= WITHIN:
        request.session.pop(PENDING, None)
        return HttpResponseRedirect(reverse("sign-in"))
    wrong = ""
    if request.method == "POST":
        address = request.META.get("REMOTE_ADDR", "")
        if locked_out(person.username, address):
            wrong = locked_words()
        elif takes(person, request.POST.get("code", "")[:20]):
            request.session.pop(PENDING, None)
            login(request, person, backend=BACKEND)
            forgiven(person.username)
            note("sign-in", person, second_factor=True)
            return HttpResponseRedirect(then)
        else:
            failed(person.username, address)
            wrong = _("The code is not right, or was used already; wait for the next one.")
    return drawn(
        request, "second_factor.html", _("Code from your telephone"), wrong=wrong, status=422 if wrong else 200
    )


def locked_words() -> str:
    """Return what somebody is told who has tried too often."""
    return _("Too many attempts. Wait 15 minutes, or ask the administrator to reset the account.")


def enrol(request: HttpRequest) -> HttpResponse:
    """Set the second factor up: scan, then show that it works; one that is there is replaced only with its own code."""
    person, wrong = request.user, ""
    secret = request.session.get(SECRET) or new_secret()
    request.session[SECRET] = secret
    there = has(person)
    if request.method == "POST":
        address = request.META.get("REMOTE_ADDR", "")
        if locked_out(person.username, address):
            wrong = locked_words()
        elif there and not takes(person, request.POST.get("old", "")[:20]):
            failed(person.username, address)
            wrong = _("The code of the present telephone is not right.")
        elif set_up(person, secret, request.POST.get("code", "")[:20]):
            request.session.pop(SECRET, None)
            tell(request, _("The second factor is set up: signing in asks for a code from now on."))
            return HttpResponseRedirect(reverse("work"))
        else:
            wrong = _("The code is not right. Look whether the clock of the telephone is set by the network.")
    return drawn(
        request, "enrol.html", _("Second factor"), wrong=wrong, there=there, owed=owes(person), secret=secret,
        picture=Markup(picture(person, secret)), status=422 if wrong else 200,  # nosec B704  # noqa: S704 - drawn by us from our own secret
    )  # fmt: skip
