"""The data of all communes in; the road map, and its files, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.plan.aims import Aim, aims_in
from ntm_rules.plan.road_map import RoadMap, RoadScope, roadmap
from ntm_rules.report.charts.boundaries import Boundaries, boundaries_in
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.rulebook.effort_file import read_effort
from ntm_rules.rulebook.register import Register
from ntm_rules.rulebook.text_files import Unreadable, read_text
from ntm_rules.runs.judged import JudgedYears, judged_year
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import written_reports
from ntm_rules.runs.reading import NothingEvaluated, must_exist
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook

WORKBOOK, PAPER, PAGE = "lo-trinh.xlsx", "lo-trinh.docx", "lo-trinh.html"
FILES = (WORKBOOK, PAPER, PAGE)


@dataclass(frozen=True, slots=True)
class RoadMapAsked:
    """What the road map is to reach, from which year's figures, and where it is written."""

    aims: Sequence[Aim] = ()
    """None: the goals of the plan."""
    year: int | None = None
    """None: the latest."""
    whole: bool = False
    """What waits for the law is never left out of account."""
    out: Path | None = None
    boundaries: Path | None = None
    """GeoJSON, for the map."""


class RoadMapMade(NamedTuple):
    """The road map, from what was judged, and the files written."""

    road: RoadMap
    judged: JudgedYears
    files: Sequence[Path]


def make_roadmap(
    rulebook: Rulebook, data: Sequence[Path], options: RoadMapAsked, progress: Progress = unseen
) -> RoadMapMade | NothingEvaluated:
    """Judge one year, choose the communes, and write what is asked for.

    Raises:
        NtmError: mistakes in plan/effort.yaml, aims that cannot be aims, a path that is not there, a file in the way.
    """
    model, boundaries = read_effort(rulebook.loaded), _boundaries(options.boundaries, rulebook.loaded.communes)
    inputs = files_read(data, rulebook.overlay_paths)
    if options.out is not None:
        refuse_in_the_way(options.out, FILES, inputs)
    judged = judged_year(rulebook, data, options.year, progress=progress)
    if isinstance(judged, NothingEvaluated):
        return judged
    overview = judged.overview
    scope = RoadScope.WHOLE if options.whole else None
    aims = options.aims or aims_in(rulebook.loaded.goals, overview.year)
    road = roadmap(overview.evaluation, model, aims, year=overview.year, scope=scope)
    return RoadMapMade(
        road, judged, [] if options.out is None else _written(road, judged, options.out, inputs, boundaries)
    )


def _written(
    road: RoadMap, judged: JudgedYears, out: Path, inputs: Sequence[Path], boundaries: Boundaries | None
) -> list[Path]:
    from ntm_rules.report.alone.roadmap import roadmap_page  # the screen alone needs neither workbooks nor papers
    from ntm_rules.report.word.roadmap import roadmap_paper
    from ntm_rules.report.xlsx.roadmap import write_roadmap

    said = about(judged)
    warnings = said.illustrative
    with written_reports(out, inputs) as place:
        write_roadmap(place / WORKBOOK, road, said)
        province = road.evaluation.rules.communes.province
        paper = roadmap_paper(road, warnings, judged.rulebook.loaded.header.reporting_in(province), boundaries)
        (place / PAPER).write_bytes(paper)
        (place / PAGE).write_bytes(roadmap_page(road, warnings, said.lines, boundaries))
    return [out / name for name in FILES]


def _boundaries(path: Path | None, register: Register) -> Boundaries | None:
    """Return the boundaries in a file.

    Raises:
        NtmError: there is no such file, it is too large, no text, or no boundaries of the register.
    """
    if path is None:
        return None
    must_exist([path])
    try:
        text = read_text(path)
    except Unreadable as error:
        raise NtmError(Message("{file}: {reason}", file=str(path), reason=error.reason)) from error
    return boundaries_in(text, str(path), register)
