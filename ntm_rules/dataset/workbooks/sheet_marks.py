"""Plain sheets, as spreadsheet programs write them: told from others, and what their cells' values do not tell.

A plain sheet is one whose every cell is written in one of the few usual ways, each place once and in order, so that the
reading library gives its values as they stand. It is scanned as bytes; any other sheet is read cell by cell (`sheet_cells`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ntm_rules.dataset.cells.numbers import Broken, Doubtful
from ntm_rules.dataset.files.harmless import MOST_PLACES, leave_to_another_process
from ntm_rules.dataset.places import Hidden
from ntm_rules.dataset.workbooks.cell_values import Context, doubted, is_placeholder
from ntm_rules.dataset.workbooks.number_formats import NumberFormat
from ntm_rules.dataset.workbooks.sheet_cells import MOST_CELLS, Position, column_number, hidden_columns, is_hidden_row

FORMULA = Broken("formula-not-calculated", "")

_TEXT = rb"[^<&]*+(?:&(?:amp|lt|gt|quot|apos);[^<&]*+)*+"
"""Characters between two tags in a value: others than these, the reading library drops from it."""
_FORMULA = rb"<f(?:[ /][^<>]*+)?+>(?:(?<=/>)|[^<]*+</f>)"
_CONTENT = (
    rb'(?: s="[0-9]++")?+(?:'
    rb' t="inlineStr">(?:<is><t(?: xml:space="preserve")?+>[^<]*+</t></is>)?+</c>'
    rb'| t="s"><v>[0-9]++</v></c>'
    rb'|(?: t="(?:n|str|b|e)")?+(?: (?:cm|vm|ph)="[0-9]++")*+'
    rb"(?:>(?:" + _FORMULA + rb")?+(?:<v>" + _TEXT + rb"</v>|<v ?+/>)?+</c>| ?+/>))"
)
_ROW = rb'<row r="([0-9]{1,4}+)"[^<>]*+>(?:(?<=/>)|'
_USUAL = re.compile(
    rb"(?:"
    + _ROW
    + b"".join(
        rb'(?:<c r="' + bytes([letter]) + rb'\1"' + _CONTENT + rb")?+" for letter in range(ord("A"), ord("Z") + 1)
    )
    + rb"</row>))*+"
)
"""Rows up to 9999 of cells up to column Z, each in its row, none twice, in the order of their columns."""
_PLAIN = re.compile(
    rb'(?:<row r="[0-9]{1,7}+"[^<>]*+>(?:(?<=/>)|(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"' + _CONTENT + rb")*+</row>))*+"
)
"""Rows and cells anywhere."""
_BARE_ROWS = re.compile(
    rb'<row r="[0-9]{1,7}+"[^<>]*+>(?:(?<=/>)|'
    rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"(?: s="[0-9]++")?+(?: t="n")?+(?: ?+/>|></c>))*+</row>)'
)
"""Rows of cells that only carry a format."""
_ROW_LOOKS = re.compile(rb'<row r="([0-9]+)"([^<>]*)>')
_PLACES = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?![^<>]*/>)')
_BORDERED = 4 << 20
"""In a sheet larger than this, rows of cells that only carry a format are looked for and left out."""

_ERROR = re.compile(rb'<c r="([A-Z]++)([0-9]++)"[^<>]* t="e"[^<>]*+>(?:' + _FORMULA + rb")?+<v>([^<]*+)</v>")
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]++)([0-9]++)"([^<>]*+)><f')
_NO_RESULT = (b"</f></c>", b"<v></v></c>", b"/></c>")
"""How a cell whose formula has no result may end."""
_ZEROS = tuple(b"<v>" + sign for sign in (b"0", b"-", b"+", b".", b" ", b"\n", b"\t", b"\r"))
_ZERO = re.compile(rb"<v>\s*+[+-]?+(?:0++(?:\.0*+)?+|\.0++)(?:[eE][+-]?+[0-9]++)?+\s*+</v></c>")
"""A zero, however it is written, and what it may begin with."""
_NEXT_FORMULA = b"><f"
_HIDING = (b'hidden="1', b'hidden="t', b'hidden="o', b' ht="0')
"""A row that nobody sees has one of these."""
_COLUMN_LOOKS = re.compile(rb"<col ([^<>]*)>")
_LOOK = re.compile(rb'([a-zA-Z]+)="([^"]*)"')


@dataclass(slots=True)
class Marks:
    """What stands out in a plain sheet."""

    broken: dict[Position, Broken] = field(default_factory=dict)
    formats: dict[Position, NumberFormat] = field(default_factory=dict)
    """Cells whose format may show another number than they hold."""
    doubts: dict[Position, str] = field(default_factory=dict)
    """Cells whose font strikes out or raises what they hold: the code of the doubt."""
    texts: dict[Position, Doubtful] = field(default_factory=dict)
    """Cells whose text has such looks in part."""
    formulas: set[Position] = field(default_factory=set)
    """Cells whose formula may never have been calculated: its result is one that writers put down unasked."""
    hidden: Hidden = field(default_factory=Hidden)
    merged: bool = False


def without_bare_rows(sheet: bytes) -> bytes:
    """Return a large sheet without the rows whose cells only carry a format; borders drawn to the bottom hold nothing."""
    return _BARE_ROWS.sub(b"", sheet) if len(sheet) > _BORDERED else sheet


def marks_of(sheet: bytes, context: Context) -> Marks | None:
    """Return what stands out in a plain sheet's XML; None for a sheet that must be read cell by cell."""
    styles = context.styles
    start = sheet.find(b"<sheetData>")
    if start < 0 or styles.of_default or b"<!" in sheet[:start]:
        return None
    start += len(b"<sheetData>")
    usual = _USUAL.match(sheet, start)
    end = usual.end() if usual else start
    if sheet.startswith(b"</sheetData>", end):
        rows = _ROW_LOOKS.findall(sheet, start, end)
        if len({number for number, _ in rows}) != len(rows):
            return None
    else:
        plain = _PLAIN.match(sheet, start)
        end = plain.end() if plain else start
        if not sheet.startswith(b"</sheetData>", end) or not _each_once(sheet, start, end):
            return None
        rows = _ROW_LOOKS.findall(sheet, start, end)
    tail = sheet[end:]
    if b"<!" in tail or b"<sheetData" in tail:
        return None
    marks = Marks(merged=b"<mergeCell" in tail)
    if sheet.find(_NEXT_FORMULA, start, end) >= 0:
        _mark_formulas(sheet, start, end, context, marks)
    if b"#" in sheet and b't="e"' in sheet:  # as every error's name that the library knows: #N/A, #DIV/0!
        for column, row, text in _ERROR.findall(sheet, start, end):
            marks.broken[position(row, column)] = Broken("cell-error", text.decode("utf-8", "replace"))
    if styles.formats or styles.days:
        finder = _styled(frozenset(styles.formats) | frozenset(styles.days))
        for column, row, style in finder.findall(sheet, start, end):
            shown = styles.formats.get(style)
            marks.formats[position(row, column)] = shown if shown is not None else styles.days[style]
    if styles.fonts:
        for column, row, style in _styled(frozenset(styles.fonts)).findall(sheet, start, end):
            marks.doubts[position(row, column)] = styles.fonts[style]
    doubtful = {str(at).encode(): text for at, text in enumerate(context.texts) if isinstance(text, Doubtful)}
    if doubtful:
        for column, row, index in _shared(frozenset(doubtful)).findall(sheet, start, end):
            marks.texts[position(row, column)] = doubtful[index]
    _mark_hidden(sheet[:start], rows, marks)
    return marks


