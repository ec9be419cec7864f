"""Very many rows of one kind in a workbook: written as text into its parts once the rest of it is closed.

XlsxWriter takes a cell at a time, which is most of the work for hundreds of thousands of rows. Here a row of placeholders
is written with it, one cell a look; the rows take its place afterwards, each different cell put into words once. Until
then they wait in a file, as the numbers of their cells.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ntm_rules.office_files import packed_as
from ntm_rules.packed_texts import PackedTexts, chosen, packed
from ntm_rules.spreadsheet import shared_texts
from ntm_rules.spreadsheet.bulk_rows import AlikeCells, BulkColumn, BulkRows, Cell, Numbers
from ntm_rules.spreadsheet.shared_texts import SharedTexts
from ntm_rules.text_columns import Ints, TextColumn, everywhere, in_rows, run_together, texts_of

_USUAL = 15
"""Points: the height of a row of which nothing is said."""
_STYLE = re.compile(r'<c r="[A-Z]+[0-9]+" s="([0-9]+)"/>')
_DIMENSION = re.compile(r'<dimension ref="A1(?::([A-Z]+)([0-9]+))?"/>')
_MANY = 1_000
"""Of more different texts than these a column's cells differ by a number alone."""
_AT_A_TIME = 1 << 15
_IN_MEMORY = 1 << 20
"""Bytes that wait where they are; more of them wait on the disk."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A column of few different cells: those, and in how many rows each stands."""

    cells: Sequence[Cell]
    times: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A column of texts that are made ready: the number of the first among them, and their look."""

    first: int
    look: Format


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A column of many different numbers: each as it stands in the part, and the number of its look."""

    texts: PackedTexts
    looks: Numbers
    different: Sequence[Format]


