"""Tables made once, as pages show them: a cell's words, and its look by the kind of its column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.values import Cell, Head, Row, Table, look
from ntm_rules.report.tables import table as made


def drawn(
    table: made.Table,
    title: str,
    named: Collection[str] = (),
    addresses: Mapping[str, Sequence[str | None]] | None = None,
    caption: str = "",
) -> Table:
    """Return a table for a page.

    Args:
        table: made once, for every output.
        title: what those hear who do not see it.
        named: keys of the columns that name a row.
        addresses: key of a column -> where the cell of each row leads.
        caption: shown above it.
    """
    kinds = ["number" if column.kind is made.Kind.NUMBER else "" for column in table.columns]
    heads = [Head(column.head, kind) for column, kind in zip(table.columns, kinds, strict=True)]
    rows = [
        Row(
            [
                Cell(
                    made.words_of(cell),
                    _look(cell) or kind,
                    head=column.key in named,
                    address=addresses[column.key][at] if addresses and column.key in addresses else None,
                )
                for cell, column, kind in zip(row, table.columns, kinds, strict=True)
            ]
        )
        for at, row in enumerate(table.rows)
    ]
    return Table(title, heads, rows, caption=caption)


def _look(cell: made.Cell) -> str:
    """Return the class of a cell that has the colours of a verdict."""
    if isinstance(cell, Verdict):
        return look(cell)
    return look(cell.look) if isinstance(cell, made.Term) and cell.look is not None else ""
