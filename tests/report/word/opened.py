"""What a Word file holds, as python-docx and its XML show it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.table import Table

HEADING = "Heading 1"


def opened(path: Path) -> Opened:
    return Document(str(path))


def headings(document: Opened, style: str = HEADING) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def under(document: Opened, heading: str) -> list[str]:
    """Return the paragraphs below a heading of the first level, up to the next."""
    found, inside = [], False
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == HEADING:
            inside = paragraph.text == heading
        elif inside:
            found.append(paragraph.text)
    assert found, heading
    return found


def cells(table: Table) -> list[list[str]]:
    """Return the texts of a table's rows; merged cells once for each column they cover."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def table_titled(document: Opened, title: str) -> Table:
    """Return the table with this description for those who do not see it."""
    found = [t for t in document.tables if title in t._tbl.xml.partition("</w:tblPr>")[0]]
    assert len(found) == 1, (title, len(found))
    return found[0]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def body_of(rows: Sequence[Sequence[str]], heads: int) -> list[list[str]]:
    return [list(row) for row in rows[heads:]]
