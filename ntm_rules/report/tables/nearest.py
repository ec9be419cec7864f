"""The communes, the nearest to meeting all that can be judged first, with each one's place in the other order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, numbers, texts
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standing import DISTANCE_DECIMALS, distance_shown


def nearest(overviews: Sequence[Overview]) -> Table:
    """Return a row for each commune with a usable report."""
    columns = [
        *numbers(place=_("Place"), place_by_distance=_("Place by distance")),
        *texts(commune_code=_("Code"), commune=_("Commune")),
        *numbers(year=_("Year"), criteria_met=_("Criteria met"), criteria_judgeable=_("of judgeable")),
        *numbers(criteria_applicable=_("of (applicable)"), criteria_left=_("Criteria left")),
        *numbers(requirements_in_the_way=_("Requirements in the way"), requirements_not_met=_("of them not met")),
        Column("distance", _("Distance"), Kind.NUMBER, decimals=DISTANCE_DECIMALS),
        *numbers(figures_owed=_("Requirements lacking figures"), rulings_awaited=_("Conclusions awaited")),
        Column("criteria_waiting", _("Criteria waiting for the law"), Kind.NUMBER),
    ]
    return Table.of(columns, [row for overview in overviews for row in _rows(overview)])


def _rows(overview: Overview) -> Iterator[Sequence[Cell]]:
    by_distance = {one.record: one.place for one in overview.nearest_by_distance}
    for one in overview.nearest:
        commune, criteria, left = one.commune, one.commune.criteria, one.left
        yield (
            one.place,
            by_distance[one.record],
            *(commune.report.code, commune.report.name, commune.report.year),
            *(criteria.met, criteria.judgeable, criteria.applicable),
            one.criteria_left,
            *(left.requirements, left.gaps, distance_shown(left.distance)),
            *(commune.owed, commune.rulings, one.waiting),
        )
