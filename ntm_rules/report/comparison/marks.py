"""Two texts side by side, the words that differ marked so that they show without colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_PIECES = re.compile(r"\s+|[0-9]+(?:[.,][0-9]+)*|\w+|[^\s\w]")
"""Numbers, words, single signs and runs of spaces, so that a comma that goes is marked alone."""
ALIKE = 0.4
"""Texts less alike than this are two texts; marking their few common words would only confuse."""


class MarkedPiece(NamedTuple):
    """A stretch of a text, and whether the other text has something else there."""

    text: str
    changed: bool


def marked(before: str, after: str) -> tuple[list[MarkedPiece], list[MarkedPiece]]:
    """Return both texts cut into stretches; put together they are the texts again.

    >>> [piece.text for piece in marked("đạt ≥ 80%", "đạt ≥ 85%")[1] if piece.changed]
    ['85']
    """
    one, other = _PIECES.findall(before), _PIECES.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _whole(before), _whole(after)
    left: list[MarkedPiece] = []
    right: list[MarkedPiece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        for side, pieces in ((left, one[a:b]), (right, other[c:d])):
            if pieces:
                side.append(MarkedPiece("".join(pieces), kind != "equal"))
    return _joined(left), _joined(right)


def _whole(text: str) -> list[MarkedPiece]:
    return [MarkedPiece(text, changed=True)] if text else []


def _joined(pieces: list[MarkedPiece]) -> list[MarkedPiece]:
    """Join changed stretches that only spaces part."""
    found: list[MarkedPiece] = []
    for piece in pieces:
        between = len(found) > 1 and found[-2].changed and not found[-1].text.strip()
        if piece.changed and between:
            found[-2:] = [MarkedPiece(found[-2].text + found[-1].text + piece.text, changed=True)]
        else:
            found.append(piece)
    return found


def shown(pieces: Sequence[MarkedPiece], marks: tuple[str, str]) -> str:
    """Return a text with its changed stretches between two marks; spaces at their ends stay outside."""
    start, end = marks
    found = []
    for piece in pieces:
        words = piece.text.strip()
        marked_words = f"{start}{words}{end}" if piece.changed and words else words
        found.append(piece.text.replace(words, marked_words, 1) if words else piece.text)
    return "".join(found)


REMOVED = ("[-", "-]")
ADDED = ("{+", "+}")
"""The marks of `git diff --word-diff`."""
