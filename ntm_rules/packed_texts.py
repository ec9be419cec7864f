"""Many different texts as Arrow has them: a byte a letter where Python takes two, and no object each.

Arrow's own `array` and `scalar`, and the latter for every bare value that one of its functions is given, import pandas.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)
_AT_A_TIME = 1 << 12


class PackedTexts(Sequence[str]):
    """Texts that become Python's when somebody looks at them."""

    __slots__ = ("array",)

    def __init__(self, array: Any) -> None:
        """Take an Arrow array of texts without nulls."""
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> PackedTexts: ...
    def __getitem__(self, at: int | slice) -> str | PackedTexts:
        if isinstance(at, slice):
            return PackedTexts(self.array[at])
        text: str = self.array[at].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        """Yield each, some thousands made at a time."""
        for start in range(0, len(self.array), _AT_A_TIME):
            yield from self.array.slice(start, _AT_A_TIME).to_pylist()


def packed(texts: Sequence[str]) -> Any:
    """Return texts as an Arrow array."""
    if isinstance(texts, PackedTexts):
        return texts.array
    from pyarrow.lib import StringBuilder  # Arrow takes a moment to import

    builder = StringBuilder()
    builder.append_values(texts)
    return builder.finish()


def everywhere_packed(text: str) -> Any:
    """Return one text as Arrow takes it for every row."""
    return packed([text])[0]


def whole(numbers: NDArray[np.int32] | NDArray[np.int64], there: NDArray[np.bool_] | None = None) -> Any:
    """Return whole numbers of 32 or 64 bits as an Arrow array, null but `there`."""
    import pyarrow as pa

    kind = pa.int32() if numbers.dtype == np.int32 else pa.int64()
    buffers = [None if there is None or there.all() else _bits(there), pa.py_buffer(np.ascontiguousarray(numbers))]
    return pa.Array.from_buffers(kind, len(numbers), buffers)


def truths(values: NDArray[np.bool_]) -> Any:
    """Return truths as an Arrow array."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def _bits(values: NDArray[np.bool_]) -> Any:
    import pyarrow as pa

    return pa.py_buffer(np.packbits(values, bitorder="little"))


def are(texts: Sequence[str], text: str) -> NDArray[np.bool_]:
    """Tell which of some texts are one."""
    import pyarrow.compute as pc

    return bools(pc.equal(packed(texts), everywhere_packed(text)))


def chosen(texts: Sequence[str], which: NDArray[np.bool_]) -> Sequence[str]:
    """Return some of the texts, packed where all are."""
    if isinstance(texts, PackedTexts):
        return PackedTexts(texts.array.filter(truths(which)))
    return list(itertools.compress(texts, which.tolist()))


def those_at(texts: Sequence[str], places: NDArray[np.intp]) -> Sequence[str]:
    """Return the texts at some places, packed where all are."""
    if isinstance(texts, PackedTexts):
        return PackedTexts(texts.array.take(whole(places.astype(np.int64))))
    return [texts[place] for place in places.tolist()]


def lines_of(texts: PackedTexts, width: int) -> NDArray[np.int64]:
    """Return how many lines each text takes, of which the last line alone may be longer than `width`."""
    import pyarrow.compute as pc

    breaks = numbers(pc.count_substring(texts.array, "\n"), np.int32)
    last = pc.replace_substring_regex(texts.array, r"(?s)^.*\n", "") if breaks.any() else texts.array
    return -(-numbers(pc.utf8_length(last), np.int32).astype(np.int64) // width) + breaks


def bools(truths: Any) -> NDArray[np.bool_]:
    """Return an Arrow array of truths without nulls as one of numpy."""
    return numbers(truths.cast("uint8"), np.bool_)


def numbers(array: Any, kind: type[Kind]) -> NDArray[Kind]:
    """Return an Arrow array without nulls as one of numpy."""
    memory = array.buffers()[1] if len(array) else None
    size = np.dtype(kind).itemsize
    return np.zeros(0, kind) if memory is None else np.frombuffer(memory, kind, len(array), array.offset * size)


def one_behind_the_other(parts: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return all texts in one sequence, packed where some of them are."""
    if not any(isinstance(part, PackedTexts) for part in parts):
        return list(itertools.chain.from_iterable(parts))
    import pyarrow as pa

    return PackedTexts(pa.concat_arrays([packed(part) for part in parts]))


def let_go() -> None:
    """Give memory that Arrow holds for nothing back to the system; nothing where Arrow was never used."""
    arrow = sys.modules.get("pyarrow")
    if arrow is not None:
        arrow.default_memory_pool().release_unused()