def mark(rows: list[list[Any]], marks: Marks, first_row: int, first_column: int) -> None:
    """Put what stands out into the rows read: what its format shows for a number so formatted, doubts, `Broken` cells."""
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
    for row, column in _within(marks.formulas, rows, first_row, first_column):
        if is_placeholder(rows[row][column]):
            rows[row][column] = FORMULA
    for (row, column), shown in marks.formats.items():
        at, across = row - first_row, column - first_column
        if 0 <= at < len(rows) and 0 <= across < len(rows[at]):
            number = rows[at][across]
            if type(number) in (float, int):
                whole = shown.kind == "number"
                rows[at][across] = shown.seen(number) if whole else Broken("date-not-number", f"{number:.15g}")
    for at, across in _within(marks.texts, rows, first_row, first_column):
        rows[at][across] = marks.texts[at + first_row, across + first_column]
    for at, across in _within(marks.doubts, rows, first_row, first_column):
        rows[at][across] = doubted(rows[at][across], marks.doubts[at + first_row, across + first_column])


def position(row: bytes, column: bytes) -> Position:
    """Return a cell's row and column from the digits and letters of its reference.

    >>> position(b"14", b"AB")
    (13, 27)
    """
    return int(row) - 1, column_number(column.decode())


def _within(places: Iterable[Position], rows: list[list[Any]], row: int, column: int) -> list[Position]:
    """Return those places that the rows read reach, counted from the corner of what was read."""
    moved = [(at - row, across - column) for at, across in places]
    return [(at, across) for at, across in moved if 0 <= at < len(rows) and 0 <= across < len(rows[at])]


