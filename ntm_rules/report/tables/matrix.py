"""The matrix: the verdict of every criterion and indicator in each commune; behind them the further conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.evaluation.nodes import NodeRow
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.tables.coded import Cells, among, nothing, owners, table_of
from ntm_rules.report.tables.table import Cell, Column, CountOf, Kind, Table, numbers, texts
from ntm_rules.rulebook.criteria_set import Criterion
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.standing import recognised_words
from ntm_rules.wording.titles import numbered_title

TOGETHER = ("criterion", "recognition")
"""Levels whose column sums up those that stand behind it, under the same words."""


def matrix(overviews: Sequence[Overview], beside: Sequence[Overview] = ()) -> Table:
    """Return a row for each record, one that holds nothing usable too; nothing stands for what its law does not have.

    The columns are those of the law with most of them, also of those `beside`; a column of verdicts has its level and id as
    its key.
    """
    table = max((overview.evaluation.table for overview in (*overviews, *beside)), key=len)
    columns = [*texts(commune_code=_("Code"), commune=_("Commune")), *numbers(year=_("Year")), *_of_law(table)]
    return table_of(columns, [_cells(overview, table) for overview in overviews])


def of_criteria(overview: Overview) -> Table:
    """Return the verdict of each criterion in each commune with a usable report, between the counts of what is met."""
    evaluation, rules = overview.evaluation, overview.evaluation.rules
    rows = [at for level in TOGETHER for at in evaluation.level(level)]
    columns = [
        Column("commune", _("Commune")),
        Column("criteria", _("Criteria met"), Kind.NUMBER),
        *(Column(_key(evaluation.table[at]), _titles(evaluation.table[at].node)[0], Kind.LETTER) for at in rows),
        Column("indicators", _("Indicators met"), Kind.NUMBER),
        *(texts(band=_("Band")) if rules.bands else ()),
        *(texts(recognised=_("Recognised by decision")) if rules.recognition else ()),
    ]
    cells: list[Sequence[Cell]] = [
        (
            one.report.name,
            CountOf(one.criteria.met, one.criteria.applicable),
            *(evaluation.verdict(at, one.record) for at in rows),
            CountOf(one.indicators.met, one.indicators.applicable),
            *([str(one.band.title) if one.band else ""] if rules.bands else ()),
            *([recognised_words(one.decision)] if rules.recognition else ()),
        )
        for one in overview.counted
    ]
    return Table.of(columns, cells)


def summing(table: Table) -> list[str]:
    """Return the keys of the columns that sum up others."""
    return [key for key in table.keys if key.partition(".")[0] in TOGETHER]


def _of_law(table: Sequence[NodeRow]) -> Iterator[Column]:
    for at in (at for level in TOGETHER for at, row in enumerate(table) if row.level == level):
        head, over = _titles(table[at].node)
        yield Column(_key(table[at]), head, Kind.LETTER, over=over)
        for part in table[at].children:
            yield Column(_key(table[part]), table[part].id, Kind.LETTER, over=over)


def _titles(node: object) -> tuple[str, str]:
    """Return the short and the full title of a criterion, or of the further conditions together."""
    if not isinstance(node, Criterion):
        return _("Cond."), _("Further conditions of recognition")
    return _("C{id}", id=node.id), numbered_title(node)


def _key(row: NodeRow) -> str:
    return f"{row.level}.{row.id}"


def _cells(overview: Overview, table: Sequence[NodeRow]) -> Cells:
    evaluation = overview.evaluation
    cells = owners(overview)
    for row in table:
        here = evaluation.row_of.get((row.level, row.id))
        verdicts = nothing(overview) if here is None else among(evaluation.verdicts[here], list(Verdict))
        cells[_key(row)] = verdicts
    return cells
