"""Columns and rows of results as pandas frames: numbers as numbers, words of few kinds as categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ntm_rules.errors import NtmError
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import Message
from ntm_rules.text_columns import Numbers, TextColumn

if TYPE_CHECKING:
    import pandas as pd

Backend = Literal["pyarrow"] | None
"""None: pandas' own types; "pyarrow": Arrow's."""
WORDS, TEXT, NUMBER, WHOLE, VERDICT, YES = "words", "text", "number", "whole", "verdict", "yes"
"""Kinds of columns: words of few kinds, texts, decimals, whole numbers that may be absent, verdicts, yes or no."""
VERDICTS = [verdict.name for verdict in Verdict]

NODES: Mapping[str, str] = {
    "commune_code": TEXT, "commune": TEXT, "year": WHOLE, "level": WORDS, "id": WORDS, "verdict": VERDICT,
    "reason": WORDS, "actual": TEXT, "comparator": WORDS, "target": TEXT, "unit": WORDS, "shortfall": NUMBER,
    "quantity": NUMBER, "quantity_unit": WORDS, "lead_agency": WORDS,
}  # fmt: skip
"""The columns of verdicts and gaps, in order."""
HAMLETS: Mapping[str, str] = {
    "commune_code": TEXT, "commune": TEXT, "year": WHOLE, "counted_by": WORDS, "hamlet": TEXT,
    **{name: kind for name, kind in list(NODES.items())[4:] if name != "lead_agency"},
}  # fmt: skip
"""The columns of hamlets, in order."""
SUMMARY: Mapping[str, str] = {
    "commune_code": TEXT, "commune": TEXT, "group": WORDS, "band": WORDS, "meets_every_criterion": VERDICT,
    "further_conditions": VERDICT, "recognised": YES, "recognition_document": TEXT, "usable_report": YES,
    "points": NUMBER, "points_total": NUMBER,
}  # fmt: skip
"""The columns of the summary that hold no counts."""
AGENCIES: Mapping[str, str] = {"agency": TEXT, "share_not_met": NUMBER}
PROBLEMS: Mapping[str, str] = {
    "file": TEXT, "sheet": TEXT, "cell": TEXT, "commune_code": TEXT, "commune": TEXT, "measure": WORDS, "value": TEXT,
    "code": WORDS, "severity": WORDS, "message": TEXT, "mend": TEXT,
}  # fmt: skip


def arrow_of_columns(tables: Sequence[Mapping[str, Any]], kinds: Mapping[str, str]) -> Any:
    """Return tables of the same columns, one after the other, as one Arrow table."""
    import pyarrow as pa

    arrays = {}
    for name, kind in kinds.items():
        columns = [table[name] for table in tables]
        if all(isinstance(column, TextColumn) for column in columns):
            arrays[name] = _texts([column for column in columns if isinstance(column, TextColumn)], kind)
        else:
            whole = [np.asarray(column, np.int32) for column in columns]
            arrays[name] = pa.array(np.concatenate(whole) if whole else [], pa.int32())
    return pa.table(arrays)


def _texts(columns: Sequence[TextColumn], kind: str) -> Any:
    known = {text: at for at, text in enumerate(VERDICTS if kind == VERDICT else [])}
    parts = []
    for column in columns:
        places = [known.setdefault(text, len(known)) if text else -1 for text in column.texts]
        parts.append(np.array(places, np.int32)[column.numbers])
    return _taken(np.concatenate(parts) if parts else np.zeros(0, np.int32), list(known), kind)


def _taken(places: Numbers, texts: Sequence[str], kind: str) -> Any:
    """Return the text at each place as an array of its kind; -1 is nothing."""
    import pyarrow as pa

    indices = pa.array(places, mask=places < 0)
    if kind == NUMBER:
        return pa.array([float(text) for text in texts], pa.float64()).take(indices)
    if kind == WHOLE:
        return pa.array([int(text) for text in texts], pa.int32()).take(indices)
    if kind == YES:
        return pa.array([text == "yes" for text in texts], pa.bool_()).take(indices)
    words = pa.array(texts, pa.string())
    return words.take(indices) if kind == TEXT else pa.DictionaryArray.from_arrays(indices, words)


def arrow_of_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], kinds: Mapping[str, str]) -> Any:
    """Return rows as an Arrow table; a column of no kind holds whole numbers."""
    import pyarrow as pa

    cells = [*zip(*rows, strict=True)] or [()] * len(names)
    arrays = {}
    for name, column in zip(names, cells, strict=False):  # columns that a table leaves out stand at its end
        texts = ["" if cell is None else str(cell) for cell in column]
        known = {text: at for at, text in enumerate(VERDICTS if kinds.get(name) == VERDICT else [])}
        places = [known.setdefault(text, len(known)) if text else -1 for text in texts]
        arrays[name] = _taken(np.array(places, np.int32), list(known), kinds.get(name, WHOLE))
    return pa.table(arrays)


def as_frame(table: Any, dtype_backend: Backend) -> pd.DataFrame:
    """Return an Arrow table as a frame.

    Raises:
        NtmError: no such backend.
    """
    import pandas as pd
    import pyarrow as pa

    if dtype_backend == "pyarrow":
        found: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
        return found
    if dtype_backend is not None:
        raise NtmError(Message("dtype_backend is None or “pyarrow”, not “{value}”", value=str(dtype_backend)))
    absent = {name for name in table.column_names if table.column(name).null_count}
    nullable = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}
    whole = [name for name in table.column_names if name not in absent and table.schema.field(name).type == pa.int32()]
    frame: pd.DataFrame = table.to_pandas(types_mapper=nullable.get)
    return frame.astype(dict.fromkeys(whole, "int64"))