def _each_once(sheet: bytes, start: int, end: int) -> bool:
    """Tell whether no place is written twice, and the cells that hold something span no more than a reader can hold."""
    places = _PLACES.findall(sheet, start, end)
    rows = max((int(row) for _, row in places), default=0)
    columns = max((column_number(letters.decode()) + 1 for letters in {column for column, _ in places}), default=0)
    if rows * columns > MOST_PLACES:
        leave_to_another_process()
    return len(set(places)) == len(places) and rows * columns <= MOST_CELLS


def _mark_formulas(sheet: bytes, start: int, end: int, context: Context, marks: Marks) -> None:
    for ending in _NO_RESULT:
        for at in _places_of(ending, sheet, start, end):
            cell = _formula_before(sheet, start, at)
            if cell is not None and (b't="str"' not in cell[3] or not context.calculated):
                marks.broken[position(cell[2], cell[1])] = FORMULA
    if not context.calculated:
        for beginning in _ZEROS:
            for at in _places_of(beginning, sheet, start, end):
                cell = _formula_before(sheet, start, at) if _ZERO.match(sheet, at) else None
                if cell is not None:
                    marks.formulas.add(position(cell[2], cell[1]))


def _places_of(piece: bytes, sheet: bytes, start: int, end: int) -> Iterator[int]:
    at = sheet.find(piece, start, end)
    while at >= 0:
        yield at
        at = sheet.find(piece, at + 1, end)


def _formula_before(sheet: bytes, start: int, at: int) -> re.Match[bytes] | None:
    """Return the beginning of the cell in which a place stands, if it is one with a formula."""
    return _FORMULA_CELL.match(sheet, sheet.rfind(b"<c r=", start, at))


@lru_cache(maxsize=64)
def _styled(styles: frozenset[bytes]) -> re.Pattern[bytes]:
    """Return what finds the cells of some styles that hold something."""
    return re.compile(rb'<c r="([A-Z]++)([0-9]++)" s="(' + b"|".join(sorted(styles)) + rb')"[^>/]*+>')


@lru_cache(maxsize=64)
def _shared(indexes: frozenset[bytes]) -> re.Pattern[bytes]:
    """Return what finds the cells that hold some of the shared texts."""
    return re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]* t="s"><v>0*(' + b"|".join(sorted(indexes)) + rb")</v>")


def _mark_hidden(head: bytes, rows: list[tuple[bytes, bytes]], marks: Marks) -> None:
    unseen = b"zeroHeight" in head and re.search(rb'zeroHeight="(?:1|true)"', head) is not None
    hiding = {looks for looks in {looks for _, looks in rows} if unseen or any(look in looks for look in _HIDING)}
    if hiding:
        seen = {looks: _attributes(looks) for looks in hiding}
        unseen_looks = {looks for looks, said in seen.items() if is_hidden_row(said) or (unseen and "ht" not in said)}
        marks.hidden.rows = {int(number) - 1 for number, looks in rows if looks in unseen_looks}
    for looks in _COLUMN_LOOKS.findall(head) if b"hidden=" in head or b' width="0' in head else ():
        columns = hidden_columns(_attributes(looks))
        if columns is not None:
            marks.hidden.columns.append(columns)


def _attributes(looks: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in _LOOK.findall(looks)}
