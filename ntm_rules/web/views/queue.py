"""An agency's queue over all communes: how far it is with each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ntm_rules.appraisal.findings import DIFFERING, ItemState
from ntm_rules.appraisal.permissions import Subject, may
from ntm_rules.appraisal.states import ACCEPTED, State
from ntm_rules.i18n import _
from ntm_rules.report.html.links import Link
from ntm_rules.report.html.values import Cell, PageTable, counted, named, stacked
from ntm_rules.web.deadlines import APPRAISE, day_of
from ntm_rules.web.drawing import LINKS, drawn
from ntm_rules.web.findings import Appraised, agencies_of, comments_of_round, items_of_round
from ntm_rules.web.laws import Opened, law_of_page
from ntm_rules.web.models import Round
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.standings import Stood, all_stood, warnings_of
from ntm_rules.web.views.work import due_words
from ntm_rules.wording.agencies import agency_name


class InQueue(NamedTuple):
    """A dossier with its items."""

    one: Stood
    appraised: Appraised


def in_queue(one: Round) -> list[InQueue]:
    """Return the dossiers of a round that agencies can see, with their items."""
    items, comments = items_of_round(one), comments_of_round(one)
    return [
        InQueue(
            found,
            Appraised(
                found.law,
                found.dossier,
                found.entries,
                items.get(found.dossier.pk, {}),
                comments.get(found.dossier.pk),
            ),
        )
        for found in all_stood(one)
        if found.dossier.stands in ACCEPTED
    ]


def the_round(request: HttpRequest, round: int, agency: str) -> tuple[Round, Opened]:  # noqa: ARG001 - one shape for all
    """Return a round in which an agency appraises something; else there is no such page."""
    one = get_object_or_404(rounds_with_law().prefetch_related("extensions"), pk=round)
    law = law_of_page(one)
    if agency not in agencies_of(law):
        raise Http404
    return one, law


def queue(request: HttpRequest, round: int, agency: str) -> HttpResponse:
    """Show how far an agency is with each commune."""
    one, law = the_round(request, round, agency)
    found = in_queue(one)
    day = day_of(one, APPRAISE, agency)
    waiting = (
        0
        if one.is_closed
        else sum(
            item.state is not ItemState.CONFIRMED
            for line in found
            if line.one.dossier.stands is State.UNDER_APPRAISAL
            for item in line.appraised.of(agency)
        )
    )
    due, late = due_words(day, waiting > 0) if day else ("", False)
    subject, acting = Subject(agency=agency), Subject(agency=agency, closed=one.is_closed)
    links = [
        Link(words, LINKS.to(address, where))
        for address, words, where in (
            ("agree", _("Agree at once to what is unproblematic"), f"{round}/{agency}"),
            ("confirm", _("Confirm or send back what is proposed"), f"{round}/{agency}"),
            ("substitutes", _("Who stands in for the head"), agency),
            ("agency-paper", _("Download the agency's appraisal (Word)"), f"{round}/{agency}"),
        )
        if LINKS.to(address, where)
        and may(request.user.actor, address, "GET", subject)
        and (address not in ("agree", "confirm") or may(request.user.actor, address, "POST", acting))
    ]
    return drawn(
        request, "queue.html", agency_name(law.rules, agency), here="rounds", trail=to_queue(one, None, law),
        warnings=warnings_of(one, law), due=due, late=late, more=links, table=_by_commune(found, agency),
        counts=_counts(found, agency),
    )  # fmt: skip


def to_queue(one: Round, agency: str | None, law: Opened) -> list[Link]:
    """Return the way back from a page of an agency."""
    trail = [Link(one.title, LINKS.to("round", one.pk))]
    if agency is not None:
        trail.append(Link(agency_name(law.rules, agency), LINKS.to("queue", f"{one.pk}/{agency}")))
    return trail


def _counts(found: Sequence[InQueue], agency: str) -> str:
    states = [item.state for line in found for item in line.appraised.of(agency)]
    return "; ".join(_("{words}: {n}", words=state.words, n=states.count(state)) for state in ItemState)


def _by_commune(found: Sequence[InQueue], agency: str) -> PageTable:
    rows = []
    for line in found:
        states = [item.state for item in line.appraised.of(agency)]
        rows.append(
            [
                named(line.one.name, LINKS.to("appraise", f"{line.one.dossier.pk}/{agency}")),
                Cell(line.one.dossier.stands.words),
                *(counted(states.count(state)) for state in ItemState),
                counted(sum(item.proposal is not None and item.proposal.act in DIFFERING
                            for item in line.appraised.of(agency))),
            ]
        )  # fmt: skip
    heads = [
        _("Commune"), _("Where it stands"), _("To appraise"), _("Proposed"), _("Confirmed"), _("Commune asked for more"), _("Differing"),
    ]  # fmt: skip
    return stacked("queue", _("Figures of this agency, by commune"), heads, rows)
