"""Every request: who asks, whether it may be, in which language, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.appraisal.permissions import ACCESS, NOTHING, Open, Published, Scope, Subject, may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import LANGUAGES, call_rows_below, in_language
from ntm_rules.web.findings import asked_in
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.models.dossiers import dossiers_with_round
from ntm_rules.web.second_factor import BY_PROVIDER, owes
from ntm_rules.web.tokens import shown
from ntm_rules.web.views.wrong import over
from ntm_rules.wording.communes import units_below

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""No script within a page, none from elsewhere, none made of words."""
LANGUAGE_COOKIE = "ntm-lang"
NUL = "\0"
ALWAYS = frozenset({"sign-in", "sign-out", "language", "password", "enrol", "openapi"})
"""Addresses that are open to who must change a password or set a second factor up first."""


def without_nul(query: QueryDict) -> QueryDict:
    """Return what was sent without the one sign that no person types and that PostgreSQL keeps in no text."""
    if not any(NUL in text for name, texts in query.lists() for text in (name, *texts)):
        return query
    plain = QueryDict(mutable=True)
    for name, texts in query.lists():
        plain.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    return plain


def headers(answer: Answer) -> Answer:
    """Tell the browser that nothing foreign belongs to a page, and to keep no copy of it."""

    def told(request: HttpRequest) -> HttpResponse:
        request.get_host()  # one that is not ours is refused before anything is looked up
        request.GET = without_nul(request.GET)
        request.COOKIES = {name: text.replace(NUL, "") for name, text in request.COOKIES.items()}
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return told


def spoken(answer: Answer) -> Answer:
    """Answer in the language of whoever asks."""

    def said(request: HttpRequest) -> HttpResponse:
        person = request.user
        language = person.language if person.is_authenticated else request.COOKIES.get(LANGUAGE_COOKIE, "vi")
        call_rows_below(None)  # the law of a dossier or a round says otherwise
        with in_language(language if language in LANGUAGES else "vi"):
            return answer(request)

    return said


class Access:
    """Looks every address up in the one map: what somebody may not see is not there."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, kwargs: dict[str, Any]) -> Any:
        """Let a request pass, send it to sign in, or know of no such page."""
        address = str(request.resolver_match.url_name) if request.resolver_match else ""
        if address not in ACCESS:
            raise Http404
        if request.method == "POST":
            request.POST = without_nul(request.POST)
        wanted = ACCESS[address]
        if isinstance(wanted, Scope):
            return _to_program(request, wanted)
        actor = request.user.actor if request.user.is_authenticated else None
        if actor is None and wanted is not Open.EVERYBODY and not isinstance(wanted, Published):
            return HttpResponseRedirect(_sign_in(request))
        if actor is not None and address not in ALWAYS and (first := _owed_first(request)):
            return HttpResponseRedirect(reverse(first))
        subject = NOTHING._replace(agency=kwargs.get("agency"))
        if "dossier" in kwargs:
            dossier = get_object_or_404(dossiers_with_round(), pk=kwargs["dossier"])
            request.dossier = dossier
            subject = subject_of(dossier, kwargs.get("measure"))._replace(agency=kwargs.get("agency"))
        elif "round" in kwargs and request.method == "POST":
            closed = Round.objects.filter(pk=kwargs["round"]).exclude(closed_at=None).exists()
            subject = subject._replace(closed=closed)
        if isinstance(wanted, Published):
            subject = subject._replace(published=settings.NTM.public_comments)
        if not may(actor, address, request.method or "", subject):
            if subject.closed and may(actor, address, request.method or "", subject._replace(closed=False)):
                return over(request)
            raise Http404
        if "dossier" in kwargs:
            _speak_as_the_law_does(request.dossier)
        return None


def _speak_as_the_law_does(dossier: Dossier) -> None:
    """Call what stands below a commune as the law of its dossier does, whatever other rounds a page names."""
    try:
        call_rows_below(units_below(law_of_dossier(dossier).rules.communes))
    except NtmError:
        return  # what is wrong with the law the page itself tells


def _to_program(request: HttpRequest, scope: Scope) -> HttpResponse | None:
    """Let a program pass that shows a token of the scope."""
    token = shown(request)
    if token is None:
        answer = JsonResponse({"error": "A token is needed: Authorization: Bearer ntm_..."}, status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if scope.value not in token.scopes.split():
        return JsonResponse({"error": f"The token has not the scope {scope.value}."}, status=403)
    if request.method not in ("GET", "HEAD"):
        return JsonResponse({"error": "Read only."}, status=405)
    return None


def _owed_first(request: HttpRequest) -> str:
    """Return the address of what somebody must do before anything else; empty: nothing.

    Whose provider let him in has used no password of ours, and need not change it.
    """
    person: Person = request.user
    if person.must_change_password and not getattr(request, "session", {}).get(BY_PROVIDER):
        return "password"
    return "enrol" if owes(person) else ""


def subject_of(dossier: Dossier, measure: str | None = None) -> Subject:
    """Return a dossier as the map of permissions sees it; `measure`: what of it is meant, where it is one figure."""
    asked = asked_in(dossier)
    return Subject(
        dossier.commune,
        dossier.stands,
        asked=measure in asked if measure else bool(asked),
        closed=dossier.round.is_closed,
    )


def _sign_in(request: HttpRequest) -> str:
    where = reverse("sign-in")
    return f"{where}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else where
