"""Figures of more communes than are held together: read once, put away in parts, judged some communes at a time.

A commune's years lie in one part, so that a growth and what moved have the year before beside them. What is asked of all
communes at once (rank, handing-in, agencies, two years) needs their verdicts alone, which are held. Figures of another
commune are found by a number that is the same for the same figures: those communes are looked at together.
"""

from __future__ import annotations

import gc
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.files.parquet_blocks import OpenedFile, is_large, read_blocks
from ntm_rules.dataset.files.reader_process import NoProcess
from ntm_rules.dataset.files.sources import find_sources
from ntm_rules.dataset.joined_columns import together
from ntm_rules.dataset.merging import records_of_table
from ntm_rules.dataset.parted_columns import Bare, PartedColumns
from ntm_rules.dataset.places import Log
from ntm_rules.dataset.record_views import Records, as_records, year_before_of
from ntm_rules.dataset.records import Dataset, InputFile
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused
from ntm_rules.errors import NtmError, Severity
from ntm_rules.evaluation.batch import EngineOutput as Verdicts
from ntm_rules.evaluation.batch import Evaluation, Judge, evaluate
from ntm_rules.evaluation.cross_checks.many.copies import contents
from ntm_rules.evaluation.cross_checks.over_evaluation import cross_check
from ntm_rules.report.finding_columns import finding_table
from ntm_rules.report.large_tables import LargeTables
from ntm_rules.rulebook.criteria_set import CriteriaSet, Gate
from ntm_rules.runs.judged import JudgedYears
from ntm_rules.runs.long_work import Progress, Work
from ntm_rules.runs.reading import NothingEvaluated, years_to_judge
from ntm_rules.runs.rulebook import Rulebook
from ntm_rules.standing.nearest import LeftColumns, left_to
from ntm_rules.standing.overview import Anew, Overview
from ntm_rules.standing.reach import questions_of
from ntm_rules.text_columns import Columns, TextColumn

Contents = Mapping[int, Sequence[NDArray[np.uint64]]]
"""Year -> for each part a number of each of its reports, by check (see `copies.contents`)."""
YEARS_BACK = 2
"""The year before is judged by the law of the year, too, and its growth starts a year earlier still."""


class FoundInParts(NamedTuple):
    """What the cross-checks found in one year, counted."""

    counts: Counter[Severity]
    codes: set[str]

    @property
    def severities(self) -> Iterable[Severity]:
        """How grave each is."""
        return self.counts.elements()


class PartsRead(NamedTuple):
    """What was read: of all communes what is asked of all at once, and the figures in parts."""

    dataset: Dataset
    parts: PartedColumns
    contents: Contents


def read_in_parts(rulebook: Rulebook, data: Sequence[Path], folder: Path, progress: Progress) -> PartsRead | None:
    """Read one large Parquet file, with its figures put away in a folder; None for anything that is not read so."""
    sources, wrong = find_sources(data)
    if wrong or len(sources) != 1 or not is_large(sources[0]):
        return None
    questionnaire, (source,) = rulebook.questionnaire(), sources
    laws: dict[int, CriteriaSet] = {}
    for year in range(rulebook.period.from_, rulebook.period.to + 1):
        with suppress(NtmError):  # nothing is in force in it: told when it is asked for
            laws[year] = rulebook.for_year(year)
    folder.mkdir()
    parts, bare = PartedColumns(folder), Bare(tuple(questionnaire.measures), _asked_of_all(laws.values()))
    log, notes, owners, opened = Log(), Log(), list[tuple[str, int]](), None
    found: dict[int, list[NDArray[np.uint64]]] = {year: [] for year in laws}
    try:
        for reading in read_blocks(source, questionnaire):
            if isinstance(reading, OpenedFile):
                opened = reading
                continue
            own = Log()
            filings, blocks = reading.filings, reading.blocks
            records = as_records(records_of_table(filings, blocks, questionnaire, own, as_columns=True))
            log.take_over(
                Log(problems=list(reading.problems), beyond=reading.beyond, illustrative=reading.illustrative)
            )
            log.illustrative |= reading.illustrative
            notes.take_over(own)
            owners += reading.owners
            for year, rules in laws.items():
                of_year = records.owners[records.columns.years[records.owners] == year]
                found[year].append(contents(rules, records.some(of_year)))
            bare.add(records)
            parts.add(records)
            progress(Work.READING, len(parts), None)
            del reading, records, filings, blocks
            gc.collect()  # the collector rests, and blocks are large
    except (NoProcess, FileRefused):  # as any other file: what it is refused for is told where it is read as a whole
        return None
    if opened is None or not len(parts):
        return None
    log.take_over(notes)
    file = InputFile(source.name, opened.sha256, opened.size, tuple(dict.fromkeys(owners)))
    return PartsRead(Dataset(bare.records(), log.close(), [file], log.illustrative), parts, found)


