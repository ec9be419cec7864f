"""One criterion of a dossier: its questions, what is typed, what it comes to; and saving."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from ntm_rules.appraisal.entries import CELLS, Entry, entry_of
from ntm_rules.appraisal.hamlets import hamlets_in, kept_under
from ntm_rules.appraisal.permissions import may
from ntm_rules.appraisal.states import WRITABLE
from ntm_rules.forms.commune.questions import FormSection
from ntm_rules.i18n import _
from ntm_rules.web.access import subject_of
from ntm_rules.web.drawing import LINKS, at_time, drawn, tell, to_dossier
from ntm_rules.web.findings import writable_in
from ntm_rules.web.laws import law_of_dossier
from ntm_rules.web.models import Figure
from ntm_rules.web.models.dossiers import dossiers_with_round
from ntm_rules.web.saving import Outcome, Saved, Saving, save
from ntm_rules.web.views.asked import asked_of_commune
from ntm_rules.web.views.hamlets import PLACE, hamlets_of
from ntm_rules.web.views.questions import Asking, live
from ntm_rules.web.views.standings import Stood, headline, progress_words, section_id, section_title, stood


def criterion(request: HttpRequest, dossier: int, section: str) -> HttpResponse:
    """Show the questions of one criterion; save what was typed where there is no script."""
    one = stood(request.dossier)
    asked = _section(one, section)
    if request.method == "GET":
        return _drawn(request, one, asked, {}, {})
    typed: dict[str, Entry] = {}
    savings: list[Saving] = []
    for measure in kept_asked(one, asked):
        if f"{measure}:base" in request.POST:
            entry = entry_of({name: request.POST.get(f"{measure}:{name}", "") for name in CELLS})
            standing = one.figures.get(measure)
            if entry != (standing.entry if standing else Entry()):
                typed[measure] = entry
                base = _number(request.POST.get(f"{measure}:base", ""))
                savings.append(Saving(measure, entry, base, secrets.token_hex(16)))
    saved, figures = save(one.law, dossier, request.user, savings)
    if all(done.outcome is Outcome.SAVED for done in saved.values()):
        tell(request, _("Saved: {n} figures and answers.", n=len(saved)) if saved else _("Nothing was changed."))
        return HttpResponseRedirect(reverse("criterion", kwargs={"dossier": dossier, "section": section}))
    fresh = stood(dossiers_with_round().get(pk=dossier), figures)
    return _drawn(request, fresh, asked, typed, saved, status=422)


def kept_asked(one: Stood, section: FormSection) -> list[str]:
    """Return what a section asks for, names of hamlets first: as it is kept."""
    numbers = list(hamlets_in(one.entries)) if one.law.of_hamlets(section) else []
    return [*(kept_under("", number) for number in numbers), *one.law.kept_in(section, numbers)]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _section(one: Stood, id_: str) -> FormSection:
    found = next((section for section in one.law.sections if section_id(section) == id_), None)
    if found is None:
        raise Http404
    return found


def _drawn(
    request: HttpRequest,
    one: Stood,
    section: FormSection,
    typed: Mapping[str, Entry],
    saved: Mapping[str, Saved],
    status: int = 200,
) -> HttpResponse:
    this = one.dossier
    allowed = may(request.user.actor, "figure", "POST", subject_of(this))
    opened = writable_in(one.law, this) if allowed else frozenset()
    asks = {} if this.round.is_closed else {each.name.partition(":")[0]: each for each in asked_of_commune(one)}
    asking = Asking(one, opened, typed, saved, asks)
    hamlets = hamlets_of(asking, section, changes=allowed and this.stands in WRITABLE and not this.round.is_closed)
    ids = [section_id(other) for other in one.law.sections]
    at = ids.index(section_id(section))
    beside = [
        (words, LINKS.to("criterion", f"{this.pk}/{ids[other]}"), section_title(one.law.sections[other]))
        for words, other in ((_("Before"), at - 1), (_("Next"), at + 1))
        if 0 <= other < len(ids)
    ]
    return drawn(
        request, "criterion.html", section_title(section), trail=to_dossier(this, request.user, one.name),
        warnings=one.warnings, lines=asking.lines(section), hamlets=hamlets, hamlets_place=PLACE, section=section_id(section),
        opened=any(kept in opened for kept in kept_asked(one, section)), beside=beside, state=this.stands.words,
        address=LINKS.to("criterion", f"{this.pk}/{section_id(section)}"), headline=headline(one.judged),
        placed={PLACE, *(f"so-{question.measure.id}" for question in section.questions())},
        evidence_address=LINKS.to("add-evidence", this.pk),
        progress=progress_words(one.judged), person_id=request.user.pk, verdict=asking.badge_of_section(section),
        wrong=[_("Not everything could be saved: look at the figures marked below.")] if saved else [], status=status,
    )  # fmt: skip


def figure(request: HttpRequest, dossier: int, measure: str) -> HttpResponse:
    """Save one figure as it is typed; answer with what became of it and with every verdict that it moves."""
    law = law_of_dossier(request.dossier)
    section = law.section_with(measure)
    if section is None:
        raise Http404
    entry = entry_of({name: request.POST.get(name, "") for name in CELLS})
    key = request.POST.get("key", "")[:64] or secrets.token_hex(16)
    earlier = tuple(request.POST.get("earlier", "")[:2000].split())
    saving = Saving(measure, entry, _number(request.POST.get("base", "")), key, earlier)
    saved, figures = save(law, dossier, request.user, [saving])
    done = saved[measure]
    fresh = stood(request.dossier, figures)
    shown = Asking(fresh, (), {}, {})
    answer: dict[str, Any] = {
        "state": done.outcome.value,
        "version": done.version,
        "words": _state_words(done),
        "said": _said(done),
        "theirs": _theirs(shown, done.current) if done.outcome is Outcome.CONFLICT else None,
        "live": live(shown, section) | {"headline": headline(fresh.judged), "progress": progress_words(fresh.judged)},
    }
    return JsonResponse(answer)


def _state_words(done: Saved) -> str:
    if done.outcome is Outcome.SAVED:
        current = done.current
        return _("Saved {when}", when=at_time(current.at)) if current else _("Saved")
    return {
        Outcome.REFUSED: _("Not saved: it cannot be read as it stands"),
        Outcome.CONFLICT: _("Not saved: another value was saved meanwhile"),
        Outcome.CLOSED: _("Not saved: the dossier is not open for figures any more"),
    }[done.outcome]


def _said(done: Saved) -> Sequence[str]:
    """Return what the reader says, and what to do."""
    return [*(str(words) for fault in done.faults for words in fault.sentences()), *map(str, done.said)]


def _theirs(asking: Asking, current: Figure | None) -> dict[str, Any]:
    """Return what stands in the way of a saving: the other value, whose it is and since when."""
    entry = current.entry if current else Entry()
    return {
        "cells": dict(zip(CELLS, entry.cells(), strict=True)),
        "words": asking.conflict_words(current),
    }
