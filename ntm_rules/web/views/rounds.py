"""Rounds: those there are, opening one, and how its communes get on."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ntm_rules.appraisal.layers import Layer
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, Row, Table, badge_of, counted, named, stacked
from ntm_rules.rulebook.loader import available_sets
from ntm_rules.web.deadlines import APPRAISE, SUBMIT
from ntm_rules.web.drawing import LINKS, drawn, tell
from ntm_rules.web.evidence_files import plain_file_name
from ntm_rules.web.findings import agencies_of
from ntm_rules.web.laws import Opened, law_in_force
from ntm_rules.web.models import Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.opening import LARGEST_BEFORE, LARGEST_LAW, RoundAsked, open_round
from ntm_rules.web.people import places_of
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.progress import results_of
from ntm_rules.web.views.standings import Stood, all_stood, warnings_of
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day


def rounds(request: HttpRequest) -> HttpResponse:
    """Show all rounds."""
    rows = [
        Row(
            [
                named(one.title, LINKS.to("round", one.pk)),
                counted(one.year),
                Cell(str(one.law)),
                Cell(on_day(one.submit_by)),
            ]
        )
        for one in rounds_with_law()
    ]
    table = stacked(
        "rounds", _("Rounds"), [_("Round"), _("Year"), _("Criteria set"), _("Submit by")], [row.cells for row in rows]
    )
    new = Link(_("Open a round"), LINKS.to("new-round", "")) if may(request.user.actor, "new-round", "GET") else None
    return drawn(request, "rounds.html", _("Rounds"), here="rounds", table=table, empty=not rows, new=new)


def round_(request: HttpRequest, round: int) -> HttpResponse:
    """Show how the communes of a round get on: who has worked, apart from what comes out."""
    one = get_object_or_404(rounds_with_law(), pk=round)
    all_of = all_stood(one)
    law = law_in_force(one)
    due, late = due_words(one.submit_by, True)
    overlays = [f"{overlay.name} ({overlay.sha256[:12]})" for overlay in one.overlays.all()]
    facts = [
        (_("Year"), str(one.year)),
        (_("Criteria set"), f"{law.rules.title} ({one.law.set_id} {one.law.version})"),
        (_("Pinned law"), _("files {files}, rules {rules}", files=one.law.sha256[:12], rules=one.rules_sha256[:12])),
        (_("Later decisions laid on"), "; ".join(overlays) or _("none")),
        (_("Submit by"), due),
    ]
    if one.appraise_by:
        facts.append((_("Appraise by"), on_day(one.appraise_by)))
    return drawn(
        request, "round.html", one.title, here="rounds", facts=facts, late=late, table=_communes(request.user, all_of),
        trail=[Link(_("Rounds"), LINKS.to("rounds", ""))], warnings=warnings_of(one, law),
        council=Link(_("The council"), LINKS.to("council", one.pk)) if may(request.user.actor, "council", "GET") else None,
        counts=_states(all_of), agencies=_agencies(request.user, one, law),
        layers=_layers(request.user, one), extend=LINKS.to("extend", one.pk) if may(request.user.actor, "extend", "POST") else None,
        results=[Link(_("Progress: who has worked, who is late"), LINKS.to("progress", one.pk)), *results_of(request.user, one)],
        places=sorted(places_of(law.rules).items(), key=lambda place: place[1]), extensions=_extensions(one, law),
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
        Link(_("{layer}: figures as CSV", layer=layer.words), LINKS.to("layer", f"{one.pk}/{layer.value}"))
        for layer in (Layer.SELF, Layer.AGENCY)
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


def _communes(person: Person, all_of: list[Stood]) -> Table:
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


LONGEST_COMMUNES = 200_000


class Typed(NamedTuple):
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
    typed, wrong = Typed(set_id=next(iter(available_sets()), "")), []
    if request.method == "POST":
        said = request.POST
        kept = {
            name: said.get(name, "").strip()[:200] for name in ("title", "year", "set_id", "submit_by", "appraise_by")
        }
        communes = said.get("communes", "").strip()[:LONGEST_COMMUNES]
        typed = Typed(**kept, illustrative="illustrative" in said, communes=communes)
        try:
            opened = _opened(request, typed)
        except NtmError as error:
            wrong = str(error).split("\n")
        else:
            tell(request, _("The round is open, with {n} communes.", n=opened.dossiers.count()))
            return HttpResponseRedirect(reverse("round", kwargs={"round": opened.pk}))
    return drawn(
        request, "new_round.html", _("Open a round"), here="rounds", typed=typed, wrong=wrong, sets=list(available_sets()),
        trail=[Link(_("Rounds"), LINKS.to("rounds", ""))], status=422 if wrong else 200,
    )  # fmt: skip


def _opened(request: HttpRequest, typed: Typed) -> Round:
    wrong: list[Message] = []
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
    if wrong:
        raise NtmError(*wrong)
    assert submit_by is not None
    overlays = [(plain_file_name(file.name), file.read(LARGEST_LAW + 1)) for file in request.FILES.getlist("overlays")]
    before = request.FILES.get("before")
    held = (plain_file_name(before.name), before.read(LARGEST_BEFORE + 1)) if before else None
    asked = RoundAsked(
        typed.title,
        year,
        typed.set_id,
        submit_by,
        appraise_by,
        typed.illustrative,
        overlays,
        held,
        typed.communes,
    )
    return open_round(request.user, asked)
