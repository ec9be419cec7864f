"""Tables made once, as pages show them: a cell's words, and its look by the kind of its column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypedDict, Unpack

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.html.values import Badge, Cell, FilterItem, Head, HeldPart, PageTable, Row, counted, look
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
    linked: Mapping[str, Sequence[object]]
    """Key of a column -> the words of each row's cell where some of them lead somewhere."""
    asides: Mapping[str, Sequence[object]]
    """Key of a column -> what stands small behind the words of each row's cell."""
    lines: Mapping[str, Sequence[Sequence[object]]]
    """Key of a column -> what stands in each row's cell in lines of its own, below its words."""
    held: Mapping[str, Sequence[Sequence[HeldPart]]]
    """Key of a column -> what was reported of requirements against what is asked, in each row's cell."""
    badges: Mapping[str, Sequence[Badge]]
    """Key of a column -> the badge that stands in each row in place of words; of a column of letters its letter alone."""
    heads: Mapping[str, Head]
    """Key of a column -> its head, where that is more than words."""
    items: Sequence[FilterItem]
    """What filters know of each row; the table has filters of its own then, unless `filtered` says that others do."""
    filtered: bool
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
    looks = how.get("looks", {})
    usual = ["number" if column.kind is made.Kind.NUMBER else "" for column in table.columns]
    looks_of = [looks.get(column.key, kind) for column, kind in zip(table.columns, usual, strict=True)]
    heads = how.get("heads", {})
    shown = [heads.get(column.key, Head(column.head, kind)) for column, kind in zip(table.columns, usual, strict=True)]
    cells = [
        list(_column(column, of, table.cells[at], column.key in naming, (addresses or {}).get(column.key), how))
        for at, (column, of) in enumerate(zip(table.columns, looks_of, strict=True))
    ]
    items = how.get("items")
    rows = [
        Row(_across(row), items[at] if items else None, "of-above" if table.role(at) is made.RowRole.PART else "")
        for at, row in enumerate(zip(*cells, strict=True))
    ]
    told = {"look": how.get("look", ""), "unseen": how.get("unseen", ""), "groups": how.get("groups", "")}
    return PageTable(
        title,
        shown if any(table.heads) else [],
        rows,
        caption=caption,
        filtered=how.get("filtered", items is not None),
        **told,
    )


def _column(
    column: made.Column,
    usual: str,
    cells: Sequence[made.Cell],
    naming: bool,
    addresses: Sequence[str | None] | None,
    how: TableLooks,
) -> Iterator[Cell | None]:
    """Yield the cells of a column; None for one that is one with the cell before it."""
    key = column.key
    linked, asides, lines = (
        how.get("linked", {}).get(key),
        how.get("asides", {}).get(key),
        how.get("lines", {}).get(key),
    )
    badges, held, sorts = how.get("badges", {}).get(key), how.get("held", {}).get(key), how.get("sorts", {}).get(key)
    label = column.head if key in how.get("cards", ()) else ""
    sortable = "sortable" in how.get("look", "") and column.kind in (made.Kind.NUMBER, made.Kind.LETTER)
    for at, value in enumerate(cells):
        address = addresses[at] if addresses else None
        sort = sorts[at] if sorts else _number(value) if sortable else None
        if value is made.BEFORE:
            yield None
        elif badges and column.kind is made.Kind.LETTER:
            badge = badges[at]
            yield Cell(badge.letter, f"{usual} {badge.look}".lstrip(), sort, address, unseen=badge.words)
        elif badges:
            yield Cell("", badge=badges[at], label=label, head=naming)
        elif key in how.get("counts", {}) and isinstance(value, int):
            words = f"{value}/{how['of']}" if how.get("of") else number(value)
            cell = counted(value, words, address, how["counts"][key])
            yield cell._replace(aside=asides[at]) if asides else cell
        else:
            yield Cell(
                linked[at] if linked else made.words_of(value),
                f"{_look(value)} {usual}".strip(),
                sort,
                address,
                label,
                asides[at] if asides else "",
                head=naming,
                lines=lines[at] if lines else (),
                held=held[at] if held else (),
            )


def _number(cell: made.Cell) -> object:
    """Return what a cell of numbers is sorted by."""
    if isinstance(cell, made.CountOf):
        return made.code_of(cell.n)
    if isinstance(cell, Verdict):
        return cell.value
    return cell if isinstance(cell, int) else None


def _across(cells: Sequence[Cell | None]) -> list[Cell]:
    """Return the cells of a row, one that goes on over those behind it as wide as it is."""
    row: list[Cell] = []
    for cell in cells:
        if cell is None:
            row[-1] = row[-1]._replace(columns=row[-1].columns + 1, look="")
        else:
            row.append(cell)
    return row


def _look(cell: made.Cell) -> str:
    """Return the class of a cell that has the colours of a verdict."""
    if isinstance(cell, Verdict):
        return look(cell)
    return look(cell.look) if isinstance(cell, made.Term) and cell.look is not None else ""
