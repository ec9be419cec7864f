"""The text of a document, with the words that rules quote marked and leading back to the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ntm_rules.i18n import _
from ntm_rules.report.book.layout import BookLayout
from ntm_rules.report.book.source_text import SourceLine
from ntm_rules.report.html.links import Link
from ntm_rules.rulebook.models import Document


@dataclass(frozen=True, slots=True)
class PieceWords:
    """A piece of text, and the rules that quote it."""

    words: Markup
    back: Sequence[Link]


@dataclass(frozen=True, slots=True)
class LineWords:
    """One line of a text."""

    line: SourceLine
    anchor: str
    """Empty where no rule leads to it."""
    pieces: Sequence[PieceWords]
    heading: bool
    """Set apart, and no annex opens with it."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a table together, or other lines together."""

    table: str
    """What the table is called; empty for other lines."""
    head: LineWords | None
    """The row that names the columns."""
    lines: Sequence[LineWords]


@dataclass(frozen=True, slots=True)
class LawTextPage:
    """What the page of a text shows."""

    document: Document
    blocks: Sequence[Block]


def text(layout: BookLayout, document: Document) -> LawTextPage:
    """Return what the page of a text shows."""
    targets = layout.quote_lines(document.id)

    def words(line: SourceLine) -> LineWords:
        anchor = layout.anchors.of("line", f"{document.id}:{line.number}") if line.number in targets else ""
        pieces = [
            PieceWords(layout.marked(document.id, piece), layout.back_links(document.id, line, piece))
            for piece in line.pieces
        ]
        return LineWords(line, anchor, pieces, line.is_heading and not line.opens_annex)

    blocks = []
    for is_row, found in groupby(layout.contents.texts[document.id].lines, key=lambda line: line.is_row):
        lines = list(found)
        named = is_row and len(lines) > 1 and names_columns(lines[0])
        blocks.append(
            Block(
                _("Table, from line {n} of the text", n=lines[0].number) if is_row else "",
                words(lines[0]) if named else None,
                [words(line) for line in (lines[1:] if named else lines)],
            )
        )
    return LawTextPage(document, blocks)


def names_columns(line: SourceLine) -> bool:
    """Tell whether a table's first row names its columns: every cell says something, and the first no number.

    >>> from ntm_rules.report.book.source_text import SourcePiece
    >>> row = lambda *cells: SourceLine(1, tuple(SourcePiece(1, i, cell) for i, cell in enumerate(cells)), "", True)
    >>> names_columns(row("STT", "Nội dung")), names_columns(row("8.1", "Tỷ lệ")), names_columns(row("", "tiếp"))
    (True, False, False)
    """
    return all(piece.text for piece in line.pieces) and not any(c.isdigit() for c in line.pieces[0].text)
