"""Tables of results as Parquet: texts as dictionaries, gaps as exact decimals. Arrow is imported only when one is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from ntm_rules.packed_texts import PackedTexts, are, packed, truths, whole
from ntm_rules.text_columns import Columns, TextColumn

DECIMAL = (24, 7)
"""Digits in all, and behind the point, of exact numbers: more than any shortfall or amount has."""
DECIMALS = ("shortfall", "quantity")
"""Columns of exact numbers; the other texts stay texts, as they hold answers beside numbers."""


class ParquetTable:
    """A table open for more rows; `whole` names the columns of whole numbers."""

    def __init__(self, path: Path, names: Sequence[str], whole: Sequence[str] = ("year",)) -> None:
        import pyarrow.parquet as pq

        self._schema = _schema(names, whole)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, table: Columns) -> None:
        """Write rows below those that are written."""
        self._writer.write_table(_arrow(table, self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()


def write_tables(path: Path, tables: Iterable[Columns], names: Sequence[str]) -> None:
    """Write tables of the same columns, one below the other."""
    with closing(ParquetTable(path, names)) as table:
        for part in tables:
            table.add(part)


def _schema(names: Sequence[str], of_numbers: Sequence[str]) -> Any:
    import pyarrow as pa

    kinds = {**dict.fromkeys(of_numbers, pa.int32()), **dict.fromkeys(DECIMALS, pa.decimal128(*DECIMAL))}
    return pa.schema([(name, kinds.get(name, pa.dictionary(pa.int32(), pa.string()))) for name in names])


def _arrow(table: Columns, schema: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = []
    for field in schema:
        column = table[field.name]
        if not isinstance(column, TextColumn):
            arrays.append(whole(column.astype(np.int32)))
            continue
        texts = packed(column.texts)
        numbers = whole(column.numbers, ~are(PackedTexts(texts), "")[column.numbers])
        if pa.types.is_decimal(field.type):
            exact = pc.if_else(truths(are(PackedTexts(texts), "")), pa.nulls(1, pa.string())[0], texts).cast(field.type)
            arrays.append(exact.take(numbers))
        else:
            arrays.append(pa.DictionaryArray.from_arrays(numbers, texts))
    return pa.Table.from_arrays(arrays, schema=schema)
