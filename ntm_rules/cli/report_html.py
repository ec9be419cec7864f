"""`ntm report html`: the results as a set of plain pages in a folder."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

from ntm_rules import __version__
from ntm_rules.cli.batch import laid_on, years_to_judge
from ntm_rules.cli.console import Screen
from ntm_rules.cli.long_work import collector_at_rest, progress_bar
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.screen_parts import perhaps_another_set, say_why_no_year, say_years, show_problems
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import N_, Message, _, current_language
from ntm_rules.report.pages.links import INDEX
from ntm_rules.report.pages.writing import Kind, check_folder, write_pages
from ntm_rules.report.site.contents import Contents
from ntm_rules.report.site.pages import render_site

WRITTEN, NOTHING_WRITTEN, WITH_PROBLEMS = 0, 2, 3
SITE = Kind(
    marker="ntm-trang.json",
    key="pages",
    foreign=N_("{folder} is not empty and holds no earlier pages ({marker}); name a new or an empty folder"),
    in_the_way=N_("{folder} holds files that are not of earlier pages and would be replaced: {names}; move them away"),
    no_folder=N_("{folder} is a file; name a folder for the pages"),
)


def run_html(
    rulebook: Rulebook,
    data: Sequence[Path],
    out: Path,
    *,
    year: int | None,
    as_of: dt.date | None,
    jobs: int,
) -> int:
    """Write the pages of one year, that asked for or the latest, into a folder; return the exit status.

    Days overdue are counted to the day of knowledge or of the law where one is asked for, else to that of the run.

    Raises:
        NtmError: a path that is not there, a year outside the set's period, or a folder that holds something else.
    """
    absent = [path for path in data if not path.exists()]
    if absent:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in absent))
    check_folder(SITE, out)
    console = Screen(long_lines=True)
    with collector_at_rest(), progress_bar(Screen(errors=True)) as bar:
        task = bar.add_task(_("Reading"), total=None)
        dataset = read_dataset(
            data,
            rulebook.questionnaire(),
            jobs=jobs or os.cpu_count() or 1,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
        asked = [year] if year is not None else []
        chosen = years_to_judge(dataset, rulebook, asked)
        if not chosen:
            bar.stop()
            return _nothing(rulebook, dataset, asked)
        contents = judged(rulebook, dataset, chosen[0], as_of, rulebook.counted_to(as_of))
        pages = bar.add_task(_("Laying out"), total=None)
        files = render_site(contents, lambda done, total: bar.update(pages, completed=done, total=total))
    stale = write_pages(SITE, out, files, _made_from(contents), files_read(data, rulebook.overlay_paths))
    count = sum(name.endswith(".html") for name in files)
    console.print(_("{n} pages of {year} written to {folder}", n=count, year=contents.year, folder=out))
    say_years(console, dataset, rulebook.period, chosen)
    console.print(_("Open {index}", index=out / INDEX), style="bold")
    if stale:
        console.print(_("Files of the earlier pages removed: {n}", n=len(stale)))
    for warning in contents.warnings:
        console.print(warning, style="bold magenta")
    for notice in contents.rules.notices:
        console.print(str(notice), style="bold yellow")
    rules = contents.rules
    show_problems(console, dataset.problems, doubt=perhaps_another_set(dataset, rules.id, rules.title))
    return WITH_PROBLEMS if dataset.problems else WRITTEN


def judged(rulebook: Rulebook, dataset: Dataset, year: int, as_of: dt.date | None, day: dt.date) -> Contents:
    """Return a year judged, and every year before it in the data that the set covers, each under its own law.

    Days overdue are counted to `day`.
    """
    before = [one for one in dataset.years() if one < year and one in rulebook.period]
    evaluation = evaluate(rulebook.for_year(year, as_of), dataset.records, years=[year])
    return Contents(
        evaluation=evaluation,
        earlier=[evaluate(rulebook.for_year(one, None), dataset.records, years=[one]) for one in before],
        dataset=dataset,
        overlays=laid_on([evaluation], rulebook),
        overlay_files=rulebook.overlay_files,
        legal_basis=rulebook.loaded.header.legal_basis,
        day=day,
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


def _nothing(rulebook: Rulebook, dataset: Dataset, asked: Sequence[int]) -> int:
    """Say why nothing could be judged."""
    console, header = Screen(errors=True), rulebook.loaded.header
    show_problems(console, dataset.problems, doubt=perhaps_another_set(dataset, header.id, header.title))
    say_why_no_year(console, dataset, asked, rulebook.period)
    console.print(_("Nothing could be evaluated."), style="bold red")
    return NOTHING_WRITTEN
