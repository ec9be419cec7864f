"""What the workbooks that people fill in share: printed pages, heights of rows, choices offered, what a wrong entry is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ntm_rules.i18n import _

LINE, SMALL_LINE = 15.0, 11.5
"""Heights in points of a line of the usual and of the small letters."""
TALLEST = 409.0
"""Excel makes no row taller."""
LONGEST_TITLE, LONGEST_TEXT = 32, 255
"""What Excel shows of a validation's message."""


class PlainFormulas(Worksheet):  # type: ignore[misc, unused-ignore]
    """A sheet whose formulas use functions of Excel 2007 alone, so that none of their names needs a prefix.

    XlsxWriter looks in every formula for each of some hundred newer names; a form has hundreds of formulas, and that
    took a third of the time it is written in.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - XlsxWriter's
        return formula.removeprefix("=")


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


def height(cells: Sequence[tuple[str, float]], line: float = LINE) -> float:
    """Return the height of a row in which every text has room in its column's width."""
    per_width = (LINE / line) ** 1.5
    lines = (sum(math.ceil(len(part) / (width * per_width)) or 1 for part in text.split("\n")) for text, width in cells)
    return min(line * max(lines, default=1) + 1, TALLEST)


def page(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the columns' widths and how the sheet is printed: A4 across, as wide as one page."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)


def offer(
    sheet: Worksheet, lists: Lists, row: int, column: int, choices: Sequence[str], hint: Mapping[str, str] | None = None
) -> None:
    """Let a cell take one of the choices only; `hint`: what it says when it is chosen (`prompted`)."""
    words = said(_("Not one of the choices"), _("Choose from the list, or leave the cell empty."))
    rule = {"validate": "list", "source": lists.source(choices), **words, **(hint or {})}
    sheet.data_validation(row, column, row, column, rule)


def said(title: str, words: str) -> dict[str, str]:
    """Return what a validation says of a wrong entry, as long as Excel shows it."""
    return {"error_title": title[:LONGEST_TITLE], "error_message": words[:LONGEST_TEXT]}


def prompted(title: str, words: str) -> dict[str, str]:
    """Return what a validation says when its cell is chosen, as long as Excel shows it."""
    return {"input_title": title[:LONGEST_TITLE], "input_message": words[:LONGEST_TEXT]}
