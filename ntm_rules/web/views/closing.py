"""Closing a round: what is unfinished and what becomes of it, the reason; and opening it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.web.closing import LONGEST, close, reopen, unfinished
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.laws import law_of_page
from ntm_rules.web.models import Dossier
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.standings import closed_words, warnings_of
from ntm_rules.wording.communes import full_name


def close_round(request: HttpRequest, round: int) -> HttpResponse:
    """Show what closing a round leaves unfinished; close it, or open it again."""
    one = get_object_or_404(rounds_with_law(), pk=round)
    reason, wrong = request.POST.get("reason", "").strip()[: LONGEST + 1], list[str]()
    if request.method == "POST":
        again = request.POST.get("do") == "reopen"
        try:
            (reopen if again else close)(one, request.user, reason)
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            tell(request, _("The round is open again.") if again else _("The round is closed."))
            return HttpResponseRedirect(reverse("round", kwargs={"round": round}))
    law, left = law_of_page(one), unfinished(one)
    names = {dossier.pk: full_name(law.rules.communes[dossier.commune]) for dossier in left}
    concluded = sum(dossier.stands is State.CONCLUDED for dossier in left)
    return drawn(
        request, "closing.html", _("Open the round again") if one.is_closed else _("Close the round"), here="rounds",
        trail=[Link(one.title, LINKS.to("round", round))], warnings=warnings_of(one, law), wrong=wrong, reason=reason,
        closed=closed_words(one), table=_table(left, names), ended=one.dossiers.count() - len(left), left=len(left),
        concluded=concluded, longest=LONGEST, status=422 if wrong else 200,
    )  # fmt: skip


def _table(left: list[Dossier], names: dict[int, str]) -> PageTable | None:
    """Return the dossiers that no decision has ended, with what becomes of each."""
    rows = [
        [
            named(names[dossier.pk], LINKS.to("dossier", dossier.pk)),
            Cell(dossier.stands.words),
            Cell(
                _("a decision may still be recorded")
                if dossier.stands is State.CONCLUDED
                else _("stays as it stands; not recognised in this round")
            ),
        ]
        for dossier in left
    ]
    heads = [_("Commune"), _("Where it stands"), _("After closing")]
    return stacked("unfinished", _("Dossiers without a decision"), heads, rows) if rows else None
