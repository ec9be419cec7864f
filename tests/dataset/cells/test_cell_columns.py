"""Columns of many words: each different one is found once, however rare, and every cell is that of its row."""

from __future__ import annotations

import pyarrow as pa
import pytest

from ntm_rules.dataset.cells.cell_columns import BLANK, CellColumn
from ntm_rules.dataset.rows.arrow_tables import cells_of

USUAL = ["Có", None, "Không", "Có"] * 2000
COLUMNS = {
    "two words": USUAL,
    "a word that stands once": [*USUAL[:4321], "Đạt", *USUAL[4321:]],
    "blank texts": [*USUAL, ""],
    "nothing": [None] * 5000,
    "many words": [f"xã {number // 5}" for number in range(5000)],
    "one more word than few": [f"{number % 9}" for number in range(5000)],
}


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize("texts", COLUMNS.values(), ids=COLUMNS)
def test_each_cell_is_found_among_the_different_ones(texts: list[str | None], kind: pa.DataType) -> None:
    column = CellColumn(pa.array(["x", *texts], kind)[1:], cells_of)
    codes = column.codes.tolist()
    assert ["" if code == BLANK else column.uniques[code] for code in codes] == [text or "" for text in texts]
    assert len(set(column.uniques)) == len(column.uniques)
    assert column.blank.tolist() == [not text for text in texts]
