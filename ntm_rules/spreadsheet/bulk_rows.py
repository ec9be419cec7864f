"""Very many rows of one kind of a sheet: columns in which each different cell stands once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.format import Format

Numbers = NDArray[np.int32]
Cell = tuple[str | float | None, Format | None]
"""What stands in a cell - None: nothing - and its look; None: there is no such cell."""
NOTHING: Cell = (None, None)
MOST_ROWS = 1_048_576
"""A sheet has no more."""


class AlikeCells(Sequence[Cell]):
    """Texts that all have one look, which needs no cell for each."""

    __slots__ = ("look", "texts")

    def __init__(self, texts: Sequence[str], look: Format) -> None:
        self.texts = texts
        self.look = look

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> AlikeCells: ...
    def __getitem__(self, at: int | slice) -> Cell | AlikeCells:
        if isinstance(at, slice):
            return AlikeCells(self.texts[at], self.look)
        return self.texts[at], self.look

    def __iter__(self) -> Iterator[Cell]:
        return ((text, self.look) for text in self.texts)


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
