"""One column of a table: its cells as they are, as numbers where all are typed so, or each different one once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.arrow_arrays import numbers, present
from ntm_rules.dataset.cells.numbers import Cell

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int32]
BLANK = -1
"""Instead of the number of a cell's text: there is none."""
_EXACT = 2**53
"""Whole numbers below this are floats of the same value."""
_MANY, _SAMPLE, _FEW = 4096, 256, 8
"""Of a column of so many texts a sample is looked at: a few different words may be all that there are."""


class CellColumn:
    """One column of a batch of rows."""

    def __init__(self, cells: Any, convert: Callable[[Any], Sequence[Cell]] | None = None) -> None:
        """Take a list of cells, or an Arrow array and how its cells are made."""
        self._raw, self._convert = cells, convert

    def __len__(self) -> int:
        return len(self._raw)

    def some(self, rows: NDArray[np.intp]) -> CellColumn:
        """Return the column of some rows."""
        if self._convert is None:
            return CellColumn([self._raw[at] for at in rows.tolist()])
        return CellColumn(self._raw.take(rows), self._convert)

    @cached_property
    def cells(self) -> Sequence[Cell]:
        """Every cell; a blank one is the empty text."""
        cells: Sequence[Cell] = self._raw if self._convert is None else self._convert(self._raw)
        return cells

    @cached_property
    def blank(self) -> Bools:
        """Where nothing stands."""
        if self._typed:
            return ~present(self._raw)
        return np.equal(self.codes, BLANK)

    @cached_property
    def _typed(self) -> bool:
        """Whether all cells are numbers by their type."""
        if self._convert is None:
            return False
        import pyarrow as pa

        kind = self._raw.type
        return bool(pa.types.is_integer(kind) or pa.types.is_float64(kind))

    @cached_property
    def numbers(self) -> Floats | None:
        """The numbers, exactly, with NaN where there is none; None where the column holds other things too."""
        if not self._typed:
            return self._figures
        import pyarrow as pa

        found = numbers(self._raw)
        there = ~self.blank
        if not pa.types.is_floating(self._raw.type) and (np.abs(found[there].astype(np.float64)) >= _EXACT).any():
            return None
        return found if there.all() and found.dtype == np.float64 else np.where(there, found, np.nan)

    @cached_property
    def _figures(self) -> Floats | None:
        """The numbers of a column of texts, where most are plain figures: no sign, no mark, no zero before them."""
        texts = self._texts
        if texts is None:
            return None
        import pyarrow as pa
        import pyarrow.compute as pc

        plain = pc.match_substring_regex(texts, "^(0|[1-9][0-9]{0,8})$")
        where = np.equal(plain.to_numpy(zero_copy_only=False), True)
        if not where.any():
            return None
        numbers = np.full(len(texts), np.nan)
        numbers[where] = texts.filter(plain).cast(pa.int64()).to_numpy()
        return numbers

    @cached_property
    def _texts(self) -> Any:
        """The column as an Arrow array of texts; None where it holds anything else."""
        import pyarrow as pa

        if self._convert is None:
            return pa.array(self._raw, pa.string()) if all(cell.__class__ is str for cell in self._raw) else None
        return self._raw if pa.types.is_string(self._raw.type) or pa.types.is_large_string(self._raw.type) else None

    @cached_property
    def _encoded(self) -> tuple[Codes, list[Cell]]:
        import pyarrow as pa

        array = self._texts if self._convert is None else self._raw
        if array is None:
            return self._told_apart()
        try:
            indices, words = _few_words(array) or _words(array)
        except pa.ArrowNotImplementedError:
            return self._told_apart()
        uniques: list[Cell] = words.to_pylist() if self._convert is None else list(self._convert(words))
        codes: Codes = numbers(indices.cast(pa.int32()).fill_null(BLANK))
        blank = [at for at, cell in enumerate(uniques) if cell.__class__ is str and cell == ""]
        if blank:
            codes = np.where(np.isin(codes, blank), np.int32(BLANK), codes)
        return codes, uniques

    def _told_apart(self) -> tuple[Codes, list[Cell]]:
        numbers: dict[tuple[type, Cell], int] = {}
        uniques: list[Cell] = []
        codes = np.empty(len(self), np.int32)
        for at, cell in enumerate(self.cells):
            if cell.__class__ is str and cell == "":
                codes[at] = BLANK
                continue
            known = numbers.setdefault((cell.__class__, cell), len(uniques))
            if known == len(uniques):
                uniques.append(cell)
            codes[at] = known
        return codes, uniques

    def cell(self, row: int) -> Cell:
        """Return one cell."""
        code = self.codes[row]
        return "" if code == BLANK else self.uniques[code]

    @property
    def codes(self) -> Codes:
        """The number of each cell among `uniques`; `BLANK` where nothing stands."""
        return self._encoded[0]

    @property
    def uniques(self) -> list[Cell]:
        """The different cells, told apart by type and value."""
        return self._encoded[1]


def _words(array: Any) -> tuple[Any, Any]:
    """Return the number of each value of an Arrow array, and its different values in the order of their numbers."""
    import pyarrow as pa

    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    return encoded.indices, encoded.dictionary


def _few_words(array: Any) -> tuple[Any, Any] | None:
    """Return what `_words` does, in another order and less time, for texts that all stand in a sample; None for others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(array) < _MANY or not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return None
    words = array.take(pa.array(np.arange(0, len(array), len(array) // _SAMPLE))).dictionary_encode().dictionary
    if len(words) > _FEW:
        return None
    indices = pc.index_in(array, value_set=words)
    return (indices, words) if indices.null_count == array.null_count else None


class NoColumn(CellColumn):
    """A column that a table has not: blank in every row."""

    def __init__(self, rows: int) -> None:
        super().__init__([])
        self._rows = rows

    def __len__(self) -> int:
        return self._rows

    def some(self, rows: NDArray[np.intp]) -> CellColumn:
        """Return as many blank cells."""
        return NoColumn(len(rows))

    @cached_property
    def cells(self) -> Sequence[Cell]:
        """Nothing but blank cells."""
        return [""] * self._rows

    @cached_property
    def blank(self) -> Bools:
        """Every place."""
        return np.ones(self._rows, np.bool_)

    @cached_property
    def numbers(self) -> Floats | None:
        """No number anywhere."""
        return np.full(self._rows, np.nan)

    @cached_property
    def _encoded(self) -> tuple[Codes, list[Cell]]:
        return np.full(self._rows, BLANK, np.int32), []
