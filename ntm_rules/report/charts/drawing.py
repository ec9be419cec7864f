"""The drawings of altair, compiled once and then filled with rows.

Nothing in a drawing depends on the width of a text, so that a chart is the same bytes whatever fonts a computer has.
Texts are given a size below zero, which Vega does not measure (measuring takes fifty times as long as all the rest);
`real_sizes` turns them round in the finished picture.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.report.palette import COLOURS

Spec = Mapping[str, Any]
Rows = list[dict[str, Any]]

FONTS = "Segoe UI, Noto Sans, DejaVu Sans, Arial, sans-serif"
"""Fonts with all Vietnamese letters, the first that is there: on Windows, beside LibreOffice, elsewhere. Liberation Sans
lacks them, and a picture would then mix two fonts."""
LABELS, PLOT, ENDS = 182, 226, 72
"""Units of width for the labels on the left, the bars, and the numbers on the right."""
WIDTH = LABELS + PLOT + ENDS
EDGE = 6
INK, SOFT, LINE, BAR, WARNING = "#1D2126", "#4D555F", "#8A949F", "#4F76A3", "#8B1A1A"
FONT_SIZE, SMALL = 13, 12
WARNING_HEIGHT = 20


def drawn(form: str, data: Mapping[str, Rows], warnings: Sequence[str] = (), *, height: int | None = None) -> Spec:
    """Return a drawing with its rows in it, and at its foot what must be said of invented figures.

    `height` is needed by a form that has no rows of its own height.
    """
    spec: dict[str, Any] = copy.deepcopy(_compiled(form))
    said = [warning.partition(":")[0] for warning in warnings]
    filling = {**data, "warnings": [{"words": words, "line": line} for line, words in enumerate(said)]}
    for source in spec["data"]:
        if source["name"] in filling:
            source["values"] = filling[source["name"]]
    left, top, right, bottom = MARGINS[form]
    spec["padding"] = {
        "left": left + EDGE,
        "top": top + EDGE,
        "right": right + EDGE,
        "bottom": bottom + EDGE + WARNING_HEIGHT * len(said),
    }
    spec["autosize"] = "none"
    if height is not None:
        spec["height"] = height
    return spec


def real_sizes(svg: str) -> str:
    """Return a picture whose texts have their sizes."""
    return svg.replace('font-size="-', 'font-size="')


MARGINS = {
    "parts": (LABELS, 88, ENDS, 4),
    "bars": (LABELS, 0, ENDS, 4),
    "distances": (8, 0, 8, 38),
    "lines": (0, 0, 0, 0),
}
"""Form -> units left, above, right of and below the plot."""


@cache
def _compiled(form: str) -> dict[str, Any]:
    import vl_convert

    chart = FORMS[form]().configure(font=FONTS, background="white", aria=False).configure_view(stroke=None)
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(chart.to_json())
    return compiled


def _rows(name: str) -> Any:
    import altair as alt

    return alt.Chart(alt.InlineData(name=name, values=[{"key": "000"}]))


def _at(words: str) -> Any:
    """Return a place computed from each row, in units of the drawing."""
    import altair as alt

    return alt.ExprRef(words)


def _text(name: str, size: int = FONT_SIZE, dy: str = "0", **looks: Any) -> Any:
    """Return texts whose middle is at their place: the mark itself, still without its channels."""
    mark = {"align": "left", "color": INK, "lineBreak": "\n", "lineHeight": 15} | looks
    return _rows(name).mark_text(
        fontSize=_at(f"-{size}"), baseline="alphabetic", dy=_at(f"{dy} + {round(0.35 * size)}"), **mark
    )


def _warnings(margin: int, below: int) -> Any:
    place = {
        "x": _at(f"{-margin}"),
        "y": _at(f"height + {below + WARNING_HEIGHT // 2} + {WARNING_HEIGHT} * datum.line"),
    }
    return _text("warnings", SMALL, color=WARNING, fontWeight="bold", **place).encode(text="words:N")


def _row() -> Any:
    import altair as alt

    return alt.Y("key:N", axis=None, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.1))


def _length(field: str) -> Any:
    import altair as alt

    return alt.X(field, axis=None, scale=alt.Scale(nice=False, zero=True))


def _labelled(*layers: Any, step: int, form: str) -> Any:
    """Return rows of bars with the labels on their left, the numbers on their right, and the warnings below."""
    import altair as alt

    labels = _text("rows", dy="-7.5 * (datum.lines - 1)").encode(y=_row(), x=alt.value(-LABELS), text="label:N")
    ends = _text("rows").encode(y=_row(), x=alt.value(PLOT + 8), text="end:N")
    drawing = alt.layer(*layers, labels, ends, _warnings(LABELS, MARGINS[form][3]))
    return drawing.properties(width=PLOT, height=alt.Step(step))


def _parts() -> Any:
    import altair as alt

    bars = (
        _rows("segments")
        .mark_bar(stroke=INK, strokeWidth=0.6)
        .encode(y=_row(), x=_length("from:Q"), x2="to:Q", fill=alt.Fill("back:N", scale=None))
    )
    inside = _text("segments", align="center", fontWeight="bold").encode(
        y=_row(), x=_length("middle:Q"), text="words:N", color=alt.Color("ink:N", scale=None)
    )
    place = {"x": _at("datum.x + 7"), "y": _at("datum.y + 7")}
    squares = (
        _rows("legend")
        .mark_rect(**place, width=14, height=14, stroke=INK, strokeWidth=0.6)
        .encode(fill=alt.Fill("back:N", scale=None))
    )
    words = _text("legend", x=_at("datum.x + 20"), y=_at("datum.y + 7")).encode(text="words:N")
    return _labelled(bars, inside, squares, words, step=36, form="parts")


def _bars() -> Any:
    bars = _rows("rows").mark_bar(fill=BAR).encode(y=_row(), x=_length("length:Q"))
    return _labelled(bars, step=30, form="bars")


def _distances() -> Any:
    import altair as alt

    colours = COLOURS[Verdict.NOT_MET]
    row = alt.Y("key:N", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    share = _length("share:Q")
    bars = (
        _rows("rows")
        .mark_bar(fill=colours.back, stroke=colours.ink, strokeWidth=1, height=11, yOffset=10)
        .encode(y=row, x=share)
    )
    words = _text("rows", dy="-8").encode(y=row, x=alt.value(0), text="words:N")
    ticks = _rows("ticks").mark_rule(stroke=LINE, y=_at("height"), y2=_at("height + 5")).encode(x=share)
    numbers = _text("ticks", SMALL, align="center", color=SOFT, y=_at("height + 12")).encode(x=share, text="words:N")
    axis = _text("axis", SMALL, color=SOFT, x=_at("0"), y=_at("height + 29")).encode(text="words:N")
    warnings = _warnings(0, MARGINS["distances"][3])
    return alt.layer(bars, words, ticks, numbers, axis, warnings).properties(width=WIDTH, height=alt.Step(42))


def _lines() -> Any:
    import altair as alt

    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    left, middle = alt.X("left:Q", scale=None, axis=None), alt.Y("middle:Q", scale=None, axis=None)
    layers = (
        _rows("targets").mark_rule(strokeDash=[4, 3], stroke=WARNING, strokeWidth=1.2).encode(x=x, x2="x2:Q", y=y),
        _rows("points").mark_line(stroke=BAR, strokeWidth=2).encode(x=x, y=y, detail="panel:N"),
        _rows("points").mark_circle(fill=BAR, size=48, opacity=1).encode(x=x, y=y),
        _text("points", align="center", stroke="white", strokeWidth=4).encode(x=left, y=middle, text="words:N"),
        _text("points", align="center").encode(x=left, y=middle, text="words:N"),
        _text("panels").encode(x=x, y=y, text="words:N"),
        _text("asked", SMALL, color=WARNING).encode(x=x, y=y, text="words:N"),
        _text("years", SMALL, align="center", color=SOFT).encode(x=x, y=y, text="words:N"),
        _warnings(0, MARGINS["lines"][3]),
    )
    return alt.layer(*layers).properties(width=WIDTH, height=100)


FORMS: Mapping[str, Callable[[], Any]] = {"parts": _parts, "bars": _bars, "distances": _distances, "lines": _lines}
