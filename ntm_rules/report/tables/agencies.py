"""Every lead agency: how its indicators stand, what would change if it finished, its place in each of three orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, numbers, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.agencies import AgencyStanding, by_effect, by_share
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.standards import completing_words


def agencies(overviews: Sequence[Overview]) -> Table:
    """Return the lead agencies over the communes with a usable report, those with most not met first."""
    rows = (row for overview in overviews for row in _rows(overview, overview.agencies))
    return _table(rows, next((one.evaluation.rules for one in overviews), None))


def bottlenecks(overview: Overview) -> Table:
    """Return the agencies that would bring some commune a criterion by finishing, most communes first."""
    gaining = [one for one in by_effect(overview.agencies) if one.gaining]
    return _table(_rows(overview, gaining), overview.evaluation.rules)


def _table(rows: Iterator[Sequence[Cell]], rules: CriteriaSet | None) -> Table:
    columns = [
        Column("agency", _("Lead agency")),
        Column("year", _("Year"), Kind.NUMBER),
        Column("place_by_number"),
        *numbers(place_by_share=_("Place by share"), place_by_effect=_("Place by effect")),
        *numbers(indicators=_("Indicators led"), applicable="", met=str(Verdict.MET.label)),
        *numbers(not_met=str(Verdict.NOT_MET.label), share_not_met=_("Share not met")),
        *numbers(without_figures=_("Figures owed"), ruling_awaited=_("Conclusions awaited")),
        *numbers(no_target=str(Verdict.NO_TARGET.label), not_applicable=str(Verdict.NOT_APPLICABLE.label)),
        Column("elsewhere", _("Held up by another agency"), Kind.NUMBER),
        Column("communes_gaining", _("Communes gaining a criterion if it finished"), Kind.NUMBER),
        Column("criteria_gained", _("Criteria gained in all"), Kind.NUMBER),
        Column("communes_completing", completing_words(rules.standard if rules else None), Kind.NUMBER),
        *texts(figures_owed="", rulings_awaited=""),
        Column("judged", _("Commune-indicators judged"), Kind.NUMBER, for_people=True),
    ]
    return Table.of(columns, list(rows))


def _rows(overview: Overview, listed: Sequence[AgencyStanding]) -> Iterator[Sequence[Cell]]:
    by_number, share, effect = (
        {one.agency: place for place, one in enumerate(order, start=1)}
        for order in (overview.agencies, by_share(overview.agencies), by_effect(overview.agencies))
    )
    for one in listed:
        yield (
            Term(one.agency, agency_name(overview.evaluation.rules, one.agency)),
            overview.year,
            *(by_number[one.agency], share[one.agency], effect[one.agency]),
            *(one.indicators, one.applicable, one.met, one.not_met, one.share),
            *(one.owed, one.ruling, one.no_target, one.not_applicable, one.elsewhere),
            *(one.gaining, one.criteria_gained, one.completing),
            *(one.figures, one.conclusions),
            one.applicable + one.not_applicable,
        )


def shared_indicators(evaluations: Sequence[Evaluation]) -> list[str]:
    """Return the ids of the indicators that several agencies lead, each a part of it."""
    found = (i for e in evaluations for i in e.rules.indicators() if len(i.leads()) > 1)
    return list(dict.fromkeys(indicator.id for indicator in found))
