"""The pictures of a road map: what stands on each unit of the map."""

from __future__ import annotations

from collections.abc import Sequence

from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _
from ntm_rules.plan.road_map import RoadMap
from ntm_rules.report.charts.boundaries import Boundaries
from ntm_rules.report.charts.commune_map import Look, Unit, commune_map
from ntm_rules.report.charts.picture import Drawn
from ntm_rules.report.palette import COLOURS
from ntm_rules.wording.roadmap import done_words

LATER = ("#CBD6F0", "#E3D6EE", "#D8E8C8")
"""Of communes done by the first aim, and by those after it."""


def roadmap_map(road: RoadMap, boundaries: Boundaries | None = None, warnings: Sequence[str] = ()) -> Drawn | None:
    """Return who is done by when on the map; None where the register has none."""
    there, lacking = COLOURS[Verdict.MET], COLOURS[Verdict.NO_DATA]
    looks = [
        Look(LATER[at % len(LATER)], "#1F3864", _("done by {year}", year=aim.year)) for at, aim in enumerate(road.aims)
    ]
    units: dict[str, Unit] = {}
    for one in road.communes:
        if one.already and one.chosen:
            words = done_words(road, one)
            units[one.code] = Unit(Look(there.back, there.ink, words), str(Verdict.MET.letter))
        elif one.chosen:
            at = next(n for n, aim in enumerate(road.aims) if one.year <= aim.year)
            units[one.code] = Unit(looks[at], str(one.year))
        else:
            units[one.code] = Unit(Look("#FFFFFF", "#1D2126", _("can be planned for, not chosen")), "–")
    outside = Look(lacking.back, lacking.ink, _("outside: something is owed or awaited"))
    units |= {left.commune.code: Unit(outside, "?") for left in road.outside}
    title = _("The communes of the road map, on a scheme of the province")
    return commune_map(road.evaluation.rules.communes, units, title, boundaries, warnings)
