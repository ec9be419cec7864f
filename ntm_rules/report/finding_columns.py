"""What cross-checks found in many reports as rows, each text made once for findings that are said alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ntm_rules.evaluation.cross_checks.many.findings import Findings
from ntm_rules.report.csv_files import csv_cell, csv_line
from ntm_rules.report.finding_places import FileAndPlaces, FindingPlaces
from ntm_rules.wording.finding_sentences import Sentences
from ntm_rules.wording.findings import FindingRow, finding_words, mend_words

T = TypeVar("T")
Own = tuple[str, FileAndPlaces, str, str]
"""Measures, file and places, message, what to do."""


class FindingColumns:
    """The rows of all findings of one evaluation, in their order."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.records = findings.reports.evaluation.records
        self._places = FindingPlaces(self.records)

    def rows(self) -> Iterator[FindingRow]:
        """Yield the findings as rows."""
        owners = list(zip(self.records.codes, self.records.names, self.records.years.tolist(), strict=True))
        for record, cells in self._in_order(self._cells):
            yield FindingRow(*owners[record], *cells)

    def lines(self) -> Iterator[str]:
        """Yield the findings as lines of CSV."""
        owners = zip(self.records.codes, self.records.names, self.records.years.tolist(), strict=True)
        starts = [f"{csv_line(owner)}," for owner in owners]
        for record, tail in self._in_order(self._tails):
            yield starts[record] + tail

    def _in_order(self, of_check: Callable[[int], Iterable[T]]) -> Iterator[tuple[int, T]]:
        """Yield each finding's record and what there is of it, given what there is of one check's findings."""
        of_checks = [iter(of_check(at)) for at in range(len(self.findings.by_check))]
        for record, at in zip(self.findings.records.tolist(), self.findings.checks.tolist(), strict=True):
            yield record, next(of_checks[at])

    def _cells(self, at: int) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of one check's findings."""
        check = self.findings.by_check[at].check
        title = str(check.title)
        for measures, (file, places), message, mend in self._own[at]:
            yield check.id, check.severity, measures, file, places, title, message, mend

    def _tails(self, at: int) -> Iterator[str]:
        """Yield the lines of one check's findings, from the check on."""
        check, quoted = self.findings.by_check[at].check, _Quoted()
        start, title = csv_line([check.id, check.severity]), csv_cell(str(check.title))
        for measures, where, message, mend in self._own[at]:
            yield f"{start},{measures},{quoted[where]},{title},{csv_cell(message)},{quoted[mend,]}\r\n"

    @cached_property
    def _own(self) -> Sequence[Sequence[Own]]:
        """What differs between the findings of each check."""
        return [list(self._own_of(at)) for at in range(len(self.findings.by_check))]

    def _own_of(self, at: int) -> Iterator[Own]:
        checked = self.findings.by_check[at]
        check, hits = checked.check, checked.hits
        measures = [list(dict.fromkeys([figure.measure for figure in figures])) for figures in hits.figures]
        named = [";".join(ids) for ids in measures]
        sentences = Sentences(self.findings, at)
        messages, mends = sentences.said(check.finding, finding_words), sentences.said(check.mend, mend_words)
        own = [part.tolist() for part in (checked.kept, hits.records[checked.kept], hits.subjects[checked.kept])]
        for hit, record, subject, message, mend in zip(*own, messages, mends, strict=True):
            yield named[subject], self._places.of(record, measures[subject], hits.places.get(hit, ())), message, mend


class _Quoted(dict[tuple[str, ...], str]):
    """Cells beside each other as they stand in a file, made once."""

    def __missing__(self, cells: tuple[str, ...]) -> str:
        line = self[cells] = csv_line(cells)
        return line
