"""Numbers and days in the free text beside a figure."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.dataset.cells.documents import days_in, names_number


@pytest.mark.parametrize(
    "text",
    [
        "5434/KH-UBND",
        "29/2026/QĐ-UBND",
        "Quyết định 51/2025/QĐ-TTg",
        "17-NQ/TU",
        "77-KH/ĐU",
        "53/HD-ĐCT ngày 11/5/2026",
        "1670/NQ-UBTVQH15",
        "01/QĐ-BCĐ",
        "Công văn số 267",
        "Số: 12, ngày 05/3/2027",
        "văn bản No. 8",
        "12/qđ-ubnd",
        "Số 000/QĐ-SYT ngày 22/01/2027 (minh họa)",
        unicodedata.normalize("NFD", "Số 12/QĐ-UBND"),
    ],
)
def test_a_document_named_by_its_number(text: str) -> None:
    assert names_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Báo cáo của xã",
        "ngày 05/3/2027",
        "05-3-2027",
        "tháng 3/2027",
        "3 thôn",
        "3/tháng",
        "danh sách 120 hộ",
        "số 05/3/2027",
    ],
)
def test_a_text_without_a_number(text: str) -> None:
    assert not names_number(text)


DAY = dt.date(2027, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/3/2027",
        "5.3.2027",
        "5-3-2027",
        "ngày 05 / 03 / 2027",
        "2027-03-05",
        "Ngày 5 tháng 3 năm 2027",
        unicodedata.normalize("NFD", "ngày 05 tháng 3 năm 2027"),
        "Số 12/QĐ-UBND ngày 05/3/2027 của UBND tỉnh",
    ],
)
def test_a_day_as_it_is_written(text: str) -> None:
    assert days_in(text) == [DAY]


@pytest.mark.parametrize(
    "text", ["", "3/2027", "tháng 3 năm 2027", "31/02/2027", "29/2026/QĐ-UBND", "5/3-2027", "105/3/2027"]
)
def test_what_is_no_day(text: str) -> None:
    assert days_in(text) == []


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from("/.-"))
def test_every_day_is_read_day_first(day: dt.date, mark: str) -> None:
    assert days_in(f"ngày {day.day}{mark}{day.month}{mark}{day.year}") == [day]


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    names_number(text)
    days_in(text)


@pytest.mark.parametrize("part", [" ", "1", "số ", "số: ", "1/", "1 / ", "1-A", "1.1.", "ngày 1 "])
def test_a_cell_full_of_anything_is_read_at_once(part: str) -> None:
    text = part + " " * 30_000 + part * 8_000
    started = time.perf_counter()
    names_number(text)
    days_in(text)
    assert time.perf_counter() - started < 1
