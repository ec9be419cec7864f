"""What one commune's report says as tables: its criteria, and the documents that it names."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.scores import tally
from ntm_rules.i18n import _
from ntm_rules.report.evidence import EvidenceRow
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, numbers, texts
from ntm_rules.rulebook.criteria_set import CriteriaSet


def criteria_of(rules: CriteriaSet, result: Result) -> Table:
    """Return how many indicators of each criterion are met, and the verdict of the criterion."""
    columns = [
        Column("id", _("No."), Kind.MARK),
        Column("text", _("Criterion")),
        *numbers(met_of=_("Indicators met / that apply"), not_met=_("Indicators not met"), no_data=_("No data yet")),
        Column("no_target", _("Target not yet fixed"), Kind.NUMBER),
        Column("verdict", _("Result of the criterion"), Kind.MARK),
        Column("letter", "", Kind.LETTER),
        Column("title", _("Criterion")),
    ]
    rows: list[Sequence[Cell]] = []
    for criterion, judged in zip(rules.criteria, result.children, strict=True):
        counts = tally(indicator.verdict for indicator in judged.children)
        counted = (f"{counts.met}/{counts.applicable}", counts.not_met, counts.no_data, counts.no_target)
        title = f"{criterion.id}. {criterion.words}"
        rows.append((criterion.id, str(criterion.words), *counted, judged.verdict, judged.verdict, title))
    return Table.of(columns, rows)


def documents(rows: Sequence[EvidenceRow]) -> Table:
    """Return the documents that a commune names."""
    columns = [
        *texts(ids=_("For indicator"), number=_("Number and sign")),
        Column("date", _("Day"), Kind.MARK),
        *texts(issuer=_("Issuer"), title=_("Title, or as the commune writes it")),
    ]
    return Table.of(columns, rows)
