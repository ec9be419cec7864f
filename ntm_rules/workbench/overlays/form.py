"""The workbook in which an officer fills in a decision: what `ntm rules overlay new -o FILE.xlsx` writes."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ntm_rules.dataset.places import column_letters
from ntm_rules.i18n import _, current_language
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import LARGEST
from ntm_rules.workbench.overlays import layout
from ntm_rules.workbench.overlays.pending import Place, set_hash
from ntm_rules.workbench.overlays.wording import (
    criterion_words,
    decision_words,
    direction_words,
    grade_labels,
    lead_words,
    measure_words,
    text_of,
)

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 12, 31)
_HEADS_AT, _KEYS_AT, _FIRST = 2, 3, 4
"""Rows of a table, from 0: titles, keys, first row to fill."""
_GUIDE_WIDTH = 110
_LONGEST_TITLE, _LONGEST_TEXT = 32, 255
"""What Excel shows of a validation's message."""


def form(loaded: LoadedSet, blanks: Sequence[Place]) -> bytes:
    """Return the workbook: a guide, the document, the targets, the groups, and a hidden sheet that names the set."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
    looks = _Looks(book)
    lists = _Lists()
    _guide(book.add_worksheet(_(layout.GUIDE_SHEET)), looks, loaded, blanks)
    _document(book.add_worksheet(_(layout.DOCUMENT_SHEET)), looks, lists)
    _targets(book.add_worksheet(_(layout.TARGETS_SHEET)), looks, lists, loaded, blanks)
    if loaded.header.groups:
        _groups(book.add_worksheet(_(layout.GROUPS_SHEET)), looks, lists, loaded)
    _about(book.add_worksheet(layout.ABOUT_SHEET), lists, loaded, blanks)
    book.close()
    return stream.getvalue()


class _Lists:
    """Choices that a cell cannot hold itself, as columns of the hidden sheet: long ones, and those with commas."""

    def __init__(self) -> None:
        self.columns: list[list[str]] = []

    def source(self, choices: list[str]) -> list[str] | str:
        """Return the choices, or the range in which they stand."""
        if len(",".join(choices)) <= _LONGEST_TEXT and not any("," in choice for choice in choices):
            return choices
        if choices not in self.columns:
            self.columns.append(choices)
        letters = column_letters(_FIRST_LIST + self.columns.index(choices))
        return f"={layout.ABOUT_SHEET}!${letters}$1:${letters}${len(choices)}"


_FIRST_LIST = 3
"""Column of the hidden sheet, from 0, in which the first list stands."""
_LINE, _SMALL_LINE = 15.0, 11.5
"""Heights in points of a line of the usual and of the small letters."""


def _height(cells: Sequence[tuple[str, float]], line: float = _LINE) -> float:
    """Return the height of a row in which every text has room in its column's width."""
    per_width = (_LINE / line) ** 1.5
    return line * max(math.ceil(len(text) / (width * per_width)) or 1 for text, width in cells) + 1


