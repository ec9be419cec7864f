"""The row under a printed header that numbers its columns: 1, 2, 3; (1), (2); A, B, 1, 2; 3=2:1."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import tidy

_COLUMN_NUMBER = re.compile(r"[(\[]?\s*-?([0-9]{1,3}|[a-zA-Z]|[ivxIVX]{2,6})\s*[.)\]]{0,2}\s*(=.*)?", re.DOTALL)
"""How a column is numbered: 1, (1), 1., A, IV, -1 (which Excel makes of (1)), and how it is made of others: 5=3/4."""
_ROMAN = {"i": 1, "v": 5, "x": 10}


def numbers_columns(row: Sequence[Cell], keys: Collection[int]) -> bool:
    """Tell whether a row only numbers the columns: letters, then 1, 2, 3, one after the other; `keys`: columns of which
    one must be numbered too, as no row of figures does without what they say.

    >>> numbers_columns(["A", "B", 1, 2, "3=2:1"], [0]), numbers_columns([1, "03394", 2], [1])
    (True, False)
    >>> numbers_columns(["I", "II", "III", "IV"], [0]), numbers_columns(["-1", "-2", "-3"], [0])
    (True, True)
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
        last = next((at for at in _meant(match[1]) if _follows(at, last)), None)
        if last is None:
            return False
        seen += 1
        letters += last[0]
        numbered = numbered or column in keys
    return numbered and (seen > 2 or letters == 1 < seen)


def _meant(name: str) -> list[tuple[bool, int]]:
    """Return what a column's name may be: whether a letter, and which number of its kind."""
    if not name.isalpha():
        return [(False, int(name))]
    letter = [(True, ord(name.lower()) - ord("a") + 1)] if len(name) == 1 else []
    figures = [_ROMAN[sign] for sign in name.lower() if sign in _ROMAN]
    if len(figures) < len(name):
        return letter
    less = [one < after for one, after in zip(figures, [*figures[1:], 0], strict=True)]
    return [*letter, (False, sum(-one if before else one for one, before in zip(figures, less, strict=True)))]


def _follows(at: tuple[bool, int], last: tuple[bool, int] | None) -> bool:
    """Tell whether a number goes on from the last, or begins: the first of all, or the first figure after letters."""
    if last is None or (last[0] and not at[0]):
        return at[1] in (0, 1)
    return at == (last[0], last[1] + 1)
