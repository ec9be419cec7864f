"""Very many rows of one kind in a workbook: written as text into its parts once the rest of it is closed.

XlsxWriter takes a cell at a time, which is most of the work for hundreds of thousands of rows. Here a row of placeholders
is written with it, one cell a look; the rows take its place afterwards, each different cell put into words once.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ntm_rules.office_files import packed_as
from ntm_rules.text_columns import Ints, TextColumn, run_together, texts_of

Numbers = NDArray[np.int32]
Cell = tuple[str | float | None, Format | None]
"""What stands in a cell - None: nothing - and its look; None: there is no such cell."""
NOTHING: Cell = (None, None)
MOST_ROWS = 1_048_576
"""A sheet has no more."""
_USUAL = 15
"""Points: the height of a row of which nothing is said."""
_STYLE = re.compile(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)"/>')
_COUNTS = re.compile(rb'count="([0-9]+)" uniqueCount="([0-9]+)"')
_DIMENSION = re.compile(r'<dimension ref="A1(?::([A-Z]+)([0-9]+))?"/>')
_ODD = re.compile(r"[&<>\x00-\x09\x0b-\x1f\ufffe\uffff]|\n\s|\s\n")
"""What texts that stand in a part as they are have nothing of, a line each."""
_TOGETHER = 512
_MANY = 1_000
"""Of more different texts than these a column's cells differ by a number alone."""
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, eq=False)
class BulkColumn:
    """One column: in each row the number of one of its different cells."""

    numbers: Numbers
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, eq=False)
class BulkRows:
    """Rows that follow each other in one sheet."""

    first: int
    """Number of the first, from 0."""
    columns: Sequence[BulkColumn]
    heights: NDArray[np.float64] | None = None
    """In points; None: as high as one line is."""

    def __len__(self) -> int:
        return len(self.columns[0].numbers)

    def begun(self, count: int) -> BulkRows:
        """Return the first rows alone."""
        columns = [BulkColumn(column.numbers[:count], column.cells) for column in self.columns]
        return BulkRows(self.first, columns, None if self.heights is None else self.heights[:count])


