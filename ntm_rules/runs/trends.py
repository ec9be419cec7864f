"""Several years of data in; what rose, what fell and where figures are going, and the workbook, the paper and the page of it, out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.plan.trend import FigureTrend, trends
from ntm_rules.report.whole_files import refuse_in_the_way
from ntm_rules.runs.judged import JudgedYears, judged
from ntm_rules.runs.long_work import Progress, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.paper_files import written_reports
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, must_exist, read
from ntm_rules.runs.results import about
from ntm_rules.runs.rulebook import Rulebook

WORKBOOK, PAPER, PAGE = "xu-huong.xlsx", "xu-huong.docx", "xu-huong.html"
FILES = (WORKBOOK, PAPER, PAGE)


class TrendsMade(NamedTuple):
    """The trends, from what was judged, and the files written."""

    judged: JudgedYears
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
        refuse_in_the_way(out, FILES, inputs)
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
    files = list(write_trends(rulebook, found, moving, out, inputs)) if out is not None else []
    return TrendsMade(found, moving, files)


def write_trends(
    rulebook: Rulebook, years: JudgedYears, moving: Sequence[FigureTrend], out: Path, inputs: Sequence[Path]
) -> list[Path]:
    """Write the trends as a workbook, a paper and a page into a folder.

    Raises:
        NtmError: a file in the way, changed by a person, or open elsewhere.
    """
    from ntm_rules.report.alone.trends import trends_page  # the screen alone needs neither workbooks nor papers
    from ntm_rules.report.word.trends import trends_paper
    from ntm_rules.report.xlsx.trends import write_trends as write_workbook

    goals, overviews, said = rulebook.loaded.goals, years.overviews, about(years)
    foot = [f"{name}: {words}" for name, words in said.lines]
    with written_reports(out, inputs) as place:
        write_workbook(place / WORKBOOK, overviews, moving, said, goals)
        reporting = rulebook.loaded.header.reporting_in(overviews[0].evaluation.rules.communes.province)
        paper = trends_paper(overviews, moving, goals, said.illustrative, reporting)
        (place / PAPER).write_bytes(paper)
        (place / PAGE).write_bytes(trends_page(overviews, moving, goals, said.illustrative, foot))
    return [out / name for name in FILES]
