"""Rows of a text file that are longer or shorter than its header: whether figures may have moved in them."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.places import Log, Where
from ntm_rules.dataset.rows.header_rows import TableHead
from ntm_rules.dataset.rows.passed_rows import PassedRows

EXCEL_BLOCK = 16
"""Excel looks at so many rows at once for columns at the end that are blank in all, and leaves those out of a CSV."""


class RowLengths:
    """Which rows of a table can be read though they have more or fewer cells than there are headings.

    In a sheet every cell has its column. In a text file cells may have moved: a decimal comma without quotes makes a row
    longer, even if only blank cells are left at its end, and a separator lost makes it shorter.
    """

    def __init__(self, head: TableHead, where: Where, passed_rows: PassedRows, log: Log) -> None:
        header = head.header
        figures = [at for columns in header.measures for at in columns[1:4]] if header.shape == "wide" else []
        self._last_figure = max(figures, default=-1)
        self._headings, self._where, self._passed, self._log = len(head.titles), where, passed_rows, log
        self._cut = -1, 0
        """The block of rows that Excel has cut short, and to how many cells."""
        self._told: dict[tuple[str, int], dict[str, int]] = {}
        """(code, number of cells) -> the parameters of the problem that tells of rows of that many."""

    def fits(self, number: int, cells: int, row: Sequence[Cell]) -> bool:
        """Tell whether a row of so many cells can be read; `row` has them brought to the header's width.

        One that cannot is noted, once for all rows of as many cells, unless it reports nothing.
        """
        if not self._where.lines:
            return True
        if cells < self._headings and (cells > self._last_figure or self._cut_by_excel(number, cells)):
            return True
        if not self._passed.numbers(row) and not self._passed.passed(row):
            self._tell("row-too-short" if cells < self._headings else "row-too-long", number, cells)
        return False

    def _tell(self, code: str, number: int, cells: int) -> None:
        counted = self._told.get((code, cells))
        if counted is not None:
            counted["rows"] += 1
            return
        before = len(self._log.problems)
        self._log.add(code, self._where, number, cells=cells, headings=self._headings, rows=1)
        if len(self._log.problems) > before:
            self._told[code, cells] = self._log.problems[-1].parameters

    def _cut_by_excel(self, number: int, cells: int) -> bool:
        """Tell a row of sixteen from the end of which Excel left out the columns that are blank in all of them."""
        block = number // EXCEL_BLOCK
        if number % EXCEL_BLOCK == 0:
            self._cut = block, cells
        return self._cut == (block, cells)
