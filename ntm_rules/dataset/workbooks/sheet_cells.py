"""The cells of a sheet, read from its XML one by one, whatever way it is written: for the sheets that are not plain.

Every cell stands for itself: what cannot be read in one is told there, and the rest is read. The plain sheets of
spreadsheet programs are read more quickly (`plain_sheets`), to the same result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ntm_rules.dataset.cells.numbers import Broken, Cell, written
from ntm_rules.dataset.files.harmless import MOST_PLACES, leave_to_another_process
from ntm_rules.dataset.places import Hidden
from ntm_rules.dataset.workbooks.cell_values import WorkbookContext, cell_of
from ntm_rules.dataset.workbooks.rich_text import RichText, parse, unescaped
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.i18n import Message

MOST_CELLS = 8_000_000
"""A sheet whose corners span more cells is refused: readers hold the whole rectangle."""
MOST_READ_ONE_BY_ONE = 1_500_000
"""As many cells that hold something are read one by one, which takes seconds; spreadsheet programs write plain sheets."""
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14
Position = tuple[int, int]
"""Row and column, from 0."""
Range = tuple[Position, Position]

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_TRUE = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class Cells:
    """What stands in a sheet."""

    rows: list[tuple[int, list[Cell]]]
    """Row number from 0, and its cells from column A; rows without any are left out."""
    merged: list[Range]
    hidden: Hidden


def cells_of(sheet: bytes, context: WorkbookContext) -> Cells:
    """Return what stands in a sheet, from its XML.

    Raises:
        FileRefused: the XML is damaged or declares entities, or the cells span more than can be held.
    """
    reader = _Reader(context)
    parse(sheet, reader.start, reader.end, reader.text)
    return reader.cells()


def column_number(letters: str) -> int:
    """Return a column's number, from 0.

    >>> column_number("A"), column_number("ab")
    (0, 27)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Reader:
    """Follows a sheet's XML, element by element."""

    def __init__(self, context: WorkbookContext) -> None:
        self._context = context
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merged: list[Range] = []
        self._hidden = Hidden()
        self._row = self._column = -1
        self._in_data = False
        self._aside = 0
        self._attributes: Mapping[str, str] | None = None
        self._formula = False
        self._value: list[str] | None = None
        self._in_value = False
        self._rich: RichText | None = None
        self._in_rich = False
        self._depth = self._values = self._own_texts = 0
        """How deep inside a cell, and how many values and texts of its own it has had."""
        self._unseen_rows = False
        self._filled = 0

    # --- elements

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._aside or tag == "Choice":
            self._aside += 1
        elif self._in_rich and self._rich is not None:
            self._rich.start(tag, attributes)
        elif self._attributes is not None:
            self._depth += 1
            if self._depth == 1:
                self._inside_cell(tag)
        elif tag == "c" and self._in_data:
            self._attributes = attributes
            self._value, self._rich, self._formula, self._depth = None, None, False, 0
            self._values = self._own_texts = 0
            self._place(attributes.get("r"))
        elif tag == "row" and self._in_data:
            self._start_row(attributes)
        elif tag == "sheetData":
            self._in_data = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col":
            self._hide_columns(attributes)
        elif tag == "sheetFormatPr":
            self._unseen_rows = attributes.get("zeroHeight", "").lower() in _TRUE

    def _inside_cell(self, tag: str) -> None:
        if tag == "f":
            self._formula = True
        elif tag == "v":
            self._value = self._value if self._value is not None else []
            self._value += ["; "] if self._values else []
            self._values += 1
            self._in_value = True
        elif tag == "is":
            self._own_texts += 1
            self._rich, self._in_rich = RichText(), True

    def text(self, text: str) -> None:
        if self._in_value and self._value is not None:
            self._value.append(text)
        elif self._in_rich and self._rich is not None:
            self._rich.text(text)

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._in_rich and self._rich is not None:
            if tag == "is":
                self._in_rich = False
                self._depth -= 1
            else:
                self._rich.end(tag)
        elif self._attributes is not None and self._depth:
            self._depth -= 1
            self._in_value = self._in_value and self._depth > 0
        elif tag == "c" and self._attributes is not None:
            self._take(self._attributes)
            self._attributes = None
        elif tag == "sheetData":
            self._in_data = False

    # --- places

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._row += 1
        elif _ROW.fullmatch(reference):
            self._row = int(reference) - 1
        else:
            raise FileRefused("workbook-broken", reason=Message("row {row}", row=reference[:20]))
        self._column = -1
        if is_hidden_row(attributes) or (self._unseen_rows and "ht" not in attributes):
            self._hidden.rows.add(self._row)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            match = _CELL.fullmatch(reference)
            if match is None:
                raise FileRefused("workbook-broken", reason=Message("cell {cell}", cell=reference[:20]))
            self._row, self._column = int(match[2]) - 1, column_number(match[1])
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            raise FileRefused("workbook-broken", reason=Message("cell {cell}", cell=(reference or "")[:20]))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if corners[0] and corners[1]:
            top, bottom = ((int(c[2]) - 1, column_number(c[1])) for c in corners if c)
            self._merged.append((top, bottom))

    def _hide_columns(self, attributes: Mapping[str, str]) -> None:
        columns = hidden_columns(attributes)
        if columns is not None:
            self._hidden.columns.append(columns)

    # --- values

    def _take(self, attributes: Mapping[str, str]) -> None:
        value = "".join(self._value) if self._value is not None else None
        text = self._rich.whole() if self._rich is not None else None
        cell = cell_of(attributes.get("t", "n"), value, text, self._formula, attributes.get("s"), self._context)
        if self._values > 1:
            cell = Broken("cell-twice", value or "")
        elif self._own_texts > 1 or (text and value and unescaped(value) != text):
            cell = Broken("cell-twice", "; ".join(one for one in (value, text) if one))
        if cell == "":
            return
        self._filled += 1
        if self._filled > MOST_READ_ONE_BY_ONE:
            raise FileRefused("sheet-too-large", cells=f"> {MOST_READ_ONE_BY_ONE:_}".replace("_", " "))
        row = self._rows.setdefault(self._row, {})
        if self._column in row and row[self._column] != cell:
            cell = Broken("cell-twice", f"{written(row[self._column])}; {written(cell)}")
        row[self._column] = cell

    def cells(self) -> Cells:
        """Return what was read, row by row.

        Raises:
            FileRefused: the cells span more than can be held.
            NotHarmless: they span more than is held in the program's own process.
        """
        rows = max(self._rows, default=-1) + 1
        columns = max((max(row) for row in self._rows.values() if row), default=-1) + 1
        check_span(rows, columns)
        found: list[tuple[int, list[Cell]]] = []
        for number in sorted(self._rows):
            row = self._rows[number]
            line: list[Cell] = [""] * (max(row) + 1)
            for column, cell in row.items():
                line[column] = cell
            found.append((number, line))
        return Cells(found, self._merged, self._hidden)


def check_span(rows: int, columns: int) -> None:
    """Go on where so many rows and columns can be held.

    Raises:
        FileRefused: they cannot.
        NotHarmless: not in the program's own process.
    """
    if rows * columns > MOST_CELLS:
        raise FileRefused("sheet-too-large", cells=f"{rows} × {columns}")
    if rows * columns > MOST_PLACES:
        leave_to_another_process()


def is_hidden_row(attributes: Mapping[str, str]) -> bool:
    """Tell whether nobody sees a row: hidden, filtered out, or of no height."""
    return attributes.get("hidden", "").lower() in _TRUE or _is_zero(attributes.get("ht"))


def hidden_columns(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the first and last of a stretch of columns that nobody sees, from 0; None where somebody does."""
    first, last = attributes.get("min", ""), attributes.get("max", "")
    unseen = attributes.get("hidden", "").lower() in _TRUE or _is_zero(attributes.get("width"))
    if unseen and _ROW.fullmatch(first) and _ROW.fullmatch(last):
        return int(first) - 1, int(last) - 1
    return None


def _is_zero(size: str | None) -> bool:
    return size is not None and re.fullmatch(r"0+(?:\.0*)?", size) is not None
