"""The sheet of evidence: a row for each figure asked, and free rows for more documents."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.rows.evidence_rows import SAME_AS_ABOVE
from ntm_rules.dataset.rows.headers import heading
from ntm_rules.forms.commune.context import OneForm
from ntm_rules.forms.commune.entry_cells import mark, put
from ntm_rules.forms.commune.filled import DocumentRow
from ntm_rules.forms.commune.placing import FIRST, HEADER_AT
from ntm_rules.forms.commune.question_sheet import ROOM
from ntm_rules.forms.commune.questions import Question
from ntm_rules.i18n import _, current_language
from ntm_rules.spreadsheet.entries import offer, prompt
from ntm_rules.spreadsheet.paper import height

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


def write_evidence(sheet: Worksheet, context: OneForm) -> dict[int, int]:
    """Write the sheet below the head that names commune and year; return the row of every document by its number.

    Documents are numbered as they stand in `Filled.documents`, rows from 0.
    """
    looks, language = context.looks, current_language()
    for column, (role, width) in enumerate(COLUMNS):
        sheet.write_string(HEADER_AT, column, heading(role, language), looks.id if role == "measure" else looks.head)
        if role == "measure":
            sheet.set_column(column, column, width, None, {"hidden": True})
    sheet.set_row(HEADER_AT, 32)
    questions = list(context.places.questions())
    documents = dict(enumerate(context.filled.documents))
    rows: dict[int, int] = {}
    for row, question in enumerate(questions, start=FIRST):
        own = next((at for at, one in documents.items() if at not in rows and one.measure == question.measure.id), None)
        if own is not None:
            rows[own] = row
        _figure(sheet, row, question, documents[own] if own is not None else DocumentRow(question.measure.id), context)
    labels = {question.measure.id: _offered(question) for question in questions}
    row = FIRST + len(questions)
    sheet.write_string(row, COLUMN["label"], _("Further documents"), looks.strong)
    row += 1
    free = row
    further = [at for at in documents if at not in rows]
    for at in [*further, *[None] * FREE_ROWS]:
        if at is not None:
            rows[at] = row
        _free_row(sheet, row, documents[at] if at is not None else DocumentRow(""), labels, context)
        row += 1
    _hints(sheet, FIRST, free - 2)
    _hints(sheet, free, row - 1)
    which = prompt(_("A further document"), _("Choose which figure it is for."))
    offer(sheet, context.lists, (free, row - 1), COLUMN["label"], list(labels.values()), which)
    sheet.freeze_panes(FIRST, COLUMN["document_number"])
    sheet.repeat_rows(HEADER_AT, HEADER_AT)
    sheet.print_area(0, 0, row - 1, COLUMN["note"])
    return rows


def _offered(question: Question) -> str:
    """Return what the list of figures calls one: the id of what it is for, and its label."""
    label = str(question.measure.label)
    return f"{question.ids} {label}" if question.requirement else label


def _figure(sheet: Worksheet, row: int, question: Question, document: DocumentRow, context: OneForm) -> None:
    """Write the row of one figure, with the first document that is for it."""
    looks, measure = context.looks, question.measure
    words = str(measure.label), str(measure.evidence)
    put(sheet, row, COLUMN["item"], question.ids, looks.told_centre, looks)
    sheet.write_string(row, COLUMN["label"], words[0], looks.told)
    sheet.write_string(row, COLUMN["expected"], words[1], looks.told)
    sheet.write_string(row, COLUMN["measure"], measure.id, looks.id)
    _document(sheet, row, document, context)
    widths = dict(COLUMNS)
    sheet.set_row(
        row,
        max(
            20,
            *(height([(text, widths[role] * ROOM)]) for text, role in zip(words, ("label", "expected"), strict=True)),
        ),
    )


def _free_row(sheet: Worksheet, row: int, document: DocumentRow, labels: Mapping[str, str], context: OneForm) -> None:
    looks = context.looks
    sheet.write_blank(row, COLUMN["item"], None, looks.told_centre)
    marks = document.marks.get("label", ())
    label = labels.get(document.measure, document.label)
    put(sheet, row, COLUMN["label"], label, looks.wrong_text if marks else looks.entry_text, looks)
    if marks:
        mark(sheet, row, COLUMN["label"], marks)
    sheet.write_blank(row, COLUMN["expected"], None, looks.told)
    put(sheet, row, COLUMN["measure"], document.measure, looks.id, looks)
    _document(sheet, row, document, context)
    sheet.set_row(row, 20)


def _document(sheet: Worksheet, row: int, document: DocumentRow, context: OneForm) -> None:
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


def _hints(sheet: Worksheet, first: int, last: int) -> None:
    """Say of the cells of these rows what they take, when one is chosen."""
    if first > last:
        return
    number = prompt(
        _("Number of the document"),
        _("As printed, with its sign, such as 12/BC-UBND. The same document again: {same}.", same=_(SAME_AS_ABOVE)),
    )
    day = prompt(_("Day, month, year"), _("Write a day, day first: 15/8/2026."))
    for role, hint in (("document_number", number), ("document_date", day)):
        sheet.data_validation(first, COLUMN[role], last, COLUMN[role], {"validate": "any", **hint})
