"""The workbook in which an officer fills in a decision: what `ntm rules overlay new -o FILE.xlsx` writes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.cells import dated_figures
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.made_from import beside_sheet, fill_targets, stated_head
from ntm_rules.forms.decision.sheet_parts import FIRST, FIRST_LIST, HEADS_AT, KEYS_AT, DecisionLooks, protect, table
from ntm_rules.i18n import _
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import LARGEST, Overlay
from ntm_rules.rulebook.pending import REPLACING, TargetPlace, set_hash
from ntm_rules.spreadsheet.entries import Lists, offer, refusal
from ntm_rules.spreadsheet.files import begun
from ntm_rules.spreadsheet.paper import LINE, SMALL_LINE, height, page
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.targets_to_fill import (
    awaits_words,
    criterion_words,
    direction_words,
    grade_labels,
    note_words,
    pending_due_words,
    place_measure_words,
)
from ntm_rules.workbench.overlays.carried import Carried, acts

_GUIDE_WIDTH = 110
_FIGURE = 2
"""Column of the sheet of targets, from 0, that says which figure it is."""
_FREE_ROWS = 5
"""Rows for ids that the form does not offer."""
FILL = "ntm rules overlay fill FILE.xlsx -o FILE.yaml"
Column = tuple[str, str, float]
"""Key, head and width."""


def form(
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    others: Sequence[TargetPlace] = (),
    earlier: Sequence[Overlay] = (),
    command: str = FILL,
    made_from: tuple[Overlay, Carried] | None = None,
) -> bytes:
    """Return the workbook: a guide, the document, the targets, the groups, and a hidden sheet that names the set.

    `others`: what the earlier decisions fix, offered apart for an amendment. `command`: what turns it into an overlay.
    `made_from`: an overlay that is filled in already, with what the workbook has no cells for; a sheet tells that.
    """
    overlay, kept = made_from or (None, None)
    stream = io.BytesIO()
    book = begun(stream, author="")
    looks = DecisionLooks(book)
    lists = Lists(layout.ABOUT_SHEET, FIRST_LIST)
    _guide(book.add_worksheet(_(layout.GUIDE_SHEET)), looks, loaded, blanks, command)
    _document(book.add_worksheet(_(layout.DOCUMENT_SHEET)), looks, lists, stated_head(overlay) if overlay else {})
    targets = book.add_worksheet(_(layout.TARGETS_SHEET))
    _targets(targets, looks, lists, loaded, blanks, others)
    if overlay is not None:
        fill_targets(targets, looks, loaded, (*blanks, *others), len(blanks), overlay)
    if loaded.header.groups:
        _groups(book.add_worksheet(_(layout.GROUPS_SHEET)), looks, lists, loaded, overlay)
    groups = [group.id for group in loaded.header.groups]
    if overlay is not None and list(acts(overlay, groups)):
        beside_sheet(book.add_worksheet(_(layout.BESIDE_SHEET)), looks, overlay, groups)
    _about(book.add_worksheet(layout.ABOUT_SHEET), lists, loaded, (*blanks, *others), earlier, kept)
    book.close()
    return stream.getvalue()


def _guide(
    sheet: Worksheet, looks: DecisionLooks, loaded: LoadedSet, blanks: Sequence[TargetPlace], command: str
) -> None:
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
        *((f"({n}) {pending_due_words(loaded, id_)}", looks.words) for id_, n in _decisions(blanks).items()),
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


def _document(sheet: Worksheet, looks: DecisionLooks, lists: Lists, stated: Mapping[str, str]) -> None:
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
        sheet.write(
            row, 1, stated.get(field) or None, looks.entry
        )  # a day too: as text it is not turned round by Excel
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


def _targets(
    sheet: Worksheet,
    looks: DecisionLooks,
    lists: Lists,
    loaded: LoadedSet,
    blanks: Sequence[TargetPlace],
    fixed: Sequence[TargetPlace],
) -> None:
    groups = loaded.header.groups
    columns: list[Column] = [
        (layout.ID, _("Id"), 7),
        (layout.LABEL, _("Text, as printed"), 34),
        (layout.TOLD + "figure", _("Figure (unit)"), 34),
        (layout.TOLD + "criterion", _("Criterion"), 15),
        (layout.TOLD + "direction", _("Direction"), 9),
        (layout.TOLD + "lead", _("Lead agency"), 14),
        (layout.TOLD + "awaits", _("Awaits, or stated now"), 24),
        (layout.EVERYWHERE, _("All communes"), 10),
        *((layout.GROUP_COLUMN + group.id, str(group.title), 9) for group in groups),
        (layout.ARTICLE, _("Article, clause, annex"), 17),
        (layout.NOTE, _("Note"), 14),
    ]
    table(sheet, looks, _("Targets to fill"), columns)
    sheet.write_string(
        1, 0,
        _("Either one value for all communes or one for every group; never a value without its article."),
        looks.line,
    )  # fmt: skip
    numbered = _decisions(blanks)
    for row, place in enumerate(blanks, start=FIRST):
        number = numbered[place.pending.decision] if place.pending else 0
        _place(sheet, looks, lists, loaded, columns, row, place, number)
    heading = FIRST + len(blanks)
    sheet.write_string(heading, 1, _(REPLACING), looks.strong)
    sheet.set_row(heading, height([(_(REPLACING), columns[1][2])]) + 6)
    for row, place in enumerate(fixed, start=heading + 1):
        _place(sheet, looks, lists, loaded, columns, row, place, 0)
    for row in range(heading + 1 + len(fixed), heading + 1 + len(fixed) + _FREE_ROWS):
        for column, (key, _head, _width) in enumerate(columns):
            is_value = key.startswith((layout.EVERYWHERE, layout.GROUP_COLUMN))
            sheet.write_blank(row, column, None, looks.number if is_value else looks.entry)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(HEADS_AT, HEADS_AT)
    protect(sheet)


def _place(
    sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, columns: Sequence[Column],
    row: int, place: TargetPlace, number: int,
) -> None:  # fmt: skip
    """Write the row of one requirement; `number`: that of the decision it awaits, 0 when it is stated now."""
    awaits = awaits_words(loaded, place)
    told = [
        str(place.requirement.words), place_measure_words(place), criterion_words(loaded, place), direction_words(place),
        agency_name(loaded, place.requirement.lead), f"({number}) {awaits}" if number else awaits,
    ]  # fmt: skip
    notes = note_words(place)
    sheet.write_string(row, 0, place.requirement.id, looks.id)
    for column, words in enumerate(told, start=1):
        look = looks.figure if column == _FIGURE else looks.small if column == len(told) else looks.told
        sheet.write_string(row, column, words, look)
    if notes:
        label = told[_FIGURE - 1]
        sheet.write_rich_string(row, _FIGURE, looks.bold, label, looks.plain, f"\n{notes}", looks.told)
    rows = [height([(words, columns[i][2])]) for i, words in enumerate(told[:-1], start=1)]
    rows[_FIGURE - 1] += height([(notes, columns[_FIGURE][2])], SMALL_LINE) if notes else 0
    sheet.set_row(row, max(*rows, height([(told[-1], columns[len(told)][2])], SMALL_LINE)))
    first = len(told) + 1
    _entries(sheet, looks, lists, loaded, place, row, first)
    for column in range(first + 1 + len(loaded.header.groups), len(columns)):
        sheet.write_blank(row, column, None, looks.entry)


def _entries(
    sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, place: TargetPlace, row: int, first: int
) -> None:
    """Write the cells for a requirement's target: those that its kind of target has no use for are shut."""
    for column in range(first, first + 1 + len(loaded.header.groups)):
        if place.form == "number":
            sheet.write_blank(row, column, None, looks.number)
            sheet.data_validation(row, column, row, column, _number_rule(place))
        elif column == first:
            sheet.write_blank(row, column, None, looks.entry)
            offered = [_(layout.BINDING)] if place.form == "standard" else list(grade_labels(loaded, place).values())
            offer(sheet, lists, row, column, offered)
        else:
            sheet.write_blank(row, column, None, looks.shut)