_Made = _Known | _Ready | _Numbers


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Rows of a sheet whose numbers wait: column by column of each block of rows."""

    first: int
    count: int
    place: int
    """The number of the row that holds their place: XlsxWriter takes its time for all rows up to the last."""
    start: int
    """Where their numbers begin."""
    heights: Sequence[str] | None
    columns: Sequence[_Made]
    looks: Sequence[Format]
    """Those of the row that holds their place, in its order."""

    @property
    def after(self) -> int:
        """The number of the row after them."""
        return self.first + self.count


class BulkSheets:
    """The rows that a workbook still lacks: they are put into it at the end of the block in which it is closed."""

    def __init__(self, path: Path) -> None:
        """Take where the workbook will stand."""
        self._path = path
        self._waiting: dict[int, list[_Waiting]] = {}
        """By the number of their sheet from 0."""
        self._numbers, self._texts = _waiting_room(), _waiting_room()
        self._ready = 0
        self._times = 0

    def __enter__(self) -> BulkSheets:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._numbers, self._texts:
            if self._waiting and kind is None:
                self._write()

    def add(self, sheet: Worksheet, rows: BulkRows) -> None:
        """Keep rows for a sheet, and write the row that holds their place."""
        looks = dict.fromkeys(look for column in rows.columns for look in _looks(column.cells))
        before = self._waiting.setdefault(sheet.index, [])
        place = before[-1].place + 1 if before and before[-1].after == rows.first else rows.first
        for at, look in enumerate(looks):
            sheet.write_blank(place, at, None, look)
        heights = None if rows.heights is None else texts_of(rows.heights, _height)
        made = [self._made(column) for column in rows.columns]
        start = self._numbers.seek(0, 2)
        numbers = [*([heights.numbers] if heights else []), *(numbers for numbers, _column in made)]
        for at in range(0, len(rows), _AT_A_TIME):
            for column in numbers:
                self._numbers.write(column[at : at + _AT_A_TIME].astype(np.int32).tobytes())
        columns = [column for _numbers, column in made]
        said = list(heights.texts) if heights else None
        before.append(_Waiting(rows.first, len(rows), place, start, said, columns, list(looks)))

    def _made(self, column: BulkColumn) -> tuple[Numbers, _Made]:
        """Return what waits of a column; of many different texts these wait beside, those that stand in a row."""
        times = np.bincount(column.numbers, minlength=len(column.cells))
        cells = column.cells if len(column.cells) > _MANY else ()
        look, texts = _alike(cells) or (None, ())
        if look is None:
            return column.numbers, _numbers(cells) or _Known(column.cells, times.tolist())
        used, numbers = times > 0, column.numbers
        if not used.all():
            numbers = (np.cumsum(used) - 1)[numbers]
            texts = chosen(texts, used)
        self._texts.writelines(shared_texts.items(texts))
        first = self._ready
        self._ready += len(texts)
        self._times += len(numbers)
        return numbers, _Ready(first, look)

    def _write(self) -> None:
        """Put all rows kept into the workbook, which is closed."""
        before = self._path.with_name(self._path.name + ".begun")
        self._path.replace(before)
        try:
            with (
                zipfile.ZipFile(before) as old,
                zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as new,
            ):
                self._copy(old, new)
        finally:
            before.unlink()

    def _copy(self, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        part = shared_texts.PART
        texts = SharedTexts(old.read(part) if part in old.namelist() else b"", self._ready, self._times)
        bulky = {f"xl/worksheets/sheet{number + 1}.xml": rows for number, rows in self._waiting.items()}
        for member in old.infolist():
            if member.filename == part:
                continue
            with new.open(packed_as(member.filename, fast=True), "w", force_zip64=True) as file:
                content = old.read(member)
                if member.filename not in bulky:
                    file.write(content)
                    continue
                for chunk in self._filled(content.decode(), bulky[member.filename], texts):
                    file.write(chunk)
        self._texts.seek(0)
        with new.open(packed_as(part, fast=True), "w", force_zip64=True) as file:
            for chunk in texts.content(iter(lambda: self._texts.read(_AT_A_TIME), b"")):
                file.write(chunk)

    def _filled(self, sheet: str, waiting: Sequence[_Waiting], texts: SharedTexts) -> Iterator[bytes]:
        """Yield a sheet with rows in place of those that held their place."""
        width = max(len(rows.columns) for rows in waiting)
        last = max(rows.after for rows in waiting)
        sheet = _DIMENSION.sub(lambda found: _dimension(found, width, last), sheet, count=1)
        done = 0
        for rows in sorted(waiting, key=lambda one: one.place):
            begin = sheet.index(f'<row r="{rows.place + 1}" ', done)
            end = sheet.index("</row>", begin) + len("</row>")
            styles = dict(zip(rows.looks, _STYLE.findall(sheet[begin:end]), strict=True))
            yield sheet[done:begin].encode()
            yield from self._lines(rows, styles, texts)
            done = end
        yield sheet[done:].encode()

    def _lines(self, rows: _Waiting, styles: Mapping[Format, str], texts: SharedTexts) -> Iterator[bytes]:
        """Yield the rows, some thousands at a time."""
        opened = [f'<c r="{xl_col_to_name(at)}' for at in range(len(rows.columns))]
        heights = None if rows.heights is None else [f'"{height}>{opened[0]}' for height in rows.heights]
        said = [
            _fragments(column, styles, texts, after)
            for column, after in zip(rows.columns, [*opened[1:], "</row>"], strict=True)
        ]
        self._numbers.seek(rows.start)
        for start in range(0, rows.count, _AT_A_TIME):
            size = min(_AT_A_TIME, rows.count - start)
            row = np.arange(rows.first + start + 1, rows.first + start + 1 + size)
            parts: list[TextColumn | Ints] = [everywhere('<row r="', size), row]
            parts.append(TextColumn(self._next(size), heights) if heights else everywhere(f'">{opened[0]}', size))
            for one in said:
                parts.append(row)
                numbers = self._next(size)
                if isinstance(one, _Numbered):
                    parts += [everywhere(one.before, size), numbers + np.int64(one.first), everywhere(one.after, size)]
                else:
                    parts.append(TextColumn(numbers, one))
            yield from run_together(parts)

    def _next(self, size: int) -> Numbers:
        return np.frombuffer(self._numbers.read(size * 4), np.int32)


def _waiting_room() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


def _looks(cells: Sequence[Cell]) -> Iterator[Format]:
    if isinstance(cells, AlikeCells):
        return iter([cells.look] if cells else [])
    return (look for _cell, look in cells if look is not None)


def _alike(cells: Sequence[Cell]) -> tuple[Format, Sequence[str]] | None:
    """Return the one look of cells that are all texts, and these; None where they are not."""
    if isinstance(cells, AlikeCells):
        return cells.look, cells.texts
    look = cells[0][1] if cells else None
    if look is None:
        return None
    texts = [cell for cell, own in cells if isinstance(cell, str) and own is look]
    return (look, texts) if len(texts) == len(cells) else None


def _numbers(cells: Sequence[Cell]) -> _Numbers | None:
    """Return cells that are all numbers or nothing in a look; None where they are not."""
    numbers = [(cell, look) for cell, look in cells if look is not None and not isinstance(cell, str)]
    if not numbers or len(numbers) < len(cells):
        return None
    different = {look: at for at, look in enumerate(dict.fromkeys(look for _cell, look in numbers))}
    looks = np.array([different[look] for _cell, look in numbers], np.int32)
    said = ["/>" if cell is None else f"><v>{cell:.16G}</v></c>" for cell, _look in numbers]
    return _Numbers(PackedTexts(packed(said)), looks, list(different))


def _dimension(found: re.Match[str], width: int, last: int) -> str:
    column = max(xl_col_to_name(width - 1), found[1] or "A", key=lambda name: (len(name), name))
    return f'<dimension ref="A1:{column}{max(last, int(found[2] or 1))}"/>'


def _height(height: float) -> str:
    return "" if height == _USUAL else f' ht="{height:.16g}" customHeight="1"'


@dataclass(frozen=True, slots=True)
class _Numbered:
    """What stands before and after the number of each text of a column, and the number of its first."""

    before: str
    first: int
    after: str


def _fragments(
    column: _Made, styles: Mapping[Format, str], texts: SharedTexts, after: str
) -> Sequence[str] | _Numbered:
    """Return what stands behind the place of a column's cells, each different one once, and what stands after it."""
    if isinstance(column, _Ready):
        before = f'" s="{styles[column.look]}" t="s"><v>'
        return _Numbered(before, texts.own + column.first, f"</v></c>{after}")
    if isinstance(column, _Numbers):
        size = len(column.texts)
        styled = TextColumn(column.looks, [f'" s="{styles[look]}"' for look in column.different])
        own = TextColumn(np.arange(size, dtype=np.int32), column.texts)
        return in_rows([styled, own, after], size)
    said = []
    for (cell, look), often in zip(column.cells, column.times, strict=True):
        if look is None:
            said.append(f'"/>{after}')
        elif cell is None:
            said.append(f'" s="{styles[look]}"/>{after}')
        elif isinstance(cell, str):
            number = texts.number(cell, often) if often else 0
            said.append(f'" s="{styles[look]}" t="s"><v>{number}</v></c>{after}')
        else:
            said.append(f'" s="{styles[look]}"><v>{cell:.16G}</v></c>{after}')
    return PackedTexts(packed(said)) if len(said) > _MANY else said
