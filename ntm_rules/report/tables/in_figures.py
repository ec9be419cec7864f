"""A set of criteria in figures: how much is in it, and how far its targets are fixed."""

from __future__ import annotations

from collections.abc import Iterator

from ntm_rules.i18n import _
from ntm_rules.report.tables.table import Column, Kind, RowRole, Table
from ntm_rules.report.targets import counts
from ntm_rules.rulebook.criteria_set import CriteriaSet


def in_figures(rules: CriteriaSet) -> Table:
    """Return a line for each figure; the columns have no heads."""
    words, numbers, roles = zip(*_figures(rules), strict=True)
    return Table([Column("counted"), Column("n", kind=Kind.MARK)], [words, numbers], roles)


def _figures(rules: CriteriaSet) -> Iterator[tuple[str, int, RowRole]]:
    targets = counts(rules, rules.requirements())
    yield _("Criteria"), len(rules.criteria), RowRole.PLAIN
    yield _("Indicators"), sum(1 for _one in rules.indicators()), RowRole.PLAIN
    yield _("Further conditions of recognition"), len(rules.conditions), RowRole.PLAIN
    yield _("Requirements in them"), targets.requirements, RowRole.PLAIN
    yield _("with a number that a document fixes"), targets.numbers, RowRole.PART
    if targets.grades:
        yield _("with a grade that a document names"), targets.grades, RowRole.PART
    if targets.illustrative:
        yield _("with an illustrative target, which is not law"), targets.illustrative, RowRole.PART
    yield _("answered yes or concluded as met, without a number"), targets.answers, RowRole.PART
    yield _("whose target is awaited"), targets.awaited, RowRole.PART
    yield _("Figures and statements reported"), len(rules.reported_measures), RowRole.PLAIN
    yield _("Lead agencies"), len(rules.lead_agencies), RowRole.PLAIN
    yield _("Communes"), len(rules.communes.within()), RowRole.PLAIN
