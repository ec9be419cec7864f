"""Parquet tables, long or wide: typed cells, no guessing. Arrow is imported only when one is read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.rows.arrow_tables import INDEX, batch_of, converts_of
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.row_batches import Batch, Convert, Rows
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.dataset.workbooks.workbook_safety import MB, FileRefused
from ntm_rules.errors import system_reason

MOST_VALUES = 32_000_000
MOST_UNPACKED = 1024 * MB
BATCH = 8_192


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
        converts = converts_of(schema, vocabulary, where, log)
        if converts is None:
            return []
        heading = 0, ["" if name.startswith(INDEX) else name for name in schema.names]
        filings = read_grid(Grid(where, Rows(_batches(table, converts), heading)), vocabulary, log)
    except FileRefused as refused:
        log.add(refused.code, where, **refused.parameters)
        return []
    except MemoryError:  # Arrow's own is one too: the process is asked for more than it may take
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        log.add("parquet-broken", where, reason=system_reason(error))
        return []
    if filings is None and not log.problems:
        log.add("csv-without-header", where, value=",".join(schema.names))
    return filings or []


def _batches(table: Any, converts: Sequence[Convert]) -> Iterator[Batch]:
    first = 1
    for batch in table.iter_batches(batch_size=BATCH):
        yield batch_of(batch.columns, converts, first)
        first += batch.num_rows
