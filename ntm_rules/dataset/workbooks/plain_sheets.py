"""Plain sheets, as spreadsheet programs write them: read row by row from their bytes, many times faster than by their XML.

A plain sheet is one whose every cell is written in one of the few usual ways, each place once and in order. Any other
sheet is read cell by cell (`sheet_cells`), to the same result. Workbooks made from one form share most of their rows to
the byte: what such a row holds is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.places import Hidden
from ntm_rules.dataset.workbooks.cell_styles import DEFAULT_STYLE
from ntm_rules.dataset.workbooks.cell_values import PlainRow, Seen, SharedText, WorkbookContext, cell_of
from ntm_rules.dataset.workbooks.rich_text import decoded, is_utf8, unescaped
from ntm_rules.dataset.workbooks.sheet_cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cells,
    Position,
    check_span,
    column_number,
    hidden_columns,
    is_hidden_row,
)

_BLOCK = 1 << 20
"""So many bytes of a sheet are parted into rows at once."""
_BORDERED = 4 << 20
"""In a sheet larger than this, rows of cells that only carry a format are looked for and left out."""
_MOST_ROWS, _MOST_ONCE, _MOST_CELLS, _MOST_BEGINNINGS, _LONGEST = 8192, 1 << 15, 8192, 1024, 2048
"""So many rows, rows seen once, cells and beginnings of cells are remembered, each row and cell of so many bytes at most."""

_START, _END = b"<sheetData>", b"</sheetData>"
_ROW_END, _CELL_START = b"</row>", b'<c r="'
_ROW = re.compile(rb'((?:<row r="[0-9]{1,7}+"[^<>]*+(?<=/)>)*+)<row r="([1-9][0-9]{0,6}+)"([^<>]*+)(?<!/)>')
"""Rows without cells, then one with cells."""
_EMPTY_ROWS = re.compile(rb'(?:<row r="[0-9]{1,7}+"[^<>]*+(?<=/)>)*+')
_ROW_LOOKS = re.compile(rb'<row r="([0-9]+)"([^<>]*)>')
_LETTERS = re.compile(rb"[A-Z]{1,3}")
_TEXT = rb"[^<&]*+(?:&(?:amp|lt|gt|quot|apos);[^<&]*+)*+"
_CONTENT = re.compile(
    rb'(?: s="([0-9]++)")?+(?:'
    rb' t="inlineStr">(?:<is><t( xml:space="preserve")?+>([^<]*+)</t></is>)?+</c>'
    rb'| t="s"><v>([0-9]{1,9}+)</v></c>'
    rb'|(?: t="(n|str|b|e)")?+(?: (?:cm|vm|ph)="[0-9]++")*+'
    rb"(?:>(<f(?:[ /][^<>]*+)?+>(?:(?<=/>)|[^<]*+</f>))?+(?:<v>(" + _TEXT + rb")</v>|(<v ?+/>))?+</c>| ?+/>))"
)
"""What stands behind a cell's place: style; spaces kept, text of its own; number of a shared text; type, formula, value."""
_NUMBER = re.compile(rb"(-?+[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+)</v></c>")
_BARE_ROWS = re.compile(
    rb'<row r="[0-9]{1,7}+"[^<>]*+>(?:(?<=/>)|'
    rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"(?: s="[0-9]++")?+(?: t="n")?+(?: ?+/>|></c>))*+</row>)'
)
"""Rows of cells that only carry a format."""
_HIDING = re.compile(rb'hidden="[1to]| ht="0')
"""A row that nobody sees has one of these."""
_COLUMN_LOOKS = re.compile(rb"<col ([^<>]*)>")
_LOOK = re.compile(rb'([a-zA-Z]+)="([^"]*)"')
_MERGED = re.compile(rb'<mergeCell ref="\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?" ?/>')

_columns: dict[bytes, int] = {}
"""Letters of a column -> its number, from 0."""


class _NotPlain(ValueError):
    """A sheet that must be read cell by cell."""


