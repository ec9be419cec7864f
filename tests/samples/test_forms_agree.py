"""Workbooks, long and wide text, Parquet and the province's workbook say the same figures."""

from __future__ import annotations

import pytest

from tests.samples.inputs import CLEAN, FOLDER, figures, read
from tests.samples.test_planted_mistakes import MISTAKES

LONG_CSV = CLEAN[0]


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_files_have_no_problem(name: str) -> None:
    assert list(read(name).problems) == []


@pytest.mark.parametrize("name", CLEAN[1:])
def test_the_clean_files_hold_equal_values(name: str) -> None:
    assert figures(name) == figures(LONG_CSV)


def test_the_communes_workbooks_differ_by_the_planted_mistakes_alone() -> None:
    books, clean = figures(FOLDER), figures(LONG_CSV)
    assert books.keys() == clean.keys()
    assert {place for place in books if books[place] != clean[place]} == {(code, 2026, m) for code, m in MISTAKES}
