"""The forms of chart, drawn up with altair once and then filled with rows: bars in parts, plain bars, distances, lines.

Every form reads texts that are ready to be shown; nothing is rounded or counted here.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.report.charts.drawing import LABELS, PLOT, WIDTH, Rows, Spec, drawn
from ntm_rules.report.palette import COLOURS, LEGEND_ORDER

LABEL_CHARACTERS, LABEL_LINES = 27, 2
"""A label is broken into lines of so many characters; more lines are cut."""
PANEL_CHARACTERS = 34
"""The same above a small chart."""
NARROWEST_WITH_LETTER, NARROWEST_WITH_NUMBER = 22, 12
"""A part of a bar narrower than this many units shows no letter, or nothing: its number stands in the description."""


class Part(NamedTuple):
    """One bar of parts by verdict: its label, how many of each verdict, and what stands at its end."""

    label: str
    counts: Mapping[Verdict, int]
    end: str


class Bar(NamedTuple):
    """One plain bar, and what stands at its end."""

    label: str
    length: int
    end: str


class Distance(NamedTuple):
    """What separates something from its target, as a share of the target (1.0: all of it)."""

    words: str
    share: float


class Point(NamedTuple):
    """One figure of one year, and what is asked where that is known; `panel` is the figure's name."""

    panel: str
    year: int
    value: float
    words: str
    target: float | None = None
    asked: str = ""


def parts_chart(parts: Sequence[Part], warnings: Sequence[str] = ()) -> Spec:
    """Return bars of which each is made of parts by verdict, one below the other."""
    longest = max((sum(part.counts.values()) for part in parts), default=0) or 1
    segments: Rows = []
    for at, part in enumerate(parts):
        start = 0
        for verdict in LEGEND_ORDER:
            n = part.counts.get(verdict, 0)
            if n:
                segments.append(
                    {
                        "key": _key(at),
                        "from": start,
                        "to": start + n,
                        "middle": start + n / 2,
                        "words": _inside(verdict, n, PLOT * n / longest),
                        "back": COLOURS[verdict].back,
                        "ink": COLOURS[verdict].ink,
                    }
                )
                start += n
    data = {"segments": segments, "rows": [_row(at, part.label, part.end) for at, part in enumerate(parts)]}
    return drawn("parts", data | {"legend": list(_legend())}, warnings)


def bars_chart(bars: Sequence[Bar], warnings: Sequence[str] = ()) -> Spec:
    """Return plain bars, one below the other."""
    rows = [_row(at, bar.label, bar.end) | {"length": bar.length} for at, bar in enumerate(bars)]
    return drawn("bars", {"rows": rows}, warnings)


def distances_chart(distances: Sequence[Distance], warnings: Sequence[str] = ()) -> Spec:
    """Return distances from a target, each a bar below its words; the axis counts in shares of the target."""
    rows = [{"key": _key(at), "words": one.words, "share": one.share} for at, one in enumerate(distances)]
    ticks = [{"share": tick / 100, "words": f"{tick}%"} for tick in _ticks(max(one.share for one in distances))]
    axis = [{"words": _("Distance left, as a share of the target")}]
    return drawn("distances", {"rows": rows, "ticks": ticks, "axis": axis}, warnings)


