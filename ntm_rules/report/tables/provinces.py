"""The provinces that one set serves, beside each other: communes, reports, who meets it, what is met, who owes figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, Term, numbers
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.provinces import by_province
from ntm_rules.wording.standards import meeting_words


def provinces(overviews: Sequence[Overview]) -> Table:
    """Return a row for each province and year, by the law of each overview; all of one set."""
    rules = overviews[0].evaluation.rules
    columns = [
        Column("province", _("Province")),
        Column("year", _("Year"), Kind.NUMBER),
        *numbers(communes=_("Communes"), reported=_("With a usable report"), meeting=meeting_words(rules)),
        *numbers(**{f"band.{band.id}": str(band.title) for band in rules.bands}),
        *numbers(recognised=_("Recognised by decision")),
        *numbers(criteria_met=_("Criteria met"), criteria_applicable=_("of (applicable)")),
        *numbers(indicators_met=_("Indicators met"), indicators_applicable=_("of (applicable)")),
        Column("owing", _("Communes that owe figures"), Kind.NUMBER),
    ]
    return Table.of(columns, [row for overview in overviews for row in _rows(overview, rules)])


def _rows(overview: Overview, first: CriteriaSet) -> Iterator[Sequence[Cell]]:
    bands = {band.id: at for at, band in enumerate(overview.evaluation.rules.bands)}
    for one in by_province(overview):
        yield (
            Term(one.province, str(first.provinces[one.province])),
            overview.year,
            *(one.communes, one.reported, one.meeting),
            *(one.bands[bands[band.id]] if band.id in bands else None for band in first.bands),
            one.recognised,
            *(one.criteria_met, one.criteria_applicable, one.indicators_met, one.indicators_applicable),
            one.owing,
        )
