"""Who stands in for an agency's head; a commune's answer to what agencies asked for."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ntm_rules.appraisal.findings import LONGEST_REASON
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.appraising import answer as answered
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.findings import agencies_of
from ntm_rules.web.laws import law_in_force
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.standing_in import appoint, end, in_effect, people_of
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.standings import stood
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day

TYPED = ("person", "since", "until", "reason")
"""What is filled in to appoint a substitute."""


class StandIn(NamedTuple):
    """Somebody who stands in, or is to."""

    id: int
    who: str
    days: str
    reason: str


def substitutes(request: HttpRequest, agency: str) -> HttpResponse:
    """Show who stands in for the head of an agency; appoint somebody, or end it."""
    latest = rounds_with_law().first()
    law = law_in_force(latest) if latest is not None else None
    if law is None or agency not in agencies_of(law):
        raise Http404
    typed, wrong = {name: request.POST.get(name, "")[:LONGEST_REASON] for name in TYPED}, list[str]()
    if request.method == "POST":
        said = request.POST
        try:
            if said.get("do") == "end":
                end(agency, request.user, _number(said.get("substitution", "")))
                tell(request, _("The substitution has ended."))
            else:
                days = (day_typed(said.get("since", "")), day_typed(said.get("until", "")))
                appoint(agency, request.user, _number(said.get("person", "")), *days, said.get("reason", ""))
                tell(request, _("The substitute is appointed."))
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            return HttpResponseRedirect(reverse("substitutes", kwargs={"agency": agency}))
    standing = [
        StandIn(one.pk, str(one.person), _("{since} to {until}", since=on_day(one.since), until=on_day(one.until)), one.reason)
        for one in in_effect(agency)
    ]  # fmt: skip
    people = [(str(one.pk), str(one)) for one in people_of(agency) if one.pk != request.user.pk]
    return drawn(
        request, "substitutes.html", _("Who stands in for the head"), here="rounds", standing=standing, people=people,
        trail=[Link(_("My work"), LINKS.to("work", ""))], agency=agency_name(law.rules, agency),
        typed=typed, wrong=wrong, status=422 if wrong else 200,
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def answer(request: HttpRequest, dossier: int) -> HttpResponse:
    """Answer what agencies asked for: the figures are frozen again and go back to the experts."""
    one = stood(request.dossier)
    seen: dict[str, int] = {}
    for name in request.POST.getlist("item")[:500]:
        measure, _colon, number = name.rpartition(":")
        if number.isdecimal() and len(number) < 12:
            seen[measure] = int(number)
    acted = answered(one.law, dossier, request.user, seen, request.POST.get("reason", "")[: LONGEST_REASON + 1])
    if acted.done:
        tell(request, _("Answered: {n} figures go back to the agencies.", n=len(acted.done)))
    elif seen and not acted.refused:
        tell(request, _("Answered already; the figures are with the agencies."))
    elif not seen:
        tell(request, _("Nothing was changed."))
    for said in dict.fromkeys(words for refused in acted.refused.values() for words in refused):
        tell(request, said, good=False)
    return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))
