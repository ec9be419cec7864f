"""`ntm whatif`: which verdicts another law would change, before it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_rules.cli.batch import years_to_judge
from ntm_rules.cli.console import Screen
from ntm_rules.cli.long_work import collector_at_rest
from ntm_rules.cli.outputs import files_read
from ntm_rules.cli.rulebook import Rulebook, open_rulebook
from ntm_rules.cli.rules import print_json
from ntm_rules.cli.screen_parts import say_years, show_problems, years_words
from ntm_rules.cli.whatif_screen import show_what_if
from ntm_rules.dataset.reading import read_dataset
from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import Message, _
from ntm_rules.report.comparison.record import what_if_record
from ntm_rules.report.comparison.rows import NAMES, ChangeRow, change_rows
from ntm_rules.report.comparison.words import Law, WhatIf, what_if
from ntm_rules.report.csv_files import write_csv
from ntm_rules.report.whole_files import refuse_in_the_way, results_written
from ntm_rules.report.wording import invented
from ntm_rules.rulebook.loader import HEADER, available_sets
from ntm_rules.workbench.comparing.changes import Comparison
from ntm_rules.workbench.comparing.supposing import suppose

FILES = TABLE, WORKBOOK = "changes.csv", "thay-doi.xlsx"
COMPARED, NOTHING_EVALUATED = 0, 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    criteria: str | None
    supposed: Sequence[str]
    """`ID=VALUE` texts."""
    overlays: Sequence[Path]
    against: Sequence[str]
    """Overlay files, and perhaps another version of the set."""
    as_of: dt.date | None
    against_as_of: dt.date | None
    known_on: dt.date | None
    year: int | None


def run_whatif(asked: Asked, data: Sequence[Path], out: Path | None, *, as_json: bool) -> int:
    """Compare two laws over `data`; return the exit status."""
    missing = [path for path in data if not path.exists()]
    if missing:
        raise NtmError(*(Message("There is no file or folder {path}", path=str(path)) for path in missing))
    inputs = files_read(data, [*asked.overlays, *(Path(text) for text in asked.against if Path(text).is_file())])
    if out is not None:
        refuse_in_the_way(out, FILES, inputs)
    with collector_at_rest():
        before, after = two_rulebooks(asked)
        console = Screen()
        dataset = read_dataset(data, after.questionnaire())
        years = years_to_judge(dataset, after, [asked.year] if asked.year else [])
        if not years:
            show_problems(console, dataset.problems)
            if asked.year and dataset.years():
                console.print(years_words([asked.year], dataset))
            console.print(_("Nothing could be evaluated."), style="bold red")
            return NOTHING_EVALUATED
        say_years(Screen(errors=as_json), dataset, after.period, years)
        report = compared(asked, before, after, data, dataset, years[0])
        if out is not None:
            from ntm_rules.report.comparison.workbook import write_changes

            with results_written(out, inputs=inputs) as place:
                write_csv(place / TABLE, ChangeRow._fields, change_rows(report.comparison), foreign=NAMES)
                write_changes(place / WORKBOOK, report)
        if as_json:
            print_json(what_if_record(report))
        else:
            show_what_if(console, report, dataset.problems, out)
    return COMPARED


def two_rulebooks(asked: Asked) -> tuple[Rulebook, Rulebook]:
    """Return the set with the overlays of each side; what is supposed is laid on later, on its day.

    Raises:
        NtmError: nothing says what changes, or something named does not exist.
    """
    another, laid = _against(asked.against)
    if not (asked.supposed or asked.overlays or asked.against or asked.as_of or asked.against_as_of):
        raise NtmError(
            Message("Say what is to change: --set ID=VALUE, --overlay FILE, --against, or --as-of DAY (see --help)")
        )
    after = open_rulebook(asked.criteria, asked.overlays or laid, asked.known_on)
    if another is not None:
        return open_rulebook(another, laid, asked.known_on), after
    return replace(open_rulebook(asked.criteria, laid, asked.known_on), loaded=after.loaded), after


def _against(given: Sequence[str]) -> tuple[str | None, list[Path]]:
    """Tell the overlay files of --against from another version of the criteria set, by folder or id."""
    sets: list[str] = []
    overlays: list[Path] = []
    problems: list[Message] = []
    for text in given:
        path = Path(text)
        if path.is_file():
            overlays.append(path)
        elif (path / HEADER).is_file() or text in available_sets():
            sets.append(text)
        else:
            problems.append(
                Message(
                    "--against {text}: there is no overlay file of that name, and no criteria set of that id or folder",
                    text=text,
                )
            )
    if len(sets) > 1:
        problems.append(Message("--against names several criteria sets: {sets}; name one", sets=", ".join(sets)))
    if problems:
        raise NtmError(*problems)
    return (sets[0] if sets else None), overlays


def compared(
    asked: Asked, before: Rulebook, after: Rulebook, data: Sequence[Path], dataset: Dataset, year: int
) -> WhatIf:
    """Judge one year under both laws and compare."""
    last_day = dt.date(year, 12, 31)
    day_after = asked.as_of or last_day
    only_the_day = not (asked.supposed or asked.overlays or before.loaded is not after.loaded)
    day_before = asked.against_as_of or (last_day if only_the_day else day_after)
    if asked.supposed:
        newest = max([day_after, *(overlay.promulgated for overlay in after.overlays)])
        laid = suppose(
            asked.supposed,
            after.loaded,
            promulgated=asked.known_on or newest,
            from_=dt.date(day_after.year, 1, 1),
            taken={overlay.id for book in (before, after) for overlay in book.overlays},
        )
        after = replace(after, overlays=(*after.overlays, laid))
    return compare_over(before, after, data, dataset, year, (day_before, day_after))


def compare_over(
    before: Rulebook, after: Rulebook, data: Sequence[Path], dataset: Dataset, year: int, days: tuple[dt.date, dt.date]
) -> WhatIf:
    """Judge one year's figures, already read for the law after, under both laws on their days."""
    laws = Law(before.for_year(year, days[0]), before.overlays), Law(after.for_year(year, days[1]), after.overlays)
    same_reading = before.loaded is after.loaded
    read_before = dataset if same_reading else read_dataset(data, before.questionnaire())
    comparison = Comparison(
        evaluate(laws[0].rules, read_before.records, years=[year]),
        evaluate(laws[1].rules, dataset.records, years=[year]),
    )
    return what_if(
        *laws,
        comparison,
        warnings=invented(rules=any(law.rules.illustrative for law in laws), data=dataset.illustrative),
        inputs=[(file.name, file.sha256) for file in dataset.inputs],
    )
