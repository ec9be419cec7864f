"""One round: how its communes get on, its days and how they were changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, badge_of, named, stacked
from ntm_rules.web.closing import LONGEST
from ntm_rules.web.deadlines import APPRAISE, SUBMIT, change_day, day_of
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.findings import agencies_of
from ntm_rules.web.laws import Opened, law_in_force, law_of_page, overlays_of
from ntm_rules.web.layer_tables import layer_tables
from ntm_rules.web.models import Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.people import places_of
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.progress import results_of
from ntm_rules.web.views.standings import Stood, all_stood, closed_words, warnings_of
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day


class DayTyped(NamedTuple):
    """What somebody has typed to change a day, and what is wrong with it."""

    what: str = SUBMIT
    place: str = ""
    day: str = ""
    reason: str = ""
    wrong: Sequence[str] = ()


def round_(request: HttpRequest, round: int) -> HttpResponse:
    """Show how the communes of a round get on: who has worked, apart from what comes out."""
    return _drawn(request, _round(round), DayTyped())


def _round(round: int) -> Round:
    found: Round = get_object_or_404(rounds_with_law().prefetch_related("extensions"), pk=round)
    return found


def _drawn(request: HttpRequest, one: Round, typed: DayTyped) -> HttpResponse:
    all_of = all_stood(one)
    law, actor = law_of_page(one), request.user.actor
    submit_by, appraise_by = day_of(one, SUBMIT, "") or one.submit_by, day_of(one, APPRAISE, "")
    due, late = due_words(submit_by, True)
    overlays = [f"{overlay.name} ({overlay.sha256[:12]})" for overlay in overlays_of(one, one.pinned_id)]
    facts = [
        (_("Year"), str(one.year)),
        (_("Criteria set"), f"{law.rules.title} ({one.law.set_id} {one.law.version})"),
        (_("Pinned law"), _("files {files}, rules {rules}", files=one.law.sha256[:12], rules=one.rules_sha256[:12])),
        (_("Later decisions laid on"), "; ".join(overlays) or _("none")),
        (_("Submit by"), on_day(submit_by) if one.is_closed else due),
    ]
    if appraise_by:
        facts.append((_("Appraise by"), on_day(appraise_by)))
    kept = sum(each.dossier.pinned_id is not None for each in all_of)
    if kept:
        words = _("{n} dossiers; they have pages of results and tables of figures of their own", n=kept)
        facts.append((_("Decided under an earlier version"), words))
    closed = closed_words(one)
    open_ = Subject(closed=one.is_closed)
    return drawn(
        request, "round.html", one.title, here="rounds", facts=facts, late=late and not one.is_closed, closed=closed, table=_communes(request.user, all_of),
        trail=[Link(_("Rounds"), LINKS.to("rounds", ""))], warnings=warnings_of(one, law),
        council=Link(_("The council"), LINKS.to("council", one.pk)) if may(actor, "council", "GET") else None,
        counts=_states(all_of), agencies=_agencies(request.user, one, law),
        layers=_layers(request.user, one), extend=LINKS.to("extend", one.pk) if may(actor, "extend", "POST", open_) else None,
        typed=typed, whats=[(SUBMIT, _("Communes submit")), (APPRAISE, _("Agencies appraise"))], closing=_closing(one) if may(actor, "close-round", "GET") else None,
        versions=Link(_("Version of the criteria"), LINKS.to("law-versions", one.pk)) if may(actor, "law-versions", "GET") else None,
        results=[Link(_("Progress: who has worked, who is late"), LINKS.to("progress", one.pk)), *results_of(request.user, one)],
        places=sorted(places_of(law.rules).items(), key=lambda place: place[1]), extensions=_extensions(one, law), status=422 if typed.wrong else 200,
    )  # fmt: skip


def _agencies(person: Person, one: Round, law: Opened) -> list[Link]:
    """Return the queues of the agencies that this person may see."""
    return [
        Link(agency_name(law.rules, agency), LINKS.to("queue", f"{one.pk}/{agency}"))
        for agency in agencies_of(law)
        if may(person.actor, "queue", "GET", Subject(agency=agency))
    ]


def _layers(person: Person, one: Round) -> list[Link]:
    """Return the tables of figures that other commands read."""
    if not may(person.actor, "layer", "GET"):
        return []
    return [
        Link(_("{layer}: figures as CSV", layer=table.words), LINKS.to("layer", f"{one.pk}/{table.name}"))
        for table in layer_tables(one)
    ]


def _extensions(one: Round, law: Opened) -> list[str]:
    """Return the days that were put off, in words."""
    places = places_of(law.rules)
    whats = {SUBMIT: _("Submit by"), APPRAISE: _("Appraise by")}
    return [
        f"{whats[e.what]} {on_day(e.day)} ({places.get(e.place, e.place) or _('all')}): {e.reason}"
        for e in one.extensions.all()
    ]


def _states(all_of: list[Stood]) -> str:
    found: dict[str, int] = {}
    for one in all_of:
        words = one.dossier.stands.words
        found[words] = found.get(words, 0) + 1
    return "; ".join(_("{words}: {n}", words=words, n=n) for words, n in found.items())


def _communes(person: Person, all_of: list[Stood]) -> PageTable:
    rows = []
    for one in all_of:
        dossier, judged = one.dossier, one.judged
        seen = may(person.actor, "dossier", "GET", Subject(dossier.commune, dossier.stands))
        done = judged.completeness()
        met = sum(part.verdict.name == "MET" for part in judged.result.children)
        last = max((figure.at for figure in one.figures.values()), default=None)
        rows.append(
            [
                named(one.name, LINKS.to("dossier", dossier.pk) if seen else None),
                Cell(dossier.stands.words),
                Cell(f"{done.given}/{done.asked}", "number", done.given),
                Cell(on_day(timezone.localtime(last).date()) if last else ""),
                Cell(f"{met}/{len(judged.result.children)}" if judged.says_something else "", "number", met),
                Cell("", badge=badge_of(judged.result.verdict)) if judged.says_something else Cell(""),
            ]
        )
    heads = [_("Commune"), _("Where it stands"), _("Entered"), _("Last entry"), _("Criteria met"), _("Result so far")]
    return stacked("communes", _("Progress, and apart from it what comes out so far"), heads, rows)


def _closing(one: Round) -> Link:
    words = _("Open the round again") if one.is_closed else _("Close the round")
    return Link(words, LINKS.to("close-round", one.pk))


def extend(request: HttpRequest, round: int) -> HttpResponse:
    """Change a day, with the reason; what cannot be is said where it was typed."""
    if request.method == "GET":
        return HttpResponseRedirect(f"{reverse('round', kwargs={'round': round})}#ngay")
    one = _round(round)
    typed = DayTyped(*(request.POST.get(name, "").strip()[:LONGEST] for name in ("what", "place", "day", "reason")))
    if typed.place and typed.place not in places_of(law_in_force(one).rules):
        raise Http404
    try:
        change_day(one, request.user, typed.what, typed.place, day_typed(typed.day), typed.reason)
    except NtmError as error:
        return _drawn(request, one, typed._replace(wrong=str(error).split("\n")))
    tell(request, _("The day is changed."))
    return HttpResponseRedirect(reverse("round", kwargs={"round": round}))
