"""Rounds: those there are, and opening one."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.permissions import may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, counted, named, stacked
from ntm_rules.web.deadlines import SUBMIT, day_of
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.evidence_files import plain_file_name
from ntm_rules.web.models import Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.opening import LARGEST_BEFORE, LARGEST_LAW, RoundAsked, looked_through, open_round, sets_offered
from ntm_rules.web.views.days import day_typed
from ntm_rules.wording.dates import on_day


def rounds(request: HttpRequest) -> HttpResponse:
    """Show all rounds."""
    rows = [
        [
            named(one.title, LINKS.to("round", one.pk)),
            counted(one.year),
            Cell(str(one.law)),
            Cell(on_day(day_of(one, SUBMIT, "") or one.submit_by)),
            Cell(on_day(timezone.localtime(one.closed_at).date()) if one.closed_at else ""),
        ]
        for one in rounds_with_law().prefetch_related("extensions")
    ]
    heads = [_("Round"), _("Year"), _("Criteria set"), _("Submit by"), _("Closed on")]
    table = stacked("rounds", _("Rounds"), heads, rows)
    new = Link(_("Open a round"), LINKS.to("new-round", "")) if may(request.user.actor, "new-round", "GET") else None
    return drawn(request, "rounds.html", _("Rounds"), here="rounds", table=table, empty=not rows, new=new)


LONGEST_COMMUNES = 200_000


class TypedRound(NamedTuple):
    """What somebody has typed to open a round."""

    title: str = ""
    year: str = ""
    set_id: str = ""
    submit_by: str = ""
    appraise_by: str = ""
    illustrative: bool = False
    communes: str = ""


def new_round(request: HttpRequest) -> HttpResponse:
    """Open a round: its year, the law it pins, its communes and days."""
    typed, wrong = TypedRound(set_id=next(iter(sets_offered()), "")), []
    if request.method == "POST":
        said = request.POST
        kept = {
            name: said.get(name, "").strip()[:200] for name in ("title", "year", "set_id", "submit_by", "appraise_by")
        }
        communes = said.get("communes", "").strip()[:LONGEST_COMMUNES]
        typed = TypedRound(**kept, illustrative="illustrative" in said, communes=communes)
        try:
            opened = _opened(request, typed)
        except NtmError as error:
            wrong = str(error).split("\n")
            if request.FILES:
                wrong.append(_("Choose the files again: the browser does not keep them."))
        else:
            tell(request, _("The round is open, with {n} communes.", n=opened.dossiers.count()))
            return HttpResponseRedirect(reverse("round", kwargs={"round": opened.pk}))
    return drawn(
        request, "new_round.html", _("Open a round"), here="rounds", typed=typed, wrong=wrong, sets=list(sets_offered()),
        trail=[Link(_("Rounds"), LINKS.to("rounds", ""))], status=422 if wrong else 200,
    )  # fmt: skip


def _opened(request: HttpRequest, typed: TypedRound) -> Round:
    wrong: list[Message] = []
    if typed.set_id not in sets_offered():  # never a folder of the server
        wrong.append(Message("Choose a criteria set of the list."))
    if not typed.title:
        wrong.append(Message("Give the round a title."))
    year = int(typed.year) if typed.year.isdecimal() and len(typed.year) == 4 else 0
    if not year:
        wrong.append(Message("The year must be four digits, such as 2026."))
    submit_by = day_typed(typed.submit_by)
    if submit_by is None:
        wrong.append(Message("Enter the day by which communes submit."))
    elif submit_by < timezone.localdate():
        wrong.append(Message("The day by which communes submit, {day}, has passed.", day=on_day(submit_by)))
    appraise_by = day_typed(typed.appraise_by)
    if typed.appraise_by and appraise_by is None:
        wrong.append(Message("The day by which agencies appraise is no day."))
    if submit_by is not None and appraise_by is not None and appraise_by < submit_by:
        wrong.append(Message("Agencies appraise by {day}, which is before communes submit.", day=on_day(appraise_by)))
    overlays = [(plain_file_name(file.name), file.read(LARGEST_LAW + 1)) for file in request.FILES.getlist("overlays")]
    before = request.FILES.get("before")
    held = (plain_file_name(before.name), before.read(LARGEST_BEFORE + 1)) if before else None
    asked = RoundAsked(
        typed.title,
        year,
        typed.set_id,
        submit_by or timezone.localdate(),
        appraise_by,
        typed.illustrative,
        overlays,
        held,
        typed.communes,
    )
    if not wrong:
        return open_round(request.user, asked)
    if year and typed.set_id in sets_offered():
        try:
            looked_through(asked)
        except NtmError as error:
            wrong += [Message("{words}", words=line) for line in str(error).split("\n")]
    raise NtmError(*wrong)