def _asked_of_all(laws: Iterable[CriteriaSet]) -> dict[str, bool]:
    """Return the measures whose figures tell what can be judged of a commune, or that it was recognised.

    True where the number itself tells it, and not only that there is any.
    """
    asked: dict[str, bool] = {}
    for rules in laws:
        questions = questions_of(rules, [one.condition for one in (*rules.indicators(), *rules.conditions)])
        for one in [*questions, *([rules.recognition] if rules.recognition else [])]:
            measure = one.measure if isinstance(one, Gate) else one
            asked[measure] = asked.get(measure, False) or isinstance(one, Gate)
        asked |= {one.told_apart_by: True for one in rules.requirements() if one.told_apart_by}
    return asked


def judged_in_parts(
    rulebook: Rulebook, read: PartsRead, asked: Sequence[int], judge: Judge, large: LargeTables, progress: Progress
) -> tuple[JudgedYears, Sequence[FoundInParts]] | NothingEvaluated:
    """Judge the years asked for, the large tables of each written as it goes.

    Raises:
        NtmError: a year outside the period of the set; or none is asked for, and the latest is not the fullest.
    """
    years = years_to_judge(read.dataset, rulebook, asked)
    if not years:
        return NothingEvaluated(rulebook, read.dataset, asked)
    evaluations: dict[int, Evaluation] = {}
    left: dict[int, LeftColumns] = {}
    found = []
    for done, year in enumerate(years):
        progress(Work.JUDGING, done, len(years))
        rules, told = rulebook.for_year(year), FoundInParts(Counter(), set())
        gc.collect()
        gc.freeze()  # the law stays: the parts' own are looked for among few
        others = _together_with(read.contents[year])
        own: list[Verdicts] = []
        ways: list[LeftColumns] = []
        for number in range(len(read.parts)):
            back = _years_read(rules, year)
            records = read.parts.block(number, back)
            evaluation = evaluate(rules, records, years=[year], judge=judge)
            table = _findings(evaluation, read, number, back, others.get(number, {}), judge)
            large.add_findings(table)
            _count(table, told)
            del table
            large.add(evaluation)
            ways.append(left_to(evaluation))
            own.append(Verdicts(evaluation.table, evaluation.verdicts, evaluation.reasons))
            del evaluation, records
            gc.collect()
        evaluations[year] = _of_all(rules, read.dataset, year, own)
        left[year] = LeftColumns._make(map(np.concatenate, zip(*ways, strict=True)))
        found.append(told)
    progress(Work.JUDGING, len(years), len(years))
    overviews = []
    for year, evaluation in evaluations.items():
        before = evaluations.get(year - 1)
        if before is None and year - 1 in rulebook.period and year - 1 in read.dataset.years():
            before = _judged_alone(rulebook.year_end(year - 1), read, year - 1, judge)
        overviews.append(Overview(evaluation, read.dataset, rulebook.counted_to, before, left[year]))
    return JudgedYears(rulebook, read.dataset, Anew(overviews)), found


