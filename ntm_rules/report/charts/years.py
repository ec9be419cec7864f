"""The years of a province as bars beside each other: the share of commune-indicators met, of those that apply."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.exact import nearest_to
from ntm_rules.i18n import _
from ntm_rules.report.charts.marks import INK, SMALL, length, picture, text, warned
from ntm_rules.report.charts.picture import Drawn
from ntm_rules.report.palette import COLOURS
from ntm_rules.standing.years import YearTotals
from ntm_rules.wording.values import number

COLUMN, BAR, HIGH, EDGE, TOP = 96, 56, 150, 8, 24


def years_chart(totals: Sequence[YearTotals], warnings: Sequence[str] = ()) -> Drawn:
    """Return a bar for each year, its height the share of what applies."""
    bottom = TOP + HIGH
    marks, told = [], []
    colours = COLOURS[Verdict.MET]
    for at, one in enumerate(totals):
        share = Fraction(one.indicators_met, one.indicators_applicable) if one.indicators_applicable else Fraction(0)
        height, x = float(share) * HIGH, EDGE + COLUMN * at + (COLUMN - BAR) / 2
        place = f'x="{length(x)}" y="{length(bottom - height)}" width="{BAR}" height="{length(height)}"'
        marks.append(f'<rect {place} fill="{colours.back}" stroke="{INK}" stroke-width="0.6"/>')
        said = f"{number(nearest_to(share * 100, 1))}%"
        middle = EDGE + COLUMN * at + COLUMN / 2
        look = 'text-anchor="middle" font-weight="bold"'
        marks.append(text(middle, bottom - height - 10, [said], SMALL, look))
        marks.append(text(middle, bottom + 12, [str(one.year)], SMALL, look))
        marks.append(
            text(middle, bottom + 28, [f"{one.indicators_met}/{one.indicators_applicable}"], 11, 'text-anchor="middle"')
        )
        told.append(f"{one.year}: {said} ({one.indicators_met}/{one.indicators_applicable})")
    width = 2 * EDGE + COLUMN * len(totals)
    marks.append(f'<path d="M{EDGE} {bottom}H{length(width - EDGE)}" stroke="{INK}"/>')
    said_below, end = warned(EDGE, bottom + 40, warnings)
    title = _("Commune-indicators met, of those that apply, by year")
    description = "; ".join(told) + "."
    drawn = picture(max(width, 260), end + EDGE, title, description, "", [*marks, *said_below])
    return Drawn(title, description, drawn, warnings)
