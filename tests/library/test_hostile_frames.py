"""Frames as they come: whatever stands in them is judged as it should be, or told by row and column, in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ntm_rules

ROADS = "village_roads_hardened_share"
PLAN = "planning_criterion_met"


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"commune_code": ["03390", "03405"], "year": [2026, 2026], **columns})


def said(rules: ntm_rules.Rules, data: object) -> list[tuple[Any, ...]]:
    """Return row, code and value of every problem."""
    problems = ntm_rules.evaluate(rules, data).problems()
    rows = [None if pd.isna(line) else int(line) for line in problems.line]
    values = [None if pd.isna(value) else value for value in problems.value]
    return list(zip(rows, problems.code.tolist(), values, strict=True))


def actual(rules: ntm_rules.Rules, data: object, measure: str = ROADS) -> list[str]:
    """Return what was read of a measure, row by row, as it is written."""
    return [record.get(measure).written for record in ntm_rules.evaluate(rules, data).dataset.records]


# --- what is no table of figures ---------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pd.DataFrame({"a": [1], "b": [2]}),
        pd.DataFrame(),
        frame(),
        pd.DataFrame({ROADS: [1.0]}),
        pd.DataFrame({"commune_code": ["03390"], ROADS: [1.0]}),
        pl.DataFrame({"x": [1]}),
        pl.Series("x", [1]),
        pa.table({"x": [1]}),
        pd.Series([1.0], name=ROADS),
        {"commune_code": ["03390"]},
        [1, 2],
        None,
        "lai-chau-2026.csv",
        pl.LazyFrame({"commune_code": ["03390"]}),
    ],
    ids=lambda data: type(data).__name__,
)
def test_what_is_no_table_of_figures_is_refused_in_words(rules: ntm_rules.Rules, data: object) -> None:
    with pytest.raises(ntm_rules.NtmError) as refused:
        ntm_rules.evaluate(rules, data)
    assert str(refused.value)


def test_the_columns_that_were_given_are_named(rules: ntm_rules.Rules) -> None:
    with pytest.raises(ntm_rules.NtmError, match="xa_code, nam_bao_cao"):
        ntm_rules.evaluate(rules, pd.DataFrame({"xa_code": ["03390"], "nam_bao_cao": [2026]}))


def test_columns_of_several_levels_are_refused(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: [1.0, 2.0]})
    data.columns = pd.MultiIndex.from_tuples([("a", name) for name in data.columns])
    with pytest.raises(ntm_rules.NtmError, match="commune_code"):
        ntm_rules.evaluate(rules, data)


def test_a_frame_without_rows_is_judged_to_nothing(rules: ntm_rules.Rules) -> None:
    for empty in (frame(**{ROADS: [96.5, 90.0]}).iloc[:0], pl.DataFrame(frame(**{ROADS: [1.0, 2.0]})).head(0)):
        result = ntm_rules.evaluate(rules, empty)
        assert (len(result), result.years) == (0, [])
        assert [view.shape[0] for view in (result.verdicts(), result.gaps(), result.summary(), result.matrix())] == [
            0
        ] * 4
        assert result.verdicts().columns.tolist()[:3] == ["commune_code", "commune", "year"]
        assert result.problems().code.tolist() == ["no-rows"]
        assert result.agencies().empty
        with pytest.raises(ntm_rules.NtmError):
            result.to_excel("khong-ghi.xlsx")


# --- cells -------------------------------------------------------------------------------------


def test_a_problem_stands_at_its_row_from_0_and_its_column(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: [96.5, 120.0]})
    problems = ntm_rules.evaluate(rules, data).problems(language="en")
    row = problems.iloc[0]
    assert (row.line, row.commune_code, row.year, row.measure, row.value) == (1, "03405", 2026, ROADS, "120")
    assert (row.code, row.severity, row.message) == ("above-100", "error", "120 is more than 100 percent")
    assert data.iloc[row.line][row.measure] == 120.0
    (problem,) = ntm_rules.evaluate(rules, data).dataset.problems
    assert problem.place().render("en") == f"row 1, column {ROADS}"
    assert problem.place().render("vi") == f"hàng 1, cột {ROADS}"


def test_a_problem_of_a_column_has_no_row(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: [96.5, 90.0], "cot_la": ["a", "b"]})
    assert said(rules, data) == [(None, "column-unknown", "cot_la")]
    (problem,) = ntm_rules.evaluate(rules, data).dataset.problems
    assert problem.place().render("en") == "column cot_la"


def test_rows_that_stand_twice_are_compared(rules: ntm_rules.Rules) -> None:
    data = pd.concat([frame(**{ROADS: [96.5, 90.0]}), frame(**{ROADS: [96.5, 91.0]})], ignore_index=True)
    result = ntm_rules.evaluate(rules, data)
    assert said(rules, data) == [(2, "repeated", None), (3, "given-twice-differently", "91")]
    assert "row 1" in result.problems(language="en").message[1]
    reasons = result.verdicts().set_index(["commune_code", "id"]).reason
    assert reasons["03405", "2.1.e"] == "conflicting_values"


def test_an_object_column_of_mixed_types_is_read_cell_by_cell(rules: ntm_rules.Rules) -> None:
    cells = ["79,95", 80, 81.5, Decimal("82.25"), np.float64(83.5), np.int8(84), b"85"]
    for cell, wanted in zip(cells, ["79,95", "80", "81,5", "82,25", "83,5", "84", "85"], strict=True):
        data = frame(**{ROADS: pd.Series([cell, "79,95" if cell != "79,95" else 80.0], dtype=object)})
        assert said(rules, data) == []
        assert actual(rules, data)[0] == wanted


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("80.5", "number-dot-decimal"),
        ("1.234", "number-two-readings"),
        ([1], "not-a-number"),
        (dt.date(2026, 1, 2), "date-not-share"),
        ({"a": 1}, "not-a-number"),
        (object, "not-a-number"),
        (b"\xff\xfe", "bytes-not-text"),
        (float("inf"), "not-finite"),
        (0.62, "share-below-one"),
        (True, "not-a-number"),
    ],
)
def test_a_cell_that_is_no_figure_is_told_beside_one_that_is(rules: ntm_rules.Rules, cell: object, code: str) -> None:
    data = frame(**{ROADS: pd.Series(["79,95", cell], dtype=object)})
    assert [(row, found) for row, found, _value in said(rules, data)] == [(1, code)]
    assert actual(rules, data)[0] == "79,95"


def test_nan_and_every_other_nothing_of_pandas_is_blank(rules: ntm_rules.Rules) -> None:
    for nothing in (np.nan, None, pd.NA, pd.NaT):
        data = frame(
            **{ROADS: pd.Series([96.5, nothing], dtype=object), PLAN: pd.Series(["Có", nothing], dtype=object)}
        )
        assert said(rules, data) == []
        reasons = ntm_rules.evaluate(rules, data).verdicts().set_index(["commune_code", "id"]).reason
        assert reasons["03405", "2.1.e"] == "not_reported"


def test_nan_of_polars_is_no_number(rules: ntm_rules.Rules) -> None:
    data = pl.DataFrame({"commune_code": ["03390", "03405"], "year": [2026, 2026], ROADS: [96.5, float("nan")]})
    assert [code for _row, code, _value in said(rules, data)] == ["not-finite"]


# --- types -------------------------------------------------------------------------------------


def test_32_bit_floats_are_refused_as_they_hold_no_figure_exactly(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: np.array([96.5, 90.1], np.float32), PLAN: ["Có", "Có"]})
    assert said(rules, data) == [(None, "parquet-float32", ROADS)]


@pytest.mark.parametrize(
    "column",
    [
        pd.array([96.5, None], "Float64"),
        pd.array([96, None], "Int64"),
        pd.array(["96,5", None], "string"),
        pd.array([96.5, None], pd.ArrowDtype(pa.float64())),
        pd.array([Decimal("96.5"), None], pd.ArrowDtype(pa.decimal128(5, 2))),
        pd.Categorical(["96,5", None]),
        pd.Categorical([96.5, None]),
        np.array([96, 0], np.int8),
        pd.arrays.SparseArray([96.5, np.nan]),
    ],
    ids=lambda column: str(column.dtype),
)
def test_every_type_of_pandas_that_holds_a_figure_exactly_is_read(rules: ntm_rules.Rules, column: Any) -> None:
    data = frame(**{ROADS: column})
    assert said(rules, data) == []
    assert actual(rules, data)[0] in ("96", "96,5")


@pytest.mark.parametrize("column", [[[96.5], [90.0]], [{"a": 1}, {"a": 2}]], ids=["lists", "structs"])
def test_nested_columns_are_told_and_lose_themselves_alone(rules: ntm_rules.Rules, column: Any) -> None:
    data = pa.table({"commune_code": ["03390", "03405"], "year": [2026, 2026], ROADS: column, PLAN: ["Có", "Có"]})
    assert [(row, code) for row, code, _value in said(rules, data)] == [(None, "parquet-type")]
    assert actual(rules, data, PLAN) == ["Có", "Có"]


def test_polars_texts_categories_and_decimals_are_read(rules: ntm_rules.Rules) -> None:
    data = pl.DataFrame(
        {
            "commune_code": pl.Series(["03390", "03405"], dtype=pl.Categorical),
            "year": pl.Series([2026, 2026], dtype=pl.UInt16),
            ROADS: pl.Series([Decimal("96.50"), None], dtype=pl.Decimal(5, 2)),
            PLAN: pl.Series(["Có", "Không"], dtype=pl.Enum(["Có", "Không"])),
        }
    )
    assert said(rules, data) == []
    assert (actual(rules, data), actual(rules, data, PLAN)) == (["96,5", ""], ["Có", "Không"])


def test_codes_that_became_numbers_are_codes(rules: ntm_rules.Rules) -> None:
    for codes in ([3390, 3405], [3390.0, 3405.0], pd.Categorical(["3390", "3405"])):
        data = frame(**{ROADS: [96.5, 90.0]}).assign(commune_code=codes)
        assert ntm_rules.evaluate(rules, data).verdicts().commune_code.unique().tolist() == ["03390", "03405"]


# --- names and the index -----------------------------------------------------------------------


def test_named_levels_of_an_index_are_columns_and_others_say_nothing(rules: ntm_rules.Rules) -> None:
    plain = frame(**{ROADS: [96.5, 90.0]})
    wanted = ntm_rules.evaluate(rules, plain).verdicts()
    for indexed in (
        plain.set_index(["commune_code", "year"]),
        plain.set_index("commune_code"),
        plain.set_axis([7, 3]),
        plain.set_axis(["x", "x"]),
        plain.set_axis([dt.date(2026, 1, 1), "x"]),
    ):
        pd.testing.assert_frame_equal(ntm_rules.evaluate(rules, indexed).verdicts(), wanted)
        assert said(rules, indexed) == []


def test_a_column_that_stands_twice_is_told(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: [96.5, 90.0]})
    twice = pd.concat([data, data[[ROADS]]], axis=1)
    assert (None, "column-twice", ROADS) in said(rules, twice)


def test_names_of_columns_that_are_no_texts_are_told_as_unknown(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: [96.5, 90.0]})
    data[7] = "a"
    assert said(rules, data) == [(None, "column-unknown", "7")]


def test_a_frame_is_left_as_it_was(rules: ntm_rules.Rules) -> None:
    data = frame(**{ROADS: pd.Series(["79,95", 80], dtype=object), PLAN: ["Có", None]})
    before = data.copy(deep=True)
    ntm_rules.evaluate(rules, data).verdicts()
    pd.testing.assert_frame_equal(data, before)


def test_long_frames_are_read_too(rules: ntm_rules.Rules) -> None:
    data = pd.DataFrame(
        {
            "commune_code": ["03390", "03390", "03405"], "year": 2026, "measure": [ROADS, PLAN, "khong_co"],
            "value": [96.5, "Có", 1],
        }
    )  # fmt: skip
    assert (actual(rules, data), actual(rules, data, PLAN)) == (["96,5"], ["Có"])
    assert said(rules, data) == [(2, "measure-unknown", "khong_co")]
