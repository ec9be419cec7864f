"""Tables of typed cells, as Arrow holds them: how the cells of each column are made, no guessing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from ntm_rules.dataset.cells.numbers import Broken, Cell
from ntm_rules.dataset.places import ABOVE, Log, Where
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.row_batches import ArrowBatch, Convert
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused

INDEX = "__index_level_"
"""How pandas begins the name of an index that has none."""
_OWNERS = ("code", "year")
"""What must be known of every row: a column of these that cannot be read is one problem, not one a row."""
_EXTENSION = b"ARROW:extension:name"


def converts_of(fields: Iterable[Any], vocabulary: Vocabulary, where: Where, log: Log) -> list[Convert] | None:
    """Return how the cells of each column are made; None, with the reason noted, where no row can have an owner."""
    heading = 0 if where.file else ABOVE
    found: list[Convert] = []
    lost: set[str | None] = set()
    for field in fields:
        role = vocabulary.role(field.name)
        try:
            found.append(_conversion(field, role))
        except FileRefused as refused:
            found.append(_blank)
            lost.add(role)
            if vocabulary.knows(field.name):
                log.add(refused.code, where, heading, value=field.name, **refused.parameters)
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
    if field.name.startswith(INDEX) and types.is_integer(kind):
        return _blank
    if types.is_float16(kind) or (types.is_float32(kind) and role not in _OWNERS):
        raise FileRefused("parquet-float32")
    if role == "year" and (types.is_date(kind) or types.is_timestamp(kind)):
        return _years
    return cells_of


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


def communes_of(batch: Any, vocabulary: Vocabulary) -> list[str]:
    """Return the code of each row's commune; of a row that names none what it says instead, behind a question mark."""
    roles = {vocabulary.role(name): at for at, name in reversed([*enumerate(batch.schema.names)])}
    nothing = [""] * batch.num_rows
    codes, names = (cells_of(batch.column(roles[role])) if role in roles else nothing for role in ("code", "commune"))
    found: dict[tuple[Any, Any], str] = {}
    for pair in zip(codes, names, strict=True):
        if pair not in found:
            commune = vocabulary.identities.commune_of(*pair)
            found[pair] = commune.code if commune is not None else "?{}|{}".format(*pair)
    return [found[pair] for pair in zip(codes, names, strict=True)]


def _years(column: Any) -> list[Cell]:
    """Return a column of days as years: the first of January stands for its year, another day for none."""
    return [
        cell.year if isinstance(cell, dt.date) and (cell.month, cell.day) == (1, 1) else cell
        for cell in cells_of(column)
    ]


def batch_of(arrays: Sequence[Any], converts: Sequence[Convert], first: int) -> ArrowBatch:
    """Return rows of a table, of which the first has the number `first`; what is not read is not looked at."""
    import pyarrow as pa

    nothing = pa.nulls(len(arrays[0]) if arrays else 0, pa.string())
    pairs = zip(arrays, converts, strict=True)
    return ArrowBatch([nothing if convert is _blank else array for array, convert in pairs], converts, first)