def without_bare_rows(sheet: bytes) -> bytes:
    """Return a large sheet without the rows whose cells only carry a format; borders drawn to the bottom hold nothing."""
    return _BARE_ROWS.sub(b"", sheet) if len(sheet) > _BORDERED else sheet


def plain_cells(sheet: bytes, context: WorkbookContext) -> Cells | None:
    """Return what stands in a plain sheet, as a rectangle from its first row to its last; None for any other sheet.

    Raises:
        FileRefused: the cells span more than can be held.
        NotHarmless: they span more than is held in the program's own process.
    """
    start = sheet.find(_START)
    end = sheet.find(_END, start)
    if start < 0 or end < 0:
        return None
    head, tail = sheet[:start], sheet[end + len(_END) :]
    if b"<!" in head or b"Choice" in head or not is_utf8(head) or b"<!" in tail or b"<sheetData" in tail:
        return None
    start += len(_START)
    last = sheet.rfind(_ROW_END, start, end) + len(_ROW_END)
    last = max(last, start)
    if not _EMPTY_ROWS.fullmatch(sheet, last, end):
        return None
    try:
        merged = _merged(tail)
        rows = list(_rows(sheet, start, last, context))
    except ValueError:  # `_NotPlain`, or a text that is no UTF-8
        return None
    hidden = Hidden({number for row in rows if row.hidden for number in row.hidden}, _hidden_columns(head))
    hidden.rows.update(_hidden_rows(sheet[last:end]))
    if b"zeroHeight" in head and re.search(rb'zeroHeight="(?:1|true)"', head):
        looks = [(int(number) - 1, _attributes(look)) for number, look in _ROW_LOOKS.findall(sheet, start, end)]
        hidden.rows = {number for number, look in looks if "ht" not in look or is_hidden_row(look)}
    lines = [(row.number, _cells_in(row, context.texts)) for row in rows]
    return Cells(_rectangle([line for line in lines if line[1]]), merged, hidden)


def _cells_in(row: PlainRow, texts: Sequence[str]) -> list[Cell]:
    """Return the cells of a row, with the texts that their workbook shares, up to the last that holds something."""
    if not row.shared:
        return row.cells  # type: ignore[return-value]  # none is a `SharedText`
    found = [cell.of(texts) if isinstance(cell, SharedText) else cell for cell in row.cells]
    while found and found[-1] == "":
        found.pop()
    return found


def _rectangle(rows: Sequence[tuple[int, list[Cell]]]) -> list[tuple[int, list[Cell]]]:
    if not rows:
        return []
    width = max(len(cells) for _, cells in rows)
    check_span(rows[-1][0] + 1, width)
    blank: list[Cell] = [""] * width
    found: list[tuple[int, list[Cell]]] = []
    at = rows[0][0]
    for number, cells in rows:
        while at < number:
            found.append((at, [*blank]))
            at += 1
        found.append((number, cells + blank[len(cells) :]))
        at += 1
    return found


def _rows(sheet: bytes, start: int, end: int, context: WorkbookContext) -> Iterator[PlainRow]:
    """Yield the rows of a plain sheet that have cells.

    Raises:
        ValueError: a row or a cell is written otherwise.
    """
    known, before = context.seen.rows, -1
    for piece in _pieces(sheet, start, end):
        row: PlainRow | None = known.get(piece)
        if row is None:
            row = _row(piece, context)
        if row.number <= before:
            raise _NotPlain
        before = row.number
        yield row


