"""Several years of data in; what rose, what fell and where figures are going, and the workbook of it, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.plan.trend import FigureTrend, trends
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.runs.judged import Judged, judged
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import written_reports
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, must_exist, read
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook

WORKBOOK = "xu-huong.xlsx"


class TrendsMade(NamedTuple):
    """The trends, from what was judged, and the files written."""

    judged: Judged
    trends: Sequence[FigureTrend]
    files: Sequence[Path]


def make_trends(
    rulebook: Rulebook, data: Sequence[Path], out: Path | None = None, progress: Progress = unseen
) -> TrendsMade | NothingEvaluated:
    """Judge every year of the data that the set covers, and write the workbook where that is asked for.

    Raises:
        NtmError: a path that is not there, a file in the way, or figures of one year alone.
    """
    must_exist(data)
    inputs = files_read(data, rulebook.overlay_paths)
    if out is not None:
        refuse_in_the_way(out, (WORKBOOK,), inputs)
    dataset = read(rulebook, data, progress=progress)
    years = sorted(year for year in dataset.years() if year in rulebook.period)
    if not years:
        return NothingEvaluated(rulebook, dataset, ())
    if len(years) < 2:
        raise NtmError(
            Message("There are figures of {year} alone; a trend needs those of several years together", year=years[0])
        )
    found = judged(YearsRead(rulebook, dataset, years), progress=progress)
    moving = trends(found.evaluations, rulebook.loaded.goals)
    files = []
    if out is not None:
        from ntm_rules.report.xlsx.trends import write_trends  # the screen alone needs no workbooks

        with written_reports(out, inputs) as place:
            write_trends(place / WORKBOOK, found.overviews, moving, about(found), rulebook.loaded.goals)
        files = [out / WORKBOOK]
    return TrendsMade(found, moving, files)
