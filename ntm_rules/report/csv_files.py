"""CSV for other programs and for Excel: UTF-8 with a byte-order mark, no cell that runs as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ntm_rules.packed_texts import PackedTexts, everywhere_packed, packed
from ntm_rules.text_columns import Columns, Ints, TextColumn, run_together

_QUOTED = re.compile('[",\r\n]')
_SPECIAL = re.compile('\0[=+\\-@\t\r]|[",\r\n]')
"""What cells that are written as they are have nothing of, one behind the other with this sign before each."""
_STARTS = r"^[=+\-@\t\r]"
_AT_A_TIME = 1 << 13
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under a header; texts that a spreadsheet would run are written as text."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)


class CsvTable:
    """A table open for more rows."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._names = names
        self._stream = path.open("wb")
        self._stream.write(f"{csv_line(names)}\r\n".encode("utf-8-sig"))

    def add(self, table: Columns) -> None:
        """Write rows below those that are written."""
        for cells in _in_blocks([table[name] for name in self._names]):
            self._stream.writelines(run_together(cells, ",", "\r\n"))

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()


def write_tables(path: Path, tables: Iterable[Columns], names: Sequence[str]) -> None:
    """Write tables of the same columns, one below the other."""
    with closing(CsvTable(path, names)) as table:
        for part in tables:
            table.add(part)


def _in_blocks(columns: Sequence[TextColumn | Ints]) -> Iterator[list[TextColumn | Ints]]:
    """Yield columns as they stand in a file; where texts are packed they are so many that they come some rows at a time."""
    many = [isinstance(one, TextColumn) and len(one.texts) > _AT_A_TIME for one in columns]
    if not any(many):
        yield [_as_cells(column) for column in columns]
        return
    cells = [one if own else _packed(_as_cells(one)) for one, own in zip(columns, many, strict=True)]
    for start in range(0, max(map(len, cells)), _AT_A_TIME):
        rows = slice(start, start + _AT_A_TIME)
        yield [
            _as_cells(_of_rows(one, rows)) if own else _of_rows(one, rows) for one, own in zip(cells, many, strict=True)
        ]


def _packed(column: TextColumn | Ints) -> TextColumn | Ints:
    return TextColumn(column.numbers, PackedTexts(packed(column.texts))) if isinstance(column, TextColumn) else column


def _of_rows(column: TextColumn | Ints, rows: slice) -> TextColumn | Ints:
    """Return the cells of some rows, without the texts of others where they are very many."""
    if not isinstance(column, TextColumn):
        return column[rows]
    part = TextColumn(column.numbers[rows], column.texts)
    return part.without_unused() if len(part.texts) > _AT_A_TIME else part


def _as_cells(column: TextColumn | Ints) -> TextColumn | Ints:
    """Return a column as it stands in a file."""
    if isinstance(column, TextColumn) and isinstance(column.texts, PackedTexts):
        return TextColumn(column.numbers, packed_cells(column.texts))
    if not isinstance(column, TextColumn) or not _SPECIAL.search("\0" + "\0".join(column.texts)):
        return column
    return TextColumn(column.numbers, list(map(csv_cell, column.texts)))


def packed_cells(texts: PackedTexts) -> Sequence[str]:
    """Return texts as `csv_cell` writes each."""
    import pyarrow.compute as pc

    may_run = pc.match_substring_regex(texts.array, _STARTS)
    sign, nothing = everywhere_packed('"'), everywhere_packed("")
    doubled = pc.binary_join_element_wise(sign, pc.replace_substring(texts.array, '"', '""'), sign, nothing)
    found = pc.if_else(pc.match_substring_regex(texts.array, _QUOTED.pattern), doubled, texts.array)
    if may_run.true_count:
        cells = [csv_cell(text) for text in texts.array.filter(may_run).to_pylist()]
        found = pc.replace_with_mask(found, may_run, packed(cells))
    return PackedTexts(found)


def csv_line(cells: Sequence[object]) -> str:
    """Return a row as it stands in a file, without the end of its line.

    >>> print(csv_line(["a,b", "=1", 2]))
    "a,b",'=1,2
    """
    return ",".join(csv_cell(str(cell)) for cell in cells)


def csv_cell(text: str) -> str:
    """Return a cell as it stands in a file of several columns; a text that would run is written as text.

    >>> csv_cell('Xã "A", B'), csv_cell("-2.5"), csv_cell("-a")
    ('"Xã ""A"", B"', '-2.5', "'-a")
    """
    text = str(_harmless(text))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _harmless(cell: object) -> object:
    """Return a cell as it may be written: an apostrophe before text that would be taken as a formula.

    Negative numbers stay numbers.

    >>> _harmless("=1+1"), _harmless("-2.5"), _harmless("- chưa có")
    ("'=1+1", '-2.5', "'- chưa có")
    """
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()
