"""lo-trinh.html: the road map on one page."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.alone.page import alone_page
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.html.roadmap import roadmap_sections
from ntm_rules.wording.roadmap import aims_words, headline


def roadmap_page(
    road: RoadMap, warnings: Sequence[str], about: Sequence[tuple[str, str]], boundaries: Boundaries | None = None
) -> bytes:
    """Return the page; `about` says what it was made from."""
    title = _("Road map: {aims}", aims=aims_words(road.asked))
    foot = [f"{name}: {said}" for name, said in about]
    return alone_page(title, headline(road), list(roadmap_sections(road, boundaries)), warnings=warnings, foot=foot)
