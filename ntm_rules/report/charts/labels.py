"""Labels broken into lines that fit in any font: no font is asked."""

from __future__ import annotations

MOST_LINES = 3
"""What a label has more is left out; it stands in the description."""
NARROW, WIDE = frozenset("fijlrtI.,:;'’()/-|! "), frozenset("mwMWĐOQGCD%@—…")
"""Letters and signs much narrower and wider than others in every font that a picture may be shown in."""


def wrapped(label: str, width: float) -> list[str]:
    """Return a label in at most three lines, none wider than so many times the size of its letters.

    >>> wrapped("Xây dựng hệ thống chính trị và Hành chính công", 15)
    ['Xây dựng hệ thống chính trị', 'và Hành chính công']
    >>> wrapped("Có phương án phù hợp về thoát nước, thu gom", 8)
    ['Có phương án', 'phù hợp về', 'thoát nước…']
    """
    lines: list[str] = []
    for word in label.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        elif len(lines) < MOST_LINES:
            lines.append(word if width_of(word) <= width else _ended(word, width))
        else:
            lines[-1] = _ended(lines[-1], width)
            break
    return lines or [""]


def _ended(line: str, width: float) -> str:
    """Return a line that says by its sign that more would follow, shorter by whole words, or by letters of a lone one."""
    kept = line
    while width_of(f"{kept}…") > width:
        kept = kept.rpartition(" ")[0] or kept[:-1]
    return kept.rstrip(" ,;:.") + "…"


def width_of(words: str) -> float:
    """Return how wide words are at most, in times the size of their letters.

    >>> width_of("ill"), width_of("Môi")
    (1.05, 1.93)
    """
    return round(sum(0.35 if c in NARROW else 0.95 if c in WIDE else 0.7 if c.isupper() else 0.63 for c in words), 3)
