"""The decision on a commune recorded, its file handed out, and the register of recognised communes by year."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from ntm_rules.appraisal.permissions import may
from ntm_rules.appraisal.states import State
from ntm_rules.appraisal.steps import LONGEST_NOTE, StepForbidden, StepName
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, named, stacked
from ntm_rules.web.access import subject_of
from ntm_rules.web.deciding import KINDS, DecisionSaid, Entered, decide, rows_of
from ntm_rules.web.deciding import register as registered
from ntm_rules.web.drawing import LINKS, drawn, tell, to_dossier
from ntm_rules.web.evidence_files import KINDS as FILES
from ntm_rules.web.evidence_files import LARGEST, fetched
from ntm_rules.web.layer_tables import plain
from ntm_rules.web.models import Decision
from ntm_rules.web.rereviews import Ended, ended, registers
from ntm_rules.web.views.days import day_typed
from ntm_rules.web.views.rereviews import reviews_shown
from ntm_rules.web.views.standings import stood, warnings_of
from ntm_rules.wording.communes import full_name
from ntm_rules.wording.dates import on_day

YEAR_DIGITS = 4
FOLLOWS = {State.CONCLUDED: (StepName.RECOGNISE, StepName.REFUSE), State.RECOGNISED: (StepName.REVOKE,)}
"""What may be decided on a dossier as it stands."""


def record(request: HttpRequest, dossier: int) -> HttpResponse:
    """Record a decision: recognition, refusal or revocation, with number, day and file."""
    one = stood(request.dossier)
    this, wrong = one.dossier, list[str]()
    said = request.POST
    typed = {name: said.get(name, "").strip()[: LONGEST_NOTE + 1] for name in ("kind", "number", "day", "note")}
    if request.method == "POST":
        try:
            decide(one.law, dossier, request.user, _said(request, typed))
        except StepForbidden:
            raise Http404 from None
        except NtmError as error:
            wrong = list(dict.fromkeys(str(error).split("\n")))
            if request.FILES:
                wrong.append(_("Choose the files again: the browser does not keep them."))
        else:
            tell(request, _("The decision is recorded."))
            return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))
    kinds = [(kind.value, kind.words) for kind in FOLLOWS[this.stands]]
    papers = [
        Link(words, LINKS.to("paper", f"{dossier}/{paper}"))
        for paper, words in (("to-trinh", _("Draft submission (Word)")), ("quyet-dinh", _("Draft decision (Word)")))
        if may(request.user.actor, "paper", "GET", subject_of(this))
    ]
    return drawn(
        request, "record.html", _("Record a decision"), trail=to_dossier(this, request.user, one.name),
        warnings=one.warnings, typed=typed, wrong=wrong, kinds=kinds, seen=this.version, state=this.stands.words,
        papers=papers, status=422 if wrong else 200,
    )  # fmt: skip


def _said(request: HttpRequest, typed: dict[str, str]) -> DecisionSaid:
    if typed["kind"] not in KINDS:
        raise NtmError(Message("Choose what was decided."))
    file, seen = request.FILES.get("file"), request.POST.get("seen", "")
    held = (file.name, file.read(LARGEST + 1)) if file is not None else None
    number = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    day = day_typed(typed["day"])
    return DecisionSaid(StepName(typed["kind"]), number, typed["number"], day, typed["note"], held)


def file(request: HttpRequest, dossier: int, decision: int) -> HttpResponse:
    """Hand the file of a decision out, to be kept and not to be opened as a page."""
    row = get_object_or_404(Decision, pk=decision, dossier=dossier)
    if not row.sha256:
        raise Http404
    response = HttpResponse(fetched(row.sha256), content_type=FILES[row.file_kind].media_type)
    stem = row.name.rpartition(".")[0] or row.name
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}{FILES[row.file_kind].ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    del request
    return response


def register(request: HttpRequest) -> HttpResponse:
    """Show every commune that a decision has recognised, by year."""
    found = registered()
    gone = list(ended(found, registers())) if found else []
    years = list(dict.fromkeys(one.year for one in found))
    warnings = next((warnings_of(one.dossier.round, one.law) for one in found if one.dossier.round.illustrative), [])
    return drawn(
        request, "register.html", _("Register of recognised communes"), here="register", warnings=warnings,
        reviews=reviews_shown(request.user, gone), longest=LONGEST_NOTE // 2,
        tables=[(_year_table(request, [one for one in found if one.year == year], year, gone),
                 Link(_("The register of {year} as CSV, for other commands", year=year), LINKS.to("register-data", year)))
                for year in years],
    )  # fmt: skip


def _year_table(request: HttpRequest, found: list[Entered], year: int, gone: list[Ended]) -> PageTable:
    rows, of = [], {each.entered.dossier.pk: each for each in gone}
    for one in found:
        this = one.dossier
        seen = may(request.user.actor, "dossier", "GET", subject_of(this))
        revoked = one.revoked
        rows.append(
            [
                named(full_name(one.law.rules.communes[this.commune]), LINKS.to("dossier", this.pk) if seen else None),
                Cell(this.commune),
                Cell(one.recognised.number),
                Cell(on_day(one.recognised.day) if one.recognised.day else ""),
                Cell(f"{revoked.number}, {on_day(revoked.day)}" if revoked and revoked.day else ""),
                Cell(_gone(of.get(this.pk))),
            ]
        )
    heads = [_("Commune"), _("Code"), _("Decision of recognition"), _("Day"), _("Revoked by"), _("Ended on")]
    standing = sum(one.revoked is None and one.dossier.pk not in of for one in found)
    return stacked("register", _("{year}: {n} communes recognised", year=year, n=standing), heads, rows)


def _gone(one: Ended | None) -> str:
    """Return when a recognised commune ended, and what it went into."""
    if one is None:
        return ""
    return _("{day}, into {names}", day=on_day(one.day), names=", ".join(map(full_name, one.into)) or _("other units"))


def data(request: HttpRequest, year: int) -> HttpResponse:
    """Hand the register of a year out as figures that other commands read."""
    if len(str(year)) != YEAR_DIGITS:
        raise Http404
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(["commune_code", "year", "measure", "value", "document"])
    for commune, of, measure, answer, document in rows_of(year):
        rows.writerow([commune, of, measure, answer, plain(document)])
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{year}-cong-nhan.csv"'
    del request
    return response
