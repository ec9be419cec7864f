"""Texts of many rows: numbers put into text by Arrow are what they are put into one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules import text_columns
from ntm_rules.text_columns import decimal_texts, plain_decimal

EDGES = [0, 1, -1, 9, 10, 100, -100, 2**62, -(2**62), 10**6, 10**7, 999_999_999]


@given(st.lists(st.one_of(st.sampled_from(EDGES), st.integers(-(2**62), 2**62))), st.integers(0, 9))
def test_many_decimals_are_written_as_one(units: list[int], decimals: int) -> None:
    values = np.array([*units, *range(text_columns._SOME + 1)], np.int64)  # many enough for Arrow
    told = decimal_texts(values, decimals).to_list()
    assert told == [plain_decimal(unit, decimals) for unit in values.tolist()]


def test_what_is_not_asked_for_is_empty() -> None:
    values = np.arange(1000)
    told = decimal_texts(values, 1, values % 2 == 0).to_list()
    assert told[:4] == ["0", "", "0.2", ""]
