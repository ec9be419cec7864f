"""Bars in parts, drawn as SVG: what a chart looks like.

Nothing depends on how wide a font sets a text, so that a chart is the same bytes whatever fonts a computer has. Texts come
ready to be shown; nothing is rounded or counted here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.charts.labels import wrapped
from ntm_rules.report.charts.marks import FONT_SIZE, INK, LINE, length, picture, text, warned
from ntm_rules.report.palette import COLOURS, LEGEND_ORDER

LABELS, PLOT, ENDS, EDGE = 206, 202, 72, 6
"""Units of width for the labels on the left, the bars, the numbers on the right, and around everything."""
WIDTH = LABELS + PLOT + ENDS + 2 * EDGE
BARS_AT = LABELS + EDGE
LEGEND, LEGEND_LINE, SQUARE = 88, 24, 14
ROW, BAR, BETWEEN = 36, 26, 6
"""Height of a row with a label of one or two lines, and of its bar; space kept between two labels of more."""
NARROWEST_WITH_LETTER, NARROWEST_WITH_NUMBER, DIGIT = 26, 12, 8
"""A part of a bar narrower than this many units shows no letter, or nothing: its number stands in the description."""
HATCHING = {
    Verdict.NOT_MET: '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="#B9623A"/>',
    Verdict.NO_DATA: '<circle cx="3" cy="3" r="0.9" fill="#B89B2E"/>',
    Verdict.NO_TARGET: '<path d="M0 3H6" stroke="#9DB0DE"/>',
}
"""Verdict -> what is drawn over its colour, in a square of 6 by 6; for grey print and eyes that see few colours."""


class ChartPart(NamedTuple):
    """One bar of parts by verdict: its label, how many of each verdict, and what stands at its end."""

    label: str
    counts: Mapping[Verdict, int]
    end: str


def drawn(parts: Sequence[ChartPart], title: str, description: str, warnings: Sequence[str] = ()) -> str:
    """Return bars one below the other under their legend, and at the foot what must be said of invented figures."""
    longest = max((sum(part.counts.values()) for part in parts), default=0) or 1
    marks = [_legend(at, verdict) for at, verdict in enumerate(LEGEND_ORDER)]
    y = float(LEGEND + EDGE)
    for part in parts:
        lines = wrapped(part.label, (LABELS - 10) / FONT_SIZE)
        height = max(ROW, LINE * len(lines) + BETWEEN)
        marks += _row(part, lines, y + height / 2, PLOT / longest)
        y += height
    said, y = warned(EDGE, y, warnings)
    return picture(WIDTH, y + EDGE + 4, title, description, "".join(_patterns()), [*marks, *said])


def _row(part: ChartPart, lines: Sequence[str], middle: float, unit: float) -> Iterator[str]:
    """Yield a label, its bar of which one thing counted is `unit` long, and what stands at the bar's end."""
    yield text(EDGE, middle, lines)
    start = 0
    for verdict in LEGEND_ORDER:
        n = part.counts.get(verdict, 0)
        if n:
            x = BARS_AT + unit * start
            yield _box(x, middle - BAR / 2, unit * n, BAR, verdict)
            if words := _inside(verdict, n, unit * n):
                yield text(x + unit * n / 2, middle, [words], looks=_on(verdict))
            start += n
    yield text(BARS_AT + PLOT + 8, middle, [part.end])


def _legend(at: int, verdict: Verdict) -> str:
    """Return what a verdict looks like and what it is called, two in a line."""
    x, y = EDGE + at % 2 * (WIDTH // 2 - EDGE), EDGE + 4 + at // 2 * LEGEND_LINE
    words = f"{verdict.letter}  {verdict.label}"
    return _box(x, y, SQUARE, SQUARE, verdict) + text(x + SQUARE + 6, y + SQUARE / 2, [words])


def _inside(verdict: Verdict, n: int, width: float) -> str:
    """Return what stands in a part of a bar: letter and number, the number alone, or nothing where there is no room."""
    room = width - DIGIT * (len(str(n)) - 1)
    if room >= NARROWEST_WITH_LETTER:
        return f"{verdict.letter} {n}"
    return str(n) if room >= NARROWEST_WITH_NUMBER else ""


def _on(verdict: Verdict) -> str:
    """Return how words look on a verdict's colour: its hatching does not touch the letters."""
    colours = COLOURS[verdict]
    letters = f'fill="{colours.ink}" font-weight="bold" text-anchor="middle"'
    return f'{letters} paint-order="stroke" stroke="{colours.back}" stroke-width="4" stroke-linejoin="round"'


def _box(x: float, y: float, width: float, height: float, verdict: Verdict) -> str:
    fill = f"url(#{_hatch(verdict)})" if verdict in HATCHING else COLOURS[verdict].back
    place = f'x="{length(x)}" y="{length(y)}" width="{length(width)}" height="{length(height)}"'
    return f'<rect {place} fill="{fill}" stroke="{INK}" stroke-width="0.6"/>'


def _patterns() -> Iterator[str]:
    for verdict, lines in HATCHING.items():
        yield (
            f'<pattern id="{_hatch(verdict)}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{COLOURS[verdict].back}"/>{lines}</pattern>'
        )


def _hatch(verdict: Verdict) -> str:
    return f"hatch-{verdict.name.lower().replace('_', '-')}"
