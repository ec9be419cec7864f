"""A workbook opened: its sheets, each as rows of cells with everything that the cells' values alone do not tell.

Values come through calamine where workbook and sheet are as spreadsheet programs write them, else from the sheet's XML.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ntm_rules.dataset.files.harmless import check_harmless
from ntm_rules.dataset.places import Grid, Where
from ntm_rules.dataset.workbooks.cell_styles import Styles, styles_of
from ntm_rules.dataset.workbooks.cell_values import Context
from ntm_rules.dataset.workbooks.package_parts import SheetPart, parts_of
from ntm_rules.dataset.workbooks.rich_text import has_looks, shared_texts
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
from ntm_rules.dataset.workbooks.sheet_marks import Marks, mark, marks_of, without_bare_rows
from ntm_rules.dataset.workbooks.workbook_safety import Package


class Workbook:
    """A workbook whose sheets are read one by one."""

    def __init__(self, data: bytes) -> None:
        """Open a workbook.

        Raises:
            FileRefused: it cannot or must not be read.
        """
        self._package = Package(data)
        check_harmless(self._package)
        self._package.refuse_declarations()
        self._parts = parts_of(self._package)
        self._styles: Styles = styles_of(self._package, self._parts.styles)
        self._texts: list[str] | None = None
        self._dressed: bool | None = None
        """Whether shared texts may have looks that change what they say; None before anybody has looked."""
        self._calamine = (
            _opened(self._package.content(), self.sheets) if self._parts.usual and self._styles.usual else None
        )

    @property
    def sheets(self) -> Sequence[SheetPart]:
        """The sheets, in the order of their tabs."""
        return self._parts.sheets

    def grid(self, index: int, where: Where) -> Grid:
        """Return a sheet's cells; blank cells are empty text.

        Raises:
            FileRefused: the sheet is damaged, or spans more cells than can be held.
        """
        whole = self._package.read(self.sheets[index].part)
        sheet = without_bare_rows(whole)
        if self._calamine is not None and len(sheet) * 2 > len(whole):
            marks = marks_of(sheet, self._context(every_text=False))
            if marks is not None:
                grid = _library_grid(self._calamine, index, marks, where)
                if grid is not None:
                    return grid
        cells = cells_of(sheet, self._context(every_text=True))
        return Grid(where, cells.rows, cells.merged, hidden=cells.hidden)

    def _context(self, *, every_text: bool) -> Context:
        """Return what cells refer to; the texts that sheets share only where they matter."""
        if self._texts is None and (every_text or self._dressed is not False):
            part = self._parts.strings
            strings = self._package.read(part) if part is not None and part in self._package else b""
            self._dressed = has_looks(strings)
            if strings and (every_text or self._dressed):
                self._texts = shared_texts(strings)
        return Context(self._styles, self._texts or (), self._parts.from_1904, self._parts.calculated)


def _opened(data: bytes, sheets: Sequence[SheetPart]) -> CalamineWorkbook | None:
    """Return a workbook opened by the library; None where it cannot, or sees other sheets than there are."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return workbook if workbook.sheet_names == [sheet.name for sheet in sheets] else None
    except BaseException as error:
        if not _is_about_the_file(error):
            raise
        return None


def _library_grid(workbook: CalamineWorkbook, index: int, marks: Marks, where: Where) -> Grid | None:
    """Return a plain sheet's cells; None where one of them is more than the library knows."""
    try:
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[Any]] = sheet.to_python()
        first_row, first_column = sheet.start or (0, 0)
        merged = sheet.merged_cell_ranges if marks.merged else None
    except BaseException as error:
        if not _is_about_the_file(error):
            raise
        return None
    if marks.broken and (first_row or first_column):
        rows = [[""] * first_column + row for row in rows]
        rows = [[] for _ in range(first_row)] + rows
        first_row = first_column = 0
    mark(rows, marks, first_row, first_column)
    if first_column:
        rows = [[""] * first_column + row for row in rows]
    return Grid(where, list(enumerate(rows, first_row)), merged or (), hidden=marks.hidden)


def _is_about_the_file(error: BaseException) -> bool:
    """Tell whether calamine, or its Rust code, gave up on a file, which is then read without it."""
    return isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException"
