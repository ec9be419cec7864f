"""Parquet: typed numbers are taken as they are, and damage is one problem."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules.dataset.files.parquet_files import read_parquet
from ntm_rules.dataset.places import Log
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import State
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.runs.rulebook import Rulebook
from tests.dataset.conftest import Read, codes, only, reported

CASES = Path(__file__).parents[1] / "cases"


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
    assert codes(read(a_parquet=long(value=pa.array([[1, 2]])))) == ["parquet-type"]


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


# --- what other programs write


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("commune_code", pa.array([b"03394"], pa.binary())),
        ("commune_code", pa.array([b"03394"], pa.large_binary())),
        ("commune_code", pa.array([b"03394\0\0\0"], pa.binary(8))),
        ("commune_code", pa.array(["03394"], pa.large_string())),
        ("commune_code", pa.array(["03394"], pa.string_view())),
        ("commune_code", pa.array([b"03394"], pa.binary_view())),
        ("commune_code", pa.array([b"03394"]).dictionary_encode()),
        ("commune_code", pa.array([3394], pa.uint64())),
        ("commune_code", pa.array([3394], pa.float32())),
        ("commune_code", pa.array([Decimal("3394.00")], pa.decimal128(18, 2))),
        ("commune_code", pa.array([Decimal(3394)], pa.decimal256(50, 0))),
        ("year", pa.array([2026.0])),
        ("year", pa.array([2026], pa.int16())),
        ("year", pa.array([Decimal("2026.0")], pa.decimal128(10, 1))),
        ("year", pa.array([b"2026"])),
        ("year", pa.array([dt.date(2026, 1, 1)])),
        ("year", pa.array([dt.date(2026, 1, 1)], pa.date64())),
        ("year", pa.array(["2026-01-01"]).cast(pa.timestamp("ns"))),
        ("year", pa.array(["2026-01-01"]).cast(pa.timestamp("s"))),
        ("year", pa.array([dt.datetime(2025, 12, 31, 17, tzinfo=dt.UTC)], pa.timestamp("us", "Asia/Ho_Chi_Minh"))),
        ("measure", pa.array([b"balance"])),
        ("value", pa.array([1], pa.int8())),
        ("value", pa.array([1], pa.uint64())),
        ("value", pa.array([Decimal("1.000")], pa.decimal256(50, 3))),
        ("value", pa.array([b"1"])),
        ("note", pa.array([None], pa.null())),
        ("note", pa.array(["đã rà soát"]).dictionary_encode()),
        ("__index_level_0__", pa.array([7])),
    ],
)
def test_columns_as_other_programs_write_them(read: Read, column: str, values: Any) -> None:
    dataset = read(a_parquet=long(**{column: values}))
    assert not dataset.problems
    assert reported(dataset, "balance").value == 10_000_000


def test_bytes_are_vietnamese_text(read: Read) -> None:
    name = pa.array(["Sin Suối Hồ".encode()])
    assert not read(a_parquet=long(commune=name)).problems
    assert codes(read(a_parquet=long(commune=pa.array(["Tà Tổng".encode()])))) == ["name-of-another"]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (pa.array([dt.date(2026, 12, 31)]), "31/12/2026"),
        (pa.array([dt.datetime(2025, 12, 31, 17, tzinfo=dt.UTC)], pa.timestamp("us", "UTC")), "31/12/2025"),
        (pa.array([2026.5]), "2026,5"),
        (pa.array([Decimal("2026.5")]), "2026,5"),
    ],
)
def test_another_day_or_part_of_a_year_is_told(read: Read, year: Any, said: str) -> None:
    problem = only(read(a_parquet=long(year=year)))
    assert (problem.code, problem.line, problem.value) == ("year-malformed", 2, said)


def test_a_cell_of_bytes_that_are_no_text_loses_itself_alone(read: Read) -> None:
    wide = parquet(commune_code=["03394"], year=[2026], club_count=[b"\xff\xfe"], balance=[b"3"])
    dataset = read(a_parquet=wide)
    assert (only(dataset).code, only(dataset).value) == ("bytes-not-text", "ff fe")
    assert reported(dataset, "balance").written == "3"


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (pa.array([80.5], pa.float32()), "parquet-float32"),
        (pa.array([80.5], pa.float32()).dictionary_encode(), "parquet-float32"),
        (pa.array([[80.5]]), "parquet-type"),
        (pa.array([{"value": 80.5}]), "parquet-type"),
    ],
)
def test_a_bad_column_loses_itself_alone(read: Read, column: Any, code: str) -> None:
    dataset = read(a_parquet=parquet(commune_code=["03394"], year=[2026], club_count=[7], balance=column))
    problem = only(dataset)
    assert (problem.code, problem.value, problem.severity) == (code, "balance", "error")
    assert set(dataset.records[0].values) == {"club_count"}


def test_a_bad_column_that_nobody_reads_is_not_told_apart(read: Read) -> None:
    dataset = read(a_parquet=long(dien_tich=pa.array([80.5], pa.float32())))
    assert codes(dataset) == ["column-unknown"]


def test_a_bad_column_of_codes_is_one_problem_that_contradicts_nothing(read: Read) -> None:
    dataset = read(a_parquet=long(commune_code=pa.array([["03394"]])))
    assert (only(dataset).code, only(dataset).value) == ("parquet-type", "commune_code")


def test_whole_files_from_elsewhere(loaded: LoadedSet) -> None:
    asked = Rulebook(loaded=loaded, overlays=(), overlay_files={}).questionnaire()
    for name in ("decimal", "strings-as-binary"):
        dataset = read_dataset([CASES / f"parquet-from-elsewhere/{name}.parquet"], asked)
        assert not dataset.problems
        assert reported(dataset, "online_procedures_share").written == "92,5"
    assert only(read_dataset([CASES / "parquet-from-elsewhere/year-as-date.parquet"], asked)).code == "year-malformed"
