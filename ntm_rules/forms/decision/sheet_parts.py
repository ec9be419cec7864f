"""The looks and parts that the sheets of an overlay's workbook share: formats, tables, choices, protection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells import dated_figures
from ntm_rules.i18n import _
from ntm_rules.rulebook.models import LARGEST
from ntm_rules.rulebook.pending import TargetPlace
from ntm_rules.spreadsheet.entries import refusal
from ntm_rules.spreadsheet.looks import BOXED, HEAD, LETTERS, TINY, TITLE
from ntm_rules.spreadsheet.paper import page

Column = tuple[str, str, float]
"""Key, head and width."""
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


def table(sheet: Worksheet, looks: DecisionLooks, title: str, columns: Sequence[Column]) -> None:
    """Write a table's title, heads and keys."""
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


def number_rule(place: TargetPlace) -> dict[str, Any]:
    """Return the rule of a cell for a requirement's number: what it takes, and what it says of anything else."""
    if place.measure.traits.dated:
        return {
            "validate": "date", "criteria": "between", "minimum": dated_figures.FIRST,
            "maximum": dated_figures.LAST,
            **refusal(_("Not a day"), _("Write the day, the month and the year in figures, such as 31/12/2025.")),
        }  # fmt: skip
    share = place.measure.traits.counted
    low, high = (0, 100) if share else (1 - LARGEST, LARGEST - 1)
    advice = (
        _("Write a number from 0 to 100, without the percent sign: 85 for 85%.")
        if share
        else _("Write one number alone, in the unit of this row.")
    )
    return {
        "validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
        **refusal(_("Not a number that fits"), advice),
    }  # fmt: skip


def write_number(sheet: Worksheet, looks: DecisionLooks, row: int, column: int, value: Decimal | dt.date) -> None:
    """Write a number, or a day, into a cell that takes one."""
    if isinstance(value, dt.date):
        sheet.write_string(
            row, column, dated_figures.spelt(value), looks.entry
        )  # as text no spreadsheet turns it round
    else:
        sheet.write_number(row, column, float(value), looks.number)
