"""The results as pages in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ntm_rules import __version__
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import current_language
from ntm_rules.plan.loader import plan_of
from ntm_rules.report.pages.writing import check_folder, write_pages
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import SITE, render_site
from ntm_rules.rulebook.effort_file import read_effort
from ntm_rules.runs.beside import solved_beside
from ntm_rules.runs.judged import laid_on
from ntm_rules.runs.long_work import Progress, Work, collector_at_rest, unseen
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, must_exist, read_years
from ntm_rules.runs.rulebook import Rulebook


class WrittenSite(NamedTuple):
    """Pages that were written."""

    contents: Contents
    pages: int
    stale: Sequence[str]
    """Files of earlier pages that were removed."""


def write_site(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    year: int | None = None,
    jobs: int = 1,
    progress: Progress = unseen,
) -> WrittenSite | NothingEvaluated:
    """Write the pages of one year, that asked for or the latest, into a folder.

    Raises:
        NtmError: a path that is not there, a year outside the set's period, or a folder that holds something else.
    """
    must_exist(data)
    check_folder(SITE, out)
    with collector_at_rest():
        read = read_years(rulebook, data, [] if year is None else [year], jobs=jobs, progress=progress)
        if isinstance(read, NothingEvaluated):
            return read
        contents = site_contents(read)
        progress(Work.LAYING_OUT, 0, None)
        with solved_beside(contents.question) as solved:
            contents = replace(contents, solved=solved)
            files = render_site(contents, lambda done, total: progress(Work.LAYING_OUT, done, total))
    stale = write_pages(SITE, out, files, _made_from(contents), files_read(data, rulebook.overlay_paths))
    return WrittenSite(contents, sum(name.endswith(".html") for name in files), stale)


def site_contents(figures: YearsRead) -> Contents:
    """Return the first year read, judged, and every year before it that the set covers, each under its own law."""
    rulebook, dataset, (year, *_others) = figures
    evaluation = evaluate(rulebook.for_year(year), dataset.records, years=[year])
    before = [one for one in dataset.years() if one < year and one in rulebook.period]
    return Contents(
        evaluation=evaluation,
        earlier=[evaluate(rulebook.year_end(one), dataset.records, years=[one]) for one in before],
        dataset=dataset,
        overlays=laid_on([evaluation], rulebook),
        overlay_files=rulebook.overlay_files,
        legal_basis=rulebook.loaded.header.legal_basis,
        day=rulebook.counted_to,
        plan=plan_of(rulebook.loaded) if rulebook.loaded.header.plan else None,
        model=read_effort(rulebook.loaded),
    )


def _made_from(contents: Contents) -> dict[str, object]:
    rules = contents.rules
    return {
        "set": rules.id,
        "version": rules.version,
        "year": contents.year,
        "as_of": rules.as_of.isoformat(),
        "counted_to": contents.day.isoformat(),
        "known_on": rules.known_on.isoformat() if rules.known_on else None,
        "overlays": list(rules.overlays),
        "illustrative_rules": rules.illustrative,
        "illustrative_data": contents.dataset.illustrative,
        "hash": contents.law_hash,
        "inputs": {one.name: one.sha256 for one in contents.dataset.inputs},
        "language": current_language(),
        "program": __version__,
    }
