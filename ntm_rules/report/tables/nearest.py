"""The communes, the nearest to meeting all that can be judged first, with each one's place in the other order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ntm_rules.evaluation.gaps import UNITS
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import Cells, cells_of, counts, owners, table_of
from ntm_rules.report.tables.table import Column, CountOf, Kind, Table, numbers, texts
from ntm_rules.standing.nearest import Ranking
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standards import left_words, meets_words
from ntm_rules.wording.standing import DISTANCE_DECIMALS


def nearest_of_year(overview: Overview, ranking: Ranking) -> Table:
    """Return the communes of a year in one of its orders, as people read them on a page: counts beside their wholes."""
    rules, standings = overview.evaluation.rules, [overview.communes[record] for record in ranking.records.tolist()]
    table = table_of(_columns([overview]), [_cells(overview, ranking)])
    for key, words, counted in (
        ("criteria", _("Criteria met"), [one.criteria for one in standings]),
        ("indicators", _("Indicators met"), [one.indicators for one in standings]),
    ):
        table = table.beside(Column(key, words, Kind.NUMBER), [CountOf(one.met, one.judgeable) for one in counted])
    if rules.has_points:
        points = [CountOf(one.points.met, one.points.total) if one.points else None for one in standings]
        table = table.beside(Column("points", _("Points"), Kind.NUMBER), points)
    meets = overview.evaluation.level("commune")[0]
    verdicts = [overview.evaluation.verdict(meets, one.record) for one in standings]
    return table.beside(Column("meets", meets_words(rules), Kind.MARK), verdicts)


def nearest(overviews: Sequence[Overview]) -> Table:
    """Return a row for each commune with a usable report."""
    return table_of(_columns(overviews), [_cells(overview, overview.nearest) for overview in overviews])


def _columns(overviews: Sequence[Overview]) -> list[Column]:
    standard = next((one.evaluation.rules.standard for one in overviews), None)
    return [
        *numbers(place=_("Place"), place_by_distance=_("Place by distance")),
        *texts(commune_code=_("Code"), commune=_("Commune")),
        *numbers(year=_("Year"), criteria_met=_("Criteria met"), criteria_judgeable=_("of judgeable")),
        *numbers(criteria_applicable=_("of (applicable)"), criteria_left=left_words(standard)),
        *numbers(requirements_in_the_way=_("Requirements in the way"), requirements_not_met=_("of them not met")),
        Column("distance", _("Distance"), Kind.NUMBER, decimals=DISTANCE_DECIMALS),
        *numbers(figures_owed=_("Requirements lacking figures"), rulings_awaited=_("Conclusions awaited")),
        Column("criteria_waiting", _("Criteria waiting for the law"), Kind.NUMBER),
    ]


def _cells(overview: Overview, ranking: Ranking) -> Cells:
    standings, at, left = overview.communes, ranking.records, ranking.left
    criteria = standings.criteria
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
