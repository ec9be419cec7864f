"""Tables made once, as pages show them: a cell's words, and its look by the kind of its column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict, Unpack

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.values import Cell, FilterItem, Head, PageTable, Row, counted, look
from ntm_rules.report.tables import table as made
from ntm_rules.wording.values import number


class TableLooks(TypedDict, total=False):
    """How a page shows a table, where not plainly."""

    looks: Mapping[str, str]
    """Key of a column -> its class in the style sheet."""
    sorts: Mapping[str, Sequence[object]]
    """Key of a column -> what the cell of each row is sorted by, where that is not its words."""
    counts: Mapping[str, str]
    """Key of a column of numbers, which is sorted by them and grey where they are 0 -> its class where they are not."""
    of: int
    """Of how many each of these numbers counts; 0: they stand alone."""
    items: Sequence[FilterItem]
    """What filters know of each row; there are filters then."""
    groups: str
    """What filters call the groups of the rows."""
    cards: Collection[str]
    """Keys of the columns whose head stands before each cell where the page is too narrow for columns."""
    look: str
    unseen: str
    """For those who do not see, in place of the title."""


def drawn(
    table: made.Table,
    title: str,
    naming: Collection[str] = (),
    addresses: Mapping[str, Sequence[str | None]] | None = None,
    caption: str = "",
    **how: Unpack[TableLooks],
) -> PageTable:
    """Return a table for a page.

    Args:
        table: made once, for every output.
        title: what those hear who do not see it.
        naming: keys of the columns that name a row.
        addresses: key of a column -> where the cell of each row leads.
        caption: shown above it.
        how: where not plainly.
    """
    looks, sorts = how.get("looks", {}), how.get("sorts", {})
    usual = ["number" if column.kind is made.Kind.NUMBER else "" for column in table.columns]
    looks_of = [looks.get(column.key, kind) for column, kind in zip(table.columns, usual, strict=True)]
    heads = [Head(column.head, kind) for column, kind in zip(table.columns, usual, strict=True)]
    cards, counts, total = how.get("cards", ()), how.get("counts", {}), how.get("of", 0)

    def cell(at: int, of: int, value: made.Cell) -> Cell:
        column = table.columns[of]
        address = addresses[column.key][at] if addresses and column.key in addresses else None
        if column.key in counts:
            assert isinstance(value, int)
            return counted(value, f"{value}/{total}" if total else number(value), address, counts[column.key])
        return Cell(
            made.words_of(value),
            _look(value) or looks_of[of],
            sorts[column.key][at] if column.key in sorts else None,
            address,
            column.head if column.key in cards else "",
            head=column.key in naming,
        )

    items = how.get("items")
    rows = [
        Row([cell(at, of, value) for of, value in enumerate(row)], items[at] if items else None)
        for at, row in enumerate(table.rows)
    ]
    told = {"look": how.get("look", ""), "unseen": how.get("unseen", ""), "groups": how.get("groups", "")}
    return PageTable(title, heads, rows, caption=caption, filtered=items is not None, **told)


def _look(cell: made.Cell) -> str:
    """Return the class of a cell that has the colours of a verdict."""
    if isinstance(cell, Verdict):
        return look(cell)
    return look(cell.look) if isinstance(cell, made.Term) and cell.look is not None else ""
