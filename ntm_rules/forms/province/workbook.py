"""The table that a province fills in: a row for each figure of the year, read as every long table is."""

from __future__ import annotations

import io

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells.answers import offered
from ntm_rules.dataset.rows.titles import ROLES, heading
from ntm_rules.forms.commune.looks import Looks
from ntm_rules.i18n import _, current_language
from ntm_rules.office_files import without_times
from ntm_rules.plan.loader import Plan
from ntm_rules.rulebook.models import Measure
from ntm_rules.spreadsheet.entries import Lists, offer, prompt
from ntm_rules.spreadsheet.files import begun

UNIT_NAMED = 3
"""How a column of units is headed that are no communes: "Tên đơn vị hành chính"."""
COLUMNS = (
    ("commune", 16), ("year", 7), ("measure", 34), ("label", 54), ("unit", 22), ("value", 14), ("numerator", 14),
    ("denominator", 14), ("document", 34), ("note", 30),
)  # fmt: skip
"""Roles of the columns as readers know them, and their widths in characters."""
FIRST = 4
"""The row of the heads, from 0."""


def province_form(plan: Plan, year: int) -> bytes:
    """Return the table to fill in for a year, as a workbook."""
    stream = io.BytesIO()
    title = _("What the province reports for the goals of its plan, {year}", year=year)
    with begun(stream, title) as book:
        looks = Looks(book)
        sheet = book.add_worksheet(_("Province's figures"))
        sheet.write_string(0, 0, title, looks.title)
        said = _("Fill in the yellow cells: a share as numerator and denominator, anything else as a value.")
        sheet.write_string(1, 0, said, looks.line)
        said = _("Each is the state at the end of the year, or of the year. Leave empty what is not known.")
        sheet.write_string(2, 0, said, looks.line)
        for column, (role, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(FIRST, column, _head(role), looks.head)
        for row, figure in enumerate(plan.figures.values(), start=FIRST + 1):
            _row(sheet, looks, plan, year, row, figure)
        sheet.freeze_panes(FIRST + 1, 4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST)
    return without_times(stream.getvalue())


def _head(role: str) -> str:
    language = current_language()
    return ROLES[role][UNIT_NAMED] if role == "commune" and language != "en" else heading(role, language)


def _row(sheet: Worksheet, looks: Looks, plan: Plan, year: int, row: int, figure: Measure) -> None:
    counted = figure.counted
    unit = str(figure.unit)
    label = str(figure.label)
    if counted is not None:
        unit = f"{unit}; {counted.unit}"
        sheet.write_comment(row, 6, str(counted.numerator))
        sheet.write_comment(row, 7, str(counted.denominator))
    for column, text in enumerate((plan.loaded.header.province.vi, "", figure.id, label, unit)):
        sheet.write_string(row, column, text, looks.told)
    sheet.write_number(row, 1, year, looks.told_centre)
    for column in (5, 6, 7):
        fits = counted is None if column == 5 else counted is not None
        sheet.write_blank(row, column, None, looks.entry if fits else looks.shut)
    for column in (8, 9):
        sheet.write_blank(row, column, None, looks.entry_text)
    if figure.traits.choices:
        hint = prompt(_("Answer"), label)
        offer(sheet, Lists("", 0), row, 5, offered(figure, None, current_language()), hint)
