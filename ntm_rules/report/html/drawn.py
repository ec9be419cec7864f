"""Tables made once, as pages show them: a cell's words, and its look by the kind of its column."""

from __future__ import annotations

from collections.abc import Collection

from markupsafe import Markup

from ntm_rules.report.charts import Picture
from ntm_rules.report.html.values import Cell, Head, Row, Table
from ntm_rules.report.tables import table as made


def drawn(table: made.Table, title: str, named: Collection[str] = (), caption: str = "") -> Table:
    """Return a table for a page; `named`: keys of the columns that name a row."""
    looks = ["number" if column.kind is made.Kind.NUMBER else "" for column in table.columns]
    heads = [Head(column.head, look) for column, look in zip(table.columns, looks, strict=True)]
    rows = [
        Row(
            [
                Cell(made.words_of(cell), look, head=column.key in named)
                for cell, column, look in zip(row, table.columns, looks, strict=True)
            ]
        )
        for row in table.rows
    ]
    return Table(title, heads, rows, caption=caption)


def inline(picture: Picture) -> Markup:
    """Return a picture as a part of a page: it asks for nothing, and everything in it is escaped already."""
    return Markup(picture.svg())  # noqa: S704 - drawn by this program
