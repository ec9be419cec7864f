"""Texts of many rows: each different one once, and its number in every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.packed_texts import (
    PackedTexts,
    everywhere_packed,
    let_go,
    one_behind_the_other,
    packed,
    those_at,
    truths,
    whole,
)
from ntm_rules.packed_texts import numbers as numbers_in

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.int32]
MANY = 5_000
"""From so many rows on it is quicker with Arrow, which takes a moment to import."""
_CELLS_AT_A_TIME = 1 << 17
_SOME = 256
"""From so many numbers on they are quicker put into text by Arrow."""
_PLAIN_IN_ARROW = 6
"""Decimals up to which Arrow writes no exponent, however small the number."""


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of texts."""

    numbers: Numbers
    """The number of each row's text."""
    texts: Sequence[str]

    def at(self, rows: NDArray[np.intp]) -> TextColumn:
        """Return the column of some rows."""
        return TextColumn(self.numbers[rows], self.texts)

    def __len__(self) -> int:
        return len(self.numbers)

    def without_unused(self) -> TextColumn:
        """Return the same texts and no others."""
        different, of_row = np.unique(self.numbers, return_inverse=True)
        return TextColumn(of_row.astype(np.int32), those_at(self.texts, different.astype(np.intp)))

    def to_list(self) -> list[str]:
        """Return every row's text."""
        texts = list(self.texts)
        return [texts[number] for number in self.numbers.tolist()]


Columns = Mapping[str, TextColumn | NDArray[Any]]
"""A table: name -> texts, or whole numbers."""


def column_of(texts: Iterable[str]) -> TextColumn:
    """Return texts as a column, each different one kept once.

    >>> column_of("abca").texts
    ['a', 'b', 'c']
    """
    known: dict[str, int] = {}
    numbers = [known.setdefault(text, len(known)) for text in texts]
    return TextColumn(np.array(numbers, np.int32), list(known))


def everywhere(text: str, rows: int) -> TextColumn:
    """Return the same text in every row."""
    return TextColumn(np.zeros(rows, np.int32), [text])


def run_into(
    parts: Sequence[str | TextColumn], rows: int, instead: Mapping[int, str], *, many: bool = False
) -> TextColumn:
    """Return what stands in each row of all parts one behind the other, and in some rows another text `instead`.

    `many`: more of the same follows, so that it pays to have Arrow do it.

    >>> run_into(["x", TextColumn(np.array([1, 0, 1]), ["a", "b"])], 3, {2: "c"}).to_list()
    ['xb', 'xa', 'c']
    """
    if not many and rows < MANY:
        cells = [[part] * rows if isinstance(part, str) else part.to_list() for part in parts]
        texts = list(map("".join, zip(*cells, strict=True))) if cells else [""] * rows
        for row, text in instead.items():
            texts[row] = text
        return column_of(texts)
    import pyarrow.compute as pc

    joined = in_rows(parts, rows).array
    if instead:
        others = np.zeros(rows, np.bool_)
        others[list(instead)] = True
        joined = pc.replace_with_mask(joined, truths(others), packed([instead[row] for row in sorted(instead)]))
    found = joined.dictionary_encode()
    return TextColumn(numbers_in(found.indices, np.int32), PackedTexts(found.dictionary))


