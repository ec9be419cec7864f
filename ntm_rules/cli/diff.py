"""`ntm rules diff A B`: what changed in words and what changes in outcome, between two laws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ntm_rules.cli.batch import years_to_judge
from ntm_rules.cli.console import Screen
from ntm_rules.cli.diff_screen import show_law_diff
from ntm_rules.cli.long_work import collector_at_rest
from ntm_rules.cli.rulebook import Rulebook
from ntm_rules.cli.rules import print_json
from ntm_rules.cli.whatif import compare_over
from ntm_rules.cli.whatif_screen import show_what_if
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.errors import NtmError
from ntm_rules.i18n import LANGUAGES, Message
from ntm_rules.report.comparison.changelog import changelog_entry
from ntm_rules.report.comparison.law_record import law_diff_record
from ntm_rules.report.comparison.record import what_if_record
from ntm_rules.report.comparison.words import WhatIf
from ntm_rules.workbench.comparing.lawdiff import LawDiff, diff_laws
from ntm_rules.workbench.comparing.sides import LawSide, read_sides

SAME, DIFFERENT = 0, 1
FORMATS = ("text", "json", "markdown")


@dataclass(frozen=True, slots=True)
class DiffAsked:
    """What was asked for on the command line."""

    before: str
    after: str
    criteria: str | None
    overlays: Sequence[Path]
    as_of: dt.date | None
    known_on: dt.date | None
    data: Sequence[Path]
    year: int | None
    language: str | None
    """The language asked for by name; a CHANGELOG entry otherwise comes in both."""


def run_diff(asked: DiffAsked, form: str) -> int:
    """Compare two laws; return the exit status: 0 no difference, 1 differences."""
    missing = [path for path in (*asked.data, *asked.overlays) if not path.exists()]
    if missing:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in missing))
    with collector_at_rest():
        before, after = read_sides(
            (asked.before, asked.after), criteria=asked.criteria, overlays=asked.overlays, known_on=asked.known_on
        )
        diff = diff_laws(before, after, as_of=asked.as_of)
        report, problems = over_data(diff, asked) if asked.data else (None, ())
    if form == "json":
        print_json(law_diff_record(diff, what_if_record(report) if report else None))
    elif form == "markdown":
        languages = (asked.language,) if asked.language else LANGUAGES
        print(changelog_entry(diff, report, languages), end="")  # noqa: T201 - this is the command's output
    else:
        console = Screen()
        show_law_diff(console, diff)
        if report is not None:
            console.rule()
            show_what_if(console, report, problems, None)
    changes_data = report is not None and bool(report.communes)
    return SAME if diff.empty and not changes_data else DIFFERENT


def over_data(diff: LawDiff, asked: DiffAsked) -> tuple[WhatIf, Sequence[Problem]]:
    """Judge the figures given under both laws: the year asked for or the latest, on the days compared or on its 31 December.

    Raises:
        NtmError: the figures hold no year that the laws cover.
    """
    before, after = _rulebook(diff.before), _rulebook(diff.after)
    dataset = read_dataset(asked.data, after.questionnaire())
    years = years_to_judge(dataset, after, [asked.year] if asked.year else [])
    if not years:
        raise NtmError(Message("Nothing in the figures given can be evaluated; see what ntm batch says of them"))
    first = diff.days[0]
    one_day = len(diff.days) == 1 and first.before.from_ == first.before.to
    last_day = dt.date(years[0], 12, 31)
    days = (first.before.from_, first.after.from_) if one_day else (last_day, last_day)
    return compare_over(before, after, asked.data, dataset, years[0], days), dataset.problems


def _rulebook(side: LawSide) -> Rulebook:
    return Rulebook(loaded=side.loaded, overlays=side.overlays, overlay_files={}, known_on=side.known_on)
