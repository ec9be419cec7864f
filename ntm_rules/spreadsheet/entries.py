"""Cells that people fill in: the choices offered, and what is said before and after a wrong entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _

LONGEST_TITLE, LONGEST_TEXT = 32, 255
"""What Excel shows of a validation's message."""


class Lists:
    """Choices that a cell cannot hold itself, as columns of a hidden sheet: long ones, and those with commas."""

    def __init__(self, sheet: str, first_column: int) -> None:
        self.columns: list[list[str]] = []
        self._sheet, self._first = sheet, first_column

    def source(self, choices: Sequence[str]) -> list[str] | str:
        """Return the choices, or the range in which they stand."""
        offered = list(choices)
        if len(",".join(offered)) <= LONGEST_TEXT and not any("," in choice for choice in offered):
            return offered
        if offered not in self.columns:
            self.columns.append(offered)
        letters = xl_col_to_name(self._first + self.columns.index(offered))
        return f"={self._sheet}!${letters}$1:${letters}${len(offered)}"

    def write(self, sheet: Worksheet) -> None:
        """Write the columns into the hidden sheet."""
        for column, choices in enumerate(self.columns, start=self._first):
            for row, choice in enumerate(choices):
                sheet.write_string(row, column, choice)


def offer(
    sheet: Worksheet,
    lists: Lists,
    rows: int | tuple[int, int],
    column: int,
    choices: Sequence[str],
    hint: Mapping[str, str] | None = None,
) -> None:
    """Let a cell, or those from the first row to the last, take one of the choices only.

    `hint`: what a cell says when it is chosen (`prompt`).
    """
    first, last = (rows, rows) if isinstance(rows, int) else rows
    words = refusal(_("Not one of the choices"), _("Choose from the list, or leave the cell empty."))
    rule = {"validate": "list", "source": lists.source(choices), **words, **(hint or {})}
    sheet.data_validation(first, column, last, column, rule)


def refusal(title: str, words: str) -> dict[str, str]:
    """Return what a validation says of a wrong entry, as long as Excel shows it."""
    return {"error_title": title[:LONGEST_TITLE], "error_message": words[:LONGEST_TEXT]}


def prompt(title: str, words: str) -> dict[str, str]:
    """Return what a validation says when its cell is chosen, as long as Excel shows it."""
    return {"input_title": title[:LONGEST_TITLE], "input_message": words[:LONGEST_TEXT]}
