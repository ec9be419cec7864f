"""The counts of the province's reporting forms "Biểu 05" and "Biểu 06": communes, by group and period.

Three periods: up to 31 December of the year before, the year itself, and the plan for its last six months, which is
not data anyone reports here: its cells are left for people. A cell whose count is not known is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.evaluation.batch import Evaluation
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.i18n import _, current_language
from ntm_rules.report.coverage import coverage_of, group_title, groups_of, unit_words
from ntm_rules.report.rows import SummaryRow, summary_rows
from ntm_rules.report.wording import criterion_title

Count = int | None
"""Communes; None where nothing is known."""


class Counts(NamedTuple):
    """One count in the periods that data can fill."""

    before: Count
    now: Count


class Form05Row(NamedTuple):
    """One row of Biểu 05: a criterion, or a line of denominators above them (`id` empty)."""

    id: str
    text: str
    total: Counts
    by_group: Sequence[Counts]
    """In the order of `groups_of`."""


class Form06Row(NamedTuple):
    """One row of Biểu 06."""

    number: str
    text: str
    counts: Counts
    note: str = ""
    heading: bool = False
    """A heading has no counts."""
    to_fill: bool = False
    """Nothing here reports it: left for people."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The year judged, and the year before where the set covers it and something was reported."""

    now: Evaluation
    before: Evaluation | None
    year: int


def form_05(periods: Periods) -> Iterator[Form05Row]:
    """Yield the denominators, then how many communes meet each criterion."""
    rules = periods.now.rules
    groups = groups_of(rules)
    register = [commune.group for commune in rules.communes.within()]
    everyone = [_known(periods, n) for n in (len(register), *(register.count(group) for group in groups))]
    yield Form05Row("", _("Communes in the register"), everyone[0], everyone[1:])

    def counted(chosen: Callable[[Evaluation, int], bool]) -> tuple[Counts, list[Counts]]:
        found = [_by_group(evaluation, groups, chosen) for evaluation in (periods.before, periods.now)]
        columns = [Counts(before, now) for before, now in zip(*found, strict=True)]
        return columns[0], columns[1:]

    yield Form05Row("", _("of them with a report"), *counted(lambda _evaluation, _record: True))
    for criterion in rules.criteria:
        yield Form05Row(criterion.id, criterion_title(criterion), *counted(_meets(criterion.id)))


def _meets(criterion: str) -> Callable[[Evaluation, int], bool]:
    def chosen(evaluation: Evaluation, record: int) -> bool:
        row = evaluation.row_of.get(("criterion", criterion))
        return row is not None and evaluation.verdict(row, record) is Verdict.MET

    return chosen


def _by_group(
    evaluation: Evaluation | None, groups: Sequence[str | None], chosen: Callable[[Evaluation, int], bool]
) -> list[Count]:
    """Count the records chosen: all of them, then those of each group."""
    if evaluation is None:
        return [None] * (1 + len(groups))
    found = [evaluation.groups[r] for r in range(len(evaluation.records)) if chosen(evaluation, r)]
    return [len(found), *(found.count(group) for group in groups)]


def form_06(periods: Periods) -> list[Form06Row]:
    """Return the rows of the form in its order; what no data here can say is left to fill."""
    rows = [Form06Row("I", _("Results of new-rural development in communes"), Counts(None, None), heading=True)]
    rows += _register_rows(periods)
    bands = sorted(periods.now.rules.bands, key=lambda band: -band.at_least)
    language = current_language()
    for n, band in enumerate(bands, 2):
        title = band.title.in_language(language)
        note = _every_criterion(periods) if n == 2 else ""
        rows += _split(periods, str(n), title, _in_band(band.id), note)
        if n == 2:
            rows += _recognition_rows(periods)
    rows += [
        Form06Row("II", _("Communes and villages leaving special difficulty"), Counts(None, None), heading=True),
        _left("-", _("Communes that left special difficulty (if any)")),
        _left("-", _("Villages that left special difficulty (if any)")),
        Form06Row("III", _("The province's own new-rural tasks (if any)"), Counts(None, None), "", to_fill=True),
    ]
    return rows


def _known(periods: Periods, n: int) -> Counts:
    """Return a number of the register; of the year before only where that year is judged."""
    return Counts(n if periods.before else None, n)


def _in_band(band: str) -> Callable[[SummaryRow], bool]:
    return lambda row: row.band == band


def _register_rows(periods: Periods) -> Iterator[Form06Row]:
    rules = periods.now.rules
    covered = coverage_of(periods.now)
    unit = unit_words(rules)
    register = [commune.group for commune in covered.communes]
    total = len(register)
    yield Form06Row("1", _("Communes in all ({unit})", unit=unit), _known(periods, total))
    for i, group in enumerate(groups_of(rules), 1):
        yield Form06Row(f"1.{i}", group_title(rules, group), _known(periods, register.count(group)))
    before = len(periods.before.records) if periods.before else None
    silent = ", ".join(commune.name for commune in covered.silent)
    note = _("Without a report: {names}", names=silent) if silent else ""
    yield Form06Row("", _("of them with a report"), Counts(before, len(periods.now.records)), note)


def _recognition_rows(periods: Periods) -> Iterator[Form06Row]:
    unsaid = sum(row.recognised == "" for row in summary_rows(periods.now))
    note = _("As communes report it; {n} of {total} say nothing", n=unsaid, total=len(periods.now.records))
    title = _("Communes with a decision recognising them as meeting the standard")
    yield from _split(periods, "2.1", title, lambda row: row.recognised == "yes", note)
    yield from _left_by_group(periods, "2.2", _("Communes completing their file for recognition"))
    yield _left("2.3", _("Communes with a decision recognising them as modern new-rural"))


def _split(
    periods: Periods, number: str, title: str, chosen: Callable[[SummaryRow], bool], note: str = ""
) -> Iterator[Form06Row]:
    """Yield a count and, below it, the same by group."""
    rules = periods.now.rules
    groups = groups_of(rules)
    found: list[list[Count]] = []
    for evaluation in (periods.before, periods.now):
        if evaluation is None:
            found.append([None] * (1 + len(groups)))
            continue
        rows = [row for row in summary_rows(evaluation) if chosen(row)]
        found.append([len(rows), *(sum((row.group or None) == group for row in rows) for group in groups)])
    counts = [Counts(before, now) for before, now in zip(*found, strict=True)]
    yield Form06Row(number, title, counts[0], note)
    for group, count in zip(groups, counts[1:], strict=True):
        yield Form06Row("-", group_title(rules, group), count)


def _every_criterion(periods: Periods) -> str:
    """Say how many meet every criterion that applies: apart from a band, and from recognition."""
    met = sum(row.meets_every_criterion == Verdict.MET.name for row in summary_rows(periods.now))
    return _("Meeting every criterion that applies: {n} of {total}", n=met, total=len(periods.now.records))


def _left(number: str, text: str) -> Form06Row:
    return Form06Row(number, text, Counts(None, None), _("To be filled in: not in the data"), to_fill=True)


def _left_by_group(periods: Periods, number: str, text: str) -> Iterator[Form06Row]:
    yield _left(number, text)
    for group in groups_of(periods.now.rules):
        yield Form06Row("-", group_title(periods.now.rules, group), Counts(None, None), to_fill=True)
