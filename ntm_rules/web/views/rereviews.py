"""Recognised communes that are no more: shown to be reviewed again, and the dossier opened that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.web.access import subject_of
from ntm_rules.web.closing import LONGEST
from ntm_rules.web.drawing import LINKS, tell
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.models import Dossier, Person, Round
from ntm_rules.web.rereviews import Ended, Review, open_review, reviews
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day


class ReviewShown(NamedTuple):
    """A unit that is to be reviewed again."""

    code: str
    name: str
    of: Sequence[str]
    """The recognised communes that went into it."""
    dossier: Link | None
    """That reviews it, where one was opened."""
    state: str
    rounds: Sequence[tuple[str, str | None]]
    """In which it can be opened by this person: title and address."""


def reviews_shown(person: Person, removals: Sequence[Ended]) -> list[ReviewShown]:
    """Return the units that are to be reviewed again, as a person sees them."""
    return [_shown(person, one) for one in reviews(removals)]


def _shown(person: Person, one: Review) -> ReviewShown:
    of = [
        _("{name}: {decision}, ended on {day}", name=full_name(each.unit), decision=each.entered.recognised.number,
          day=on_day(each.day))
        for each in one.of
    ]  # fmt: skip
    dossier, link, state = one.dossier, None, _("to be reviewed again")
    if dossier is not None:
        seen = may(person.actor, "dossier", "GET", subject_of(dossier))
        link = Link(dossier.round.title, LINKS.to("dossier", dossier.pk) if seen else "")
        state = dossier.stands.words
    opens = dossier is None and may(person.actor, "rereview", "POST", Subject())
    rounds = [(each.title, LINKS.to("rereview", each.pk)) for each in one.rounds] if opens else []
    return ReviewShown(one.unit.code, full_name(one.unit), of, link, state, rounds)


def rereview(request: HttpRequest, round: int) -> HttpResponse:
    """Open the dossier that reviews a unit again."""
    one = get_object_or_404(Round.objects.select_related("law"), pk=round)
    said = request.POST
    try:
        dossier = open_review(
            one, request.user, said.get("unit", "")[:20], said.get("reason", "").strip()[: LONGEST + 1]
        )
    except NtmError as error:
        tell(request, *str(error).split("\n"), good=False)
        return HttpResponseRedirect(reverse("register"))
    tell(request, _("The dossier reviews the unit again; its commune is told."))
    return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier.pk}))


def reviewed_words(dossier: Dossier) -> list[str]:
    """Return of which recognised communes a dossier reviews what they went into."""
    rows = dossier.rereviews.select_related("decision__dossier__round__law")
    return [
        _(
            "Reviewed again after a merger: {name} was recognised by {decision}. {reason}",
            name=full_name(law_of_dossier(row.decision.dossier).rules.communes[row.decision.dossier.commune]),
            decision=row.decision.number, reason=row.reason,
        )
        for row in rows
    ]  # fmt: skip
