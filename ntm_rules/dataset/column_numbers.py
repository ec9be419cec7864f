"""The row under a printed header that numbers its columns: 1, 2, 3; (1), (2); A, B, 1, 2; 3=2:1."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ntm_rules.dataset.numbers import Cell, written
from ntm_rules.dataset.texts import tidy

_COLUMN_NUMBER = re.compile(r"[(\[]?\s*([0-9]{1,3}|[a-zA-Z])\s*[)\]]?\s*(=.*)?", re.DOTALL)
"""How a column is numbered: 1, (1), A, and how it is made of others: 5=3/4."""


def numbers_columns(row: Sequence[Cell], keys: Collection[int]) -> bool:
    """Tell whether a row only numbers the columns: letters, then 1, 2, 3, one after the other; `keys`: columns of which
    one must be numbered too, as no row of figures does without what they say.

    >>> numbers_columns(["A", "B", 1, 2, "3=2:1"], [0]), numbers_columns([1, "03394", 2], [1])
    (True, False)
    """
    last: tuple[bool, int] | None = None
    seen, letters, numbered = 0, 0, False
    for column, cell in enumerate(row):
        if cell == "":
            continue
        text = tidy(cell) if isinstance(cell, str) else written(cell)
        if not text:
            continue
        match = _COLUMN_NUMBER.fullmatch(text)
        if match is None:
            return False
        name = match[1]
        letter = name.isalpha()
        at = (letter, ord(name.lower()) - ord("a") + 1 if letter else int(name))
        begins = last is None or (last[0] and not letter)
        expected = (0, 1) if begins or last is None else (last[1] + 1,)
        if at[1] not in expected or (last is not None and not last[0] and letter):
            return False
        last = at
        seen += 1
        letters += letter
        numbered = numbered or column in keys
    return numbered and (seen > 2 or letters == 1 < seen)
