"""Reading figures for the years asked for, or saying why there is nothing to judge."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.latest_year import latest_year, reports_by_year
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.runs.long_work import Progress, Work, collector_at_rest, unseen
from ntm_rules.runs.other_sets import passed_over
from ntm_rules.runs.rulebook import Rulebook


class YearsRead(NamedTuple):
    """What was read, and the years to judge in it."""

    rulebook: Rulebook
    dataset: Dataset
    years: Sequence[int]


class NothingEvaluated(NamedTuple):
    """What was read, in which nothing could be judged, and the years that were asked for in vain."""

    rulebook: Rulebook
    dataset: Dataset
    years: Sequence[int]


def must_exist(paths: Sequence[Path]) -> None:
    """Refuse paths that are not there.

    Raises:
        NtmError: naming them all.
    """
    absent = [path for path in paths if not path.exists()]
    if absent:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in absent))


def read(rulebook: Rulebook, data: Sequence[Path], *, jobs: int = 1, progress: Progress = unseen) -> Dataset:
    """Return what files and folders report, for any year of a set; `jobs` 0: a process for each processor.

    Raises:
        NtmError: a path that is not there.
    """
    must_exist(data)
    progress(Work.READING, 0, None)
    with collector_at_rest():
        dataset = read_dataset(
            data,
            rulebook.questionnaire(),
            jobs=jobs or os.cpu_count() or 1,
            progress=lambda done, total: progress(Work.READING, done, total),
        )
    return passed_over(dataset, rulebook.loaded.folder)


def read_years(
    rulebook: Rulebook, data: Sequence[Path], years: Sequence[int], *, jobs: int = 1, progress: Progress = unseen
) -> YearsRead | NothingEvaluated:
    """Return what is reported, with those of the years asked for that have data, or the latest year that has.

    Raises:
        NtmError: a path that is not there; a year outside the period of the set; or none is asked for, and the latest
            is not the fullest.
    """
    dataset = read(rulebook, data, jobs=jobs, progress=progress)
    found = years_to_judge(dataset, rulebook, years)
    return YearsRead(rulebook, dataset, found) if found else NothingEvaluated(rulebook, dataset, years)


def years_to_judge(dataset: Dataset, rulebook: Rulebook, years: Sequence[int]) -> list[int]:
    """Return the years asked for that have data, or the latest year of the period that has.

    Raises:
        NtmError: a year outside the period of the set; or none is asked for, and the latest is not the fullest.
    """
    rulebook.covers(*years)
    if years:
        present = reports_by_year(dataset, rulebook.period)
        return [year for year in sorted(set(years)) if year in present]
    latest = latest_year(dataset, rulebook.period)
    return [] if latest is None else [latest]
