"""Sheets whose name or title says that their figures are planned, expected, or of a part of a year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ntm_rules.dataset.cells.numbers import written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.places import Where
from ntm_rules.dataset.rows.header_rows import Row

_PLANNED = re.compile(
    r"(?:^|[(\-–:;,.] ?|(?:số liệu|bảng|biểu|chỉ tiêu) )kế hoạch(?: năm)?(?: 20[0-9]{2})? ?(?:$|[(\-–:;,.])"
    r"|chưa thực hiện|\bdự kiến\b|\bước (?:thực hiện|đạt|tính)\b|\bphấn đấu\b"
    r"|\b(?:3|6|9|sáu|chín) tháng\b|\bqu[ýí] (?:[1-4]|iv|i{1,3})\b"
)
"""Of a plan as such: "Kế hoạch số 5434" and "thực hiện kế hoạch" name one, or say what came of it."""


def planned_words(where: Where, above: Iterable[Row]) -> str:
    """Return the name or title that says so; "" where none does.

    >>> planned_words(Where("a.xlsx", "Kế hoạch 2027", lines=False), [])
    'Kế hoạch 2027'
    >>> planned_words(Where("a.xlsx", "S", lines=False), [(0, ["Kết quả thực hiện Kế hoạch số 5434/KH-UBND năm 2026"])])
    ''
    """
    titles = [
        where.sheet,
        *(written(cell) for _number, cells in above for cell in cells if isinstance(cell, str) and cell),
    ]
    return next(filter(_says_so, titles), "")


@lru_cache(maxsize=4096)
def _says_so(title: str) -> bool:
    return _PLANNED.search(key(title[:300])) is not None
