"""The communes, the nearest to meeting all that can be judged first, with each one's place in the other order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ntm_rules.evaluation.gaps import UNITS
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import Cells, cells_of, counts, owners, table_of
from ntm_rules.report.tables.table import Column, Kind, Table, numbers, texts
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standards import left_words
from ntm_rules.wording.standing import DISTANCE_DECIMALS


def nearest(overviews: Sequence[Overview]) -> Table:
    """Return a row for each commune with a usable report."""
    standard = next((one.evaluation.rules.standard for one in overviews), None)
    columns = [
        *numbers(place=_("Place"), place_by_distance=_("Place by distance")),
        *texts(commune_code=_("Code"), commune=_("Commune")),
        *numbers(year=_("Year"), criteria_met=_("Criteria met"), criteria_judgeable=_("of judgeable")),
        *numbers(criteria_applicable=_("of (applicable)"), criteria_left=left_words(standard)),
        *numbers(requirements_in_the_way=_("Requirements in the way"), requirements_not_met=_("of them not met")),
        Column("distance", _("Distance"), Kind.NUMBER, decimals=DISTANCE_DECIMALS),
        *numbers(figures_owed=_("Requirements lacking figures"), rulings_awaited=_("Conclusions awaited")),
        Column("criteria_waiting", _("Criteria waiting for the law"), Kind.NUMBER),
    ]
    return table_of(columns, [_cells(overview) for overview in overviews])


def _cells(overview: Overview) -> Cells:
    ranking, standings = overview.nearest, overview.communes
    at, left, criteria = ranking.records, ranking.left, standings.criteria
    distance = -(-left.distance // (UNITS // 10**DISTANCE_DECIMALS))
    return {
        "place": counts(ranking.places),
        "place_by_distance": counts(overview.nearest_by_distance.place_of[at]),
        **{key: cells.at(at) for key, cells in owners(overview).items()},
        "criteria_met": counts(criteria.column("met")[at]),
        "criteria_judgeable": counts(criteria.column("judgeable")[at]),
        "criteria_applicable": counts(criteria.column("applicable")[at]),
        "criteria_left": counts(ranking.criteria_left[at]),
        "requirements_in_the_way": counts(left.requirements[at]),
        "requirements_not_met": counts(left.gaps[at]),
        "distance": cells_of(distance[at], lambda units: Decimal(units).scaleb(-DISTANCE_DECIMALS)),
        "figures_owed": counts(standings.owed[at]),
        "rulings_awaited": counts(standings.rulings[at]),
        "criteria_waiting": counts(criteria.column("no_target")[at]),
    }
