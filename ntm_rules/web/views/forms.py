"""The Excel form of a dossier: handed out filled in, taken back with a look at what would change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.hamlets import hamlets_in
from ntm_rules.errors import NtmError
from ntm_rules.forms.commune.naming import form_name
from ntm_rules.i18n import Message, _
from ntm_rules.web.drawing import drawn, tell, to_dossier
from ntm_rules.web.events import note
from ntm_rules.web.evidence_files import KINDS, plain_file_name
from ntm_rules.web.excel import LARGEST, Proposed, filled_form, proposed
from ntm_rules.web.hamlets import numbers_by_name
from ntm_rules.web.models import HandedIn, Person
from ntm_rules.web.models.dossiers import locked_dossier
from ntm_rules.web.reading import entries_of, read_of
from ntm_rules.web.saving import Outcome, Saving, save
from ntm_rules.web.scanning import scan
from ntm_rules.web.views.item_words import label_words
from ntm_rules.web.views.standings import Stood, stood

MOST_FORMS = 200
"""Of one dossier: each is kept with the records."""


class FigureChange(NamedTuple):
    """One figure that a form would change."""

    measure: str
    label: str
    now: str
    would_be: str
    version: int
    said: list[str]
    refused: bool


def form(request: HttpRequest, dossier: int) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Hand out the form, filled in so far."""
    one = stood(request.dossier)
    entries = entries_of(one.figures)
    illustrative = one.dossier.round.illustrative or one.judged.read.dataset.illustrative
    content = filled_form(one.law, one.dossier.commune, entries, illustrative=illustrative)
    response = HttpResponse(content, content_type=KINDS["xlsx"].media_type)
    name = form_name(one.law.rules.communes[one.dossier.commune], one.law.year)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def hand_in(request: HttpRequest, dossier: int) -> HttpResponse:
    """Upload a filled form; nothing changes yet."""
    one = stood(request.dossier)
    wrong: list[str] = []
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            wrong = [_("Choose a file first.")]
        else:
            name, content = plain_file_name(file.name), file.read(LARGEST + 1)
            try:
                scan(settings.NTM.scanner, content, name)
                proposed(
                    one.law, one.dossier.commune, content, name, entries_of(one.figures), numbers_by_name(one.dossier)
                )
                row = _kept(dossier, request.user, name, content)
            except NtmError as error:
                wrong = str(error).split("\n")
            else:
                where = reverse("handed-in", kwargs={"dossier": dossier, "handed_in": row.pk})
                return HttpResponseRedirect(where)
    return drawn(
        request, "hand_in.html", _("Take over a filled Excel form"), trail=to_dossier(one.dossier, request.user, one.name),
        warnings=one.warnings, wrong=wrong, status=422 if wrong else 200,
    )  # fmt: skip


def _kept(dossier: int, by: Person, name: str, content: bytes) -> HandedIn:
    """Put a form away, the same once.

    Raises:
        NtmError: more forms than anybody fills in.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        locked = locked_dossier(dossier)
        before = locked.handedins.defer("content")
        standing: HandedIn | None = before.filter(by=by, sha256=sha256).first()
        if standing is not None:
            return standing
        if before.count() >= MOST_FORMS:
            raise NtmError(
                Message("A dossier takes {most} forms at most; enter the rest in the pages.", most=MOST_FORMS)
            )
        row = HandedIn(dossier=locked, by=by, at=timezone.now(), name=name, sha256=sha256, content=content)
        row.save(force_insert=True)
        note("handed-in", by, locked, name=name, sha256=sha256)
    return row


def handed_in(request: HttpRequest, dossier: int, handed_in: int) -> HttpResponse:
    """Show what an uploaded form would change; change it once that is confirmed."""
    one = stood(request.dossier)
    row = get_object_or_404(HandedIn, pk=handed_in, dossier=dossier, by=request.user)
    found = proposed(
        one.law,
        one.dossier.commune,
        bytes(row.content),
        row.name,
        entries_of(one.figures),
        numbers_by_name(one.dossier),
    )
    changes = _changes(one, found)
    if request.method == "POST":
        savings = [
            Saving(
                change.measure,
                found.entries[change.measure],
                _version(request.POST.get(f"{change.measure}:base", "")),
                hashlib.sha256(f"{row.pk}:{row.sha256}:{change.measure}".encode()).hexdigest(),
            )
            for change in changes
            if not change.refused and request.POST.get(f"{change.measure}:take") == "1"
        ]
        saved, _figures = save(one.law, dossier, request.user, savings, "excel")
        taken = sum(done.outcome is Outcome.SAVED for done in saved.values())
        tell(request, _("Taken over from the form: {n} figures and answers.", n=taken))
        if taken < len(saved):
            words = _(
                "{n} were not taken over: somebody changed them meanwhile; look at the form again.",
                n=len(saved) - taken,
            )
            tell(request, words, good=False)
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("dossier", kwargs={"dossier": dossier}))
    return drawn(
        request, "handed_in.html", _("What the form would change"), trail=to_dossier(one.dossier, request.user, one.name),
        warnings=one.warnings, changes=changes, name=row.name,
        mistakes=[_mistake_words(mistake) for mistake in found.mistakes],
        not_exact=[_label(one, found, kept) for kept in found.not_exact],
    )  # fmt: skip


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _mistake_words(mistake: object) -> str:
    place, said, mend = (str(getattr(mistake, name)) for name in ("place", "said", "mend"))
    return f"{place}: {said}. {mend}" if place else f"{said}. {mend}"


def _changes(one: Stood, found: Proposed) -> list[FigureChange]:
    current = entries_of(one.figures)
    read = read_of(one.law, one.dossier.commune, {**current, **found.entries})
    changes = []
    for measure, entry in found.entries.items():
        faults = read.of(measure)
        figure = one.figures.get(measure)
        changes.append(
            FigureChange(
                measure,
                _label(one, found, measure),
                _words(current.get(measure, Entry())),
                _words(entry),
                figure.version if figure else 0,
                [str(words) for fault in faults for words in fault.sentences()],
                any(fault.refused for fault in faults),
            )
        )
    return changes


def _label(one: Stood, found: Proposed, kept: str) -> str:
    """Return how a figure is called: of a hamlet that the form names first, too."""
    return label_words(one.law.rules, kept, hamlets_in({**one.entries, **found.entries}))


def _words(entry: Entry) -> str:
    """Return what is typed, on one line."""
    figure = f"{entry.numerator} / {entry.denominator}" if entry.numerator or entry.denominator else ""
    said: Mapping[str, str] = {_("year before"): entry.previous, _("document"): entry.document, _("note"): entry.note}
    parts = [part for part in (entry.value, figure) if part]
    parts += [f"{name}: {text}" for name, text in said.items() if text]
    return "; ".join(parts) or "–"
