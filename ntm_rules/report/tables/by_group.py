"""How many communes stand where, all together and by group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Cell, Column, CountOf, Table, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.standing.communes import groups_of
from ntm_rules.standing.overview import Overview
from ntm_rules.standing.values import Handed
from ntm_rules.wording.communes import group_title
from ntm_rules.wording.standards import meets_words
from ntm_rules.wording.standing import handed_words

Group = str | None
"""The id of a group; None for communes whose group is not known."""


def bands_by_group(overview: Overview) -> Table:
    """Return how many of the communes with a usable report are in each band, meet all and are recognised, of how many."""
    rules = overview.evaluation.rules
    everyone = [one.group for one in overview.counted]

    def cells(groups: Sequence[Group], chosen: Callable[[Sequence[Group]], int]) -> Cell:
        return CountOf(chosen(groups), chosen(everyone))

    rows = [(_("Evaluated"), everyone), *_bands(overview)]
    if rules.recognition:
        rows.append(_recognised(overview))
    return _table(rules, _("Communes"), [*rules.groups, None] if rules.groups else [], rows, cells)


def communes_by_group(overview: Overview) -> Table:
    """Return how many communes of the register handed in, and how many are in each band, meet all and are recognised."""
    handed = [(handed_words(state), [one.commune.group for one in overview.handing_in.of(state)]) for state in Handed]
    return _table(
        overview.evaluation.rules,
        _("Communes in {year}", year=overview.year),
        groups_of(overview.evaluation.rules),
        [*handed, *_bands(overview), _recognised(overview)],
        lambda groups, chosen: chosen(groups),
    )


def _bands(overview: Overview) -> Iterator[tuple[str, list[Group]]]:
    """Yield what communes are counted by, and the groups of those that are there."""
    rules, counted = overview.evaluation.rules, overview.counted
    for band in rules.bands:
        yield str(band.title), [one.group for one in counted if one.band_id == band.id]
    yield meets_words(rules), [one.group for one in counted if one.meets_all]


def _recognised(overview: Overview) -> tuple[str, list[Group]]:
    return _("Recognised by decision"), [one.group for one in overview.counted if one.decision.recognised]


def _table(
    rules: CriteriaSet,
    head: str,
    groups: Sequence[Group],
    rows: Sequence[tuple[str, Sequence[Group]]],
    cell: Callable[[Sequence[Group], Callable[[Sequence[Group]], int]], Cell],
) -> Table:
    columns = [
        *texts(counted=head, total=_("Total")),
        *(Column(f"group.{group or ''}", group_title(rules, group)) for group in groups),
    ]
    counts = [len, *(_in(group) for group in groups)]
    return Table.of(columns, [(words, *(cell(theirs, count) for count in counts)) for words, theirs in rows])


def _in(group: Group) -> Callable[[Sequence[Group]], int]:
    return lambda groups: sum(one == group for one in groups)