class _Looks:
    """The formats of the workbook's cells."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        base: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
        boxed = {**base, "border": 1, "border_color": "#A6A6A6"}
        entry = {**boxed, "bg_color": "#FFF9E0", "locked": False}
        self.title = book.add_format({**base, "bold": True, "font_size": 14, "text_wrap": False})
        self.words = book.add_format(base)
        self.line = book.add_format({**base, "text_wrap": False, "italic": True})
        self.strong = book.add_format({**base, "bold": True})
        self.head = book.add_format(
            {**boxed, "bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"}
        )
        self.key = book.add_format({"font_name": "Times New Roman", "font_size": 6, "font_color": "#A6A6A6"})
        self.told = book.add_format(boxed)
        self.small = book.add_format({**boxed, "font_size": 8})
        self.id = book.add_format({**boxed, "bold": True, "num_format": "@"})
        self.centre = book.add_format({**boxed, "align": "center"})
        self.number = book.add_format({**entry, "align": "center"})
        self.entry = book.add_format({**entry, "num_format": "@"})
        self.day = book.add_format({**entry, "num_format": "dd/mm/yyyy", "align": "left"})
        self.shut = book.add_format({**boxed, "bg_color": "#D9D9D9"})


def _guide(sheet: Worksheet, looks: _Looks, loaded: LoadedSet, blanks: Sequence[Place]) -> None:
    _page(sheet, [_GUIDE_WIDTH])
    sheet.write_string(0, 0, _("Overlay: the targets that a decision fixes"), looks.title)
    lines = [
        (loaded.header.title.in_language(current_language()), looks.strong),
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
        (
            _("Every sheet is protected without a password (Review, Unprotect Sheet); rows may be sorted or inserted."),
            looks.words,
        ),
        (_("Then: ntm rules overlay fill FILE.xlsx -o FILE.yaml. It says what is wrong, by cell."), looks.words),
        ("", looks.words),
        (_("Waiting on ({count} targets):", count=len(blanks)), looks.strong),
        *((f"({n}) {decision_words(loaded, id_)}", looks.words) for id_, n in _decisions(blanks).items()),
    ]
    for row, (line, look) in enumerate(lines, start=2):
        sheet.write_string(row, 0, line, look)
        sheet.set_row(row, _height([(line, _GUIDE_WIDTH)]))
    sheet.protect("", {"select_locked_cells": True})


def _document(sheet: Worksheet, looks: _Looks, lists: _Lists) -> None:
    _page(sheet, [30, 60, 48, 12])
    sheet.write_string(0, 0, _("The document that fixes the targets"), looks.title)
    for column, head in enumerate((_("Asked"), _("To fill in"), _("Hint"))):
        sheet.write_string(_HEADS_AT, column, head, looks.head)
    sheet.write_string(_KEYS_AT, 0, layout.TOLD + "asked", looks.key)
    sheet.write_string(_KEYS_AT, 1, layout.ENTRY, looks.key)
    sheet.write_string(_KEYS_AT, 2, layout.TOLD + "hint", looks.key)
    sheet.write_string(_KEYS_AT, 3, layout.FIELD, looks.key)
    sheet.set_row(_KEYS_AT, 9)
    for row, (field, (label, hint)) in enumerate(layout.DOCUMENT_CELLS.items(), start=_FIRST):
        sheet.write_string(row, 0, _(label), looks.told)
        sheet.write_blank(row, 1, None, looks.day if field in layout.DAYS else looks.entry)
        sheet.write_string(row, 2, _(hint), looks.told)
        sheet.write_string(row, 3, layout.KEY + field, looks.key)
        sheet.set_row(row, 48 if field in (layout.TITLE, layout.TITLE_EN, layout.ILLUSTRATIVE) else 32)
        if field in layout.DAYS:
            sheet.data_validation(
                row, 1, row, 1,
                {
                    "validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY,
                    **_said(_("Not a day"), _("Write a day, day first: 15/8/2026.")),
                },
            )  # fmt: skip
        elif field == layout.ILLUSTRATIVE:
            _offer(sheet, lists, row, 1, [_(layout.YES), _(layout.NO)])
    sheet.freeze_panes(_FIRST, 0)
    _protect(sheet)


def _targets(sheet: Worksheet, looks: _Looks, lists: _Lists, loaded: LoadedSet, blanks: Sequence[Place]) -> None:
    groups = loaded.header.groups
    language = current_language()
    columns: list[tuple[str, str, float]] = [
        (layout.ID, _("Id"), 7),
        (layout.LABEL, _("Text, as printed"), 38),
        (layout.TOLD + "figure", _("Figure (unit)"), 30),
        (layout.TOLD + "criterion", _("Criterion"), 17),
        (layout.TOLD + "direction", _("Direction"), 10),
        (layout.TOLD + "lead", _("Lead agency"), 16),
        (layout.TOLD + "awaits", _("Awaits"), 6),
        (layout.EVERYWHERE, _("All communes"), 10),
        *((layout.GROUP_COLUMN + group.id, group.title.in_language(language), 9) for group in groups),
        (layout.ARTICLE, _("Article, clause, annex"), 17),
        (layout.NOTE, _("Note"), 14),
    ]
    _table(sheet, looks, _("Targets to fill"), columns)
    sheet.write_string(
        1, 0,
        _("Either one value for all communes or one for every group; never a value without its article."),
        looks.line,
    )  # fmt: skip
    numbered = _decisions(blanks)
    everywhere = next(i for i, column in enumerate(columns) if column[0] == layout.EVERYWHERE)
    for row, place in enumerate(blanks, start=_FIRST):
        awaits = f"({numbered[place.pending.decision]})" if place.pending else ""
        told = [
            text_of(place), measure_words(place), criterion_words(loaded, place), direction_words(place),
            lead_words(loaded, place),
        ]  # fmt: skip
        sheet.write_string(row, 0, place.requirement.id, looks.id)
        for column, words in enumerate(told, start=1):
            sheet.write_string(row, column, words, looks.told)
        sheet.write_string(row, everywhere - 1, awaits, looks.centre)
        sheet.set_row(row, _height([(words, columns[i][2]) for i, words in enumerate(told, start=1)]))
        _entries(sheet, looks, lists, loaded, place, row, everywhere)
        for column in range(everywhere + 1 + len(groups), len(columns)):
            sheet.write_blank(row, column, None, looks.entry)
    sheet.freeze_panes(_FIRST, 2)
    sheet.repeat_rows(_HEADS_AT, _HEADS_AT)
    _protect(sheet)


def _entries(
    sheet: Worksheet, looks: _Looks, lists: _Lists, loaded: LoadedSet, place: Place, row: int, first: int
) -> None:
    """Write the cells for a requirement's target: those that its kind of target has no use for are shut."""
    for column in range(first, first + 1 + len(loaded.header.groups)):
        if place.form == "number":
            sheet.write_blank(row, column, None, looks.number)
            sheet.data_validation(row, column, row, column, _number_rule(place))
        elif column == first:
            sheet.write_blank(row, column, None, looks.entry)
            offered = [_(layout.BINDING)] if place.form == "standard" else list(grade_labels(loaded, place).values())
            _offer(sheet, lists, row, column, offered)
        else:
            sheet.write_blank(row, column, None, looks.shut)


