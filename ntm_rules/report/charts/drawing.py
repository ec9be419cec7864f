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

Spec = Mapping[str, Any]
Rows = list[dict[str, Any]]

FONTS = "Segoe UI, Noto Sans, DejaVu Sans, Arial, sans-serif"
"""Fonts with all Vietnamese letters, the first that is there: on Windows, beside LibreOffice, elsewhere. Liberation Sans
lacks them, and a picture would then mix two fonts."""
LABELS, PLOT, ENDS = 206, 202, 72
"""Units of width for the labels on the left, the bars, and the numbers on the right."""
WIDTH = LABELS + PLOT + ENDS
EDGE = 6
INK, WARNING = "#1D2126", "#8B1A1A"
FONT_SIZE, SMALL = 13, 12
WARNING_HEIGHT = 20


def drawn(form: str, data: Mapping[str, Rows], warnings: Sequence[str] = ()) -> Spec:
    """Return a drawing with its rows in it, and at its foot what must be said of invented figures."""
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
    return spec


def real_sizes(svg: str) -> str:
    """Return a picture whose texts have their sizes."""
    return svg.replace('font-size="-', 'font-size="')


MARGINS = {
    "parts": (LABELS, 88, ENDS, 4),
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


FORMS: Mapping[str, Callable[[], Any]] = {"parts": _parts}
