"""The sheet "Lỗi cần sửa" of a form given back: every mistake, where it stood, where it stands now, and its mend."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.headers import heading
from ntm_rules.errors import Severity
from ntm_rules.forms.commune import evidence_sheet
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.entry_cells import put
from ntm_rules.forms.commune.placing import COLUMN, EVIDENCE, FIRST
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.spreadsheet.paper import height, page
from ntm_rules.wording.findings import Mistake

SHEET = N_("Mistakes to mend")
WIDTHS = (5, 9, 24, 17, 34, 16, 48, 44)
_HEAD_AT = 3


def write_mistakes(sheet: Worksheet, context: OneForm, documents: Mapping[int, int]) -> None:
    """Write the sheet; `documents`: the rows of the documents on the sheet of evidence."""
    looks, filled, language = context.looks, context.filled, current_language()
    page(sheet, WIDTHS)
    sheet.set_tab_color("#C00000")
    errors = sum(mistake.severity is Severity.ERROR for mistake in filled.mistakes)
    sheet.write_string(0, 0, _(SHEET), looks.title)
    words = _("Errors: {errors}; to look at again: {others}", errors=errors, others=len(filled.mistakes) - errors)
    sheet.write_string(1, 0, words, looks.fact)
    told = [
        _(
            "Your answers stand in this form as you typed them. Cells with a mistake are red, cells to look at again"
            " are orange; point at one to read why."
        )
    ]
    if filled.incomplete:
        told = [_("Not everything in the form handed in could be read: keep it, and carry over what is missing here.")]
    if filled.doubted:
        told.insert(
            0, _("Commune or year was in doubt: no answer counts until all are checked and this sheet is deleted.")
        )
    sheet.write_string(2, 0, " ".join(told), looks.warning if filled.incomplete or filled.doubted else looks.line)
    heads = (
        heading("ordinal", language),
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
        label = str(measure.label) if measure else ""
        if not label and mistake.figures > 1:
            label = _("{n} figures", n=mistake.figures)
        said, mend = str(mistake.said), str(mistake.mend)
        sheet.write_number(row, 0, row - _HEAD_AT, looks.told_centre)
        sheet.write_string(row, 1, str(mistake.severity.words), looks.told_centre)
        put(sheet, row, 2, str(mistake.place), looks.told, looks)
        _link(sheet, row, mistake, context, documents)
        for column, text in ((4, label), (5, mistake.value), (6, said), (7, mend)):
            put(sheet, row, column, text, looks.told, looks)
        widths = zip((label, said, mend, str(mistake.place)), (WIDTHS[4], WIDTHS[6], WIDTHS[7], WIDTHS[2]), strict=True)
        sheet.set_row(row, max(20, *(height([pair]) for pair in widths)))
    sheet.freeze_panes(_HEAD_AT + 1, 0)
    sheet.repeat_rows(_HEAD_AT, _HEAD_AT)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _link(sheet: Worksheet, row: int, mistake: Mistake, context: OneForm, documents: Mapping[int, int]) -> None:
    """Lead to the cell in this form, where the mistake stands in one."""
    if mistake.document is not None:
        name, columns, at = _(EVIDENCE), evidence_sheet.COLUMN, documents.get(mistake.document)
    elif mistake.part == "document_number":
        name, columns, at = _(EVIDENCE), evidence_sheet.COLUMN, FIRST
    else:
        name, columns, at = context.places.sheet.name, COLUMN, context.places.row_of.get(mistake.measure)
    if at is None or mistake.part not in columns:
        sheet.write_blank(row, 3, None, context.looks.told_centre)
        return
    cell = xl_rowcol_to_cell(at, columns[mistake.part])
    sheet.write_url(row, 3, f"internal:'{name}'!{cell}", context.looks.link, f"{name}, {cell}")
