"""The first two sheets of the workbook: how it is filled in, and the head of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.sheet_parts import FIRST, HEADS_AT, KEYS_AT, DecisionLooks, protect
from ntm_rules.i18n import _
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import REPLACING, TargetPlace
from ntm_rules.spreadsheet.entries import Lists, offer
from ntm_rules.spreadsheet.paper import height, page
from ntm_rules.wording.targets_to_fill import pending_due_words

_GUIDE_WIDTH = 110


def guide_sheet(
    sheet: Worksheet,
    looks: DecisionLooks,
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    command: str,
    *,
    has_classes: bool,
) -> None:
    """Write how the workbook is filled in, and what waits; `command`: what turns it into an overlay."""
    page(sheet, [_GUIDE_WIDTH])
    sheet.write_string(0, 0, _("Overlay: the targets that a decision fixes"), looks.title)
    lines = [
        (str(loaded.header.title), looks.strong),
        (_("Only yellow cells are filled in. What the document does not fix stays empty."), looks.words),
        (
            _("1. Sheet “{sheet}”: number, date, issuing body and title, as printed.", sheet=_(layout.DOCUMENT_SHEET)),
            looks.words,
        ),
        (
            _(
                "2. Sheet “{sheet}”: for each requirement that the document fixes, one value for all communes, or one"
                " for every group; and beside it the article, clause or annex where it stands.",
                sheet=_(layout.TARGETS_SHEET),
            ),
            looks.words,
        ),
    ]
    if has_classes:
        lines.append(
            (
                _(
                    "Sheet “{sheet}”: where the document asks one class of communes for something else than the others,"
                    " or changes one class alone: its target, or that nothing is asked of it, or which decision it awaits;"
                    " “the others” stands for every class that is not named. What stays empty stays as it was.",
                    sheet=_(layout.CLASSES_SHEET),
                ),
                looks.words,
            )
        )
    if loaded.header.groups:
        lines.append(
            (
                _(
                    "3. Sheet “{sheet}”: only the communes whose group the document assigns, with where it does.",
                    sheet=_(layout.GROUPS_SHEET),
                ),
                looks.words,
            )
        )
    lines += [
        (_("Percentages are written as numbers: 85 for 85%. Decimals take a comma: 79,95."), looks.words),
        *((line, looks.words) for line in _more_help()),
        (_("Then run: {command}", command=command), looks.words),
        (_("It says what is wrong, by cell."), looks.words),
        ("", looks.words),
        (_("Waiting on ({count} targets):", count=len(blanks)), looks.strong),
        *((f"({n}) {pending_due_words(loaded, id_)}", looks.words) for id_, n in numbered_decisions(blanks).items()),
    ]
    for row, (line, look) in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, look)
        sheet.set_row(row, height([(line, _GUIDE_WIDTH)]))
    sheet.protect("", {"select_locked_cells": True})


def _more_help() -> list[str]:
    return [
        _(
            "“{binding}”: the standard that the requirement quotes is in force; no number is needed.",
            binding=_(layout.BINDING),
        ),
        _("An article is written as printed: “Điều 3, khoản 1, Phụ lục I dòng 5”."),
        _(
            "A number stated already is replaced in the rows under “{heading}”: its id, the value, the article.",
            heading=_(REPLACING),
        ),
        _(
            "A number that changes from year to year does not fit one form: make one form and overlay for each period,"
            " with “{from_}” and “{to}”, or give the document to the technician.",
            from_=_("In force from"),
            to=_("In force to"),
        ),
        _(
            "Every sheet is protected without a password. To sort or insert rows, first choose Review, Unprotect Sheet."
            " Do not merge cells; keep the small grey keys."
        ),
        _("What is written outside the table or in columns of your own is not read."),
    ]


def document_sheet(sheet: Worksheet, looks: DecisionLooks, lists: Lists, cells: Mapping[str, str]) -> None:
    """Write the cells for the head of the document; `cells`: what is known of them already."""
    page(sheet, [30, 60, 48, 12])
    sheet.write_string(0, 0, _("The document that fixes the targets"), looks.title)
    for column, head in enumerate((_("Asked"), _("To fill in"), _("Hint"))):
        sheet.write_string(HEADS_AT, column, head, looks.head)
    sheet.write_string(KEYS_AT, 0, layout.TOLD + "asked", looks.key)
    sheet.write_string(KEYS_AT, 1, layout.ENTRY, looks.key)
    sheet.write_string(KEYS_AT, 2, layout.TOLD + "hint", looks.key)
    sheet.write_string(KEYS_AT, 3, layout.FIELD, looks.key)
    sheet.set_row(KEYS_AT, 9)
    for row, (field, (label, hint)) in enumerate(layout.DOCUMENT_CELLS.items(), start=FIRST):
        sheet.write_string(row, 0, _(label), looks.told)
        sheet.write(row, 1, cells.get(field) or None, looks.entry)  # a day too: as text it is not turned round by Excel
        sheet.write_string(row, 2, _(hint), looks.told)
        sheet.write_string(row, 3, layout.KEY + field, looks.key)
        sheet.set_row(row, 48 if field in (layout.TITLE, layout.TITLE_EN, layout.ILLUSTRATIVE) else 32)
        if field in layout.DAYS:
            words = {"input_title": _("Day, month, year"), "input_message": _("Write a day, day first: 15/8/2026.")}
            sheet.data_validation(row, 1, row, 1, {"validate": "any", **words})
        elif field == layout.ILLUSTRATIVE:
            offer(sheet, lists, row, 1, [_(layout.YES), _(layout.NO)])
    sheet.freeze_panes(FIRST, 0)
    protect(sheet)


def numbered_decisions(blanks: Sequence[TargetPlace]) -> dict[str, int]:
    """Return the decisions awaited, numbered in the order in which they first occur."""
    ids = dict.fromkeys(place.pending.decision for place in blanks if place.pending)
    return {id_: n for n, id_ in enumerate(ids, start=1)}
