"""Texts of many rows: each different one once, and its number in every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of texts."""

    numbers: Numbers
    """The number of each row's text."""
    texts: Sequence[str]

    def at(self, rows: NDArray[np.intp]) -> TextColumn:
        """Return the column of some rows."""
        return TextColumn(self.numbers[rows], self.texts)

    def to_list(self) -> list[str]:
        """Return every row's text."""
        return [self.texts[number] for number in self.numbers.tolist()]


def everywhere(text: str, rows: int) -> TextColumn:
    """Return the same text in every row."""
    return TextColumn(np.zeros(rows, np.int32), [text])


def texts_of(values: Ints, word: Callable[[int], str], where: Bools | None = None) -> TextColumn:
    """Return each value's text, made once for all equal ones; empty but `where`.

    >>> texts_of(np.array([3, 5, 3]), str, np.array([True, True, False])).to_list()
    ['3', '5', '']
    """
    numbers = np.zeros(len(values), np.int32)
    rows = slice(None) if where is None else where
    different, of_row = np.unique(values[rows], return_inverse=True)
    numbers[rows] = of_row + 1
    return TextColumn(numbers, ["", *map(word, different.tolist())])


def plain_decimal(units: int, decimals: int) -> str:
    """Write `units` x 10**-decimals as machines read it: a point, no zeros behind it that say nothing.

    >>> plain_decimal(7990, 2), plain_decimal(-5, 1), plain_decimal(100, 2), plain_decimal(5, 0)
    ('79.9', '-0.5', '1', '5')
    """
    if not decimals:
        return str(units)
    digits = str(abs(units)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 else text


def together(columns: Sequence[TextColumn], join: Callable[[Sequence[str]], str]) -> TextColumn:
    """Return what `join` makes of the texts of several columns in each row, made once for rows that are alike.

    >>> together([everywhere("a", 3), texts_of(np.array([1, 2, 1]), str)], ",".join).to_list()
    ['a,1', 'a,2', 'a,1']
    """
    alike = np.zeros(len(columns[0].numbers), np.int64)
    rows = np.zeros(1, np.intp)
    for column in columns:
        _different, rows, alike = np.unique(
            alike * len(column.texts) + column.numbers, return_index=True, return_inverse=True
        )
    said = [[column.texts[number] for number in column.numbers[rows].tolist()] for column in columns]
    return TextColumn(alike.astype(np.int32), [join(texts) for texts in zip(*said, strict=True)])


def pooled(columns: Sequence[TextColumn]) -> tuple[list[str], list[Numbers]]:
    """Return the texts of several columns in one list, each once, and the numbers of each column in it."""
    known: dict[str, int] = {}
    numbers = []
    for column in columns:
        new = np.array([known.setdefault(text, len(known)) for text in column.texts], np.int32)
        numbers.append(new[column.numbers])
    return list(known), numbers