@dataclass(slots=True)
class BulkSheets:
    """The rows that a workbook still lacks, by the number of their sheet from 0."""

    rows: dict[int, list[tuple[BulkRows, list[Format]]]] = field(default_factory=dict)

    def add(self, sheet: Worksheet, rows: BulkRows) -> None:
        """Keep rows for a sheet, and write the row that holds their place."""
        looks = list(dict.fromkeys(look for column in rows.columns for _cell, look in column.cells if look is not None))
        for at, look in enumerate(looks):
            sheet.write_blank(rows.first, at, None, look)
        self.rows.setdefault(sheet.index, []).append((rows, looks))

    def write_into(self, path: Path) -> None:
        """Put all rows kept into a workbook that is closed."""
        if not self.rows:
            return
        before = path.with_name(path.name + ".begun")
        path.replace(before)
        try:
            with (
                zipfile.ZipFile(before) as old,
                zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
            ):
                self._copy(old, new)
        finally:
            before.unlink()

    def _copy(self, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        texts = _SharedTexts(old.read(_TEXTS) if _TEXTS in old.namelist() else b"")
        bulky = {f"xl/worksheets/sheet{number + 1}.xml": rows for number, rows in self.rows.items()}
        for member in old.infolist():
            if member.filename == _TEXTS:
                continue
            with new.open(packed_as(member.filename, fast=True), "w", force_zip64=True) as part:
                content = old.read(member)
                if member.filename not in bulky:
                    part.write(content)
                    continue
                for chunk in _filled(content.decode(), bulky[member.filename], texts):
                    part.write(chunk)
        with new.open(packed_as(_TEXTS, fast=True), "w", force_zip64=True) as part:
            for chunk in texts.content():
                part.write(chunk)


_TEXTS = "xl/sharedStrings.xml"


class _SharedTexts:
    """The texts of a workbook, which cells name by their number."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = _COUNTS.search(content)
        self._count, self._unique = (int(found[1]), int(found[2])) if found else (0, 0)
        self._numbers: dict[str, int] = {}

    def number(self, text: str, times: int) -> int:
        """Return the number of a text that stands in so many cells."""
        self._count += times
        return self._numbers.setdefault(text, self._unique + len(self._numbers))

    def content(self) -> Iterator[bytes]:
        """Yield the part with all texts, some thousands at a time."""
        counts = f'count="{self._count}" uniqueCount="{self._unique + len(self._numbers)}"'.encode()
        before, end, after = _COUNTS.sub(counts, self._content, count=1).partition(b"</sst>")
        yield before
        texts = iter(self._numbers)
        while some := list(islice(texts, _TOGETHER)):
            yield _items(some).encode()
        yield end + after


def _items(texts: Sequence[str]) -> str:
    """Return texts as they stand in the part: at once where none has anything that is written otherwise."""
    whole = "\n".join(texts)
    if _ODD.search(f"\n{whole}\n") or whole.count("\n") >= len(texts):
        return "".join(map(_item, texts))
    return f"<si><t>{whole.replace(chr(10), '</t></si><si><t>')}</t></si>"


def _item(text: str) -> str:
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{keep}>{_inside(text)}</t></si>"


def _inside(text: str) -> str:
    """Return a text as it stands in a part."""
    return _STEERING.sub(lambda sign: f"_x{ord(sign[0]):04X}_", escape(text, quote=False))


def _filled(sheet: str, all_rows: Sequence[tuple[BulkRows, list[Format]]], texts: _SharedTexts) -> Iterator[bytes]:
    """Yield a sheet with rows in place of those that held their place."""
    last = max(rows.first + len(rows) for rows, _looks in all_rows)
    width = max(len(rows.columns) for rows, _looks in all_rows)
    sheet = _DIMENSION.sub(lambda found: _dimension(found, width, last), sheet, count=1)
    done = 0
    for rows, looks in sorted(all_rows, key=lambda one: one[0].first):
        begin = sheet.index(f'<row r="{rows.first + 1}" ', done)
        end = sheet.index("</row>", begin) + len("</row>")
        styles = dict(zip(looks, _STYLE.findall(sheet[begin:end]), strict=True))
        yield sheet[done:begin].encode()
        yield from _lines(rows, styles, texts)
        done = end
    yield sheet[done:].encode()


def _dimension(found: re.Match[str], width: int, last: int) -> str:
    column = max(xl_col_to_name(width - 1), found[1] or "A", key=lambda name: (len(name), name))
    return f'<dimension ref="A1:{column}{max(last, int(found[2] or 1))}"/>'


def _lines(rows: BulkRows, styles: Mapping[Format, str], texts: _SharedTexts) -> Iterator[bytes]:
    """Yield the rows, some thousands at a time."""
    number = np.arange(rows.first + 1, rows.first + 1 + len(rows))
    opened = [f'<c r="{xl_col_to_name(at)}' for at in range(len(rows.columns))]
    parts: list[TextColumn | Ints] = [TextColumn(np.zeros(len(rows), np.int32), ['<row r="']), number]
    if rows.heights is None:
        parts.append(TextColumn(np.zeros(len(rows), np.int32), [f'">{opened[0]}']))
    else:
        parts.append(texts_of(rows.heights, lambda height: f'"{_height(height)}>{opened[0]}'))
    for column, after in zip(rows.columns, [*opened[1:], "</row>"], strict=True):
        parts += [number, *_fragments(column, styles, texts, after)]
    return run_together(parts)


def _height(height: float) -> str:
    return "" if height == _USUAL else f' ht="{height:.16g}" customHeight="1"'


def column_of(cells: Iterable[Cell]) -> BulkColumn:
    """Return a column of cells, each different one kept once."""
    known: dict[Cell, int] = {}
    numbers = [known.setdefault(cell, len(known)) for cell in cells]
    return BulkColumn(np.array(numbers, np.int32), list(known))


def stacked(columns: Sequence[BulkColumn]) -> BulkColumn:
    """Return columns one below the other."""
    starts = np.cumsum([0, *(len(column.cells) for column in columns[:-1])])
    numbers = [column.numbers + start for column, start in zip(columns, starts.tolist(), strict=True)]
    return BulkColumn(np.concatenate(numbers).astype(np.int32), [cell for column in columns for cell in column.cells])


def _fragments(
    column: BulkColumn, styles: Mapping[Format, str], texts: _SharedTexts, after: str
) -> list[TextColumn | Ints]:
    """Return what stands behind the place of a column's cells, each different one once, and what stands after it."""
    times = np.bincount(column.numbers, minlength=len(column.cells)).tolist()
    if len(column.cells) > _MANY and (style := _style_of_texts(column.cells, styles)):
        own = [
            texts.number(str(cell), often) if often else 0
            for (cell, _look), often in zip(column.cells, times, strict=True)
        ]
        same = np.zeros(len(column.numbers), np.int32)
        before, behind = f'" s="{style}" t="s"><v>', f"</v></c>{after}"
        return [
            TextColumn(same, [before]),
            np.array(own, np.int64)[column.numbers],
            TextColumn(same, [behind]),
        ]
    said = []
    for (cell, look), often in zip(column.cells, times, strict=True):
        if look is None:
            said.append(f'"/>{after}')
        elif cell is None:
            said.append(f'" s="{styles[look]}"/>{after}')
        elif isinstance(cell, str):
            number = texts.number(cell, often) if often else 0
            said.append(f'" s="{styles[look]}" t="s"><v>{number}</v></c>{after}')
        else:
            said.append(f'" s="{styles[look]}"><v>{cell:.16G}</v></c>{after}')
    return [TextColumn(column.numbers, said)]


def _style_of_texts(cells: Sequence[Cell], styles: Mapping[Format, str]) -> str:
    """Return the one style of cells that are all texts of one look; empty where they are not."""
    look = cells[0][1]
    alike = look is not None and all(isinstance(cell, str) and own is look for cell, own in cells)
    return styles[look] if alike and look is not None else ""
