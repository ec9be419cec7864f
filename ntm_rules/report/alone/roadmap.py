"""lo-trinh.html: the road map on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.alone.page import Section, alone_page
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.charts.roadmap import roadmap_map
from ntm_rules.report.charts.timeline import timeline
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.tables.roadmap import communes, lacking, outside, yearly_work
from ntm_rules.wording.roadmap import aims_words, assumptions, busiest_words, changes, headline


def roadmap_page(
    road: RoadMap, warnings: Sequence[str], about: Sequence[tuple[str, str]], boundaries: Boundaries | None = None
) -> bytes:
    """Return the page; `about` says what it was made from."""
    title = _("Road map: {aims}", aims=aims_words(road.asked))
    foot = [f"{name}: {said}" for name, said in about]
    return alone_page(title, headline(road), list(sections(road, boundaries)), warnings=warnings, foot=foot)


def sections(road: RoadMap, boundaries: Boundaries | None = None) -> Iterator[Section]:
    """Yield the parts of the page, those that have nothing to say left out."""
    if short := lacking(road):
        words = _("What is lacking for the targets that cannot be reached")
        yield Section(words, table=drawn(short, words))
    if road.choice is not None:
        words = _("Communes and years")
        map_ = roadmap_map(road, boundaries)
        pictures = [timeline(road), *([map_] if map_ else [])]
        yield Section(words, (), pictures, drawn(communes(road), words, ("commune",)))
        words = _("What each agency does in each year, in units of work")
        busiest = _("Busiest agencies: {agencies}.", agencies="; ".join(busiest_words(road)))
        yield Section(words, [busiest], table=drawn(yearly_work(road), words, ("agency",)))
        yield Section(_("What would change the choice"), changes(road))
    if road.outside:
        words = _("Communes that cannot be planned for")
        yield Section(words, table=drawn(outside(road), words, ("commune",)))
    yield Section(_("What the road map assumes"), assumptions(road))
