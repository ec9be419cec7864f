"""The looks and parts that the sheets of an overlay's workbook share: formats, tables, choices, protection."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.places import column_letters
from ntm_rules.i18n import _
from ntm_rules.workbench.overlays import layout

HEADS_AT, KEYS_AT, FIRST = 2, 3, 4
"""Rows of a table, from 0: titles, keys, first row to fill."""
LONGEST_TITLE, LONGEST_TEXT = 32, 255
"""What Excel shows of a validation's message."""


class Lists:
    """Choices that a cell cannot hold itself, as columns of the hidden sheet: long ones, and those with commas."""

    def __init__(self) -> None:
        self.columns: list[list[str]] = []

    def source(self, choices: list[str]) -> list[str] | str:
        """Return the choices, or the range in which they stand."""
        if len(",".join(choices)) <= LONGEST_TEXT and not any("," in choice for choice in choices):
            return choices
        if choices not in self.columns:
            self.columns.append(choices)
        letters = column_letters(FIRST_LIST + self.columns.index(choices))
        return f"={layout.ABOUT_SHEET}!${letters}$1:${letters}${len(choices)}"


FIRST_LIST = 3
"""Column of the hidden sheet, from 0, in which the first list stands."""
LINE, SMALL_LINE = 15.0, 11.5
"""Heights in points of a line of the usual and of the small letters."""


def height(cells: Sequence[tuple[str, float]], line: float = LINE) -> float:
    """Return the height of a row in which every text has room in its column's width."""
    per_width = (LINE / line) ** 1.5
    return line * max(math.ceil(len(text) / (width * per_width)) or 1 for text, width in cells) + 1


class Looks:
    """The formats of the workbook's cells."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        boxed = {**base, "border": 1, "border_color": "#A6A6A6"}
        entry = {**boxed, "bg_color": "#FFF9E0", "locked": False}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
        self.words = book.add_format(base)
        self.line = book.add_format({**base, "text_wrap": False, "italic": True})
        self.strong = book.add_format({**base, "bold": True})
        self.head = book.add_format(
            {**boxed, "bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"}
        )
        self.key = book.add_format({"font_name": "Times New Roman", "font_size": 6, "font_color": "#A6A6A6"})
        self.told = book.add_format(boxed)
        self.small = book.add_format({**boxed, "font_size": 8})
        self.id = book.add_format({**boxed, "bold": True, "num_format": "@"})
        self.number = book.add_format({**entry, "align": "center"})
        self.entry = book.add_format({**entry, "num_format": "@"})
        self.figure = book.add_format({**boxed, "bold": True})
        self.bold = book.add_format({"font_name": "Times New Roman", "font_size": 11, "bold": True})
        self.plain = book.add_format({"font_name": "Times New Roman", "font_size": 9})
        self.shut = book.add_format({**boxed, "bg_color": "#D9D9D9"})


def table(sheet: Worksheet, looks: Looks, title: str, columns: Sequence[tuple[str, str, float]]) -> None:
    """Write a table's title, heads and keys; columns: key, head, width."""
    page(sheet, [width for _key, _head, width in columns])
    sheet.write_string(0, 0, title, looks.title)
    for column, (key, head, _width) in enumerate(columns):
        sheet.write_string(HEADS_AT, column, head, looks.head)
        sheet.write_string(KEYS_AT, column, key, looks.key)
    sheet.set_row(HEADS_AT, 48)
    sheet.set_row(KEYS_AT, 9)


def page(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the columns' widths and how the sheet is printed."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)


def offer(sheet: Worksheet, lists: Lists, row: int, column: int, choices: list[str]) -> None:
    """Let a cell take one of the choices only."""
    words = said(_("Not one of the choices"), _("Choose from the list, or leave the cell empty."))
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": lists.source(choices), **words})


def said(title: str, words: str) -> dict[str, str]:
    """Return what a validation says of a wrong entry, as long as Excel shows it."""
    return {"error_title": title[:LONGEST_TITLE], "error_message": words[:LONGEST_TEXT]}


def protect(sheet: Worksheet) -> None:
    """Lock the cells that are not to be filled in, without a password."""
    allowed = ("sort", "insert_rows", "format_columns", "format_rows", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))
