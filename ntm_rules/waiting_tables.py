"""Tables of many rows that wait on the disk until they are looked at again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from ntm_rules.packed_texts import PackedTexts, numbers, packed, whole
from ntm_rules.text_columns import MANY, Columns, TextColumn

_Place = tuple[str, int | tuple[int, int]]
"""The name of a column, and where in the file its whole numbers begin; of texts, their numbers and they."""


class WaitingTables(Sequence[Columns]):
    """Tables in the order in which they were added; each is read when it is asked for, those of few rows are kept."""

    def __init__(self) -> None:
        self._tables: list[Columns | list[_Place]] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as somebody may ask

    def __enter__(self) -> WaitingTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tables.clear()
        self._file.close()

    def append(self, table: Columns) -> None:
        """Take a table behind the others."""
        rows = max(len(column.numbers if isinstance(column, TextColumn) else column) for column in table.values())
        self._tables.append(table if rows < MANY else [(name, self._placed(table[name])) for name in table])

    def _placed(self, column: TextColumn | NDArray[Any]) -> int | tuple[int, int]:
        if isinstance(column, TextColumn):
            return self._put(whole(column.numbers)), self._put(packed(column.texts))
        return self._put(whole(column.astype(np.int64)))

    def _put(self, array: Any) -> int:
        """Write an Arrow array; return where it begins."""
        import pyarrow as pa  # Arrow takes a moment to import

        start = self._file.seek(0, 2)
        batch = pa.RecordBatch.from_arrays([array], names=["values"])
        with pa.RecordBatchStreamWriter(self._file, batch.schema) as stream:
            stream.write_batch(batch)
        return start

    def _got(self, start: int) -> Any:
        import pyarrow as pa

        self._file.seek(start)
        return pa.RecordBatchStreamReader(self._file).read_next_batch().column(0)

    def _column(self, place: int | tuple[int, int]) -> TextColumn | NDArray[Any]:
        if isinstance(place, int):
            return numbers(self._got(place), np.int64)
        at, texts = map(self._got, place)
        return TextColumn(numbers(at, np.int32), PackedTexts(texts))

    def __len__(self) -> int:
        return len(self._tables)

    @overload
    def __getitem__(self, at: int) -> Columns: ...
    @overload
    def __getitem__(self, at: slice) -> list[Columns]: ...
    def __getitem__(self, at: int | slice) -> Columns | list[Columns]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        found = self._tables[at]
        return {name: self._column(place) for name, place in found} if isinstance(found, list) else found

    def __iter__(self) -> Iterator[Columns]:
        return (self[number] for number in range(len(self)))