def _number_rule(place: TargetPlace) -> dict[str, Any]:
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


def _groups(sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, overlay: Overlay | None) -> None:
    stated = overlay.groups if overlay else {}
    titles = {group.id: str(group.title) for group in loaded.header.groups}
    columns: list[Column] = [
        (layout.CODE, _("Code"), 9),
        (layout.NAME, _("Commune"), 20),
        (layout.TOLD + "group", _("Group so far"), 14),
        (layout.TOLD + "ground", _("On what ground"), 76),
        (layout.GROUP, _("Group by the document"), 16),
        (layout.SOURCE, _("Article, annex"), 24),
    ]
    table(sheet, looks, _("Groups of communes"), columns)
    sheet.write_string(1, 0, _("Fill in only communes whose group the document assigns."), looks.line)
    communes = loaded.communes.within()
    for row, commune in enumerate(sorted(communes, key=lambda c: (bool(c.group), c.code)), start=FIRST):
        sheet.write_string(row, 0, commune.code, looks.id)
        sheet.write_string(row, 1, commune.name, looks.told)
        sheet.write_string(row, 2, titles.get(commune.group or "", _("unknown")), looks.told)
        ground = commune.group_source or ""
        sheet.write_string(row, 3, ground, looks.small)
        sheet.set_row(row, max(LINE + 2, height([(ground, columns[3][2])], SMALL_LINE)))
        assigned = stated.get(commune.code)
        sheet.write(row, 4, titles[assigned.group] if assigned else None, looks.entry)
        offer(sheet, lists, row, 4, list(titles.values()))
        sheet.write(row, 5, assigned.source if assigned else None, looks.entry)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(HEADS_AT, HEADS_AT)
    protect(sheet)


def _about(
    sheet: Worksheet,
    lists: Lists,
    loaded: LoadedSet,
    rows: Sequence[TargetPlace],
    earlier: Sequence[Overlay],
    kept: Carried | None,
) -> None:
    """Write which set, in which state, the workbook was made for, and which requirements it offers."""
    header = loaded.header
    facts = {
        layout.ABOUT: layout.FORMAT,
        "set": header.id,
        "version": header.version,
        "hash": set_hash(loaded),
        "ids": " ".join(place.requirement.id for place in rows),
        "overlays": " ".join(overlay.id for overlay in earlier),
    }
    facts |= {layout.CARRIED + name: value for name, value in (kept.facts() if kept else ())}
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    lists.write(sheet)
    sheet.hide()


def _decisions(blanks: Sequence[TargetPlace]) -> dict[str, int]:
    """Return the decisions awaited, numbered in the order in which they first occur."""
    ids = dict.fromkeys(place.pending.decision for place in blanks if place.pending)
    return {id_: n for n, id_ in enumerate(ids, start=1)}
