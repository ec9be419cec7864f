"""The text of a document that a set carries: its tables by annex and row, its prose, and what differs from it.

Nothing here knows a document: a line with tabs is a row of a table, its first cell the row's label; a row
without a label goes on from the page before; a line that opens with "Phụ lục" and a number opens an annex.
"""

from __future__ import annotations

import re
import unicodedata

from ntm_rules.rulebook.typesetting import PAGE_BREAK, in_characters

_ANNEX = re.compile(r"\W*(?:phụ lục|annex)\s+([IVXLC]+|\d+|[A-Z])\b", re.IGNORECASE)
_LABEL = re.compile(r"[\w.-]{1,12}")
BREAK = f" {PAGE_BREAK} "
OMISSION = " … "
"""Stands in a part's words where words of the row are left out."""
AROUND = 20
"""Characters shown on each side of a difference."""


class PrintedSource:
    """A document's text, ready to be asked for the words of a row.

    >>> text = PrintedSource("Phụ lục I\\nTT\\tNội dung\\n1\\tCó quy\\n\\nTT\\tNội dung\\n\\thoạch\\n2.\\tCó điện\\n")
    >>> text.row("I", "1"), text.row("I", "2"), text.row("I", "3")
    (('Có quy ⏎ hoạch',), ('Có điện',), None)
    """

    def __init__(self, text: str) -> None:
        self.prose = squeezed(text)
        self._rows: dict[str, dict[str, list[str]]] = {}
        annex, last = "", None
        for line in unicodedata.normalize("NFC", text).splitlines():
            if "\t" not in line:
                opened = _ANNEX.match(line)
                if opened:
                    annex, last = opened.group(1).upper(), None
                continue
            label, *cells = (squeezed(cell) for cell in line.split("\t"))
            label = label.rstrip(".)")
            if not label and last is not None:
                for i, cell in enumerate(cells[: len(last)]):
                    last[i] = BREAK.join(filter(None, (last[i], cell)))
            elif any(c.isdigit() for c in label) and _LABEL.fullmatch(label):
                last = self._rows.setdefault(annex, {}).setdefault(label, [])
                last[:] = last or cells

    def has_annex(self, annex: str | None) -> bool:
        """Tell whether a table stands in an annex; without one named, whether any table does."""
        return annex.upper() in self._rows if annex else bool(self._rows)

    def labels(self, annex: str) -> list[str]:
        """Return the labels of an annex's rows, in order."""
        return list(self._rows.get(annex.upper(), {}))

    def row(self, annex: str | None, label: str) -> tuple[str, ...] | None:
        """Return the cells of a row after its label, page breaks as ⏎; None when it does not exist or is not alone."""
        annexes = [annex.upper()] if annex else list(self._rows)
        found = [cells for a in annexes if (cells := self._rows.get(a, {}).get(label.rstrip(".)"))) is not None]
        return tuple(found[0]) if len(found) == 1 else None


def squeezed(text: str) -> str:
    """Return a text in NFC with every stretch of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def evident(text: str) -> str:
    """Return a text as it is plainly meant: page breaks joined, signs of typesetting as characters, case aside.

    >>> evident(r"đạt $\\geq 80\\%$; Tỷ ⏎ lệ")
    'đạt ≥ 80%; tỷ lệ'
    """
    text = in_characters(text).replace(">=", "≥").replace("<=", "≤").replace(PAGE_BREAK, " ")
    return squeezed(text.replace("“", '"').replace("”", '"')).casefold()


def first_difference(original: str, text: str) -> tuple[str, str]:
    """Return the words around the first place at which two texts part: as printed, as written.

    >>> first_difference("đạt chuẩn 80%", "đạt chuẩn 90%")
    ('đạt chuẩn 80%', 'đạt chuẩn 90%')
    """
    same = 0
    while same < min(len(original), len(text)) and original[same] == text[same]:
        same += 1
    return _around(original, same), _around(text, same)


def _around(text: str, place: int) -> str:
    start, end = max(0, place - AROUND), place + AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
