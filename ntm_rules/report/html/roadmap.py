"""The parts of a page on a road map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.charts.roadmap import roadmap_map
from ntm_rules.report.charts.timeline import timeline
from ntm_rules.report.html.drawn import drawn
from ntm_rules.report.html.sections import Section
from ntm_rules.report.tables.roadmap import communes, lacking, outside, yearly_work
from ntm_rules.wording.roadmap import assumptions, busiest_words, changes


def roadmap_sections(
    road: RoadMap,
    boundaries: Boundaries | None = None,
    of_commune: Callable[[str], str | None] = lambda _code: None,
    of_agency: Callable[[str], str | None] = lambda _agency: None,
) -> Iterator[Section]:
    """Yield the parts of the page, those that have nothing to say left out.

    `of_commune`, `of_agency`: the address of the page of one, by code or id; None where it has none.
    """
    if short := lacking(road):
        words = _("What is lacking for the targets that cannot be reached")
        yield Section(words, table=drawn(short, words))
    if road.choice is not None:
        words = _("Communes and years")
        map_ = roadmap_map(road, boundaries)
        pictures = [picture for picture in (timeline(road), map_) if picture]
        addresses = {"commune": [of_commune(one.code) for one in road.communes]}
        yield Section(words, (), pictures, drawn(communes(road), words, ("commune",), addresses))
        words = _("What each agency does in each year, in units of work")
        addresses = {"agency": [of_agency(road.agencies[at]) for at in road.busiest]}
        busiest = _("Busiest agencies: {agencies}.", agencies="; ".join(busiest_words(road)))
        yield Section(words, [busiest], table=drawn(yearly_work(road), words, ("agency",), addresses))
        yield Section(_("What would change the choice"), changes(road))
    if road.outside:
        words = _("Communes that cannot be planned for")
        addresses = {"commune": [of_commune(left.commune.code) for left in road.outside]}
        yield Section(words, table=drawn(outside(road), words, ("commune",), addresses))
    yield Section(_("What the road map assumes"), assumptions(road))
