"""The looks and parts that the sheets of an overlay's workbook share: formats, tables, choices, protection."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ntm_rules.spreadsheet.looks import BOXED, HEAD, LETTERS, TINY, TITLE
from ntm_rules.spreadsheet.paper import page

HEADS_AT, KEYS_AT, FIRST = 2, 3, 4
"""Rows of a table, from 0: titles, keys, first row to fill."""


FIRST_LIST = 3
"""Column of the hidden sheet, from 0, in which the first list stands."""


class DecisionLooks:
    """The formats of the workbook's cells."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base = {**LETTERS, "valign": "top", "text_wrap": True}
        boxed = {**base, **BOXED}
        entry = {**boxed, "bg_color": "#FFF9E0", "locked": False}
        self.title = book.add_format({**base, **TITLE, "text_wrap": False})
        self.words = book.add_format(base)
        self.line = book.add_format({**base, "text_wrap": False, "italic": True})
        self.strong = book.add_format({**base, "bold": True})
        self.head = book.add_format({**boxed, **HEAD})
        self.key = book.add_format(TINY)
        self.told = book.add_format(boxed)
        self.small = book.add_format({**boxed, "font_size": 8})
        self.id = book.add_format({**boxed, "bold": True, "num_format": "@"})
        self.number = book.add_format({**entry, "align": "center"})
        self.entry = book.add_format({**entry, "num_format": "@"})
        self.figure = book.add_format({**boxed, "bold": True})
        self.bold = book.add_format({**LETTERS, "bold": True})
        self.plain = book.add_format({**LETTERS, "font_size": 9})
        self.shut = book.add_format({**boxed, "bg_color": "#D9D9D9"})


def table(sheet: Worksheet, looks: DecisionLooks, title: str, columns: Sequence[tuple[str, str, float]]) -> None:
    """Write a table's title, heads and keys; columns: key, head, width."""
    page(sheet, [width for _key, _head, width in columns])
    sheet.write_string(0, 0, title, looks.title)
    for column, (key, head, _width) in enumerate(columns):
        sheet.write_string(HEADS_AT, column, head, looks.head)
        sheet.write_string(KEYS_AT, column, key, looks.key)
    sheet.set_row(HEADS_AT, 48)
    sheet.set_row(KEYS_AT, 9)


def protect(sheet: Worksheet) -> None:
    """Lock the cells that are not to be filled in, without a password."""
    allowed = ("sort", "insert_rows", "format_columns", "format_rows", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))
