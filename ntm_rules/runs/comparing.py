"""Two laws over one set of figures: before and after a change, or two versions of the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ntm_rules.dataset.records import Dataset
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.batch import evaluate
from ntm_rules.i18n import Message
from ntm_rules.report.comparison.words import LawAndOverlays, WhatIf, what_if
from ntm_rules.report.csv_files import write_csv
from ntm_rules.report.tables.comparison import changes_for_programs
from ntm_rules.report.whole_files import refuse_in_the_way, results_written
from ntm_rules.rulebook.loader import HEADER, available_sets
from ntm_rules.runs.law import LawAsked
from ntm_rules.runs.long_work import collector_at_rest
from ntm_rules.runs.outputs import files_read
from ntm_rules.runs.reading import NothingEvaluated, YearsRead, must_exist, read, read_years
from ntm_rules.runs.rulebook import Rulebook, open_rulebook
from ntm_rules.wording.values import invented
from ntm_rules.workbench.comparing.changes import Comparison
from ntm_rules.workbench.comparing.lawdiff import LawDiff, diff_laws
from ntm_rules.workbench.comparing.sides import LawSide, read_sides
from ntm_rules.workbench.comparing.supposing import suppose

FILES = TABLE, WORKBOOK = "changes.csv", "thay-doi.xlsx"


@dataclass(frozen=True, slots=True)
class WhatIfAsked:
    """The law after a change, and the law before it."""

    law: LawAsked
    """The law after; without overlays it has those of the law before."""
    supposed: Sequence[str] = ()
    """`ID=VALUE` texts, laid on the law after."""
    against: Sequence[str] = ()
    """Overlay files of the law before, and perhaps another version of the set."""
    against_as_of: dt.date | None = None
    """The day of the law before."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DiffAsked:
    """Two laws, and perhaps figures to judge under both."""

    before: str
    after: str
    law: LawAsked
    """What both start from: set, overlays, the day compared alone."""
    data: Sequence[Path] = ()
    year: int | None = None


class Compared(NamedTuple):
    """Two laws compared over figures, of the first of the years read."""

    read: YearsRead
    report: WhatIf


def compare_whatif(laws: WhatIfAsked, data: Sequence[Path], out: Path | None = None) -> Compared | NothingEvaluated:
    """Compare two laws over `data`, and write what changes into a folder where one is named.

    Raises:
        NtmError: a path that is not there, a file in the way, nothing that changes, or a year outside the set's period.
    """
    must_exist(data)
    named = (Path(text) for text in laws.against)
    inputs = files_read(data, [*laws.law.overlays, *(path for path in named if path.is_file())])
    if out is not None:
        refuse_in_the_way(out, FILES, inputs)
    with collector_at_rest():
        before, after = two_rulebooks(laws)
        found = read_years(after, data, [laws.year] if laws.year else [])
        if isinstance(found, NothingEvaluated):
            return found
        report = _compared(laws, before, found, data)
        if out is not None:
            from ntm_rules.report.comparison.workbook import write_changes

            with results_written(out, inputs=inputs) as place:
                changes = changes_for_programs(report.comparison)
                write_csv(place / TABLE, changes.keys, changes.codes())
                write_changes(place / WORKBOOK, report)
    return Compared(found, report)


def two_rulebooks(laws: WhatIfAsked) -> tuple[Rulebook, Rulebook]:
    """Return the set with the overlays of each side; what is supposed is laid on later, on its day.

    Raises:
        NtmError: nothing says what changes, or something named does not exist.
    """
    law = laws.law
    another, laid = _against(laws.against)
    if not (laws.supposed or law.overlays or laws.against or law.as_of or laws.against_as_of):
        raise NtmError(
            Message("Say what is to change: --set ID=VALUE, --overlay FILE, --against, or --as-of DAY (see --help)")
        )
    after = open_rulebook(replace(law, overlays=law.overlays or laid))
    if another is not None:
        return open_rulebook(replace(law, criteria=another, overlays=laid)), after
    return replace(open_rulebook(replace(law, overlays=laid)), loaded=after.loaded), after


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


def _compared(asked: WhatIfAsked, before: Rulebook, found: YearsRead, data: Sequence[Path]) -> WhatIf:
    """Judge the year read under both laws and compare."""
    after, year = found.rulebook, found.years[0]
    last_day = dt.date(year, 12, 31)
    day_after = asked.law.as_of or last_day
    only_the_day = not (asked.supposed or asked.law.overlays or before.loaded is not after.loaded)
    day_before = asked.against_as_of or (last_day if only_the_day else day_after)
    if asked.supposed:
        asked_of = replace(after, as_of=day_after)
        newest = max([day_after, *(overlay.promulgated for overlay in after.overlays)])
        laid = suppose(
            asked.supposed,
            asked_of.written(asked_of.for_year(year)),
            promulgation=asked.law.known_on or newest,
            from_=dt.date(day_after.year, 1, 1),
            ids={overlay.id for book in (before, after) for overlay in book.overlays},
        )
        after = replace(after, overlays=(*after.overlays, laid))
    return _over(replace(before, as_of=day_before), replace(after, as_of=day_after), data, found.dataset, year)


def _over(before: Rulebook, after: Rulebook, data: Sequence[Path], dataset: Dataset, year: int) -> WhatIf:
    """Judge one year's figures, already read for the law after, under both laws."""
    laws = LawAndOverlays(before.for_year(year), before.overlays), LawAndOverlays(after.for_year(year), after.overlays)
    read_before = dataset if before.loaded is after.loaded else read(before, data)
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


def compare_laws(laws: DiffAsked) -> tuple[LawDiff, Compared | None]:
    """Compare what two laws say and do, and where figures are given their verdicts under both.

    Raises:
        NtmError: a path that is not there; a law that cannot be read; or the figures hold no year that the laws cover.
    """
    law = laws.law
    must_exist([*laws.data, *law.overlays])
    with collector_at_rest():
        sides = read_sides(
            (laws.before, laws.after), criteria=law.criteria, overlays=law.overlays, known_on=law.known_on
        )
        diff = diff_laws(*sides, as_of=law.as_of)
        return diff, _over_data(diff, laws) if laws.data else None


def _over_data(diff: LawDiff, asked: DiffAsked) -> Compared:
    """Judge figures under both laws: the year asked for or the latest, on the days compared or on its 31 December.

    Raises:
        NtmError: the figures hold no year that the laws cover.
    """
    before, after = _rulebook(diff.before), _rulebook(diff.after)
    found = read_years(after, asked.data, [asked.year] if asked.year else [])
    if isinstance(found, NothingEvaluated):
        raise NtmError(Message("Nothing in the figures given can be evaluated; see what ntm batch says of them"))
    first, year = diff.days[0], found.years[0]
    if len(diff.days) == 1 and first.before.from_ == first.before.to:
        before, after = replace(before, as_of=first.before.from_), replace(after, as_of=first.after.from_)
    return Compared(found, _over(before, after, asked.data, found.dataset, year))


def _rulebook(side: LawSide) -> Rulebook:
    return Rulebook(loaded=side.loaded, overlays=side.overlays, overlay_files={}, known_on=side.known_on)