def _pieces(sheet: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield each row with cells, without its end tag, and with it the rows without cells before it."""
    while start < end:
        stop = sheet.rfind(_ROW_END, start, start + _BLOCK)
        if stop < 0:
            stop = sheet.find(_ROW_END, start)
        yield from sheet[start:stop].split(_ROW_END)
        start = stop + len(_ROW_END)


def _row(piece: bytes, context: WorkbookContext) -> PlainRow:
    match = _ROW.match(piece)
    if match is None:
        raise _NotPlain
    first, *written = piece[match.end() :].split(_CELL_START)
    if first:
        raise _NotPlain
    seen, columns = context.seen.cells, _columns
    ending = match[2] + b'"'
    cells: list[Cell | SharedText] = []
    shared = False
    for each in written:
        letters, _, content = each.partition(ending)
        column = columns.get(letters)
        if column is None:
            column = _column(letters)
        cell = seen.get(content)
        if cell is None:
            cell = _cell(content, context)
        if cell.__class__ is SharedText:
            shared = True
        if column != len(cells):
            if column < len(cells):
                raise _NotPlain
            cells += [""] * (column - len(cells))
        cells.append(cell)
    while cells and cells[-1] == "":
        cells.pop()
    number = int(match[2]) - 1
    if number >= MOST_ROWS:
        raise _NotPlain
    row = PlainRow(number, cells, shared, _hidden_rows(piece[: match.end()]))
    if len(piece) <= _LONGEST:
        _remember(piece, row, context.seen)
    return row


def _remember(piece: bytes, row: PlainRow, seen: Seen) -> None:
    """Remember a row that comes again."""
    known_by = hash(piece)
    if known_by not in seen.once:
        if len(seen.once) >= _MOST_ONCE:
            seen.once.clear()
        seen.once.add(known_by)
        return
    if len(seen.rows) >= _MOST_ROWS:
        seen.rows.clear()
    seen.rows[piece] = row


def _cell(content: bytes, context: WorkbookContext) -> Cell | SharedText:
    """Return what stands behind a cell's place."""
    beginning, _, value_on = content.partition(b"<v>")
    if beginning in context.seen.numbers:
        match = _NUMBER.fullmatch(value_on)
        if match is not None:
            return float(match[1])
    match = _CONTENT.fullmatch(content)
    if match is None:
        raise _NotPlain
    style, kept, own, shared, kind, formula, value, no_value = match.groups()
    cell: Cell | SharedText
    if shared is not None:
        cell = SharedText(int(shared), context.styles.fonts.get(style or DEFAULT_STYLE, ""))
    else:
        text = None if own is None else unescaped(decoded(own, kept=kept is not None))
        written = decoded(value, kept=True) if value is not None else None if no_value is None else ""
        name = "n" if kind is None else kind.decode()
        number = None if style is None else style.decode()
        cell = cell_of("inlineStr" if text is not None else name, written, text, formula is not None, number, context)
    if isinstance(cell, str | SharedText) and len(content) <= _LONGEST:
        if len(context.seen.cells) >= _MOST_CELLS:
            context.seen.cells.clear()
        context.seen.cells[content] = cell
    elif cell.__class__ is float and formula is None and len(context.seen.numbers) < _MOST_BEGINNINGS:
        styles, styled = context.styles, style or DEFAULT_STYLE
        if not (styled in styles.formats or styled in styles.fonts or styled in styles.days):
            context.seen.numbers.add(beginning)
    return cell


def _column(letters: bytes) -> int:
    column = column_number(letters.decode()) if _LETTERS.fullmatch(letters) else MOST_COLUMNS
    if column >= MOST_COLUMNS:
        raise _NotPlain
    _columns[letters] = column
    return column


def _merged(tail: bytes) -> list[tuple[Position, Position]]:
    if b"<mergeCell " not in tail:
        return []
    found = _MERGED.findall(tail)
    if len(found) != tail.count(b"<mergeCell "):
        raise _NotPlain
    return [
        (
            (int(top) - 1, column_number(left.decode())),
            (int(bottom or top) - 1, column_number((right or left).decode())),
        )
        for left, top, right, bottom in found
    ]


def _hidden_rows(tags: bytes) -> list[int]:
    if not _HIDING.search(tags):
        return []
    return [int(number) - 1 for number, look in _ROW_LOOKS.findall(tags) if is_hidden_row(_attributes(look))]


def _hidden_columns(head: bytes) -> list[tuple[int, int]]:
    if b"hidden=" not in head and b' width="0' not in head:
        return []
    stretches = (hidden_columns(_attributes(looks)) for looks in _COLUMN_LOOKS.findall(head))
    return [columns for columns in stretches if columns is not None]


def _attributes(looks: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in _LOOK.findall(looks)}
