"""How sheets lie on paper: widths of columns, heights of rows, pages."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

LINE, SMALL_LINE = 15.0, 11.5
"""Heights in points of a line of the usual and of the small letters."""
TALLEST = 409.0
"""Excel makes no row taller."""


def height(cells: Sequence[tuple[str, float]], line: float = LINE) -> float:
    """Return the height of a row in which every text has room in its column's width; a line ends between words."""
    per_width = (LINE / line) ** 1.5
    lines = (sum(_lines(part, width * per_width) for part in text.split("\n")) for text, width in cells)
    return min(line * max(lines, default=1) + 1, TALLEST)


@functools.lru_cache(maxsize=4096)  # the words of a form stand in every form
def _lines(text: str, letters: float) -> int:
    """Return on how many lines of so many letters a text stands; a word that is longer than a line goes on.

    >>> _lines("triệu đồng/người/năm", 11.5), _lines("", 11.5), _lines("hộ", 11.5)
    (3, 1, 1)
    """
    lines, reach = 1, 0.0
    for word in text.split(" "):
        if reach and reach + 1 + len(word) > letters:
            lines, reach = lines + 1, 0.0
        reach += len(word) + (1 if reach else 0)
        lines, reach = lines + math.ceil(reach / letters) - (1 if reach else 0), reach % letters or reach
    return lines


A4, A3 = 9, 8
"""Excel's numbers of paper sizes."""
_EDGES = {A4: (8.27, 11.69), A3: (11.69, 16.54)}
"""Short and long edge, in inches."""
MARGIN = 0.35
"""Inches left and right."""
LEAST_SCALE = 0.73
"""Letters of 11 points are printed no smaller than 8; what has no room at this scale takes more paper."""


WIDER = 1.25
"""By how much a program may draw columns wider than Excel does."""


class Printed(NamedTuple):
    """How a sheet is laid on paper."""

    paper: int
    landscape: bool
    across: int
    """Pages side by side."""
    scale: float
    """To which the sheet is made smaller, at least."""


def inches(widths: Sequence[float]) -> float:
    """Return how wide columns are on paper, their widths given in characters: as wide as programs other than Excel,
    with other fonts, draw them."""
    return WIDER * sum(int(width * 7 + 5) for width in widths) / 96


def printed(widths: Sequence[float], page_columns: int = 0, least: float = LEAST_SCALE) -> Printed:
    """Return the smallest paper on which columns can be read: A4 across, A3 across, or several A3 side by side.

    `page_columns` is how many columns stand again on each page; `least` the scale below which letters are too small.

    >>> printed([20] * 5), printed([20] * 10).paper == A3, printed([20] * 40, 2).across
    (Printed(paper=9, landscape=True, across=1, scale=1.0), True, 5)
    """
    whole = inches(widths)
    for paper in (A4, A3):
        room = _EDGES[paper][1] - 2 * MARGIN
        if room / whole >= least:
            return Printed(paper, True, 1, min(1.0, room / whole))
    again = inches(widths[:page_columns])
    room = _EDGES[A3][1] - 2 * MARGIN
    across = math.ceil((whole - again) / (room / least - again)) if room / least > again else 1
    return Printed(A3, True, across, least)


def fit_to_paper(sheet: Worksheet, widths: Sequence[float], page_columns: int = 0, least: float = LEAST_SCALE) -> None:
    """Set paper, margins and scale so that a sheet can be read when it is printed; its first columns on each page."""
    found = printed(widths, page_columns, least)
    sheet.set_landscape()
    sheet.set_paper(found.paper)
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.6)
    if found.across == 1:
        sheet.fit_to_pages(1, 0)
        return
    sheet.set_print_scale(math.floor(found.scale * 100))
    if page_columns:
        sheet.repeat_columns(0, page_columns - 1)
    share = inches(widths[page_columns:]) / found.across
    reach = [inches(widths[page_columns : at + 1]) for at in range(page_columns, len(widths))]
    breaks = [page_columns + sum(end <= share * page for end in reach) for page in range(1, found.across)]
    sheet.set_v_pagebreaks(breaks)


def page(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the columns' widths and how the sheet is printed: as wide as one page, of A4 or where that is too small A3."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    fit_to_paper(sheet, widths)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)
