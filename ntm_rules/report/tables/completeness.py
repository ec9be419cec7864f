"""How complete the data are: figures reported of those asked, by commune and by indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.table import BEFORE, Cell, Column, CountOf, Kind, Table, numbers, texts
from ntm_rules.rulebook.register import Commune
from ntm_rules.standing.completeness import Completeness, of_commune, over_all
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.standing import handed_words


def communes(overview: Overview, unusable: Iterable[Commune], silent: Iterable[Commune]) -> Table:
    """Return every record's figures; then the communes that handed in nothing usable and those without a report."""
    rules = overview.evaluation.rules
    columns = [
        Column("commune", _("Commune")),
        *_numbers(),
        Column("no_data", _("Indicators without data"), Kind.NUMBER),
    ]
    rows: list[Sequence[Cell]] = [
        (
            one.report.name,
            *_counts(of_commune(rules, one.report)),
            CountOf(one.indicators.no_data, one.indicators.applicable),
        )
        for one in overview.communes
    ]
    for units, words in ((unusable, handed_words(Handed.NOTHING_USABLE)), (silent, _("no report"))):
        rows += [(unit.name, words, BEFORE, BEFORE, BEFORE) for unit in units]
    return Table.of(columns, rows)


def indicators(overview: Overview) -> Table:
    """Return the figures of every indicator and further condition over all communes with a usable report."""
    reports = [one.report for one in overview.counted]
    columns = [
        *texts(id=_("No."), words=_("Indicator")),
        *_numbers(),
        Column("no_data", _("Communes without data"), Kind.NUMBER),
    ]
    rows = []
    for one in overview.evaluation.rules.every_indicator():
        without = CountOf(overview.counts(one.id)[Verdict.NO_DATA], len(reports))
        rows.append((one.id, str(one.words), *_counts(over_all(one.requirements(), reports)), without))
    return Table.of(columns, rows)


def _numbers() -> list[Column]:
    return numbers(given=_("Reported of asked"), missing=_("Not reported"), unusable=_("Cannot be used"))


def _counts(one: Completeness) -> Sequence[Cell]:
    return CountOf(one.given, one.asked), one.missing, one.unusable
