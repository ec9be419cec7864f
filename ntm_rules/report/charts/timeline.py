"""The communes of a road map and their years, as bars from the first work to the year by whose end they are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.road_map import Planned, RoadMap, RoadScope
from ntm_rules.report.charts.labels import wrapped
from ntm_rules.report.charts.marks import FONT_SIZE, INK, SMALL, length, picture, text, warned
from ntm_rules.report.charts.picture import Drawn
from ntm_rules.report.palette import COLOURS
from ntm_rules.wording.roadmap import aims_words, done_words, effort_words

LABELS, ENDS, EDGE, PLOT = 130, 90, 6, 480
"""Units of width for the names, the numbers at the right, around everything, and for all years at most."""
WIDEST_YEAR = 90
ROW, BAR, HEAD = 26, 18, 40
WORKING, DONE, LINES = "#CBD6F0", COLOURS[Verdict.MET].back, "#9AA5B8"


def timeline(road: RoadMap, warnings: Sequence[str] = ()) -> Drawn:
    """Return the years of every commune chosen."""
    year = min(WIDEST_YEAR, PLOT / len(road.years))
    width = LABELS + year * len(road.years) + ENDS + 2 * EDGE
    bottom = HEAD + ROW * len(road.chosen)
    marks = [*_years(road, year, bottom)]
    for at, one in enumerate(road.chosen):
        marks += _row(road, one, HEAD + ROW * at + ROW / 2, year)
    said, end = warned(EDGE, bottom + 6, warnings)
    title = _("Road map: {aims}", aims=aims_words(road.aims))
    told = "; ".join(f"{one.name}: {done_words(road, one)}" for one in road.chosen)
    drawn = picture(width, end + EDGE, title, told, "", [*marks, *said])
    return Drawn(title, f"{told}.", drawn, warnings)


def _years(road: RoadMap, year: float, bottom: float) -> Iterator[str]:
    """Yield the years over their columns, and a line at the end of each that is aimed at."""
    aimed = {aim.year: aim for aim in road.aims}
    for at, one in enumerate(road.years):
        x = EDGE + LABELS + year * at
        yield text(x + year / 2, HEAD - 10, [str(one)], SMALL, 'text-anchor="middle" font-weight="bold"')
        end = length(x + year)
        look = f'stroke="{INK}" stroke-width="1.6"' if one in aimed else f'stroke="{LINES}" stroke-dasharray="2 3"'
        yield f'<path d="M{end} {HEAD - 2}V{length(bottom)}" {look}/>'
        if one in aimed:
            words = _("{n} communes", n=aimed[one].communes)
            yield text(x + year, HEAD - 26, [words], SMALL, 'text-anchor="end" font-weight="bold"')


def _row(road: RoadMap, one: Planned, middle: float, year: float) -> Iterator[str]:
    left = EDGE + LABELS
    yield text(EDGE, middle, wrapped(one.name, (LABELS - 8) / FONT_SIZE)[:1])
    end = left + year * (one.year - road.years[0] + 1)
    if one.already:
        words = done_words(road, one)
        yield text(left + 6, middle, [words], SMALL, f'fill="{COLOURS[Verdict.MET].ink}"')
        return
    start = left + year * (one.start - road.years[0])
    yield _box(start, middle, end - start, WORKING)
    yield _box(end - year, middle, year, DONE)
    letter = str(Verdict.MET.letter) if road.scope is RoadScope.WHOLE else "•"
    yield text(end - year / 2, middle, [letter], SMALL, 'text-anchor="middle" font-weight="bold"')
    yield text(left + year * len(road.years) + 8, middle, [effort_words(one.effort)], SMALL)


def _box(x: float, middle: float, width: float, fill: str) -> str:
    place = f'x="{length(x + 1)}" y="{length(middle - BAR / 2)}" width="{length(width - 2)}" height="{BAR}"'
    return f'<rect {place} fill="{fill}" stroke="{INK}" stroke-width="0.6"/>'
