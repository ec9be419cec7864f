"""Parquet: typed numbers are taken as they are, and damage is one problem."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.parquet_files import read_parquet
from ntm_rules.dataset.places import Log
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.records import State
from tests.dataset.conftest import Read, codes, only, reported


def parquet(**columns: Any) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def long(**more: Any) -> bytes:
    return parquet(**({"commune_code": ["03394"], "year": [2026], "measure": ["balance"], "value": [1.0]} | more))


@pytest.mark.parametrize(
    ("value", "units"),
    [
        (pa.array([79.95]), 799_500_000),
        (pa.array([80]), 800_000_000),
        (pa.array([Decimal("79.9500")]), 799_500_000),
        (pa.array([0.1 + 0.2]), 3_000_000),
        (pa.array(["79,95"]), 799_500_000),
        (pa.array(["79,95"]).dictionary_encode(), 799_500_000),
    ],
)
def test_numbers_are_exact_whatever_their_type(read: Read, value: Any, units: int) -> None:
    dataset = read(a_parquet=long(value=value))
    assert not dataset.problems
    assert reported(dataset, "balance")[:2] == (State.PRESENT, units)


def test_codes_may_be_numbers_and_missing_values_are_blank(read: Read) -> None:
    wide = parquet(
        commune_code=[3394, 3405], year=[2026.0, 2026.0], club_count=[None, 2.0], plan_published=[True, None]
    )
    dataset = read(a_parquet=wide)
    assert not dataset.problems
    assert [set(r.values) for r in dataset.records] == [{"plan_published"}, {"club_count"}]


def test_not_a_number_is_no_blank(read: Read) -> None:
    problem = only(read(a_parquet=long(value=pa.array([float("nan")]))))
    assert (problem.code, problem.line) == ("not-finite", 2)


def test_floats_that_cannot_hold_a_figure_are_refused(read: Read) -> None:
    problem = only(read(a_parquet=long(value=pa.array([79.95], pa.float32()))))
    assert (problem.code, problem.value) == ("parquet-float32", "value")


def test_values_of_other_types_are_no_numbers(read: Read) -> None:
    assert codes(read(a_parquet=long(value=pa.array([[1, 2]])))) == ["not-a-number"]


def test_a_table_without_the_columns_is_told(read: Read) -> None:
    assert codes(read(a_parquet=parquet(a=[1]))) == ["csv-without-header"]


def test_what_is_no_parquet_is_told(read: Read) -> None:
    assert codes(read(a_parquet=b"PAR1 nothing")) == ["parquet-broken"]
    assert codes(read(a_parquet=long()[:-20])) == ["parquet-broken"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_whatever_bytes_are_damaged_reading_never_raises(questionnaire: Questionnaire, at: int, damage: bytes) -> None:
    data = long()
    at %= len(data)
    with suppress(MemoryError):  # told by who reads the file
        read_parquet(data[:at] + damage + data[at + len(damage) :], "a.parquet", Vocabulary(questionnaire), Log())


def test_nothing_else_imports_arrow_or_pandas() -> None:
    code = (
        "import sys, ntm_rules.dataset.reading;"
        "sys.exit(', '.join({'pandas', 'pyarrow', 'numpy', 'openpyxl'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
