"""The machine-readable tables of how the province stands: who handed in, who is nearest, who owes what, two years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ntm_rules.evaluation.reference import opens
from ntm_rules.exact import nearest_to, plain
from ntm_rules.standing.agencies import by_effect, by_share
from ntm_rules.standing.lacks import Lack, body_of
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standing import distance_shown, why_words

DECIMALS = 4
"""Of shares, rounded down; the order rests on the exact ones."""


class HandedRow(NamedTuple):
    """One commune of the register: what it handed in for the year."""

    commune_code: str
    commune: str
    year: int
    group: str
    state: str
    files: str
    errors: int
    warnings: int
    why: str


def handed_rows(overview: Overview) -> Iterator[HandedRow]:
    """Yield every commune of the register that the set applies to, by code."""
    for one in overview.handing_in.communes:
        yield HandedRow(
            one.commune.code,
            one.commune.name,
            overview.year,
            one.commune.group or "",
            one.state.value,
            ";".join(one.files),
            one.errors,
            len(one.problems) - one.errors,
            why_words(one),
        )


class NearestRow(NamedTuple):
    """One commune with a usable report and its place in both orders."""

    place: int
    place_by_distance: int
    commune_code: str
    commune: str
    year: int
    criteria_met: int
    criteria_judgeable: int
    criteria_applicable: int
    criteria_left: int
    requirements_in_the_way: int
    requirements_not_met: int
    distance: str
    figures_owed: int
    rulings_awaited: int
    criteria_waiting: int


def nearest_rows(overview: Overview) -> Iterator[NearestRow]:
    """Yield the communes, the nearest first."""
    by_distance = {one.record: one.place for one in overview.nearest_by_distance}
    for one in overview.nearest:
        commune = one.commune
        yield NearestRow(
            one.place,
            by_distance[one.record],
            commune.report.code,
            commune.report.name,
            commune.report.year,
            commune.criteria.met,
            commune.criteria.judgeable,
            commune.criteria.applicable,
            one.criteria_left,
            one.left.requirements,
            one.left.gaps,
            plain(distance_shown(one.left.distance)),
            commune.owed,
            commune.rulings,
            one.waiting,
        )


class OwedRow(NamedTuple):
    """One requirement that cannot be judged for want of a figure, a ruling or the commune's group."""

    commune_code: str
    commune: str
    year: int
    id: str
    measure: str
    lack: str
    reason: str
    decides: str
    awaited_from: str
    lead_agency: str


def owed_rows(overview: Overview) -> Iterator[OwedRow]:
    """Yield all that is lacking, by record, in the order of the law."""
    evaluation, lacks = overview.evaluation, overview.lacks
    for record, at in enumerate(evaluation.records):
        for one in lacks.of(record):
            gates = [gate.measure for gate in one.requirement.gates if opens(gate, at) is None]
            asked = gates[0] if one.reason.value == "existence_unanswered" else one.requirement.measure
            yield OwedRow(
                at.code,
                at.name,
                at.year,
                one.requirement.id,
                asked,
                one.lack.name.lower(),
                one.reason.value,
                "yes" if one.decides else "no",
                body_of(evaluation.rules, one.requirement) if one.lack is Lack.RULING else "",
                one.requirement.lead,
            )


class AgencyRow(NamedTuple):
    """One lead agency over the communes with a usable report, with its place in each of three orders."""

    agency: str
    year: int
    place_by_number: int
    place_by_share: int
    place_by_effect: int
    indicators: int
    applicable: int
    met: int
    not_met: int
    share_not_met: str
    without_figures: int
    ruling_awaited: int
    no_target: int
    not_applicable: int
    elsewhere: int
    communes_gaining: int
    criteria_gained: int
    communes_completing: int
    figures_owed: int
    rulings_awaited: int


def agency_rows(overview: Overview) -> Iterator[AgencyRow]:
    """Yield the lead agencies, those with most not met first."""
    by_number, share, effect = (
        {one.agency: place for place, one in enumerate(order, start=1)}
        for order in (overview.agencies, by_share(overview.agencies), by_effect(overview.agencies))
    )
    for one in overview.agencies:
        yield AgencyRow(
            agency=one.agency,
            year=overview.year,
            place_by_number=by_number[one.agency],
            place_by_share=share[one.agency],
            place_by_effect=effect[one.agency],
            indicators=one.indicators,
            applicable=one.applicable,
            met=one.met,
            not_met=one.not_met,
            share_not_met=plain(nearest_to(one.share * 100, DECIMALS - 2) / 100),
            without_figures=one.owed,
            ruling_awaited=one.ruling,
            no_target=one.no_target,
            not_applicable=one.not_applicable,
            elsewhere=one.elsewhere,
            communes_gaining=one.gaining,
            criteria_gained=one.criteria_gained,
            communes_completing=one.completing,
            figures_owed=one.figures,
            rulings_awaited=one.conclusions,
        )


class MoveRow(NamedTuple):
    """One criterion or indicator of one commune that rose or fell since the year before."""

    commune_code: str
    commune: str
    year_before: int
    year: int
    level: str
    id: str
    verdict_before: str
    verdict: str
    move: str
    rule_changed: str


def move_rows(overview: Overview) -> Iterator[MoveRow]:
    """Yield what moved, by commune; nothing where there is no year before."""
    years = overview.years
    for change in years.changes if years else ():
        yield MoveRow(
            change.code,
            change.name,
            overview.year - 1,
            overview.year,
            change.level,
            change.id,
            change.before.name,
            change.now.name,
            change.move.value,
            "yes" if change.law_changed else "no",
        )
