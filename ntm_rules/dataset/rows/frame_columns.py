"""Tables in memory -> their columns: pandas frames, and whatever hands itself over as Arrow does."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ntm_rules.dataset.cells.numbers import Broken, Cell
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message

_LONGEST = 200
"""Of a thing that is no cell so many letters are shown."""


class FrameColumn(NamedTuple):
    """One column: an Arrow field with its array, or the cells themselves where they are of several types."""

    field: Any
    array: Any


def columns_of_frame(frame: object) -> list[FrameColumn]:
    """Return the columns of a table in memory, in its order; named levels of a pandas index come first.

    Raises:
        NtmError: it is no table, or its columns have names of several levels.
    """
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(frame, pandas.DataFrame):
        return list(_of_pandas(frame))
    return list(_of_arrow(_as_table(frame)))


def _as_table(frame: object) -> Any:
    import pyarrow as pa

    if isinstance(frame, pa.Table):
        return frame
    try:
        if hasattr(frame, "__arrow_c_stream__"):
            return pa.table(frame)
        if hasattr(frame, "__arrow_c_array__"):
            return pa.Table.from_batches([pa.record_batch(frame)])
    except (pa.ArrowException, TypeError, ValueError) as error:
        reason = system_reason(error)
        raise NtmError(
            Message("A {type} is no table of rows and columns ({reason})", type=type(frame).__name__, reason=reason)
        ) from error
    raise NtmError(
        Message(
            "A {type} is no table: pass a pandas, polars or pyarrow table, or what read() returns",
            type=type(frame).__name__,
        )
    )


def _of_arrow(table: Any) -> Iterator[FrameColumn]:
    for at, field in enumerate(table.schema):
        column = table.column(at)
        array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        yield FrameColumn(field, _as_long_text(array))


def _as_long_text(array: Any) -> Any:
    """Return an array of views of texts as one of texts, which all of Arrow can count and compare."""
    import pyarrow as pa

    return array.cast(pa.large_string()) if pa.types.is_string_view(array.type) else array


def _of_pandas(frame: Any) -> Iterator[FrameColumn]:
    if frame.columns.nlevels > 1:
        said = ", ".join(" / ".join(map(str, name)) for name in frame.columns[:3])
        raise NtmError(Message("The frame's columns have names of several levels: {names}. Give each one.", names=said))
    taken = set(map(str, frame.columns))
    for level, name in enumerate(frame.index.names):
        if name is not None and str(name) not in taken:
            yield _of_series(str(name), frame.index.get_level_values(level).to_series())
    for name, series in frame.items():
        yield _of_series("" if name is None else str(name), series)


def _of_series(name: str, series: Any) -> FrameColumn:
    """Return a column of pandas; NaN in one of floats or objects is a cell in which nothing stands."""
    import pyarrow as pa

    try:
        array = pa.array(_values(series), from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return FrameColumn(pa.field(name, pa.null()), [_cell(value) for value in series.tolist()])
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    return FrameColumn(pa.field(name, array.type), _as_long_text(array))


def _values(series: Any) -> Any:
    """Return what holds a column's values, where Arrow takes it as it takes the column, and asks it for less."""
    if getattr(series.dtype, "kind", "") in "fiu" and series.dtype.__class__.__module__.startswith("numpy"):
        return series.to_numpy()
    return series.array if hasattr(series.array, "__arrow_array__") else series


_CELLS = (str, bool, int, float, Decimal, dt.date, dt.time, dt.timedelta)


def _cell(value: Any) -> Cell:
    """Return what stands in a cell of a column of several types."""
    import pandas as pd

    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return Broken("bytes-not-text", value[:20].hex(" "))
    if hasattr(value, "dtype") and hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, _CELLS):
        return "" if value != value else value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    return Broken("not-a-number", str(value)[:_LONGEST])


def names_of(columns: Sequence[FrameColumn]) -> list[str]:
    """Return the names of columns."""
    return [column.field.name for column in columns]
