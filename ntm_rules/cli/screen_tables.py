"""Tables drawn on screen."""

from __future__ import annotations

from collections.abc import Collection

from rich.table import Table as ScreenTable
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import STYLES
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables import Cell, Kind, Table, words_of


def on_screen(table: Table, title: str | None = None, no_wrap: Collection[str] = ()) -> ScreenTable:
    """Return a table as the screen shows it; `no_wrap`: keys of the columns whose texts stay on one line."""
    drawn = ScreenTable(title=title, box=None, header_style="bold", padding=(0, 1))
    for column in table.columns:
        number = column.kind is Kind.NUMBER
        drawn.add_column(column.head, justify="right" if number else "left", no_wrap=column.key in no_wrap)
    for row in table.rows:
        drawn.add_row(*map(_drawn, row))
    return drawn


def _drawn(cell: Cell) -> str | RichText:
    return RichText(words_of(cell), style=STYLES[cell]) if isinstance(cell, Verdict) else words_of(cell)
