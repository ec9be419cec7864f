"""The form of the real set and of the small one, and filling in their cells as an officer does."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.forms.decision.workbook import form
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.pending import pending_places
from tests.rulebook.tiny import Tiny, with_a_pending_grade
from tests.workbooks import opened

HEAD = {
    "number": "99/QĐ-UBND",
    "date": "15/8/2026",
    "issuer": "UBND tỉnh A",
    "title": "Ban hành Bộ tiêu chí",
    "from": "01/09/2026",
}
"""An invented document, as an officer types it."""


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """A complete and correct criteria set in a folder, with a pending grade and a pending standard."""
    return with_a_pending_grade(tmp_path / "tiny")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> LoadedSet:
    """The same set, loaded once."""
    return with_a_pending_grade(tmp_path_factory.mktemp("small")).load()


@pytest.fixture(scope="session")
def small_form(small: LoadedSet) -> bytes:
    """The small set's form, empty."""
    return form(small, pending_places(small))


@pytest.fixture(scope="session")
def blank_form(loaded: LoadedSet) -> bytes:
    """The real set's form, empty."""
    return form(loaded, pending_places(loaded))


Cells = Mapping[str, Any]
"""`1.1.b` or `1.1.b/nhom-1`, `/article`, `/note` of the targets; a field of the document; `group:CODE`, `source:CODE`."""


class Sheets:
    """An open form whose cells are found by their keys."""

    def __init__(self, data: bytes) -> None:
        self.book = opened(data)

    def sheet(self, key: str) -> Any:
        return next(s for s in self.book if any(c.value == key for row in s.iter_rows(max_row=10) for c in row))

    def column(self, sheet: Any, key: str) -> int:
        return int(next(c.column for row in sheet.iter_rows(max_row=10) for c in row if c.value == key))

    def row(self, sheet: Any, key: str, value: str) -> int:
        column = self.column(sheet, key)
        return int(next(row[column - 1].row for row in sheet.iter_rows() if row[column - 1].value == value))

    def cell(self, name: str) -> Any:
        if name.startswith(("group:", "source:")):
            what, _, code = name.partition(":")
            sheet = self.sheet("ntm:code")
            return sheet.cell(self.row(sheet, "ntm:code", code), self.column(sheet, f"ntm:{what}"))
        if name in HEAD or name in ("title_en", "promulgated", "to", "illustrative"):
            sheet = self.sheet("ntm:field")
            return sheet.cell(self.row(sheet, "ntm:field", f"ntm:{name}"), self.column(sheet, "ntm:entry"))
        id_, _, part = name.partition("/")
        key = f"ntm:{part}" if part in ("article", "note", "id", "text") else f"ntm:group:{part}"
        sheet = self.sheet("ntm:id")
        return sheet.cell(self.row(sheet, "ntm:id", id_), self.column(sheet, key if part else "ntm:everywhere"))

    def fill(self, cells: Cells) -> Sheets:
        for name, value in cells.items():
            self.cell(name).value = value
        return self

    def data(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


Fill = Callable[..., bytes]


@pytest.fixture(scope="session")
def fill(blank_form: bytes) -> Fill:
    """Fill in cells of the real set's form, the document's among them unless told otherwise."""

    def filled(cells: Cells, *, head: Cells = HEAD) -> bytes:
        return Sheets(blank_form).fill({**head, **cells}).data()

    return filled
