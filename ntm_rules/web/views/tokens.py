"""Tokens of programs: made, shown once, taken back."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.permissions import SCOPE_WORDS, Scope
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Cell, named, stacked
from ntm_rules.web.drawing import drawn, tell
from ntm_rules.web.models import Token
from ntm_rules.web.tokens import made, revoke
from ntm_rules.wording.dates import on_day


def tokens(request: HttpRequest) -> HttpResponse:
    """Show all tokens; make one or take one back."""
    wrong: list[str] = []
    said = request.POST
    name, scopes = said.get("name", "").strip()[:120], said.getlist("scope")
    if request.method == "POST":
        number = said.get("revoke", "")
        try:
            if number:
                revoke(request.user, int(number) if number.isdecimal() and len(number) < 16 else 0)
                tell(request, _("The token is taken back; it opens nothing any more."))
            else:
                token = made(request.user, name, scopes, _day(said.get("until", "")))
                tell(request, _("Token, shown once: {token}", token=token))
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            return HttpResponseRedirect(reverse("tokens"))
    rows = [
        [
            named(token.name),
            Cell(", ".join(_(SCOPE_WORDS[Scope(scope)]) for scope in token.scopes.split() if scope in set(Scope))),
            Cell(on_day(token.until)),
            Cell(str(token.made_by)),
            Cell(_state(token)),
        ]
        for token in Token.objects.select_related("made_by")
    ]
    heads = [_("Given to"), _("May read"), _("Until"), _("Made by"), _("State of the token")]
    live = list(Token.objects.filter(revoked_at=None, until__gte=timezone.localdate()))
    return drawn(
        request, "tokens.html", _("Access for programs"), here="tokens",
        table=stacked("tokens", _("Access for programs"), heads, rows) if rows else None, wrong=wrong, name=name,
        scopes=[(scope.value, _(words), scope.value in scopes) for scope, words in SCOPE_WORDS.items()], live=live,
        status=422 if wrong else 200,
    )  # fmt: skip


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return _("taken back")
    return _("ended") if token.until < timezone.localdate() else _("in use")


def _day(text: str) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(text)
    return None
