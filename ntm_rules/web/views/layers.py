"""The layers of a dossier side by side, with the difference named; and the figures of a layer as a table for commands."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ntm_rules.appraisal.council import COMMUNE
from ntm_rules.appraisal.entries import Entry
from ntm_rules.appraisal.findings import DIFFERING, ItemState
from ntm_rules.appraisal.hamlets import hamlets_in, parted, read_by
from ntm_rules.appraisal.judging import Judged
from ntm_rules.appraisal.layers import Agreement, Layer, compared
from ntm_rules.appraisal.states import State
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.html.values import Badge, Cell, PageTable, badge_of, named, stacked
from ntm_rules.rulebook.criteria_set import Requirement
from ntm_rules.web.concluding import conclusions_of
from ntm_rules.web.drawing import LINKS, drawn, to_dossier
from ntm_rules.web.findings import Appraised, appraised
from ntm_rules.web.layer_tables import layer_named, table_of
from ntm_rules.web.models.rounds import rounds_with_law
from ntm_rules.web.views.item_words import entry_words, label_words
from ntm_rules.web.views.standings import Stood, headline, stood, where_entered
from ntm_rules.wording.agencies import agency_name

CONCLUDED = frozenset({State.CONCLUDED, State.RECOGNISED, State.REFUSED, State.REVOKED})
"""States in which the council has concluded."""


class LayerShown(NamedTuple):
    """What a layer comes to."""

    words: str
    badge: Badge | None
    told: str


def agreement_on(requirement: Requirement, own: Judged, later: Judged) -> Agreement:
    """Return how a later layer stands to the commune's own on one requirement."""
    first, second = own.find(requirement.id), later.find(requirement.id)
    if first is None or second is None:
        return Agreement.NOT_YET
    return compared(
        (own.facts.report.get(requirement.measure), first.verdict),
        (later.facts.report.get(requirement.measure), second.verdict),
    )


def confirmed_on(requirement: Requirement, standing: Appraised) -> bool:
    """Tell whether the agencies have confirmed everything that a requirement reads, and residents' comments are recorded."""
    if standing.comments is None and not standing.law.procedure.comment_measures.isdisjoint(requirement.asked):
        return False
    return all(
        standing.item(kept).state is ItemState.CONFIRMED
        for kept in read_by(requirement, standing.law.rules, hamlets_in(standing.own))
        if kept in standing.required
    )


def held_figure_words(requirement: Requirement, judged: Judged, entry: Entry | None) -> str:
    """Return the figure that a layer holds a requirement to: as typed, or counted from the hamlets."""
    found = judged.find(requirement.id)
    if found is not None and found.verdict is Verdict.NOT_APPLICABLE and not entry:
        return "–"
    listed = len(judged.read.record.hamlets) if requirement.hamlets is not None else 0
    if not listed:
        return entry_words(entry)
    figure = judged.facts.report.get(requirement.measure).written or _("not known yet")
    return _("{figure} (counted from {n} hamlets)", figure=figure, n=listed)


def why_of(one: Stood, requirement: Requirement) -> str | None:
    """Return where the figure that a requirement is held to stands with its documents; residents' comments where they are recorded."""
    if requirement.measure in one.law.procedure.comment_measures:
        return LINKS.to("comments", one.dossier.pk)
    return where_entered(one, requirement.measure)


def reasons_on(requirement: Requirement, standing: Appraised) -> str:
    """Return why findings on what a requirement reads differ from what the commune says: of hamlets each."""
    if requirement.measure in standing.law.procedure.comment_measures:
        return _("residents' comments, as the standing office has recorded them")
    names = hamlets_in(standing.own)
    told = []
    for kept in read_by(requirement, standing.law.rules, names):
        finding, (measure, number) = standing.item(kept).proposal, parted(kept)
        if finding is None or finding.act not in DIFFERING:
            continue
        own = measure == requirement.measure and not number
        told.append(finding.reason if own else f"{label_words(standing.law.rules, kept, names)}: {finding.reason}")
    return "; ".join(told)


def layers(request: HttpRequest, dossier: int) -> HttpResponse:  # noqa: ARG001 - Access has fetched it
    """Show a dossier's layers side by side; what no head of an agency has confirmed is not there."""
    one = stood(request.dossier)
    standing = appraised(one.law, one.dossier, one.figures)
    return drawn(
        request, "layers.html", _("Layers side by side"), trail=to_dossier(one.dossier, request.user, one.name),
        warnings=one.warnings, shown=_layers(one, standing), table=_side_by_side(one, standing),
        done=sum(standing.item(m).state is ItemState.CONFIRMED for m in standing.required),
        of=len(standing.required),
    )  # fmt: skip


def _layers(one: Stood, standing: Appraised) -> list[LayerShown]:
    said = [LayerShown(Layer.SELF.words, badge_of(one.judged.result.verdict), headline(one.judged))]
    if standing.done:
        confirmed = standing.confirmed
        said.append(LayerShown(Layer.AGENCY.words, badge_of(confirmed.result.verdict), headline(confirmed)))
    else:
        said.append(
            LayerShown(Layer.AGENCY.words, None, _("Not complete: not every agency has confirmed its findings."))
        )
    concluded = conclusions_of(one.dossier).get(COMMUNE) if one.dossier.stands in CONCLUDED else None
    if concluded is not None:
        said.append(LayerShown(Layer.COUNCIL.words, None, f"{concluded.concluded.words}. {concluded.reason}".strip()))
    return said


def _side_by_side(one: Stood, standing: Appraised) -> PageTable:
    rules, entries = one.law.rules, standing.entries()
    rows = []
    for requirement in rules.requirements():
        first = one.judged.find(requirement.id)
        if first is None:
            continue
        done = confirmed_on(requirement, standing)
        second = standing.confirmed.find(requirement.id) if done else None
        agreement = agreement_on(requirement, one.judged, standing.confirmed) if done else Agreement.NOT_YET
        own, found = one.entries.get(requirement.measure), entries.get(requirement.measure)
        rows.append(
            [
                named(f"{requirement.id} {requirement.words}", why_of(one, requirement)),
                Cell(held_figure_words(requirement, one.judged, own)),
                Cell("", badge=badge_of(first.verdict)),
                Cell(held_figure_words(requirement, standing.confirmed, found), aside=reasons_on(requirement, standing))
                if done
                else Cell(""),
                Cell("", badge=badge_of(second.verdict)) if second is not None else Cell(""),
                Cell(agreement.words, f"agreement {agreement.value}"),
                Cell(agency_name(rules, requirement.lead)),
            ]
        )
    heads = [
        _("Requirement"), _("Commune's figure"), _("Commune: result"), _("Agency's finding"), _("Agency: result"),
        _("Compared"), _("Lead agency"),
    ]  # fmt: skip
    return stacked("layers", _("Requirement by requirement"), heads, rows)


def layer(request: HttpRequest, round: int, layer: str) -> HttpResponse:
    """Hand out the figures of a layer of a whole round, as a table that `ntm batch` reads."""
    one = get_object_or_404(rounds_with_law(), pk=round)
    wanted = layer_named(one, layer)
    if wanted is None:
        raise Http404
    response = HttpResponse(table_of(one, wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.year}-{layer}.csv"'
    del request
    return response
