"""Pages that everybody reads without an account, where the installation publishes: dossiers in comment, and remarks on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ntm_rules.appraisal.permissions import may
from ntm_rules.appraisal.remarks import LONGEST_NAME, LONGEST_TEXT, Opinion
from ntm_rules.appraisal.states import State
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, badge_of, named, stacked
from ntm_rules.web.access import subject_of
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell
from ntm_rules.web.findings import appraised
from ntm_rules.web.models import Dossier
from ntm_rules.web.models.dossiers import dossiers_with_round
from ntm_rules.web.remarks import Moderated, counted, moderate, moderated, receive
from ntm_rules.web.views.item_words import found_words
from ntm_rules.web.views.standings import Stood, headline, stood

MOST_SHOWN = 200
RECEIVED = "da-nhan"


class RemarkShown(NamedTuple):
    """One remark that everybody reads."""

    who: str
    day: str
    opinion: str
    lines: Sequence[str]


def published(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that are in comment."""
    rows = dossiers_with_round().filter(state=State.IN_COMMENT.value, round__closed_at=None)
    found = [stood(dossier) for dossier in rows]
    return drawn(
        request, "published.html", _("Results published for comment"), warnings=found[0].warnings if found else (),
        found=[Link(f"{one.name}, {one.dossier.round.year}", LINKS.to("public", one.dossier.pk)) for one in found],
    )  # fmt: skip


def public(request: HttpRequest, dossier: int) -> HttpResponse:
    """Show what the agencies confirmed of one commune; take a remark."""
    one = stood(request.dossier)
    typed = {name: request.POST.get(name, "")[: LONGEST_TEXT + 1] for name in ("name", "opinion", "text")}
    wrong: list[str] = []
    if request.method == "POST":
        try:
            receive(dossier, str(request.META.get("REMOTE_ADDR", "")), **typed)
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            return HttpResponseRedirect(f"{reverse('public', kwargs={'dossier': dossier})}?{RECEIVED}=1#y-kien")
    found = [each for each in moderated(one.dossier) if each.shows]
    confirmed = appraised(one.law, one.dossier, one.figures).confirmed
    return drawn(
        request, "public.html", f"{one.name}, {one.dossier.round.year}", warnings=one.warnings, wrong=wrong, typed=typed,
        trail=[Link(_("Results published for comment"), LINKS.to("published", ""))], received=RECEIVED in request.GET,
        remarks=[_shown(each) for each in found[:MOST_SHOWN]], cut=max(0, len(found) - MOST_SHOWN),
        headline=headline(confirmed), table=_results(one), opinions=[(each.value, each.words) for each in Opinion],
        public_page=True, closed=one.dossier.round.is_closed, longest_name=LONGEST_NAME, longest=LONGEST_TEXT, status=422 if wrong else 200,
    )  # fmt: skip


def _results(one: Stood) -> PageTable:
    """Return what the agencies confirmed, requirement by requirement; no document, no file, nobody's name."""
    standing = appraised(one.law, one.dossier, one.figures)
    rows = []
    for requirement in one.law.rules.requirements():
        found = standing.confirmed.find(requirement.id)
        if found is not None:
            rows.append(
                [
                    named(f"{requirement.id} {requirement.words}"),
                    Cell(found_words(standing, requirement.measure)),
                    Cell("", badge=badge_of(found.verdict)),
                ]
            )
    heads = [_("Requirement"), _("Figure"), _("Result")]
    return stacked("results", _("As the agencies have confirmed it"), heads, rows)


def _shown(each: Moderated) -> RemarkShown:
    row = each.remark
    opinion = Opinion(row.opinion).words if row.opinion in set(Opinion) else ""
    return RemarkShown(row.name or _("A resident"), at_time(row.at), opinion, row.text.splitlines())


class RemarkKept(NamedTuple):
    """One remark as the standing office sees it."""

    id: int
    shown: RemarkShown
    state: str
    shows: bool
    address: str | None


def remarks_on(dossier: Dossier, request: HttpRequest) -> list[RemarkKept]:
    """Return the remarks on a dossier: all for who lets them appear, those that appear for everybody else."""
    acts = may(request.user.actor, "moderate", "POST", subject_of(dossier))
    found = [each for each in moderated(dossier) if acts or each.shows]
    return [
        RemarkKept(
            each.remark.pk, _shown(each), _state(each), each.shows,
            LINKS.to("moderate", f"{dossier.pk}/{each.remark.pk}") if acts else None,
        )
        for each in sorted(found, key=lambda each: each.last is not None)[:MOST_SHOWN]
    ]  # fmt: skip


def remark_counts(dossier: Dossier) -> str:
    """Return how many remarks came on a dossier, in words."""
    found = counted(dossier)
    return _(
        "{received} comments came from the public page: {waiting} wait, {shown} appear ({satisfied} satisfied, {other} not), {kept} are kept back.",
        received=found.received, waiting=found.waiting, shown=found.shown, satisfied=found.satisfied,
        other=found.not_satisfied, kept=found.kept_back,
    )  # fmt: skip


def _state(each: Moderated) -> str:
    if each.last is None:
        return _("waits to be looked through")
    if each.last.shows:
        return _("everybody reads it")
    return _("kept back: {reason}", reason=each.last.reason)


def moderation(request: HttpRequest, dossier: int, remark: int) -> HttpResponse:
    """Let a remark appear, or keep it back."""
    one = get_object_or_404(request.dossier.remarks, pk=remark)
    shows, where = request.POST.get("do") == "show", f"{reverse('comments', kwargs={'dossier': dossier})}#y-kien"
    try:
        moderate(dossier, request.user, one.pk, request.POST.get("reason", ""), shows=shows)
    except NtmError as error:
        tell(request, *str(error).split("\n"), good=False, at="y-kien")
    else:
        tell(request, _("Everybody reads the comment now.") if shows else _("The comment is kept back."), at="y-kien")
    return HttpResponseRedirect(where)
