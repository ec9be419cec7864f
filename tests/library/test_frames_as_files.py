"""A table in memory says what a file of the same cells says: every verdict, every problem, whichever library holds it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.records import CommuneYear
from tests.conftest import SAMPLES


def as_pandas(table: pa.Table) -> Any:
    return table.to_pandas()


def as_pandas_of_arrow(table: pa.Table) -> Any:
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def as_pandas_of_objects(table: pa.Table) -> Any:
    return pd.DataFrame({name: pd.Series(table.column(name).to_pylist(), dtype=object) for name in table.column_names})


def as_polars(table: pa.Table) -> Any:
    return pl.from_arrow(table)


class Stream:
    """Any other library's table, as far as Arrow sees it."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


class Array:
    """A batch of any other library."""

    def __init__(self, table: pa.Table) -> None:
        self._batch = table.combine_chunks().to_batches()[0]

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self._batch.__arrow_c_array__(requested_schema)


HELD: dict[str, Callable[[pa.Table], Any]] = {
    "pandas": as_pandas,
    "pandas of Arrow types": as_pandas_of_arrow,
    "pandas of objects": as_pandas_of_objects,
    "polars": as_polars,
    "pyarrow": lambda table: table,
    "a stream of Arrow": Stream,
    "an array of Arrow": Array,
}


def in_memory(problem: Problem) -> Problem:
    """Return the problem of a Parquet file as one of the table in it: rows count from 0, the header has no number."""
    return dataclasses.replace(problem, file="", line=problem.line - 1, parameters={})


def without_parameters(problem: Problem) -> Problem:
    return dataclasses.replace(problem, parameters={})


def judged(rules: ntm_rules.Rules, data: object) -> tuple[list[CommuneYear], list[Any]]:
    result = ntm_rules.evaluate(rules, data)
    return list(result.dataset.records), [(e.verdicts.tolist(), e.reasons.tolist()) for e in result.evaluations]


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("name", ["lai-chau-2026-rong.csv", "lai-chau-2026.csv", "lai-chau-2026.parquet"])
def test_the_sample_in_memory_is_judged_as_the_file_is(rules: ntm_rules.Rules, name: str, held: str) -> None:
    path = SAMPLES / name
    if path.suffix == ".csv":
        table = pa.Table.from_pandas(
            pd.read_csv(path, sep=";" if "rong" in name else ",", dtype=str, keep_default_na=False)
        )
    else:
        table = pq.read_table(path)
    assert judged(rules, HELD[held](table)) == judged(rules, ntm_rules.read(path, rules))


CODES = st.sampled_from(["03390", "3390", "03405", "99999", "", None])
YEARS = st.sampled_from([2025, 2026, 2027, 2030, 1999, None])
SHARES = st.none() | st.sampled_from([79.95, 0.62, 100.0, 101.0, 96.5, 1 / 3, -1.0])
COUNTS = st.none() | st.integers(-1, 5000)
WORDS = st.sampled_from(["Có", "Không", "co", "x", "", None, "Đạt", "12"])
TEXTS = st.sampled_from(["79,95", "79.95", "1.234", "0,62", "120%", "Số", "", None])
EXACT = st.none() | st.sampled_from([Decimal("79.95"), Decimal("12.50"), Decimal("100.00")])
ROW = st.tuples(CODES, YEARS, SHARES, TEXTS, COUNTS, COUNTS, WORDS, EXACT)
NAMES = [
    "commune_code", "year", "village_roads_hardened_share", "commune_roads_to_standard_share",
    "commune_roads_with_trees_share__numerator", "commune_roads_with_trees_share__denominator", "rural_roads_connected",
    "actively_irrigated_drained_land_share",
]  # fmt: skip
TYPES = [
    pa.string(), pa.int64(), pa.float64(), pa.string(), pa.int64(), pa.int64(), pa.string(), pa.decimal128(9, 2),
]  # fmt: skip


@pytest.mark.long
@settings(max_examples=60)
@given(rows=st.lists(ROW, min_size=1, max_size=8))
def test_any_table_gives_the_records_and_problems_of_the_same_parquet_file(
    rows: list[tuple[Any, ...]], rules: ntm_rules.Rules, tmp_path_factory: pytest.TempPathFactory
) -> None:
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), TYPES, strict=True)]
    table = pa.table(columns, names=NAMES)
    path = Path(tmp_path_factory.mktemp("bang")) / "bang.parquet"
    pq.write_table(table, path)
    file = ntm_rules.read(path, rules)
    for held in ("pyarrow", "polars", "pandas of Arrow types"):
        frame = ntm_rules.evaluate(rules, HELD[held](table)).dataset
        assert list(frame.records) == list(file.records), held
        assert list(map(without_parameters, frame.problems)) == list(map(in_memory, file.problems)), held
