"""The matrix of communes and indicators: a pandas frame that shows itself in the colours of the five verdicts."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, in_language
from ntm_rules.library.frames import VERDICTS, Backend
from ntm_rules.report.palette import COLOURS, LEGEND_ORDER

if TYPE_CHECKING:
    import pandas as pd

    from ntm_rules.evaluation.batch import Evaluation

MOST_SHOWN = 60
"""More rows than this are shown by their first and last."""
OWNER = ("commune_code", "commune", "year")
_TABLE = "border-collapse:collapse;font-size:12px"
_CELL = "padding:1px 4px;border:1px solid #fff;text-align:center"


def matrix_of(evaluations: Sequence[Evaluation], language: str | None, dtype_backend: Backend) -> pd.DataFrame:
    """Return a row for each commune and year and a column for each indicator, in the order of the law.

    An indicator that is not in force in a year has nothing there.
    """
    import pandas as pd
    import pyarrow as pa

    ids = list(dict.fromkeys(e.table[row].id for e in evaluations for row in e.level("indicator")))
    sizes = [len(evaluation.records) for evaluation in evaluations]
    verdicts = np.full((len(ids), sum(sizes)), -1, np.int8)
    first = 0
    for evaluation, size in zip(evaluations, sizes, strict=True):
        for row in evaluation.level("indicator"):
            verdicts[ids.index(evaluation.table[row].id), first : first + size] = evaluation.verdicts[row]
        first += size
    index = pd.MultiIndex.from_arrays(
        [
            [code for e in evaluations for code in e.records.codes],
            [name for e in evaluations for name in e.records.names],
            [year for e in evaluations for year in e.records.years.tolist()],
        ],
        names=OWNER,
    )
    if dtype_backend == "pyarrow":
        kind = pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))
        columns: dict[str, Any] = {}
        for at, id_ in enumerate(ids):
            codes = pa.array(verdicts[at], mask=verdicts[at] < 0)
            columns[id_] = pd.Series(pa.DictionaryArray.from_arrays(codes, VERDICTS).to_pylist(), index, dtype=kind)
    else:
        columns = {id_: pd.Categorical.from_codes(verdicts[at], pd.Index(VERDICTS)) for at, id_ in enumerate(ids)}
    matrix: pd.DataFrame = _matrix()(columns, index=index)
    matrix.attrs["language"] = language
    return matrix


@cache
def _matrix() -> Any:
    """Return the kind of frame that shows itself in colours; pandas is not imported before one is made."""
    import pandas as pd

    class Matrix(pd.DataFrame):
        """Verdicts by commune, year and indicator."""

        @property
        def _constructor(self) -> Any:
            return Matrix

        def _repr_html_(self) -> str:
            with in_language(self.attrs.get("language")):
                return "".join(_html(self))

    return Matrix


def _html(frame: Any) -> Iterator[str]:
    """Yield a frame of verdicts as a table in colours, letter and colour together, with its legend."""
    rows = range(len(frame))
    shown = [*rows] if len(frame) <= MOST_SHOWN else [*rows[: MOST_SHOWN // 2], *rows[-(MOST_SHOWN // 2) :]]
    yield f'<div style="overflow-x:auto"><table style="{_TABLE}"><thead><tr>'
    yield "".join(f"<th>{html.escape(str(name or ''))}</th>" for name in frame.index.names)
    yield "".join(f"<th>{html.escape(str(name))}</th>" for name in frame.columns)
    yield "</tr></thead><tbody>"
    for number, at in enumerate(shown):
        if number and at != shown[number - 1] + 1:
            yield f'<tr><td colspan="{frame.index.nlevels + len(frame.columns)}">…</td></tr>'
        owner = frame.index[at] if frame.index.nlevels > 1 else (frame.index[at],)
        yield "<tr>" + "".join(f'<th style="text-align:left">{html.escape(str(part))}</th>' for part in owner)
        yield "".join(map(_cell, frame.iloc[at].tolist())) + "</tr>"
    yield "</tbody></table></div><p>"
    yield " ".join(f"{shown_verdict(verdict)} {html.escape(str(verdict.label))}" for verdict in LEGEND_ORDER)
    words = _("{n} communes and years, {m} indicators", n=len(frame), m=len(frame.columns))
    yield f"</p><p>{html.escape(words)}</p>"


def _cell(said: Any) -> str:
    if said not in VERDICTS:
        return f'<td style="{_CELL}">{"" if said != said or said is None else html.escape(str(said))}</td>'
    verdict = Verdict[said]
    return f'<td style="{_CELL};{css(verdict)}" title="{html.escape(str(verdict.label))}">{verdict.letter}</td>'


def css(verdict: Verdict) -> str:
    """Return a verdict's colours as CSS."""
    return f"background:{COLOURS[verdict].back};color:{COLOURS[verdict].ink}"


def shown_verdict(verdict: Verdict) -> str:
    """Return a verdict's letter in its colours."""
    return f'<span style="padding:0 4px;{css(verdict)}">{verdict.letter}</span>'
