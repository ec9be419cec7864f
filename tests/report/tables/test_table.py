"""A table says its columns, their kinds and its rows; an output chooses among them by key."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.tables.table import (
    BEFORE,
    SAME,
    Coded,
    Column,
    CountOf,
    Kind,
    Pair,
    RowRole,
    Table,
    numbers,
    texts,
)

TABLE = Table.of(
    [*texts(commune="Xã", note="Ghi chú"), *numbers(met="Đạt"), Column("place", "Thứ hạng", for_people=True)],
    [("Bum Nưa", "a", 3, 1), ("Bum Tở", "b", 0, None)],
    [RowRole.HEADING, RowRole.PLAIN],
)


def test_an_output_chooses_columns_by_key_in_its_order_and_gives_them_its_widths() -> None:
    chosen = TABLE.only("met", commune=34, note=0)
    assert [(column.key, column.width) for column in chosen.columns] == [("met", 0), ("commune", 34)]
    assert chosen.rows == [(3, "Bum Nưa"), (0, "Bum Tở")]
    assert chosen.roles == TABLE.roles


def test_widths_one_after_the_other_leave_out_columns_of_no_width() -> None:
    assert TABLE.wide(20, 0, 10, 0).keys == ["commune", "met"]
    with pytest.raises(ValueError, match="zip"):
        TABLE.wide(20)


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="verdict"):
        TABLE.only("verdict")


def test_an_output_may_have_its_own_words_over_a_column() -> None:
    assert TABLE.headed(met="Số đạt").heads == ["Xã", "Ghi chú", "Số đạt", "Thứ hạng"]


def test_rows_are_counted_from_one_in_front() -> None:
    table = TABLE.numbered(9)
    assert (table.keys[0], [row[0] for row in table.rows], table.widths[0]) == ("n", [1, 2], 9)


def test_two_columns_are_read_as_one_change() -> None:
    paired = TABLE.paired("moved", "Đạt", "met", "place")
    assert (paired.keys[-1], paired.cells[-1]) == ("moved", [Pair(3, 1), Pair(0, None)])
    assert TABLE.paired("moved", "Đạt", "met", "met").only("moved").rows == [(Pair(3, 3),), (Pair(0, 0),)]


def test_an_output_has_its_own_cells_in_some_columns_and_leaves_out_what_holds_nothing() -> None:
    shown = TABLE.with_cells(lambda cell: cell if cell == "a" else None, "note", "met")
    assert shown.rows == [("Bum Nưa", "a", None, 1), ("Bum Tở", None, None, None)]
    assert shown.without_empty("note", "met").keys == ["commune", "note", "place"]
    assert TABLE.without_empty(*TABLE.keys).keys == TABLE.keys


def test_columns_for_people_are_not_in_the_tables_for_programs() -> None:
    assert TABLE.for_programs().keys == ["commune", "note", "met"]


def test_the_first_rows_keep_what_they_are() -> None:
    first = TABLE.first(1)
    assert (len(first), first.role(0), TABLE.role(1)) == (1, RowRole.HEADING, RowRole.PLAIN)


def test_columns_of_many_rows_say_what_the_same_rows_do() -> None:
    coded = Table(TABLE.columns, [Coded(np.arange(2, dtype=np.int32), cells) for cells in TABLE.cells], TABLE.roles)
    assert coded.rows == TABLE.rows
    assert list(coded.codes()) == list(TABLE.codes())
    assert coded.first(1).numbered(9).rows == TABLE.first(1).numbered(9).rows


def test_every_row_has_a_cell_for_every_column_and_a_role_where_any_has(table: Table) -> None:
    assert table, "a subject without rows shows nothing"
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert len(set(table.keys)) == len(table.keys)
    assert not table.roles or len(table.roles) == len(table.rows)


def test_cells_are_of_their_columns_kind(table: Table) -> None:
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        if column.kind is Kind.LETTER:
            assert all(cell is None or isinstance(cell, Verdict) for cell in cells)
        if column.kind is Kind.NUMBER:
            over = (
                [row[at + 1] is BEFORE for row in table.rows] if at + 1 < len(table.columns) else [False] * len(cells)
            )
            written = [cell for cell, more in zip(cells, over, strict=True) if isinstance(cell, str) and not more]
            assert all("/" in cell for cell in written), "only what is met of what applies is written"
            numbers = str | int | Decimal | Fraction | CountOf
            assert all(cell is None or cell is BEFORE or isinstance(cell, numbers) for cell in cells)
        else:
            assert not any(isinstance(cell, Fraction) for cell in cells)
    assert not any(cell is SAME for cell in table.rows[0])
