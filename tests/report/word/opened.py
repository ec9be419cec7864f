"""What a Word file holds, as python-docx and its XML show it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from docx import Document
from docx.document import Document as Opened
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table

HEADING = "Heading 1"


def opened(path: Path) -> Opened:
    """Return a file as python-docx sees it; read once for all tests that look at the same bytes."""
    return _opened(path.read_bytes())


@lru_cache(maxsize=12)
def _opened(content: bytes) -> Opened:
    return Document(io.BytesIO(content))


def headings(document: Opened, style: str = HEADING) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == style]


def under(document: Opened, heading: str) -> list[str]:
    """Return the paragraphs below a heading of the first level, up to the next."""
    found, inside = [], False
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == HEADING:
            inside = paragraph.text == heading
        elif inside:
            found.append(paragraph.text.replace("\N{NO-BREAK SPACE}", " "))
    assert found, heading
    return found


def cells(table: Table) -> list[list[str]]:
    """Return the texts of a table's rows; merged cells once for each column and row they cover."""
    rows: list[list[str]] = []
    for tr in table._tbl.iterchildren(qn("w:tr")):
        row: list[str] = []
        for tc in tr.iterchildren(qn("w:tc")):
            properties = tc.find(qn("w:tcPr"))
            merged = properties.find(qn("w:vMerge"))
            span = properties.find(qn("w:gridSpan"))
            below = merged is not None and merged.get(qn("w:val")) != "restart"
            paragraphs = [
                "".join(map(_said, p.iter(qn("w:t"), qn("w:noBreakHyphen")))) for p in tc.iterchildren(qn("w:p"))
            ]
            text = rows[-1][len(row)] if below else "\n".join(paragraphs)
            row += [text] * (int(span.get(qn("w:val"))) if span is not None else 1)
        rows.append(row)
    return rows


def _said(element: BaseOxmlElement) -> str:
    """Return a run's text without the marks where a line may or may not break."""
    return "-" if element.tag == qn("w:noBreakHyphen") else (element.text or "").replace("\N{ZERO WIDTH SPACE}", "")


def footnotes(path: Path) -> list[str]:
    """Return the texts of the footnotes that people wrote, in their order."""
    root = parse_xml(part(path, "word/footnotes.xml").encode())
    found = ["".join(t.text or "" for t in note.iter(qn("w:t"))) for note in root]
    return [text.strip() for text in found if text.strip()]


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
