"""CSV for other programs and for Excel: UTF-8 with a byte-order mark, no cell that runs as a formula."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from ntm_rules.report.tables.coded import for_programs
from ntm_rules.report.tables.table import Table
from ntm_rules.text_columns import Ints, TextColumn, run_together

_QUOTED = re.compile('[",\r\n]')
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write rows under a header; texts that a spreadsheet would run are written as text."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_harmless(cell) for cell in row] for row in rows)


def write_table(path: Path, table: Table) -> None:
    """Write a table as programs read it."""
    columns = for_programs(table)
    write_tables(path, [columns], list(columns))


def write_lines(path: Path, columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Write whole rows, as `csv_line` makes them, under a header; `lines` may hold many."""
    with path.open("wb") as stream:
        stream.write(f"{csv_line(columns)}\r\n".encode("utf-8-sig"))
        stream.writelines(lines)


def write_tables(path: Path, tables: Iterable[Mapping[str, TextColumn | Ints]], names: Sequence[str]) -> None:
    """Write tables of the same columns, one below the other."""
    write_lines(path, names, itertools.chain.from_iterable(_lines([table[name] for name in names]) for table in tables))


def _lines(columns: Sequence[TextColumn | Ints]) -> Iterator[bytes]:
    ends = [*[","] * (len(columns) - 1), "\r\n"]
    return run_together([as_cells(column, end) for column, end in zip(columns, ends, strict=True)])


def as_cells(column: TextColumn | Ints, end: str = "") -> TextColumn:
    """Return a column as it stands in a file, with what stands behind each cell."""
    if not isinstance(column, TextColumn):
        different, numbers = np.unique(column, return_inverse=True)
        return TextColumn(numbers.astype(np.int32), [f"{number}{end}" for number in different.tolist()])
    return TextColumn(column.numbers, [csv_cell(text) + end for text in column.texts])


def csv_line(cells: Sequence[object]) -> str:
    """Return a row as it stands in a file, without the end of its line.

    >>> csv_line(["a,b", "=1", 2])
    '"a,b",\'=1,2'
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
