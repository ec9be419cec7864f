"""Parquet tables, long or wide: typed numbers, no guessing. Arrow is imported only when one is read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.numbers import Cell
from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.tables import read_grid
from ntm_rules.dataset.workbook_safety import MB, FileRefused

MOST_VALUES = 32_000_000
MOST_UNPACKED = 1024 * MB
BATCH = 16_384


def read_parquet(data: bytes, file: str, vocabulary: Vocabulary, log: Log) -> list[Filing]:
    """Return what a Parquet file reports, and note in `log` what is wrong with it.

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
        columns = table.schema_arrow
        for name, kind in zip(columns.names, columns.types, strict=True):
            if pa.types.is_float32(kind) or pa.types.is_float16(kind):
                raise FileRefused("parquet-float32", value=name)
        filings = read_grid(Grid(where, _rows(table, columns.names)), vocabulary, log)
    except FileRefused as refused:
        log.add(refused.code, where, **refused.parameters)
        return []
    except MemoryError:  # Arrow's own is one too: the process is asked for more than it may take
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        log.add("parquet-broken", where, reason=str(error).partition("\n")[0])
        return []
    if filings is None:
        log.add("csv-without-header", where, value=",".join(columns.names))
        return []
    return filings


def _rows(table: Any, names: list[str]) -> Iterator[tuple[int, list[Cell]]]:
    yield 0, list(names)
    number = 1
    for batch in table.iter_batches(batch_size=BATCH):
        columns = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield number, list(row)
            number += 1


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bytes | list | dict | tuple):
        return str(value)
    cell: Cell = value
    return cell
