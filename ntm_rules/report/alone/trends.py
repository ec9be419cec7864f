"""xu-huong.html: several years on one page."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.trend import FigureTrend
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.html.trends import trend_sections
from ntm_rules.rulebook.plans import Goal
from ntm_rules.standing.overview import Overview
from ntm_rules.wording.trends import breaks_words, trend_basis_words


def trends_page(
    overviews: Sequence[Overview],
    trends: Sequence[FigureTrend],
    goals: Sequence[Goal],
    warnings: Sequence[str],
    foot: Sequence[str],
) -> bytes:
    """Return the page; `goals` name breaks in series, `foot` says what it was made from."""
    years = [overview.year for overview in overviews]
    title = _("The years {first} to {last}", first=years[0], last=years[-1])
    lines = [*trend_basis_words(years), *breaks_words(overviews[-1].evaluation.rules, goals, years)]
    return alone_page(title, lines, list(trend_sections(overviews, trends, warnings)), warnings=warnings, foot=foot)
