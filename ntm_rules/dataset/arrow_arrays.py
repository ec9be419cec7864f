"""The memory of Arrow arrays as numpy arrays. Arrow's own conversion does the same, and imports pandas for it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def present(array: Any) -> NDArray[np.bool_]:
    """Return where an array has a value.

    >>> import pyarrow as pa
    >>> present(pa.array([1, None, 3])[1:]).tolist()
    [False, True]
    """
    bits = array.buffers()[0]
    return np.ones(len(array), np.bool_) if bits is None or not array.null_count else _bits(bits, array)


def numbers(array: Any) -> NDArray[Any]:
    """Return the values of an array of numbers; where there is none, whatever stands in its memory.

    >>> import pyarrow as pa
    >>> numbers(pa.array([1.5, 2.5, 3.5])[1:]).tolist()
    [2.5, 3.5]
    """
    kind = np.dtype(array.type.to_pandas_dtype())
    buffer = array.buffers()[1]
    if buffer is None:
        return np.zeros(len(array), kind)
    return np.frombuffer(buffer, kind, len(array), array.offset * kind.itemsize)


def _bits(buffer: Any, array: Any) -> NDArray[np.bool_]:
    bits = np.unpackbits(np.frombuffer(buffer, np.uint8), count=array.offset + len(array), bitorder="little")
    return bits[array.offset :].view(np.bool_)
