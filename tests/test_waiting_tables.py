"""Tables that waited are the tables that were added, in their order, whether few rows or many."""

from __future__ import annotations

import numpy as np
import pytest

from ntm_rules import waiting_tables
from ntm_rules.packed_texts import PackedTexts, packed
from ntm_rules.text_columns import Columns, TextColumn
from ntm_rules.waiting_tables import WaitingTables


def table(rows: int, *, as_packed: bool = False) -> Columns:
    texts = [f"dòng {at} đạt" for at in range(3)]
    numbers = (np.arange(rows) % 3).astype(np.int32)
    return {
        "text": TextColumn(numbers, PackedTexts(packed(texts)) if as_packed else texts),
        "year": np.full(rows, 2026, np.int64),
    }


def plain(columns: Columns) -> dict[str, list[object]]:
    return {
        name: list(column.to_list() if isinstance(column, TextColumn) else column.tolist())
        for name, column in columns.items()
    }


@pytest.mark.parametrize("most", [1, 10**9])
def test_what_is_asked_again_is_what_was_added(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(waiting_tables, "MANY", most)
    added = [table(4), table(0), table(7, as_packed=True)]
    with WaitingTables() as waiting:
        for one in added:
            waiting.append(one)
        assert len(waiting) == 3
        for _again in range(2):
            assert [plain(one) for one in waiting] == [plain(one) for one in added]
        assert [plain(one) for one in waiting[1:]] == [plain(one) for one in added[1:]]
        assert list(waiting[2]) == ["text", "year"]
