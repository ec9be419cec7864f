"""Tables of results as Parquet: texts as dictionaries, gaps as exact decimals. Arrow is imported only when one is written."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.text_columns import TextColumn

DECIMAL = (24, 7)
"""Digits in all, and behind the point, of exact numbers: more than any shortfall or amount has."""
DECIMALS = ("shortfall", "quantity")
"""Columns of exact numbers; the other texts stay texts, as they hold answers beside numbers."""
Columns = Mapping[str, TextColumn | NDArray[Any]]
"""Name -> texts, or whole numbers."""


def write_tables(path: Path, tables: Iterable[Columns], names: Sequence[str], whole: Sequence[str] = ("year",)) -> None:
    """Write tables of the same columns one after the other into one file; without any, the columns alone.

    `whole` names the columns of whole numbers where there is no table that says so.
    """
    import pyarrow.parquet as pq

    parts = iter(tables)
    first = next(parts, None)
    if first is not None:
        whole = [name for name in names if not isinstance(first[name], TextColumn)]
    schema = _schema(names, whole)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in itertools.chain([] if first is None else [first], parts):
            writer.write_table(_arrow(table, schema))


def _schema(names: Sequence[str], whole: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = {**dict.fromkeys(whole, pa.int32()), **dict.fromkeys(DECIMALS, pa.decimal128(*DECIMAL))}
    return pa.schema([(name, kinds.get(name, pa.dictionary(pa.int32(), pa.string()))) for name in names])


def _arrow(table: Columns, schema: Any) -> Any:
    import pyarrow as pa

    arrays = []
    for field in schema:
        column = table[field.name]
        if not isinstance(column, TextColumn):
            arrays.append(pa.array(column.astype(np.int32)))
            continue
        blank = np.array([text == "" for text in column.texts], np.bool_)[column.numbers]
        numbers = pa.array(column.numbers, mask=blank)
        if pa.types.is_decimal(field.type):
            exact = pa.array([Decimal(text) if text else None for text in column.texts], field.type)
            arrays.append(exact.take(numbers))
        else:
            arrays.append(pa.DictionaryArray.from_arrays(numbers, pa.array(column.texts, pa.string())))
    return pa.Table.from_arrays(arrays, schema=schema)
