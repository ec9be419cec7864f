"""The sheet of evidence: a row for each figure asked, and free rows for more documents."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.headers import heading
from ntm_rules.forms.filled import Document
from ntm_rules.forms.placing import FIRST, HEADER_AT
from ntm_rules.forms.question_sheets import Context, mark, put
from ntm_rules.i18n import _, current_language
from ntm_rules.spreadsheet import LONGEST_TEXT, LONGEST_TITLE, Lists, height, prompted

COLUMNS: tuple[tuple[str, float], ...] = (
    ("item", 9),
    ("label", 44),
    ("expected", 40),
    ("document_number", 20),
    ("document_date", 14),
    ("document_issuer", 24),
    ("document_title", 40),
    ("note", 20),
    ("measure", 5),
)
COLUMN = {role: at for at, (role, _width) in enumerate(COLUMNS)}
FREE_ROWS = 40
"""Rows for further documents, whose figure is chosen from a list."""


def write_evidence(sheet: Worksheet, context: Context) -> None:
    """Write the sheet below the head that names commune and year."""
    looks, language = context.looks, current_language()
    for column, (role, _width) in enumerate(COLUMNS):
        sheet.write_string(HEADER_AT, column, heading(role, language), looks.id if role == "measure" else looks.head)
    sheet.set_row(HEADER_AT, 32)
    questions = [question for question in context.places.questions() if not question.whether_any]
    waiting: dict[str, list[Document]] = {}
    for document in context.filled.documents:
        waiting.setdefault(document.measure, []).append(document)
    row = FIRST
    widths = dict(COLUMNS)
    for question in questions:
        measure = question.measure
        words = measure.label.in_language(language), measure.evidence.in_language(language)
        item = question.requirement.id if question.requirement else ""
        put(sheet, row, COLUMN["item"], item, looks.told_centre, looks)
        sheet.write_string(row, COLUMN["label"], words[0], looks.told)
        sheet.write_string(row, COLUMN["expected"], words[1], looks.small)
        sheet.write_string(row, COLUMN["measure"], measure.id, looks.id)
        first = waiting.get(measure.id, [])[:1]
        waiting[measure.id] = waiting.get(measure.id, [])[1:]
        _document(sheet, row, first[0] if first else Document(measure.id), context)
        sheet.set_row(row, max(20, height([(words[0], widths["label"]), (words[1], widths["expected"])])))
        row += 1
    labels = {question.measure.id: question.measure.label.in_language(language) for question in questions}
    further = [document for documents in waiting.values() for document in documents]
    for document in [*further, *[Document("")] * FREE_ROWS]:
        _free_row(sheet, row, document, labels, context)
        row += 1
    sheet.freeze_panes(FIRST, COLUMN["document_number"])
    sheet.repeat_rows(HEADER_AT, HEADER_AT)
    sheet.print_area(0, 0, row - 1, COLUMN["note"])


def _free_row(sheet: Worksheet, row: int, document: Document, labels: dict[str, str], context: Context) -> None:
    looks = context.looks
    sheet.write_blank(row, COLUMN["item"], None, looks.told_centre)
    put(sheet, row, COLUMN["label"], labels.get(document.measure, ""), looks.entry_text, looks)
    rule = {
        "validate": "list",
        "source": _source(context.lists, list(labels.values())),
        "error_title": _("Not one of the choices")[:LONGEST_TITLE],
        "error_message": _("Choose from the list, or leave the cell empty.")[:LONGEST_TEXT],
        **prompted(_("A further document"), _("Choose which figure it is for.")),
    }
    sheet.data_validation(row, COLUMN["label"], row, COLUMN["label"], rule)
    if document.marks.get("label"):
        put(sheet, row, COLUMN["label"], labels.get(document.measure, ""), looks.wrong_text, looks)
        mark(sheet, row, COLUMN["label"], document.marks["label"])
    sheet.write_blank(row, COLUMN["expected"], None, looks.small)
    put(sheet, row, COLUMN["measure"], document.measure, looks.id, looks)
    _document(sheet, row, document, context)


def _source(lists: Lists, labels: Sequence[str]) -> list[str] | str:
    return lists.source(labels)


def _document(sheet: Worksheet, row: int, document: Document, context: Context) -> None:
    looks = context.looks
    parts = {
        "document_number": document.number,
        "document_date": document.date,
        "document_issuer": document.issuer,
        "document_title": document.title,
        "note": document.note,
    }
    for role, cell in parts.items():
        marks = document.marks.get(role, ())
        put(sheet, row, COLUMN[role], cell, looks.wrong_text if marks else looks.entry_text, looks)
        if marks:
            mark(sheet, row, COLUMN[role], marks)
    hint = prompted(_("Day, month, year"), _("Write a day, day first: 15/8/2026."))
    sheet.data_validation(row, COLUMN["document_date"], row, COLUMN["document_date"], {"validate": "any", **hint})
    number = prompted(_("Number of the document"), _("As printed, with its sign, such as 12/BC-UBND."))
    sheet.data_validation(row, COLUMN["document_number"], row, COLUMN["document_number"], {"validate": "any", **number})
