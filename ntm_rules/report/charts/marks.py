"""Texts and lengths of pictures, drawn as SVG: what every chart is put together from.

Nothing depends on how wide a font sets a text, so that a picture is the same bytes whatever fonts a computer has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

FONTS = "Segoe UI, Noto Sans, DejaVu Sans, Arial, sans-serif"
"""Fonts with all Vietnamese letters, the first that is there: on Windows, beside LibreOffice, elsewhere. Liberation Sans
lacks them, and a picture would then mix two fonts."""
INK, WARNING = "#1D2126", "#8B1A1A"
FONT_SIZE, SMALL, LINE = 13, 12, 15
WARNING_HEIGHT = 20


def text(x: float, middle: float, lines: Sequence[str], size: int = FONT_SIZE, looks: str = "") -> str:
    """Return lines of text around a height."""
    first = middle - LINE / 2 * (len(lines) - 1) + round(0.35 * size)
    spans = "".join(
        f'<tspan x="{length(x)}" y="{length(first + LINE * at)}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    own = "" if size == FONT_SIZE else f' font-size="{size}"'
    return f"<text{own}{' ' if looks else ''}{looks}>{spans}</text>"


def length(units: float) -> str:
    """Write a length in hundredths of a unit at most."""
    return f"{round(units, 2):g}"


def warned(x: float, y: float, warnings: Iterable[str]) -> tuple[list[str], float]:
    """Return what must be said of invented figures, below each other from a height on, and the height after it."""
    marks = []
    for warning in warnings:
        said = warning.partition(":")[0]
        marks.append(text(x, y + WARNING_HEIGHT / 2 + 4, [said], SMALL, f'fill="{WARNING}" font-weight="bold"'))
        y += WARNING_HEIGHT
    return marks, y


def picture(width: float, height: float, title: str, description: str, definitions: str, marks: Iterable[str]) -> str:
    """Return a whole picture on white, with its words for those who do not see it."""
    size = f'width="{length(width)}" height="{length(height)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} '
        f'viewBox="0 0 {length(width)} {length(height)}" font-family="{FONTS}" font-size="{FONT_SIZE}" fill="{INK}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f'<defs>{definitions}</defs><rect {size} fill="white"/>{"".join(marks)}</svg>'
    )