def _judged_alone(rules: CriteriaSet, read: PartsRead, year: int, judge: Judge) -> Evaluation:
    blocks = (read.parts.block(number, range(year - 1, year + 1)) for number in range(len(read.parts)))
    found = (evaluate(rules, records, years=[year], judge=judge) for records in blocks)
    own = [Verdicts(one.table, one.verdicts, one.reasons) for one in found]
    return _of_all(rules, read.dataset, year, own)


def _of_all(rules: CriteriaSet, dataset: Dataset, year: int, own: Sequence[Verdicts]) -> Evaluation:
    """Return the evaluations of all parts as one of all communes."""
    everything = dataset.records
    assert isinstance(everything, Records)
    columns = everything.columns
    records = everything.some(np.flatnonzero((columns.years == year) & ~columns.base_only))
    groups = rules.communes.groups
    return Evaluation(
        rules=rules,
        table=own[0].table,
        records=records,
        previous=year_before_of(records),
        groups=[groups.get(code) for code in records.codes],
        verdicts=np.concatenate([one.verdicts for one in own], axis=1),
        reasons=np.concatenate([one.reasons for one in own], axis=1),
    )


def _together_with(contents: Sequence[NDArray[np.uint64]]) -> dict[int, dict[int, set[int]]]:
    """Return part -> other part -> its reports that have figures of some report of the first."""
    found: dict[int, dict[int, set[int]]] = {}
    for check in range(len(contents[0])):
        numbers = np.concatenate([part[check] for part in contents])
        part = np.repeat(np.arange(len(contents)), [one.shape[1] for one in contents])
        at = np.concatenate([np.arange(one.shape[1]) for one in contents])
        _different, of_number, times = np.unique(numbers, return_inverse=True, return_counts=True)
        alike: dict[int, list[tuple[int, int]]] = {}
        for place in np.flatnonzero((times[of_number] > 1) & (numbers > 0)).tolist():
            alike.setdefault(int(of_number[place]), []).append((int(part[place]), int(at[place])))
        for group in alike.values():
            for (one, _at), (other, report) in itertools.permutations(group, 2):
                if one != other:
                    found.setdefault(one, {}).setdefault(other, set()).add(report)
    return found


def _years_read(rules: CriteriaSet, year: int) -> Sequence[int]:
    """Return the years whose figures judging a year, and the year before it, reads; in order."""
    usual = range(year - YEARS_BACK, year + 1)
    return sorted({*usual, *rules.earlier_years(year), *rules.earlier_years(year - 1)})


def _findings(
    evaluation: Evaluation,
    read: PartsRead,
    number: int,
    years: Sequence[int],
    others: Mapping[int, set[int]],
    judge: Judge,
) -> Columns:
    """Return what the cross-checks find in one part, looked at together with the reports of other parts it may copy."""
    if not others:
        return finding_table(cross_check(evaluation, replace(read.dataset, records=evaluation.records)))
    records = read.parts.block(number, years)
    parts = [(records.columns, records.owners.tolist())]
    for other, reports in others.items():
        block = read.parts.block(other, years[-1:])
        parts.append((block.columns, block.owners[sorted(reports)].tolist()))
    several = Records(together(parts, records.columns.measures))
    judged = evaluate(evaluation.rules, several, years=years[-1:], judge=judge)
    table = finding_table(cross_check(judged, replace(read.dataset, records=several)))
    codes, own = table["commune_code"], set(evaluation.records.codes)
    assert isinstance(codes, TextColumn)
    rows = np.flatnonzero(np.array([code in own for code in codes.texts], np.bool_)[codes.numbers])
    return {name: one.at(rows) if isinstance(one, TextColumn) else one[rows] for name, one in table.items()}


def _count(table: Columns, told: FoundInParts) -> None:
    severities, codes = table["severity"], table["commune_code"]
    assert isinstance(severities, TextColumn)
    assert isinstance(codes, TextColumn)
    for text, times in zip(
        severities.texts, np.bincount(severities.numbers, minlength=len(severities.texts)), strict=True
    ):
        told.counts[Severity(text)] += int(times)
    told.codes.update(codes.texts[number] for number in np.unique(codes.numbers).tolist())
