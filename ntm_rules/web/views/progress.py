"""A leader's page on a round: who has worked, who is late, where the results are; and one's own days as a calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, Number, PageTable, named, stacked
from ntm_rules.web.calendars import calendar_of
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.laws import Opened, law_of_page
from ntm_rules.web.layer_tables import layer_tables
from ntm_rules.web.models import Person, Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.progress import AgencyProgress, CommuneProgress, of_agencies, of_communes
from ntm_rules.web.views.standings import all_stood, warnings_of
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day


def progress(request: HttpRequest, round: int) -> HttpResponse:
    """Show how far everybody is; what comes out stands on pages of its own."""
    one = get_object_or_404(rounds_with_law().prefetch_related("extensions"), pk=round)
    law = law_of_page(one)
    communes, agencies = of_communes(one, all_stood(one)), of_agencies(one, law)
    return drawn(
        request, "progress.html", _("Progress of the round"), here="rounds", warnings=warnings_of(one, law),
        trail=[Link(one.title, LINKS.to("round", one.pk))],
        numbers=_numbers(communes, agencies), late=_late(law, communes, agencies), results=results_of(request.user, one),
        communes=_communes(request.user, communes), agencies=_agencies(request.user, one, law, agencies),
        calendar=LINKS.to("calendar", ""),
    )  # fmt: skip


def results_of(person: Person, one: Round) -> list[Link]:
    """Return the pages of results that this person may see: of each layer all communes and the page for a leader."""
    if not may(person.actor, "overview", "GET"):
        return []
    pages = ((_("results of all communes"), "index.html"), (_("one page for a leader"), "mot-trang.html"))
    return [
        Link(f"{table.words}: {words}", LINKS.to("overview", f"{one.pk}/{table.name}/{file}"))
        for table in layer_tables(one)
        for words, file in pages
    ]


def _numbers(communes: list[CommuneProgress], agencies: list[AgencyProgress]) -> list[Number]:
    """Return the counts of a round, each leading to where they come from."""
    states = [one.dossier.state for one in communes]
    handed_in = len(communes) - states.count("open")
    confirmed, figures = sum(one.confirmed for one in agencies), sum(one.figures for one in agencies)
    asked = sum(one.entered.asked for one in communes)
    return [
        Number("#cac-xa", f"{sum(one.entered.given for one in communes)}/{asked}", _("figures and answers entered")),
        Number("#cac-xa", f"{handed_in}/{len(communes)}", _("communes have submitted")),
        Number("#co-quan", f"{confirmed}/{figures}", _("figures confirmed by the agencies")),
        Number(
            "#tre",
            sum(one.late > 0 for one in communes) + sum(one.late > 0 for one in agencies),
            _("communes and agencies are late"),
        ),
    ]


def _late(law: Opened, communes: list[CommuneProgress], agencies: list[AgencyProgress]) -> list[str]:
    said = [(one.late, one.name) for one in communes] + [
        (one.late, agency_name(law.rules, one.agency)) for one in agencies
    ]
    return [_("{name}: {n} days late", name=name, n=days) for days, name in sorted(said, key=lambda x: -x[0]) if days]


def _communes(person: Person, communes: list[CommuneProgress]) -> PageTable:
    rows = []
    for one in communes:
        dossier = one.dossier
        seen = may(person.actor, "dossier", "GET", Subject(dossier.commune, dossier.stands))
        due, late = due_words(one.due, True) if one.due else ("", False)
        rows.append(
            [
                named(one.name, LINKS.to("dossier", dossier.pk) if seen else None),
                Cell(dossier.stands.words),
                Cell(f"{one.entered.given}/{one.entered.asked}", "number", one.entered.given),
                Cell(on_day(timezone.localtime(one.last).date()) if one.last else ""),
                Cell(due, "late" if late else ""),
            ]
        )
    heads = [_("Commune"), _("Where it stands"), _("Entered"), _("Last entry"), _("Due")]
    return stacked("progress", _("How far each commune is"), heads, rows)


def _agencies(person: Person, one: Round, law: Opened, agencies: list[AgencyProgress]) -> PageTable:
    rows = []
    for each in agencies:
        seen = may(person.actor, "queue", "GET", Subject(agency=each.agency))
        due, late = due_words(each.due, True) if each.due else ("", False)
        where = LINKS.to("queue", f"{one.pk}/{each.agency}") if seen else None
        counts = (each.waiting, each.asked, each.proposed, each.confirmed)
        rows.append(
            [
                named(agency_name(law.rules, each.agency), where),
                *(Cell(n, "number", n) for n in counts),
                Cell(due, "late" if late else ""),
            ]
        )
    heads = [_("Agency"), _("To appraise"), _("Asked of communes"), _("To confirm"), _("Confirmed"), _("Due")]
    return stacked("progress", _("Figures of dossiers under appraisal"), heads, rows)


def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out this person's days as a calendar."""
    response = HttpResponse(calendar_of(request.user), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="han.ics"'
    return response