def lines_chart(points: Sequence[Point], warnings: Sequence[str] = ()) -> Spec:
    """Return a small line for each figure over the years, each on a scale of its own; targets are dashed."""
    panels = list(dict.fromkeys(point.panel for point in points))
    years = sorted({point.year for point in points})
    data: dict[str, Rows] = {"points": [], "targets": [], "panels": [], "asked": [], "years": []}
    for at, panel in enumerate(panels):
        left, top = at % COLUMNS * (PANEL + BETWEEN), at // COLUMNS * PANEL_HEIGHT
        place = {year: left + PANEL * (i + 0.5) / len(years) for i, year in enumerate(years)}
        own = sorted((point for point in points if point.panel == panel), key=lambda point: point.year)
        height = _heights([v for point in own for v in (point.value, point.target) if v is not None])
        data["panels"].append({"x": left, "y": top + 12, "words": _wrapped(panel, PANEL_CHARACTERS)})
        data["asked"].append({"x": left, "y": top + 44, "words": own[0].asked})
        data["years"] += [{"x": place[year], "y": top + PANEL_HEIGHT - 22, "words": str(year)} for year in years]
        heights = [top + height[point.value] for point in own]
        for i, point in enumerate(own):
            x, y = place[point.year], heights[i]
            right, down = _beside(y, heights[max(0, i - 1) : i], heights[i + 1 : i + 2])
            words = {"words": point.words, "left": x + right, "middle": y + down}
            data["points"].append({"panel": at, "x": x, "y": y, **words})
        data["targets"] += [
            {"x": left, "x2": left + PANEL, "y": top + height[target]}
            for target in dict.fromkeys(point.target for point in own)
            if target is not None
        ]
    return drawn("lines", data, warnings, height=-(-len(panels) // COLUMNS) * PANEL_HEIGHT)


COLUMNS, BETWEEN, PANEL_HEIGHT = 2, 20, 188
PANEL = (WIDTH - BETWEEN) // COLUMNS
HIGHEST, LOWEST = 78, PANEL_HEIGHT - 60
"""Small charts: how many side by side, the space between, and between which heights their points lie."""


def _heights(values: Sequence[float]) -> dict[float, float]:
    """Return where each value lies in its small chart, in units from its top; values all alike lie in the middle."""
    low, high = min(values), max(values)
    if low == high:
        return {low: (HIGHEST + LOWEST) / 2}
    return {value: round(LOWEST - (value - low) / (high - low) * (LOWEST - HIGHEST), 2) for value in values}


ABOVE, BELOW, ASIDE = -13, 16, 24
"""How far a figure's middle stands from its point."""


def _beside(y: float, before: Sequence[float], after: Sequence[float]) -> tuple[int, int]:
    """Return where a figure stands, to the right of its point and below it, so that the line does not cross it.

    `before` and `after` are the heights of the points next to it, from the top, where there are any.

    >>> _beside(100, [], [50]), _beside(50, [100], []), _beside(70, [100], [50]), _beside(70, [50], [100])
    ((0, 16), (0, -13), (-24, -13), (24, -13))
    """
    falls, rises = any(other < y for other in before), any(other < y for other in after)
    if (falls or not before) and (rises or not after) and (before or after):
        return 0, BELOW
    if rises:
        return -ASIDE, ABOVE
    return (ASIDE if falls else 0), ABOVE


SHORTEST_AXIS = 0.1
"""An axis of distances is at least so long, so that a small gap is not drawn as a large one."""


def _ticks(largest: float) -> list[int]:
    """Return round percentages from 0 to the largest share or a little more, seven at most.

    >>> _ticks(0.9), _ticks(0.0005), _ticks(1.7)
    ([0, 20, 40, 60, 80, 100], [0, 2, 4, 6, 8, 10], [0, 50, 100, 150, 200])
    """
    most = max(largest, SHORTEST_AXIS) * 100
    size = 10 ** math.floor(math.log10(most / 5))
    step = next(size * factor for factor in (1, 2, 5, 10) if most / (size * factor) <= 5)
    return list(range(0, math.ceil(most / step) * step + 1, step))


def _inside(verdict: Verdict, n: int, width: float) -> str:
    """Return what stands in a part of a bar: letter and number, the number alone, or nothing where there is no room."""
    if width >= NARROWEST_WITH_LETTER:
        return f"{verdict.letter} {n}"
    return str(n) if width >= NARROWEST_WITH_NUMBER else ""


def _row(at: int, label: str, end: str) -> dict[str, Any]:
    words = _wrapped(label, LABEL_CHARACTERS)
    return {"key": _key(at), "label": words, "lines": words.count("\n") + 1, "end": end}


def _key(at: int) -> str:
    """Return a row's key, which sorts by its place."""
    return f"{at:03}"


def _wrapped(label: str, characters: int) -> str:
    """Return a label in one or two lines.

    >>> _wrapped("Xây dựng hệ thống chính trị và Hành chính công", 28)
    'Xây dựng hệ thống chính trị\\nvà Hành chính công'
    """
    lines = textwrap.wrap(label, characters) or [""]
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1].rstrip(" ,;:.") + "…"]
    return "\n".join(lines)


def _legend() -> Iterator[dict[str, Any]]:
    """Yield the legend of the verdicts, two in a line."""
    for at, verdict in enumerate(LEGEND_ORDER):
        yield {
            "x": at % 2 * (WIDTH // 2) - LABELS,
            "y": at // 2 * 24 - 84,
            "words": f"{verdict.letter}  {verdict.label}",
            "back": COLOURS[verdict].back,
        }
