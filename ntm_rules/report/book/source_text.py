"""The text of a document that the set carries: its lines and tables, and where a rule's words stand in it.

Nothing here knows a document: a line with tabs is a row of a table, a line that opens with "Phụ lục" and a number
opens an annex, and words are found by themselves, white space aside, in the row and annex that the rule names.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm_rules.rulebook.typesetting import PAGE_BREAK

_ANNEX = re.compile(r"\W*(?:phụ lục|annex)\s+([IVXLC]+|\d+|[A-Z])\b", re.IGNORECASE)
_HEADING = re.compile(r"(?:[IVXLC]+|[A-Z])\.\s|(?:Phần|Chương|Mục|Điều)\s+[IVXLC\d]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """A stretch of text that is laid out as one: a line outside tables, or a cell of a row."""

    line: int
    """Number of its line in the file, from 1."""
    cell: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the document."""

    number: int
    pieces: tuple[SourcePiece, ...]
    annex: str
    """The annex it stands in ("III"); empty in the main part."""
    is_row: bool
    opens_annex: bool = False
    is_heading: bool = False

    @property
    def row(self) -> str:
        """What numbers this row of a table; empty for a row that goes on from the page before."""
        return self.pieces[0].text.rstrip(".)") if self.is_row else ""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Characters of a piece that a rule quotes."""

    line: int
    cell: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Where a rule's words stand: the line to go to, and the words themselves where they were found."""

    line: int
    spans: tuple[QuotedSpan, ...] = ()


class SourceText:
    """A document's text, ready to be searched and shown.

    >>> text = SourceText("Phụ lục I\\nSTT\\tNội dung\\n1\\tCó quy  hoạch\\nPhụ lục II\\n1\\tCó điện\\n")
    >>> text.find("Có quy hoạch", annex="I", row="1")
    QuotedPlace(line=3, spans=(QuotedSpan(line=3, cell=1, start=0, end=12),))
    >>> text.find("Có nước", annex="I", row="9") is None
    True
    """

    def __init__(self, text: str) -> None:
        self.lines = tuple(_lines(unicodedata.normalize("NFC", text)))

    def find(self, words: str = "", *, annex: str | None = None, row: str | None = None) -> QuotedPlace | None:
        """Return where words stand; None when they are not found or could be at several places.

        A row named is looked up in its annex; words alone must stand once. Words split over two
        pages (⏎) are found part by part. A row without the words found in it is a place without spans.
        """
        parts = [" ".join(unicodedata.normalize("NFC", part).split()) for part in words.split(PAGE_BREAK)]
        parts = [part for part in parts if part]
        rows = [line.number for line in self._in_annex(annex) if row and _numbered(line, row.rstrip(".)"))]
        found = [spans for spans in self._occurrences(parts) if not rows or spans[0].line in rows] if parts else []
        if annex and self._has_annex(annex):
            within = {line.number for line in self._in_annex(annex)}
            found = [spans for spans in found if spans[0].line in within]
        if len({spans[0].line for spans in found}) == 1:
            return QuotedPlace(found[0][0].line, found[0])
        return QuotedPlace(rows[0]) if len(rows) == 1 else None

    def _has_annex(self, annex: str) -> bool:
        return any(line.annex == annex.upper() for line in self.lines)

    def _in_annex(self, annex: str | None) -> Iterator[SourceLine]:
        known = annex is not None and self._has_annex(annex)
        return (line for line in self.lines if not known or line.annex == (annex or "").upper())

    def _occurrences(self, parts: Sequence[str]) -> Iterator[tuple[QuotedSpan, ...]]:
        """Yield the spans of every place where the first part stands and the others come after it."""
        for spans in self._stands(parts[0]):
            whole = spans
            for part in parts[1:]:
                later = next((found for found in self._stands(part) if found[0].line > whole[-1].line), None)
                if later is None:
                    break
                whole += later
            else:
                yield whole

    def _stands(self, words: str) -> Iterator[tuple[QuotedSpan, ...]]:
        for run in self._runs:
            at = run.text.find(words)
            while at >= 0:
                yield tuple(run.spans(at, at + len(words)))
                at = run.text.find(words, at + 1)

    @cached_property
    def _runs(self) -> tuple[_Run, ...]:
        """Pieces that words may run through: each cell alone, lines outside tables one after the other."""
        runs: list[_Run] = []
        flowing: list[SourcePiece] = []
        for line in self.lines:
            if not line.is_row:
                flowing += line.pieces
                continue
            if flowing:
                runs.append(_Run(flowing))
                flowing = []
            runs += [_Run([piece]) for piece in line.pieces if piece.text]
        return (*runs, _Run(flowing)) if flowing else tuple(runs)


class _Run:
    """Pieces joined by single spaces."""

    def __init__(self, pieces: Sequence[SourcePiece]) -> None:
        self.pieces = tuple(pieces)
        self.text = " ".join(piece.text for piece in pieces)
        self._starts = [0]
        for piece in pieces[:-1]:
            self._starts.append(self._starts[-1] + len(piece.text) + 1)

    def spans(self, start: int, end: int) -> Iterator[QuotedSpan]:
        index = bisect_right(self._starts, start) - 1
        while index < len(self.pieces) and self._starts[index] < end:
            piece, at = self.pieces[index], self._starts[index]
            first, last = max(start - at, 0), min(end - at, len(piece.text))
            if first < last:
                yield QuotedSpan(piece.line, piece.cell, first, last)
            index += 1


def _lines(text: str) -> Iterator[SourceLine]:
    annex = ""
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        is_row = "\t" in raw
        cells = raw.split("\t") if is_row else [raw]
        pieces = tuple(SourcePiece(number, i, " ".join(cell.split())) for i, cell in enumerate(cells))
        opens = None if is_row else _ANNEX.match(pieces[0].text)
        if opens and re.match(r"\s*[,;)]", pieces[0].text[opens.end() :]):
            opens = None
        if opens:
            annex = opens[1].upper()
        heading = not is_row and bool(_HEADING.match(pieces[0].text) or _is_capitals(pieces[0].text))
        yield SourceLine(number, pieces, annex, is_row, bool(opens), heading)


def _is_capitals(words: str) -> bool:
    return words.isupper() and len(words) <= 120


def _numbered(line: SourceLine, row: str) -> bool:
    if line.is_row:
        return line.row == row
    opening, rest = line.pieces[0].text[: len(row)], line.pieces[0].text[len(row) :]
    return opening == row and bool(re.match(r"[.)]?(?:\s|$)", rest))
