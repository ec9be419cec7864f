"""What a filled form holds outside the cells that are read, and what it held and holds no more: told, never lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.places import Grid, cell_name
from ntm_rules.dataset.problems import place_of
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.cells import KeyedSheet, in_both
from ntm_rules.i18n import Message
from ntm_rules.rulebook.pending import REPLACING

_HEADINGS = (REPLACING, layout.MORE_CLASSES)
_FILLED = (
    layout.EVERYWHERE,
    layout.VALUE,
    layout.OTHERWISE,
    layout.GROUP_COLUMN,
    layout.ARTICLE,
    layout.GROUP,
    layout.SOURCE,
)
MOST_CELLS = 12
"""How many cells of a sheet are named; of more, the number."""


def unread_cells(table: KeyedSheet, names: Collection[str]) -> Iterator[Message]:
    """Yield what to say of cells with content that nobody reads; `names`: the ids, codes or fields of its rows."""
    cells = [cell_name(row, column) for row, column in _unread(table, names)]
    if cells:
        named = ", ".join(cells[:MOST_CELLS])
        said = (
            Message("what stands in {cells} is not read", cells=named)
            if len(cells) <= MOST_CELLS
            else Message(
                "what stands in {cells} and {count} more cells is not read", cells=named, count=len(cells) - MOST_CELLS
            )
        )
        yield Message("{place}: {said}", place=place_of(sheet=table.sheet), said=said)


def unread_sheets(grids: Sequence[Grid], tables: Sequence[KeyedSheet | None]) -> Iterator[Message]:
    """Yield what to say of sheets with content that are none of the form's."""
    ours = {id(table.grid) for table in tables if table is not None}
    guides = {*in_both(layout.GUIDE_SHEET), *in_both(layout.BESIDE_SHEET)}
    for grid in grids:
        rows = list(grid.rows)
        if id(grid) in ours or grid.where.sheet in guides or any(layout.ABOUT in row[:1] for _number, row in rows):
            continue
        if any(not _blank(cell) for _number, row in rows for cell in row):
            said = Message("none of the form's sheets; it is not read")
            yield Message("{place}: {said}", place=place_of(sheet=grid.where.sheet), said=said)


def missing_rows(table: KeyedSheet, ids: Sequence[str]) -> Iterator[Message]:
    """Yield what to say of requirements that the form offered and whose rows are gone."""
    there = {table.cell(row, layout.ID) for _number, row in table.rows}
    gone = [id_ for id_ in ids if id_ not in there]
    if gone:
        said = Message("the rows of {ids} are no longer in the form; nothing is fixed for them", ids=", ".join(gone))
        yield Message("{place}: {said}", place=place_of(sheet=table.sheet), said=said)


def _unread(table: KeyedSheet, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield row and column, from 0, of cells with content that have no meaning for the form."""
    keyed = set(table.columns.values())
    headings = {key(words) for heading in _HEADINGS for words in in_both(heading)}
    for number, row in table.grid.rows:
        if number in (table.keys_at, table.keys_at - 1):
            expected = keyed
        elif number < table.keys_at:
            expected = {min(keyed)}  # the title, and the line under it
        elif _is_read(table, row, known) or any(isinstance(cell, str) and key(cell) in headings for cell in row):
            expected = keyed
        else:
            expected = set()
        yield from ((number, at) for at, cell in enumerate(row) if at not in expected and not _blank(cell))


def _is_read(table: KeyedSheet, row: Sequence[Cell], known: Collection[str]) -> bool:
    """Tell a row that names what it is about, or in which something is filled in and was judged already."""
    if any(written(table.cell(row, column)) in known for column in (layout.ID, layout.OF, layout.CODE, layout.FIELD)):
        return True
    return any(not _blank(table.cell(row, column)) for column in table.columns if column.startswith(_FILLED))


def _blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()
