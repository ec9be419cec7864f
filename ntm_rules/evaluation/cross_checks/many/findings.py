"""Every check over all reports of an evaluation at once: where it finds something, and the findings themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np

from ntm_rules.errors import Severity
from ntm_rules.evaluation.cross_checks.context import Finder
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, Finding, Hit
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports
from ntm_rules.evaluation.cross_checks.many.copies import all_identical
from ntm_rules.evaluation.cross_checks.many.documents import document_dated, document_without, without_evidence
from ntm_rules.evaluation.cross_checks.many.figures import Bools, Index
from ntm_rules.evaluation.cross_checks.many.hits import Hits
from ntm_rules.evaluation.cross_checks.many.readings import reading
from ntm_rules.evaluation.cross_checks.many.relations import contradiction, relation, same
from ntm_rules.evaluation.cross_checks.many.targets import exactly_the_target
from ntm_rules.evaluation.cross_checks.many.years import changed, no_longer_met
from ntm_rules.evaluation.cross_checks.running import MADE_BY, finding_of
from ntm_rules.rulebook.cross_checks import CrossCheck
from ntm_rules.text_columns import by_number

HITS_OF: Mapping[str, Callable[[AllReports, Any], Hits]] = {
    "reading": reading,
    "relation": relation,
    "same": same,
    "contradiction": contradiction,
    "changed": changed,
    "no_longer_met": no_longer_met,
    "exactly_the_target": exactly_the_target,
    "without_evidence": without_evidence,
    "document_without": document_without,
    "document_dated": document_dated,
    "all_identical": all_identical,
}
"""Condition -> what finds it in all reports."""
Told = dict[CheckedFigure, Bools]
"""Figure, its value aside -> the reports in which a check tells of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What one check finds in all reports."""

    check: CrossCheck
    hits: Hits
    kept: Index
    """Those of the hits of which no check above it tells already."""


class Findings(Sequence[Finding]):
    """What the cross-checks of a set find, by report and then by the catalogue; one is made when somebody looks at it."""

    def __init__(self, reports: AllReports) -> None:
        self.reports = reports
        self.by_check = _checked(reports)
        """In the order of the catalogue."""
        nothing = np.zeros(0, np.intp)
        records = np.concatenate([nothing, *(one.hits.records[one.kept] for one in self.by_check)])
        order = np.argsort(records, kind="stable")
        self.records: Index = records[order]
        """The position of each finding's report."""
        self.checks: Index = np.repeat(np.arange(len(self.by_check)), [len(one.kept) for one in self.by_check])[order]
        """The place of each finding's check in the catalogue."""
        self.hits: Index = np.concatenate([nothing, *(one.kept for one in self.by_check)])[order]
        """The place of each among the hits of its check."""
        self._looked_at: tuple[int, dict[int, list[Hit]]] = (-1, {})

    @cached_property
    def severities(self) -> list[Severity]:
        """How grave each is."""
        severities = [one.check.severity for one in self.by_check]
        return [severities[at] for at in self.checks.tolist()]

    @cached_property
    def codes(self) -> set[str]:
        """The codes of the communes they concern."""
        codes = self.reports.evaluation.records.codes
        return {codes[record] for record in np.unique(self.records).tolist()}

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> list[Finding]: ...
    def __getitem__(self, at: int | slice) -> Finding | list[Finding]:
        """Return a finding, or some."""
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        return self.finding(int(self.checks[at]), int(self.hits[at]))

    def finding(self, check: int, row: int) -> Finding:
        """Return the finding of a check that one of its hits stands for."""
        checked = self.by_check[check]
        records = checked.hits.records
        record = int(records[row])
        if self._looked_at[0] != record:
            self._looked_at = record, {}
        known = self._looked_at[1]
        if check not in known:
            known[check] = list(self._finders[check](record))
        found = known[check][row - int(np.searchsorted(records, record))]
        return finding_of(checked.check, self.reports.evaluation.records[record], found)

    @cached_property
    def _finders(self) -> Mapping[int, Finder]:
        return _Finders(self.reports, self.by_check)

    def __iter__(self) -> Iterator[Finding]:
        """Yield every finding."""
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Tell whether another sequence has the same findings."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds


class _Finders(dict[int, Finder]):
    """What looks at one report for each check, made ready when it is first asked for."""

    def __init__(self, reports: AllReports, checked: Sequence[Checked]) -> None:
        super().__init__()
        self._reports, self._checked = reports, checked

    def __missing__(self, at: int) -> Finder:
        check = self._checked[at].check
        find = self[at] = MADE_BY[check.condition](self._reports.context, getattr(check, check.condition))
        return find


def _checked(reports: AllReports) -> list[Checked]:
    """Return what every check finds, in the order of the catalogue."""
    checks = reports.rules.cross_checks
    minded = {id_ for check in checks for id_ in check.unless}
    told: dict[str, Told] = {}
    found = []
    for check in checks:
        hits = HITS_OF[check.condition](reports, getattr(check, check.condition))
        kept = np.flatnonzero(~_told_already(hits, [told[id_] for id_ in check.unless], len(reports)))
        if check.id in minded:
            told[check.id] = _told_of(hits, kept, len(reports))
        found.append(Checked(check, hits, kept))
    return found


def _told_of(hits: Hits, kept: Index, size: int) -> Told:
    """Return of which figures some findings tell in which reports."""
    told: Told = {}
    for subject, own in by_number(hits.subjects[kept]):
        for figure in hits.figures[subject]:
            told.setdefault(figure, np.zeros(size, np.bool_))[hits.records[kept[own]]] = True
    return told


def _told_already(hits: Hits, told: Sequence[Told], size: int) -> Bools:
    """Tell of which findings every figure is told of already."""
    already = np.zeros(len(hits.records), np.bool_)
    if not any(told):
        return already
    nowhere = np.zeros(size, np.bool_)
    known = {
        figure: np.logical_or.reduce([one.get(figure, nowhere) for one in told])
        for figure in {figure for one in told for figure in one}
    }
    for subject, own in by_number(hits.subjects):
        figures = [known.get(figure, nowhere)[hits.records[own]] for figure in hits.figures[subject]]
        if figures:
            already[own] = np.logical_and.reduce(figures)
    return already
