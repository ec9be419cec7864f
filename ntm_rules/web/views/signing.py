"""Signing in and out, one's password and one's language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ntm_rules.i18n import LANGUAGES, _
from ntm_rules.web.access import LANGUAGE_COOKIE
from ntm_rules.web.drawing import drawn, tell
from ntm_rules.web.events import note
from ntm_rules.web.locking import failed, forgiven, locked_out
from ntm_rules.web.second_factor import BY_PROVIDER, has
from ntm_rules.web.views.second_factor import await_code, locked_words


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in, and go on to where one wanted to go."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("work"))
    then = request.POST.get("next", request.GET.get("next", ""))
    wrong = ""
    name = request.POST.get("username", "")[:80]
    if request.method == "POST":
        address = request.META.get("REMOTE_ADDR", "")
        if locked_out(name, address):
            return _asked(request, then, locked_words(), name)
        person = authenticate(request, username=name, password=request.POST.get("password", "")[:200])
        if person is not None:
            request.session.pop(BY_PROVIDER, None)
        if person is not None and has(person):
            return await_code(request, person, own_page(request, then))
        if person is not None:
            login(request, person)
            forgiven(name)
            note("sign-in", person)
            return HttpResponseRedirect(own_page(request, then))
        failed(name, address)
        wrong = _("Name and password do not match an open account. Look at the spelling; the administrator can help.")
    return _asked(request, then, wrong, name)


def _asked(request: HttpRequest, then: str, wrong: str, name: str) -> HttpResponse:
    return drawn(
        request, "sign_in.html", _("Sign in"), then=then, wrong=wrong, username=name, status=422 if wrong else 200,
        provider=settings.NTM.provider.name if settings.NTM.provider.there else "",
        provider_address=f"{reverse('provider-go')}?{urlencode({'next': then})}",
    )  # fmt: skip


def own_page(request: HttpRequest, then: str) -> str:
    """Return where to go on: a page of ours, never one elsewhere."""
    safe = then.startswith("/") and url_has_allowed_host_and_scheme(
        then, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return then if safe else reverse("work")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; a link alone does not, so that no other page can."""
    if request.method == "POST":
        note("sign-out", request.user)
        logout(request)
    return HttpResponseRedirect(reverse("sign-in" if request.method == "POST" else "work"))


def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages."""
    wanted = request.POST.get("language", "")
    back = HttpResponseRedirect(own_page(request, request.POST.get("next", "")))
    if request.method == "POST" and wanted in LANGUAGES:
        back.set_cookie(LANGUAGE_COOKIE, wanted, max_age=365 * 86400, samesite="Lax", secure=request.is_secure())
        if request.user.is_authenticated:
            request.user.language = wanted
            request.user.save(update_fields=["language"])
    return back


def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    wrong: list[str] = []
    if request.method == "POST":
        fresh = request.POST.get("fresh", "")
        if not request.user.check_password(request.POST.get("old", "")):
            wrong.append(_("The present password is not right."))
        if fresh != request.POST.get("again", ""):
            wrong.append(_("The two new passwords differ."))
        wrong += password_faults(fresh, request.user)
        if not wrong:
            request.user.set_password(fresh)
            request.user.must_change_password = False
            request.user.save(update_fields=["password", "must_change_password"])
            update_session_auth_hash(request, request.user)
            note("password", request.user)
            tell(request, _("Your password is changed."))
            return HttpResponseRedirect(reverse("work"))
    return drawn(request, "password.html", _("Change password"), wrong=wrong, status=422 if wrong else 200)


def password_faults(fresh: str, person: object = None) -> list[str]:
    """Return what is wrong with a new password."""
    try:
        password_validation.validate_password(fresh, person)
    except ValidationError as error:
        said = {
            "password_too_short": _("The new password is shorter than 10 characters."),
            "password_too_common": _("The new password is one that many use; choose another."),
            "password_too_similar": _("The new password is like your name; choose another."),
            "password_entirely_numeric": _("The new password is digits alone; add letters."),
        }
        return [said.get(one.code or "", str(one.message)) for one in error.error_list]
    return []
