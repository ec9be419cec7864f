"""Rows of a file one at a time, or many at once as columns from where one stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ntm_rules.dataset.cells.numbers import Cell

if TYPE_CHECKING:  # arrays come with the first batch that is read as columns
    from ntm_rules.dataset.cells.cell_columns import CellColumn

Row = tuple[int, Sequence[Cell]]
Convert = Callable[[Any], list[Cell]]
"""How the cells of an Arrow array are made."""
_STRETCH = 32
"""So many rows are made into cells at a time, where rows are looked at one by one."""


class Batch(Protocol):
    """Successive rows."""

    @property
    def numbers(self) -> Sequence[int]:
        """The number of each row, from 0."""

    def row(self, at: int) -> Sequence[Cell]:
        """Return the cells of one row."""

    def columns(self, width: int) -> tuple[list[CellColumn], list[int]]:
        """Return so many columns, and the rows that have more or fewer cells: blank in the columns."""

    def after(self, count: int) -> Batch:
        """Return the batch without its first rows."""


class TextBatch:
    """Rows of a text file."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.numbers = [number for number, _cells in rows]

    def row(self, at: int) -> Sequence[Cell]:
        """Return the cells of one row."""
        return self._rows[at][1]

    def columns(self, width: int) -> tuple[list[CellColumn], list[int]]:
        """Return the rows as columns."""
        from ntm_rules.dataset.cells.cell_columns import CellColumn

        odd = [at for at, (_number, cells) in enumerate(self._rows) if len(cells) != width]
        rows = [cells for _number, cells in self._rows]
        blank = [""] * width
        for at in odd:
            rows[at] = blank
        return [CellColumn(cells) for cells in zip(*rows, strict=True)], odd

    def after(self, count: int) -> TextBatch:
        """Return the batch without its first rows."""
        return TextBatch(self._rows[count:])


class ArrowBatch:
    """Rows of a table of Arrow arrays, or of lists of cells where Arrow has no type for them.

    `first` is the number of the first row.
    """

    def __init__(self, arrays: Sequence[Any], converts: Sequence[Convert], first: int) -> None:
        self._arrays, self._converts, self._first = arrays, converts, first
        self.numbers = range(first, first + (len(arrays[0]) if arrays else 0))
        self._cells: list[list[Cell]] = []
        self._stretch = -1
        """Which rows the cells that were made last are of."""

    def row(self, at: int) -> Sequence[Cell]:
        """Return the cells of one row."""
        stretch, within = divmod(at, _STRETCH)
        if stretch != self._stretch:
            self._stretch = stretch
            pairs = zip(self._arrays, self._converts, strict=True)
            self._cells = [_cells(_part(array, stretch * _STRETCH, _STRETCH), convert) for array, convert in pairs]
        return [cells[within] for cells in self._cells]

    def columns(self, width: int) -> tuple[list[CellColumn], list[int]]:
        """Return the columns; all rows have as many cells."""
        from ntm_rules.dataset.cells.cell_columns import CellColumn

        pairs = zip(self._arrays[:width], self._converts[:width], strict=True)
        return [CellColumn(array, None if isinstance(array, list) else convert) for array, convert in pairs], []

    def after(self, count: int) -> ArrowBatch:
        """Return the batch without its first rows."""
        arrays = [_part(array, count, len(array)) for array in self._arrays]
        return ArrowBatch(arrays, self._converts, self._first + count)


def _part(array: Any, first: int, count: int) -> Any:
    return array[first : first + count] if isinstance(array, list) else array.slice(first, count)


def _cells(array: Any, convert: Convert) -> list[Cell]:
    return array if isinstance(array, list) else convert(array)


class Rows(Iterator[Row]):
    """The rows of a file: handed out one at a time, until the rest is asked for as batches."""

    def __init__(self, batches: Iterator[Batch], heading: Row | None = None) -> None:
        self._heading = heading
        self._batches = batches
        self._batch: Batch | None = None
        self._at = 0

    def __next__(self) -> Row:
        if self._heading is not None:
            heading, self._heading = self._heading, None
            return heading
        while self._batch is None or self._at >= len(self._batch.numbers):
            self._batch, self._at = next(self._batches), 0
        self._at += 1
        return self._batch.numbers[self._at - 1], self._batch.row(self._at - 1)

    def back(self, count: int) -> bool:
        """Take the last rows back, as if they had not been handed out; tell whether they were of one batch."""
        if count > self._at:
            return False
        self._at -= count
        return True

    def rest(self) -> Iterator[Batch]:
        """Yield the rows that were not handed out."""
        if self._batch is not None and self._at < len(self._batch.numbers):
            yield self._batch.after(self._at)
        yield from self._batches
