"""Workbooks open in another program than the one that wrote them, to be filled in and saved again."""

from __future__ import annotations

import io
import pickle
from functools import lru_cache

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.merge import MergedCellRange


def opened(data: bytes) -> Workbook:
    """Return a workbook of one's own, read by openpyxl.

    It is read once and thawed again for whoever opens the same bytes: a tenth of the time of reading it.
    """
    book: Workbook = pickle.loads(_frozen(data))
    return book


_LOOKS = ("_fonts", "_fills", "_borders", "_alignments", "_protections", "_number_formats")
"""What the cells of a workbook name by its place."""


def _only_its_cells(merged: MergedCellRange) -> None:
    """Make the cells of a merged range, without the borders around them: half the time of reading a form."""
    for place in merged.cells:
        if place not in merged.ws._cells:
            merged.ws._cells[place] = MergedCell(merged.ws, *place)


@lru_cache(maxsize=8)
def _frozen(data: bytes) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MergedCellRange, "format", _only_its_cells)
        book = openpyxl.load_workbook(io.BytesIO(data))
    frozen = pickle.dumps(book)
    thawed = pickle.loads(frozen)
    assert all(list(getattr(thawed, looks)) == list(getattr(book, looks)) for looks in _LOOKS)
    return frozen
