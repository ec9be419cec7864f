"""Signs that a transcription carries over from typesetting, and the characters that a reader sees in their place."""

from __future__ import annotations

PAGE_BREAK = "⏎"
"""Stands in a printed text where the source's cell is split over two pages."""

_SIGNS = ((r"\geq", "≥"), (r"\leq", "≤"), (r"\ge", "≥"), (r"\le", "≤"), (r"\%", "%"), ("$", ""))


def in_characters(words: str) -> str:
    r"""Return transcribed words as a page shows them: signs of typesetting as characters, breaks of pages joined.

    >>> in_characters(r"đạt $\geq 80\%$; Tỷ ⏎ lệ")
    'đạt ≥ 80%; Tỷ lệ'
    """
    for written, meant in _SIGNS:
        words = words.replace(written, meant)
    return words.replace(f" {PAGE_BREAK} ", " ")
