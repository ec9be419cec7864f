"""Tables of results as Parquet: texts as dictionaries, gaps as exact decimals. Arrow is imported only when one is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from ntm_rules.evaluation.text_columns import Numbers, TextColumn

DECIMAL = (24, 7)
"""Digits in all, and behind the point, of exact numbers: more than any shortfall or amount has."""
DECIMALS = ("shortfall", "quantity")
"""Columns of exact numbers; the other texts stay texts, as they hold answers beside numbers."""
Columns = Mapping[str, TextColumn | Numbers]
"""Name -> texts, or whole numbers."""


def write_tables(path: Path, tables: Iterable[Columns], names: Sequence[str], whole: Sequence[str] = ("year",)) -> None:
    """Write tables of the same columns one after the other into one file; without any, the columns alone.

    `whole` names the columns of whole numbers.
    """
    import pyarrow.parquet as pq

    schema = _schema(names, whole)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(_arrow(table, schema))


def write_rows(path: Path, rows: Iterable[Sequence[object]], names: Sequence[str]) -> None:
    """Write rows as a table: columns of whole numbers as such, all else as texts."""
    cells = [list(column) for column in zip(*rows, strict=True)] or [[] for _name in names]
    by_name = dict(zip(names, cells, strict=True))
    whole = [name for name, column in by_name.items() if column and all(type(cell) is int for cell in column)]
    write_tables(path, [dict(_columns(by_name, whole))] if cells[0] else [], names, whole)


def _columns(cells: Mapping[str, list[object]], whole: Sequence[str]) -> Iterator[tuple[str, TextColumn | Numbers]]:
    for name, column in cells.items():
        if name in whole:
            yield name, np.array(column, np.int32)
            continue
        known: dict[str, int] = {}
        numbers = [known.setdefault(str(cell), len(known)) for cell in column]
        yield name, TextColumn(np.array(numbers, np.int32), list(known))


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
