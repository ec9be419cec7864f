"""Tables drawn on screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypedDict, Unpack

from rich.console import JustifyMethod
from rich.style import StyleType
from rich.table import Table as ScreenTable
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import STYLES, letter
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.table import Cell, Column, Kind, Pair, RowRole, Table, words_of


def on_screen(
    table: Table,
    title: str | None = None,
    no_wrap: Collection[str] = (),
    *,
    widest: Mapping[str, int] | None = None,
    whole: Collection[str] = (),
    nothing: str = "",
) -> ScreenTable:
    """Return a table as the screen shows it.

    Args:
        table: made once, for every output.
        title: stands above it.
        no_wrap: keys of the columns whose texts stay on one line.
        widest: key -> characters that a column has at the most.
        whole: keys of the columns that keep their place whatever the width of the screen: the words beside them give way.
        nothing: stands for a cell that holds nothing.
    """
    drawn = ScreenTable(title=title, box=None, header_style="bold", padding=(0, 1))
    for column, cells in zip(table.columns, table.cells, strict=True):
        drawn.add_column(
            column.head,
            justify=_JUSTIFY[column.kind],
            no_wrap=column.key in no_wrap,
            max_width=(widest or {}).get(column.key),
            min_width=_longest_word(column, cells) if column.key in whole else None,
        )
    for at, row in enumerate(table.rows):
        shown = (_drawn(column, cell, nothing) for column, cell in zip(table.columns, row, strict=True))
        drawn.add_row(*shown, style="bold" if table.role(at) is RowRole.STRONG else "")
    return drawn


class FrameLooks(TypedDict, total=False):
    """How a table in a frame looks, where not plainly."""

    title: str
    title_justify: JustifyMethod
    title_style: StyleType


def framed(table: Table, no_wrap: Collection[str] = (), **frame: Unpack[FrameLooks]) -> ScreenTable:
    """Return a table in a frame, with nothing of its words cut off; columns with a width share the room by it."""
    drawn = ScreenTable(padding=(0, 1), **frame)
    for column in table.columns:
        ratio = int(column.width) or None
        drawn.add_column(column.head, no_wrap=column.key in no_wrap, overflow="fold", ratio=ratio)
    for row in table.rows:
        drawn.add_row(*map(words_of, row))
    return drawn


_JUSTIFY: Mapping[Kind, JustifyMethod] = {
    Kind.TEXT: "left", Kind.MARK: "left", Kind.NUMBER: "right", Kind.LETTER: "center",
}  # fmt: skip


def _longest_word(column: Column, cells: Collection[Cell]) -> int:
    return max(map(len, (*column.head.split(), *map(words_of, cells))))


def _drawn(column: Column, cell: Cell, nothing: str) -> str | RichText:
    if cell is None:
        return nothing
    if isinstance(cell, Pair):
        before, after = (_drawn(column, part, nothing) for part in cell)
        return after if before == after else RichText.assemble(before, " → ", after)
    if not isinstance(cell, Verdict):
        return words_of(cell)
    return letter(cell) if column.kind is Kind.LETTER else RichText(words_of(cell), style=STYLES[cell])