def _number_rule(place: Place) -> dict[str, Any]:
    share = place.measure.kind == "share"
    low, high = (0, 100) if share else (1 - LARGEST, LARGEST - 1)
    advice = (
        _("Write a number from 0 to 100, without the percent sign: 85 for 85%.")
        if share
        else _("Write one number alone, in the unit of this row.")
    )
    return {
        "validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
        **_said(_("Not a number that fits"), advice),
    }  # fmt: skip


def _groups(sheet: Worksheet, looks: _Looks, lists: _Lists, loaded: LoadedSet) -> None:
    language = current_language()
    titles = {group.id: group.title.in_language(language) for group in loaded.header.groups}
    columns: list[tuple[str, str, float]] = [
        (layout.CODE, _("Code"), 9),
        (layout.NAME, _("Commune"), 20),
        (layout.TOLD + "group", _("Group so far"), 14),
        (layout.TOLD + "ground", _("On what ground"), 86),
        (layout.GROUP, _("Group by the document"), 16),
        (layout.SOURCE, _("Article, annex"), 24),
    ]
    _table(sheet, looks, _("Groups of communes"), columns)
    sheet.write_string(1, 0, _("Fill in only communes whose group the document assigns."), looks.line)
    communes = [c for c in loaded.communes if c.type == loaded.header.commune_type]
    for row, commune in enumerate(sorted(communes, key=lambda c: (bool(c.group), c.code)), start=_FIRST):
        sheet.write_string(row, 0, commune.code, looks.id)
        sheet.write_string(row, 1, commune.name, looks.told)
        sheet.write_string(row, 2, titles.get(commune.group or "", _("unknown")), looks.told)
        ground = commune.group_source or ""
        sheet.write_string(row, 3, ground, looks.small)
        sheet.set_row(row, max(_LINE + 2, _height([(ground, columns[3][2])], _SMALL_LINE)))
        sheet.write_blank(row, 4, None, looks.entry)
        _offer(sheet, lists, row, 4, list(titles.values()))
        sheet.write_blank(row, 5, None, looks.entry)
    sheet.freeze_panes(_FIRST, 2)
    sheet.repeat_rows(_HEADS_AT, _HEADS_AT)
    _protect(sheet)


def _about(sheet: Worksheet, lists: _Lists, loaded: LoadedSet, blanks: Sequence[Place]) -> None:
    """Write which set, in which state, the workbook was made for, and which requirements it offers."""
    header = loaded.header
    facts = {
        layout.ABOUT: layout.FORMAT,
        "set": header.id,
        "version": header.version,
        "hash": set_hash(loaded),
        "ids": " ".join(place.requirement.id for place in blanks),
    }
    for row, (name, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for column, choices in enumerate(lists.columns, start=_FIRST_LIST):
        for row, choice in enumerate(choices):
            sheet.write_string(row, column, choice)
    sheet.hide()


def _table(sheet: Worksheet, looks: _Looks, title: str, columns: list[tuple[str, str, float]]) -> None:
    _page(sheet, [width for _key, _head, width in columns])
    sheet.write_string(0, 0, title, looks.title)
    for column, (key, head, _width) in enumerate(columns):
        sheet.write_string(_HEADS_AT, column, head, looks.head)
        sheet.write_string(_KEYS_AT, column, key, looks.key)
    sheet.set_row(_HEADS_AT, 48)
    sheet.set_row(_KEYS_AT, 9)


def _page(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)


def _offer(sheet: Worksheet, lists: _Lists, row: int, column: int, choices: list[str]) -> None:
    said = _said(_("Not one of the choices"), _("Choose from the list, or leave the cell empty."))
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": lists.source(choices), **said})


def _said(title: str, words: str) -> dict[str, str]:
    return {"error_title": title[:_LONGEST_TITLE], "error_message": words[:_LONGEST_TEXT]}


def _protect(sheet: Worksheet) -> None:
    allowed = ("sort", "insert_rows", "format_columns", "format_rows", "autofilter")
    sheet.protect("", dict.fromkeys(allowed, True))


def _decisions(blanks: Sequence[Place]) -> dict[str, int]:
    """Return the decisions awaited, numbered in the order in which they first occur."""
    ids = dict.fromkeys(place.pending.decision for place in blanks if place.pending)
    return {id_: n for n, id_ in enumerate(ids, start=1)}
