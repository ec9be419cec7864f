"""Evidence files: put to a figure, handed out, withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _
from ntm_rules.web.drawing import tell
from ntm_rules.web.events import note
from ntm_rules.web.evidence_files import KINDS, LARGEST, MOST_FILES, fetched, kind_of, plain_file_name, put_away
from ntm_rules.web.findings import writable_in
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.models import Dossier, Evidence
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.views.standings import section_id


def add(request: HttpRequest, dossier: int) -> HttpResponse:
    """Put a file to a figure."""
    measure = request.POST.get("measure", "")
    where = _page_of(request.dossier, measure)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NtmError(Message("Choose a file first."))
        _refuse_more(request.dossier, measure)  # before anything is written to the disk
        name = plain_file_name(file.name)
        content = file.read(LARGEST + 1)
        kind = kind_of(content, name)
        sha256 = put_away(content, name)
        with transaction.atomic():
            locked = locked_dossier(dossier)
            _refuse_more(locked, measure)
            standing = locked.evidences.filter(
                measure=measure, sha256=sha256, withdraws__isnull=True, withdrawn__isnull=True
            )
            if not standing.exists():
                row = Evidence(
                    dossier=locked, by=request.user, at=timezone.now(), measure=measure, sha256=sha256, name=name,
                    kind=kind, size=len(content),
                )  # fmt: skip
                row.save(force_insert=True)
                note("evidence", request.user, locked, measure=measure, name=name, sha256=sha256, size=len(content))
        tell(request, _("Added: {name}", name=name), at=f"so-{measure}")
    except NtmError as error:
        tell(request, *str(error).split("\n"), good=False, at=f"so-{measure}")
    return HttpResponseRedirect(where)


def _refuse_more(dossier: Dossier, measure: str) -> None:
    if measure not in writable_in(law_of_dossier(dossier), dossier):
        raise NtmError(Message("The figure is not open any more; the file was not added."))
    if dossier.evidences.count() >= MOST_FILES:
        raise NtmError(Message("A dossier holds {most} files at most.", most=MOST_FILES))


def _page_of(dossier: Dossier, measure: str) -> str:
    section = law_of_dossier(dossier).section_of.get(measure)
    if section is None:
        raise Http404
    return f"{reverse('criterion', kwargs={'dossier': dossier.pk, 'section': section_id(section)})}#so-{measure}"


def evidence(request: HttpRequest, dossier: int, evidence: int) -> HttpResponse:
    """Hand a file out, to be kept and not to be opened as a page."""
    row = get_object_or_404(Evidence, pk=evidence, dossier=dossier, withdraws=None)
    response = HttpResponse(fetched(row.sha256), content_type=KINDS[row.kind].media_type)
    stem = row.name.rpartition(".")[0] or row.name
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}{KINDS[row.kind].ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    del request
    return response


def withdraw(request: HttpRequest, dossier: int, evidence: int) -> HttpResponse:
    """Withdraw a file: it stays, and no longer counts."""
    with transaction.atomic():
        locked = locked_dossier(dossier)
        row = get_object_or_404(Evidence, pk=evidence, dossier=dossier, withdraws=None)
        if (
            row.measure in writable_in(law_of_dossier(locked), locked)
            and not Evidence.objects.filter(withdraws=row).exists()
        ):
            Evidence(
                dossier=locked, by=request.user, at=timezone.now(), measure=row.measure, sha256=row.sha256, name=row.name,
                kind=row.kind, size=row.size, withdraws=row,
            ).save(force_insert=True)  # fmt: skip
            note("evidence-withdrawn", request.user, locked, measure=row.measure, name=row.name, sha256=row.sha256)
            tell(request, _("Withdrawn: {name}", name=row.name), at=f"so-{row.measure}")
    return HttpResponseRedirect(_page_of(request.dossier, row.measure))
