"""The sheet of targets by class: a row for each class of communes, with what it is to reach now, and free rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.class_rows import ClassRow, offered_classes, otherwise_choices
from ntm_rules.forms.decision.sheet_parts import (
    FIRST,
    HEADS_AT,
    Column,
    DecisionLooks,
    number_rule,
    protect,
    table,
    write_number,
)
from ntm_rules.i18n import _
from ntm_rules.rulebook.criteria_set import DEFAULT, AwaitedTarget, ClassedTarget
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import NOT_APPLICABLE, CellWritten, PendingTarget, Text
from ntm_rules.rulebook.targets import named
from ntm_rules.spreadsheet.entries import Lists, offer
from ntm_rules.spreadsheet.paper import height
from ntm_rules.wording.targets_to_fill import class_target_words, grade_labels, pending_due_words, place_measure_words

_FREE_ROWS = 12
"""Rows for classes of requirements that do not differ by class so far."""
_FIGURE, _CLASS, _NOW, _VALUE, _OTHERWISE = range(2, 7)


def classes_sheet(
    sheet: Worksheet, looks: DecisionLooks, lists: Lists, loaded: LoadedSet, rows: Sequence[ClassRow]
) -> None:
    """Write the sheet; the entries of what the form is made from stand in their cells."""
    columns: list[Column] = [
        (layout.OF, _("Id"), 7),
        (layout.LABEL, _("Text, as printed"), 34),
        (layout.TOLD + "figure", _("Figure (unit)"), 28),
        (layout.CLASS, _("Class of communes"), 30),
        (layout.TOLD + "now", _("Stated now"), 26),
        (layout.VALUE, _("Target of this class"), 11),
        (layout.OTHERWISE, _("Or, in place of a number"), 24),
        (layout.ARTICLE, _("Article, clause, annex"), 17),
        (layout.NOTE, _("Note"), 14),
    ]
    table(sheet, looks, _("Targets by class"), columns)
    sheet.write_string(
        1, 0,
        _("Fill in only the classes that the document changes: the others keep what stands under “{now}”.", now=_("Stated now")),
        looks.line,
    )  # fmt: skip
    classes, otherwise = offered_classes(loaded, rows), otherwise_choices(loaded)
    for at, row in enumerate(rows, start=FIRST):
        place = row.place
        told = [
            str(place.requirement.words) if row.is_first else "", place_measure_words(place),
            str(classes[row.class_]), "\n".join(_now(loaded, row)),
        ]  # fmt: skip
        sheet.write_string(at, 0, place.requirement.id, looks.id)
        for column, words in enumerate(told, start=1):
            sheet.write_string(at, column, words, looks.figure if column == _CLASS else looks.told)
        sheet.set_row(at, max(height([(words, columns[i][2])]) for i, words in enumerate(told, start=1)))
        _entries(sheet, looks, lists, loaded, row, at, otherwise)
    heading = FIRST + len(rows)
    sheet.write_string(heading, 1, _(layout.MORE_CLASSES), looks.strong)
    sheet.set_row(heading, height([(_(layout.MORE_CLASSES), columns[1][2])]) + 6)
    for at in range(heading + 1, heading + 1 + _FREE_ROWS):
        for column in range(len(columns)):
            sheet.write_blank(at, column, None, looks.number if column == _VALUE else looks.entry)
        offer(sheet, lists, at, _CLASS, [str(words) for words in classes.values()])
        offer(sheet, lists, at, _OTHERWISE, [str(words) for words in otherwise.values()])
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(HEADS_AT, HEADS_AT)
    protect(sheet)


def _now(loaded: LoadedSet, row: ClassRow) -> Iterator[str]:
    """Yield what the class is to reach now, once for all years or with the years in which it is."""
    class_ = None if row.class_[1] == DEFAULT else row.class_[1]
    said = [(year, _said(loaded, row, class_, target)) for year, target in row.place.by_year.items()]
    runs = [(words, [year for year, _words in own]) for words, own in groupby(said, key=lambda one: one[1])]
    for words, years in runs:
        if words and len(runs) == 1:
            yield words
        elif words:
            yield f"{years[0]}: {words}" if len(years) == 1 else f"{years[0]}-{years[-1]}: {words}"


def _said(loaded: LoadedSet, row: ClassRow, class_: str | None, target: object) -> str:
    if not isinstance(target, ClassedTarget) or target.classing.by != row.class_[0]:
        return ""
    cell = named(target, class_)
    if cell is None:
        return ""
    source, awaited = cell.provenance, cell.decision if isinstance(cell, AwaitedTarget) else ""
    where = (
        [pending_due_words(loaded, awaited)]
        if awaited
        else [source.article, _number_of(loaded, source.document)]
        if source
        else []
    )
    told = ", ".join(part for part in where if part)
    return class_target_words(loaded, row.place, cell) + (f" ({told})" if told else "")


def _number_of(loaded: LoadedSet, document: str) -> str:
    """Return the number of a document of the set; of an overlay's, what it is called already."""
    return next((one.number or str(one.title) for one in loaded.header.documents if one.id == document), document)


def _entries(
    sheet: Worksheet,
    looks: DecisionLooks,
    lists: Lists,
    loaded: LoadedSet,
    row: ClassRow,
    at: int,
    otherwise: Mapping[str, Text],
) -> None:
    place, entry = row.place, row.entry
    is_number = place.form == "number"
    sheet.write_blank(at, _VALUE, None, looks.number if is_number else looks.entry)
    if is_number:
        sheet.data_validation(at, _VALUE, at, _VALUE, number_rule(place))
    else:
        offer(sheet, lists, at, _VALUE, list(grade_labels(loaded, place).values()))
    for column in range(_OTHERWISE, _OTHERWISE + 3):
        sheet.write_blank(at, column, None, looks.entry)
    offer(sheet, lists, at, _OTHERWISE, [str(words) for words in otherwise.values()])
    if entry is None:
        return
    sheet.write(at, _OTHERWISE + 1, row.article or None, looks.entry)
    choice = _choice(entry)
    if choice:
        sheet.write_string(at, _OTHERWISE, str(otherwise[choice]), looks.entry)
    elif isinstance(entry, str):
        sheet.write_string(at, _VALUE, grade_labels(loaded, place)[entry], looks.entry)
    elif isinstance(entry, Decimal | dt.date):
        write_number(sheet, looks, at, _VALUE, entry)


def _choice(entry: CellWritten) -> str:
    """Return what stands in place of a number; empty where one stands there."""
    if isinstance(entry, PendingTarget):
        return entry.pending.decision
    return NOT_APPLICABLE if entry == NOT_APPLICABLE else ""