def in_rows(parts: Sequence[str | TextColumn], rows: int) -> PackedTexts:
    """Return what stands in each row of all parts one behind the other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    taken = [
        everywhere_packed(part) if isinstance(part, str) else packed(part.texts).take(whole(part.numbers))
        for part in parts
    ]
    nothing = everywhere_packed("")
    joined = pc.binary_join_element_wise(*taken, nothing) if taken else nothing
    return PackedTexts(pa.repeat(joined, rows) if isinstance(joined, pa.Scalar) else joined)


def texts_of(
    values: NDArray[Any],
    word: Callable[[int], str],
    where: Bools | None = None,
    words: Callable[[Ints], Sequence[str] | None] = lambda _values: None,
) -> TextColumn:
    """Return each value's text, made once for all equal ones; empty but `where`.

    `words` makes those of many at once, where it can.

    >>> texts_of(np.array([3, 5, 3]), str, np.array([True, True, False])).to_list()
    ['3', '5', '']
    """
    numbers = np.zeros(len(values), np.int32)
    rows = slice(None) if where is None else where
    different, of_row = np.unique(values[rows], return_inverse=True)
    numbers[rows] = of_row + 1
    made = words(different)
    return TextColumn(
        numbers, one_behind_the_other([[""], list(map(word, different.tolist())) if made is None else made])
    )


def of_pairs(
    ones: NDArray[Any], others: NDArray[Any], word: Callable[[int, int], str], where: Bools | None = None
) -> TextColumn:
    """Return the text of each pair of whole numbers from 0 on, made once for equal ones; empty but `where`."""
    most = int(others.max(initial=0)) + 1
    return texts_of(ones.astype(np.int64) * most + others, lambda pair: word(*divmod(pair, most)), where)


def decimal_texts(values: Ints, decimals: int, where: Bools | None = None) -> TextColumn:
    """Return each value in units of 10**-decimals as `plain_decimal` writes it; empty but `where`.

    >>> decimal_texts(np.array([7990, 5, 7990]), 2, np.array([True, False, True])).to_list()
    ['79.9', '', '79.9']
    """
    return texts_of(values, lambda units: plain_decimal(units, decimals), where, lambda all_: _decimals(all_, decimals))


def _decimals(units: Ints, decimals: int) -> PackedTexts | None:
    """Return what `plain_decimal` does of many; None of few, and of so many decimals that Arrow writes exponents."""
    if len(units) < _SOME or decimals > _PLAIN_IN_ARROW:
        return None
    import pyarrow as pa
    import pyarrow.compute as pc

    if not decimals:
        return PackedTexts(whole(units).cast(pa.string()))
    words = np.stack([units, units >> 63], axis=1)  # 128 bits, the low ones first
    exact = pa.Array.from_buffers(pa.decimal128(38, decimals), len(units), [None, pa.py_buffer(words)])
    return PackedTexts(pc.utf8_rtrim(pc.utf8_rtrim(exact.cast(pa.string()), "0"), "."))


def plain_decimal(units: int, decimals: int) -> str:
    """Write `units` x 10**-decimals as machines read it: a point, no zeros behind it that say nothing.

    >>> plain_decimal(7990, 2), plain_decimal(-5, 1), plain_decimal(100, 2), plain_decimal(5, 0)
    ('79.9', '-0.5', '1', '5')
    """
    if not decimals:
        return str(units)
    whole, rest = divmod(abs(units), 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}".rstrip("0") if rest else str(whole)
    return f"-{text}" if units < 0 else text


def below(columns: Sequence[TextColumn]) -> TextColumn:
    """Return columns one below the other."""
    starts = np.cumsum([0, *(len(column.texts) for column in columns)])[:-1].tolist()
    numbers = np.concatenate(
        [
            np.zeros(0, np.int32),
            *(column.numbers + np.int32(start) for column, start in zip(columns, starts, strict=True)),
        ]
    ).astype(np.int32, copy=False)
    return TextColumn(numbers, one_behind_the_other([column.texts for column in columns]))


def run_together(columns: Sequence[TextColumn | Ints], between: str = "", end: str = "") -> Iterator[bytes]:
    """Yield the texts and whole numbers of each row one behind the other, some thousands of rows at a time, in UTF-8.

    `between` stands between two of them, `end` behind each row.

    >>> b"".join(run_together([everywhere("a", 2), np.array([1, 2])], ",", ";"))
    b'a,1;a,2;'
    """
    size = len(columns[0].numbers if isinstance(columns[0], TextColumn) else columns[0])
    if size < MANY:
        cells = [one.to_list() if isinstance(one, TextColumn) else map(str, one.tolist()) for one in columns]
        yield "".join([between.join(row) + end for row in zip(*cells, strict=True)]).encode()
        return
    import pyarrow as pa
    import pyarrow.compute as pc

    *others, last = columns
    if end:
        columns = [*others, last if isinstance(last, TextColumn) else texts_of(last, str)]
    arrays = [packed(one.texts) if isinstance(one, TextColumn) else whole(one) for one in columns]
    if end:
        arrays[-1] = pc.binary_join_element_wise(arrays[-1], everywhere_packed(end), everywhere_packed(""))
    apart = everywhere_packed(between)
    some = _CELLS_AT_A_TIME // len(columns) + 1
    for start in range(0, size, some):
        part = slice(start, start + some)
        known: dict[int, Any] = {}  # whole numbers often stand in several columns
        for column, own in zip(columns, arrays, strict=True):
            if not isinstance(column, TextColumn) and id(column) not in known:
                known[id(column)] = own[part].cast(pa.string())
        taken = [
            own.take(whole(column.numbers[part])) if isinstance(column, TextColumn) else known[id(column)]
            for own, column in zip(arrays, columns, strict=True)
        ]
        _validity, offsets, content = pc.binary_join_element_wise(*taken, apart).buffers()
        yield content.slice(0, np.frombuffer(offsets, np.int32)[len(taken[0])]) if content else b""
    del arrays
    let_go()


def pooled(columns: Sequence[TextColumn]) -> tuple[Sequence[str], list[Numbers]]:
    """Return the texts of several columns behind each other, each once, and the numbers of each column in them."""
    together = one_behind_the_other([column.texts for column in columns])
    if isinstance(together, PackedTexts):
        found = together.array.dictionary_encode()
        ends = np.cumsum([len(column.texts) for column in columns])[:-1]
        places = np.split(numbers_in(found.indices, np.int32), ends)
        numbers = [new[column.numbers] for new, column in zip(places, columns, strict=True)]
        return PackedTexts(found.dictionary), numbers
    known: dict[str, int] = {}
    numbers = []
    for column in columns:
        new = np.array([known.setdefault(text, len(known)) for text in column.texts], np.int32)
        numbers.append(new[column.numbers])
    return list(known), numbers


def alike(matrix: Bools | Ints) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return a number for each column, the same for those that are equal, and the first column of each number.

    >>> alike(np.array([[1, 2, 1], [0, 0, 0]]))[0].tolist()
    [0, 1, 0]
    """
    known: dict[bytes, int] = {}
    rows = np.ascontiguousarray(matrix.T)
    numbers = np.array([known.setdefault(row.tobytes(), len(known)) for row in rows], np.intp)
    return numbers, np.unique(numbers, return_index=True)[1]


def by_number(numbers: NDArray[Any]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each different number with the places where it stands."""
    order = np.argsort(numbers, kind="stable")
    starts = np.unique(numbers[order], return_index=True)[1]
    for own in np.split(order, starts[1:]) if len(order) else ():
        yield int(numbers[own[0]]), own
