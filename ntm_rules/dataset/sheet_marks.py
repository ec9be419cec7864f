"""What a cell's value does not tell: percent formats, errors, formulas never calculated, how far the cells reach.

Sheets as Excel, LibreOffice and openpyxl write them are scanned as bytes; any other goes through a parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from ntm_rules.dataset.harmless import MOST_PLACES, leave_to_another_process
from ntm_rules.dataset.numbers import Broken, Percent
from ntm_rules.dataset.workbook_safety import FileRefused

MOST_CELLS = 8_000_000
"""A sheet whose corners span more cells is refused: readers hold the whole rectangle."""

DEFAULT_STYLE = b"0"
"""The cell style of a cell that names none."""
FORMULA = Broken("formula-not-calculated", "")

_USUAL = rb'r="[A-Z][0-9]{1,4}+"(?: s="[0-9]++")?+(?: t="[a-zA-Z]++")?+ ?+/?+>'
_UNUSUAL = re.compile(rb"<c(?:[^a-z ]| (?!" + _USUAL + rb"))")
"""A cell beyond Z9999, or not written in the usual way (it could name its place twice)."""
_UNUSUAL_OR_FORMULA = re.compile(rb"<c(?:[^a-z ]| (?!" + _USUAL + rb"(?!<f)))")
"""Such a cell, or one with a formula."""
_NOT_PLAIN = re.compile(
    rb'<c(?:[^a-z ]| (?!r="[A-Z]{1,3}[0-9]{1,7}"(?: (?:s|t|cm|vm|ph)="[a-zA-Z0-9]*")* ?/?>))',
)
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_ROWS = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_ERROR = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]* t="e"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>')

_EMPTY_ENDS = (b"</f></c>", b"<v></v></c>", b"/></c>")
"""A cell that `_EMPTY_FORMULA` finds ends in one of these."""

_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")

Position = tuple[int, int]
"""Row and column, from 0."""


@dataclass(slots=True)
class Marks:
    """What stands out in a sheet."""

    broken: dict[Position, Broken] = field(default_factory=dict)
    percent: set[Position] = field(default_factory=set)
    merged: bool = False


def marks_of(sheet: bytes, percent_styles: frozenset[bytes]) -> Marks:
    """Return what stands out in a sheet's XML.

    Raises:
        FileRefused: the cells span too much, or the XML is damaged or declares entities.
    """
    if DEFAULT_STYLE in percent_styles:  # a cell that names no style has this one
        return _parsed(sheet, percent_styles)
    prefixed = _may_have_prefixed_cells(sheet)
    first = _UNUSUAL_OR_FORMULA.search(sheet)
    usual = not prefixed and (first is None or _UNUSUAL.search(sheet, first.start()) is None)
    if not usual:
        if prefixed or _NOT_PLAIN.search(sheet):
            return _parsed(sheet, percent_styles)
        rows, columns = _corner(sheet)
        _check_span(rows, columns)
        if rows * columns > MOST_PLACES:
            leave_to_another_process()
    marks = Marks(merged=sheet.find(b"<mergeCell", max(0, sheet.rfind(b"</sheetData>"))) >= 0)
    if first is not None and any(end in sheet for end in _EMPTY_ENDS):
        for column, row, attributes in _EMPTY_FORMULA.findall(sheet):
            if b't="str"' not in attributes:
                marks.broken[position(row, column)] = FORMULA
    if b"#" in sheet:  # as every error's name does: #N/A, #DIV/0!
        for column, row, text in _ERROR.findall(sheet):
            marks.broken[position(row, column)] = Broken("cell-error", text.decode("utf-8", "replace"))
    if percent_styles:
        styles = b"|".join(sorted(percent_styles))
        formatted = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]* s="(?:' + styles + rb')"[^>/]*>')
        marks.percent = {position(row, column) for column, row in formatted.findall(sheet)}
    return marks


def mark(rows: list[list[Any]], marks: Marks, first_row: int, first_column: int) -> None:
    """Put what stands out into the rows read: `Percent` for numbers so formatted, `Broken` for the rest."""
    for (row, column), broken in marks.broken.items():
        at, across = row - first_row, column - first_column
        if at < 0 or across < 0:
            continue
        while len(rows) <= at:
            rows.append([])
        line = rows[at]
        if len(line) <= across:
            line.extend([""] * (across + 1 - len(line)))
        if line[across] == "":
            line[across] = broken
    for row, column in marks.percent:
        at, across = row - first_row, column - first_column
        if 0 <= at < len(rows) and 0 <= across < len(rows[at]):
            number = rows[at][across]
            if type(number) in (float, int):
                rows[at][across] = Percent(float(number))


def position(row: bytes, column: bytes) -> Position:
    """Return a cell's row and column from the digits and letters of its reference.

    >>> position(b"14", b"AB")
    (13, 27)
    """
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return int(row) - 1, number - 1


def _may_have_prefixed_cells(sheet: bytes) -> bool:
    """Tell whether an element such as <x:c> may stand in the sheet; looks at the colons, which are few."""
    if sheet.count(b":") > 64:
        return b":c" in sheet
    at = sheet.find(b":")
    while at >= 0:
        if sheet[at + 1 : at + 2] == b"c":
            return True
        at = sheet.find(b":", at + 1)
    return False


def _corner(sheet: bytes) -> tuple[int, int]:
    rows = max(map(int, set(_ROWS.findall(sheet))), default=0)
    columns = max((position(b"1", letters)[1] + 1 for letters in set(_COLUMNS.findall(sheet))), default=0)
    if rows * columns > MOST_CELLS:  # cells that only carry a format reach further than values do
        return _parse(sheet, frozenset()).corner()
    return rows, columns


def _check_span(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise FileRefused("sheet-too-large", cells=f"{rows} × {columns}")


def _parsed(sheet: bytes, percent_styles: frozenset[bytes]) -> Marks:
    leave_to_another_process()
    scan = _parse(sheet, percent_styles)
    _check_span(*scan.corner())
    return scan.marks


def _parse(sheet: bytes, percent_styles: frozenset[bytes]) -> _Scan:
    scan = _Scan(percent_styles)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = scan.doctype
    try:
        parser.Parse(sheet, True)
    except expat.ExpatError as error:
        raise FileRefused("workbook-broken", reason=str(error)) from error
    return scan


class _Scan:
    """Follows a sheet's XML, cell by cell, whatever way it is written."""

    def __init__(self, percent_styles: frozenset[bytes]) -> None:
        self.marks = Marks()
        self._percent = {style.decode() for style in percent_styles}
        self._row = self._column = -1
        self._rows = self._columns = 0
        self._attributes: Mapping[str, str] = {}
        self._inside = ""
        self._value = ""
        self._formula = self._inline = self._holds = False

    def corner(self) -> tuple[int, int]:
        """Return how many rows and columns the cells with anything in them span, from A1."""
        return self._rows, self._columns

    def doctype(self, *_: Any) -> None:
        raise FileRefused("workbook-declares-entities")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = self._row + 1 if "r" not in attributes else _row(attributes["r"])
            self._column = -1
        elif tag == "c":
            self._attributes = attributes
            self._value, self._formula, self._inline, self._holds = "", False, False, False
            self._place(attributes.get("r"))
            return
        self._holds = True
        if tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._inside = tag
            self._inline = self._inline or tag == "t"
        elif tag == "mergeCell":
            self.marks.merged = True

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _CELL.fullmatch(reference)
        if match is None:
            raise FileRefused("workbook-broken", reason=f"cell {reference[:20]}")
        self._row, self._column = position(match[2].encode(), match[1].encode())

    def text(self, text: str) -> None:
        if self._inside:
            self._value += text

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in ("v", "t"):
            self._inside = ""
        elif tag == "c":
            self._cell()

    def _cell(self) -> None:
        at = self._row, self._column
        kind = self._attributes.get("t", "n")
        if self._holds:  # readers take an empty text for a value, and make room for it
            self._rows, self._columns = max(self._rows, at[0] + 1), max(self._columns, at[1] + 1)
        if kind == "e" and self._value:
            self.marks.broken[at] = Broken("cell-error", self._value)
        elif self._formula and not self._value and kind != "str":
            self.marks.broken[at] = FORMULA
        if self._attributes.get("s", DEFAULT_STYLE.decode()) in self._percent:
            self.marks.percent.add(at)


def _row(reference: str) -> int:
    if not _ROW.fullmatch(reference):
        raise FileRefused("workbook-broken", reason=f"row {reference[:20]}")
    return int(reference) - 1
