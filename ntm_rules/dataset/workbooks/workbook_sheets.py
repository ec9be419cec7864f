"""A workbook opened: its sheets, each as rows of cells with everything that the cells' values alone do not tell.

A sheet as spreadsheet programs write it is read row by row from its bytes, any other element by element from its XML.
"""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.dataset.files.harmless import check_harmless
from ntm_rules.dataset.places import Grid, Where
from ntm_rules.dataset.workbooks.cell_styles import styles_of
from ntm_rules.dataset.workbooks.cell_values import Seen, WorkbookContext
from ntm_rules.dataset.workbooks.package_parts import PackageParts, SheetPart, parts_of
from ntm_rules.dataset.workbooks.plain_sheets import plain_cells, without_bare_rows
from ntm_rules.dataset.workbooks.rich_text import shared_texts
from ntm_rules.dataset.workbooks.sheet_cells import cells_of
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
        styles = styles_of(self._package, self._parts.styles)
        seen = _seen_under(self._package.known_by(self._parts.styles or ""), self._parts)
        self._context = WorkbookContext(styles, (), self._parts.from_1904, self._parts.calculated, seen)
        self._texts_read = False

    @property
    def sheets(self) -> Sequence[SheetPart]:
        """The sheets, in the order of their tabs."""
        return self._parts.sheets

    def grid(self, index: int, where: Where) -> Grid:
        """Return a sheet's cells; blank cells are empty text.

        Raises:
            FileRefused: the sheet is damaged, or spans more cells than can be held.
        """
        sheet = without_bare_rows(self._package.read(self.sheets[index].part))
        self._read_texts()
        cells = plain_cells(sheet, self._context)
        if cells is None:
            cells = cells_of(sheet, self._context)
        return Grid(where, cells.rows, cells.merged, hidden=cells.hidden)

    def _read_texts(self) -> None:
        """Read the texts that the sheets share, when the first sheet is asked for."""
        if not self._texts_read:
            part = self._parts.strings
            strings = self._package.read(part) if part is not None and part in self._package else b""
            self._context.texts = shared_texts(strings) if strings else ()
            self._texts_read = True


_seen: dict[tuple[tuple[bytes, int], bool, bool], Seen] = {}
_MOST_SEEN = 4
"""Of workbooks of so many kinds it is remembered what stood in them."""


def _seen_under(styles: tuple[bytes, int], parts: PackageParts) -> Seen:
    """Return what was seen in workbooks whose cells mean the same: by part of styles, days and formulas."""
    key = styles, parts.from_1904, parts.calculated
    if key not in _seen and len(_seen) >= _MOST_SEEN:
        _seen.clear()
    return _seen.setdefault(key, Seen())
