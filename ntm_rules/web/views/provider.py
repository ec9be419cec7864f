"""Signing in at the provider: going there, and coming back as the account that an administrator has set."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.web.drawing import drawn
from ntm_rules.web.events import note
from ntm_rules.web.models import Identity
from ntm_rules.web.provider import Provider, begun, subject_of
from ntm_rules.web.second_factor import BY_PROVIDER, has
from ntm_rules.web.views.second_factor import BACKEND, await_code
from ntm_rules.web.views.signing import own_page

BEGUN, THEN = "provider", "provider-then"


def _provider() -> Provider:
    provider: Provider = settings.NTM.provider
    if not provider.there:
        raise Http404
    return provider


def _back(request: HttpRequest) -> str:
    return str(request.build_absolute_uri(reverse("provider-back")))


def go(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider."""
    provider = _provider()
    try:
        sign_in = begun(provider, _back(request))
    except NtmError as error:
        return _refused(request, str(error))
    request.session[BEGUN] = sign_in.remembered
    request.session[THEN] = own_page(request, request.GET.get("next", ""))
    return HttpResponseRedirect(sign_in.address)


def back(request: HttpRequest) -> HttpResponse:
    """Let somebody in who comes back, as the account that was set for whom the provider names."""
    provider = _provider()
    remembered, then = request.session.pop(BEGUN, None), request.session.pop(THEN, "")
    answered = {name: request.GET.get(name, "")[:2000] for name in ("state", "code", "error")}
    try:
        subject = subject_of(provider, _back(request), remembered, answered)
    except NtmError as error:
        return _refused(request, str(error))
    held = Identity.objects.select_related("person").filter(issuer=provider.issuer, subject=subject).first()
    if held is None or not held.person.is_active:
        said = _(
            "No open account is set for you here. Tell the administrator this identifier: {subject}", subject=subject
        )
        return _refused(request, said)
    if request.user.is_authenticated and request.user.pk != held.person.pk:
        return _refused(request, _("Somebody else is signed in here: sign out first."))
    request.session[BY_PROVIDER] = True
    if has(held.person):
        return await_code(request, held.person, own_page(request, then))
    login(request, held.person, backend=BACKEND)
    note("sign-in", held.person, provider=provider.issuer)
    return HttpResponseRedirect(own_page(request, then))


def _refused(request: HttpRequest, wrong: str) -> HttpResponse:
    return drawn(
        request, "sign_in.html", _("Sign in"), then="", wrong=wrong, username="", provider=settings.NTM.provider.name,
        provider_address=reverse("provider-go"), status=422,
    )  # fmt: skip
