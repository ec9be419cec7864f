"""The sheet "Lỗi cần sửa" of a form given back: every mistake, where it stood, where it stands now, and its mend."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.forms.placing import COLUMN
from ntm_rules.forms.question_sheets import Context, put
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.spreadsheet import height, page

SHEET = N_("Mistakes to mend")
WIDTHS = (5, 10, 30, 20, 44, 20, 60, 56)
_HEAD_AT = 3


def write_mistakes(sheet: Worksheet, context: Context) -> None:
    """Write the sheet."""
    looks, filled, language = context.looks, context.filled, current_language()
    page(sheet, WIDTHS)
    sheet.set_tab_color("#C00000")
    errors = sum(mistake.severity == "error" for mistake in filled.mistakes)
    sheet.write_string(0, 0, _(SHEET), looks.title)
    words = _("Errors: {errors}; warnings: {warnings}", errors=errors, warnings=len(filled.mistakes) - errors)
    sheet.write_string(1, 0, words, looks.fact)
    sheet.write_string(
        2, 0, _("Your answers stand in this form as you typed them. Cells with a mistake are red; point at one to read it."),
        looks.line,
    )  # fmt: skip
    heads = (
        _("No."),
        _("Severity"),
        _("Where, in the form handed in"),
        _("Cell in this form"),
        _("Figure"),
        _("What stands there"),
        _("What is wrong"),
        _("How to mend it"),
    )
    for column, head in enumerate(heads):
        sheet.write_string(_HEAD_AT, column, head, looks.head)
    for row, mistake in enumerate(filled.mistakes, start=_HEAD_AT + 1):
        measure = context.rules.measures.get(mistake.measure)
        label = measure.label.in_language(language) if measure else ""
        said, mend = str(mistake.said), str(mistake.mend)
        sheet.write_number(row, 0, row - _HEAD_AT, looks.told_centre)
        sheet.write_string(row, 1, _("error") if mistake.severity == "error" else _("warning"), looks.told_centre)
        put(sheet, row, 2, str(mistake.place), looks.told, looks)
        _link(sheet, row, mistake.measure, mistake.part, context)
        for column, text in ((4, label), (5, mistake.value), (6, said), (7, mend)):
            put(sheet, row, column, text, looks.told, looks)
        widths = zip((label, said, mend, str(mistake.place)), (WIDTHS[4], WIDTHS[6], WIDTHS[7], WIDTHS[2]), strict=True)
        sheet.set_row(row, max(20, *(height([pair]) for pair in widths)))
    sheet.freeze_panes(_HEAD_AT + 1, 0)
    sheet.repeat_rows(_HEAD_AT, _HEAD_AT)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _link(sheet: Worksheet, row: int, measure: str, part: str, context: Context) -> None:
    """Lead to the cell in this form, where the mistake stands in one."""
    place = context.places.places.get(measure)
    if place is None or part not in COLUMN:
        sheet.write_blank(row, 3, None, context.looks.told_centre)
        return
    name, at = place
    cell = xl_rowcol_to_cell(at, COLUMN[part])
    sheet.write_url(row, 3, f"internal:'{name}'!{cell}", context.looks.link, f"{name}, {cell}")
