"""Parquet tables, long or wide: typed cells, no guessing. Arrow is imported only when one is read."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.numbers import Broken, Cell
from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.row_batches import ArrowBatch, Batch, Convert, Rows
from ntm_rules.dataset.tables import read_grid
from ntm_rules.dataset.workbook_safety import MB, FileRefused

MOST_VALUES = 32_000_000
MOST_UNPACKED = 1024 * MB
BATCH = 8_192
_INDEX = "__index_level_"
"""How pandas begins the name of an index that has none."""
_OWNERS = ("code", "year")
"""What must be known of every row: a column of these that cannot be read is one problem, not one a row."""
_EXTENSION = b"ARROW:extension:name"


def read_parquet(data: bytes, file: str, vocabulary: Vocabulary, log: Log) -> list[Filing]:
    """Return what a Parquet file reports, and note in `log` what is wrong with it; a bad column loses itself alone.

    Row numbers in problems count from 2, as if the column names stood on line 1.

    Raises:
        MemoryError: reading it takes more memory than the process may have.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    where = Where(file, "", lines=True)
    try:
        table = pq.ParquetFile(io.BytesIO(data))
        metadata = table.metadata
        groups = range(metadata.num_row_groups)
        if (
            metadata.num_rows * metadata.num_columns > MOST_VALUES
            or sum(metadata.row_group(group).total_byte_size for group in groups) > MOST_UNPACKED
        ):
            raise FileRefused("file-too-large", limit=MOST_UNPACKED // MB)
        schema = table.schema_arrow
        converts = _converts(schema, vocabulary, where, log)
        if converts is None:
            return []
        heading = 0, ["" if name.startswith(_INDEX) else name for name in schema.names]
        filings = read_grid(Grid(where, Rows(_batches(table, converts), heading)), vocabulary, log)
    except FileRefused as refused:
        log.add(refused.code, where, **refused.parameters)
        return []
    except MemoryError:  # Arrow's own is one too: the process is asked for more than it may take
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        log.add("parquet-broken", where, reason=str(error).partition("\n")[0])
        return []
    if filings is None and not log.problems:
        log.add("csv-without-header", where, value=",".join(schema.names))
    return filings or []


def _converts(schema: Any, vocabulary: Vocabulary, where: Where, log: Log) -> list[Convert] | None:
    """Return how the cells of each column are made; None, with the reason noted, where no row can have an owner."""
    found: list[Convert] = []
    lost: set[str | None] = set()
    for field in schema:
        role = vocabulary.role(field.name)
        try:
            found.append(_conversion(field, role))
        except FileRefused as refused:
            found.append(_blank)
            lost.add(role)
            if vocabulary.knows(field.name):
                log.add(refused.code, where, 0, value=field.name, **refused.parameters)
    return None if lost.intersection(_OWNERS) else found


def _conversion(field: Any, role: str | None) -> Convert:
    """Return how the cells of one column are made.

    Raises:
        FileRefused: figures of such a type are not exact, or are no figures.
    """
    import pyarrow as pa

    kind, types = field.type, pa.types
    if types.is_dictionary(kind) or types.is_run_end_encoded(kind):
        kind = kind.value_type
    if isinstance(kind, pa.BaseExtensionType) or _EXTENSION in (field.metadata or {}) or types.is_nested(kind):
        raise FileRefused("parquet-type", type=str(kind))
    if field.name.startswith(_INDEX) and types.is_integer(kind):
        return _blank
    if types.is_float16(kind) or (types.is_float32(kind) and role not in _OWNERS):
        raise FileRefused("parquet-float32")
    if role == "year" and (types.is_date(kind) or types.is_timestamp(kind)):
        return _years
    return cells_of


def _batches(table: Any, converts: Sequence[Convert]) -> Iterator[Batch]:
    import pyarrow as pa

    first = 1
    for batch in table.iter_batches(batch_size=BATCH):
        nothing = pa.nulls(batch.num_rows, pa.string())
        pairs = zip(batch.columns, converts, strict=True)
        yield ArrowBatch([nothing if convert is _blank else array for array, convert in pairs], converts, first)
        first += batch.num_rows


def _blank(column: Any) -> list[Cell]:
    return [""] * len(column)


def cells_of(column: Any) -> list[Cell]:
    """Return a column's cells: nothing is blank, bytes are text where they are UTF-8."""
    try:
        values = column.to_pylist()
    except (ValueError, OverflowError):  # a day or time that Python has not
        values = [_one(value) for value in column]
    return ["" if value is None else _text(value) if value.__class__ is bytes else value for value in values]


def _one(value: Any) -> Any:
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return Broken("not-a-number", str(value))


def _text(value: bytes) -> Cell:
    try:
        return value.rstrip(b"\0").decode()
    except UnicodeDecodeError:
        return Broken("bytes-not-text", value[:20].hex(" "))


def _years(column: Any) -> list[Cell]:
    """Return a column of days as years: the first of January stands for its year, another day for none."""
    return [
        cell.year if isinstance(cell, dt.date) and (cell.month, cell.day) == (1, 1) else cell
        for cell in cells_of(column)
    ]
