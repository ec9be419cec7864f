"""A table with every column but the one of the year, or of the commune, is told which it lacks, in every format."""

from __future__ import annotations

import pytest

from tests.dataset.conftest import Read, only
from tests.dataset.rows.test_headers import table

WATER = "Tỷ lệ hộ dùng nước sạch"


@pytest.mark.parametrize(
    ("heads", "cells", "code"),
    [
        (("TT", "Xã"), (1, "Tả Lèng"), "table-without-year"),
        (("TT", "Năm"), (1, 2026), "table-without-commune"),
    ],
)
def test_a_sheet_whose_headings_take_two_rows_is_told_the_column_it_lacks(
    read: Read, heads: tuple[object, ...], cells: tuple[object, ...], code: str
) -> None:
    rows = (
        ("BIỂU TỔNG HỢP NĂM 2026",),
        (*heads, WATER, "", ""),
        ("", "", "Số hộ đạt", "Tổng số hộ", "Tỷ lệ %"),
        (*cells, 2000, 3000, 66.67),
    )
    dataset = read(a_xlsx=table(*rows, merged=["C2:E2", "A2:A3", "B2:B3"]))
    problem = only(dataset)
    assert (problem.code, problem.severity, problem.cell) == (code, "error", "A3")
    assert not dataset.records


def test_a_text_file_is_told_it_too(read: Read) -> None:
    problem = only(read(a_csv=f"BIỂU TỔNG HỢP\nMã xã;Xã;{WATER}\n03405;Tả Lèng;66,67\n"))
    assert (problem.code, problem.line) == ("table-without-year", 2)
    assert str(problem.message()).startswith("bảng thiếu cột «Năm» nên không biết số liệu của năm nào")


def test_a_sheet_that_lacks_both_is_no_table(read: Read) -> None:
    assert only(read(a_csv=f"TT;{WATER}\n1;66,67\n")).code == "csv-without-header"
