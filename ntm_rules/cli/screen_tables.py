"""Tables drawn on screen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rich.console import JustifyMethod
from rich.table import Table as ScreenTable
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import STYLES, letter
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.table import Cell, Column, Kind, Table, words_of


def on_screen(table: Table, title: str | None = None, no_wrap: Collection[str] = ()) -> ScreenTable:
    """Return a table as the screen shows it; `no_wrap`: keys of the columns whose texts stay on one line."""
    drawn = ScreenTable(title=title, box=None, header_style="bold", padding=(0, 1))
    for column in table.columns:
        drawn.add_column(column.head, justify=_JUSTIFY[column.kind], no_wrap=column.key in no_wrap)
    for row in table.rows:
        drawn.add_row(*map(_drawn, table.columns, row))
    return drawn


_JUSTIFY: Mapping[Kind, JustifyMethod] = {
    Kind.TEXT: "left", Kind.MARK: "left", Kind.NUMBER: "right", Kind.LETTER: "center",
}  # fmt: skip


def _drawn(column: Column, cell: Cell) -> str | RichText:
    if not isinstance(cell, Verdict):
        return words_of(cell)
    return letter(cell) if column.kind is Kind.LETTER else RichText(words_of(cell), style=STYLES[cell])
