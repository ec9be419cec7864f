"""The documents behind figures (`ntm_rules.evaluation.cross_checks.documents`), of all reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ntm_rules.dataset.records import Place, State
from ntm_rules.evaluation.cross_checks import documents as one_report
from ntm_rules.evaluation.cross_checks.context import Finder
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure
from ntm_rules.evaluation.cross_checks.many.all_reports import AllReports, verdicts_of
from ntm_rules.evaluation.cross_checks.many.figures import Bools
from ntm_rules.evaluation.cross_checks.many.hits import Hits, NamedHit, together
from ntm_rules.evaluation.cross_checks.named_documents import NamedDocument as Document
from ntm_rules.evaluation.cross_checks.named_documents import beside
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.cross_checks import DocumentDated, DocumentWithout, WithoutEvidence
from ntm_rules.rulebook.models import Measure
from ntm_rules.text_columns import Numbers


def without_evidence(reports: AllReports, condition: WithoutEvidence) -> Hits:
    """Return the reports with figures for which no document is named, all of a report together."""
    context = reports.context
    measures = context.selected(condition.of)
    bare = np.zeros((len(measures), len(reports)), np.bool_)
    texts = _BesideFigures(reports)
    for row, measure in enumerate(measures):
        bare[row] = reports.figures.now(measure.id).present & ~texts.any_of(measure)
        if condition.verdict is not None:
            verdicts = verdicts_of(reports.evaluation, context.asking([measure]))
            bare[row] &= (verdicts == Verdict[condition.verdict]).any(axis=0)
    for record in texts.listing:
        documents = context.documents(record)
        bare[:, record] &= np.array([measure.id not in documents for measure in measures], np.bool_)
    return together(bare, [CheckedFigure(measure.id) for measure in measures], NamedHit())


def document_without(reports: AllReports, condition: DocumentWithout) -> Hits:
    """Return the reports with documents named without their day, number or issuer, all of a report together."""
    find = one_report.document_without(reports.context, condition)
    measures = reports.context.selected(condition.of)
    return _at_fault(reports, measures, lambda _year: one_report.lacking(condition), find)


def document_dated(reports: AllReports, condition: DocumentDated) -> Hits:
    """Return the reports with documents of which every day named lies outside the years expected, all together."""
    find = one_report.document_dated(reports.context, condition)
    measures = reports.context.selected(condition.of)
    return _at_fault(reports, measures, lambda year: one_report.outside(condition, year), find)


def _at_fault(
    reports: AllReports,
    measures: Sequence[Measure],
    fault_in: Callable[[int], Callable[[Document], bool]],
    find: Finder,
) -> Hits:
    texts = _BesideFigures(reports)
    faults = np.array([texts.where(measure, fault_in) for measure in measures], np.bool_)
    faults = faults.reshape(len(measures), len(reports))
    listing = set(range(len(reports)) if reports.evaluation.records.made_of_objects else texts.listing)
    records: list[int] = []
    subjects: list[tuple[tuple[CheckedFigure, ...], str]] = []
    places: dict[int, Sequence[Place]] = {}
    for record in sorted({*np.flatnonzero(faults.any(axis=0)).tolist(), *listing}):
        if record not in listing:
            subjects.append(
                texts.named([one for one, at in zip(measures, faults[:, record], strict=True) if at], record)
            )
            records.append(record)
            continue
        for found in find(record):
            if found.places:
                places[len(records)] = found.places
            subjects.append((tuple(found.figures), str(found.facts["documents"])))
            records.append(record)
    known = {subject: number for number, subject in enumerate(dict.fromkeys(subjects))}
    numbers = np.array([known[subject] for subject in subjects], np.intp)
    figures = [figures for figures, _words in known]
    return Hits(np.array(records, np.intp), numbers, figures, NamedHit([words for _figures, words in known]), places)


class _BesideFigures:
    """The documents written beside figures."""

    def __init__(self, reports: AllReports) -> None:
        self.figures, self.years = reports.figures, reports.evaluation.records.years
        columns, owners = self.figures.columns, self.figures.owners
        self.listing = [at for at, owner in enumerate(owners.tolist()) if owner in columns.evidence]
        """The positions of reports that list documents apart from their figures."""

    def any_of(self, measure: Measure) -> Bools:
        """Tell in which reports a document stands beside the figure."""
        return self._where(self._numbers(measure), lambda _text: True)

    def where(self, measure: Measure, fault_in: Callable[[int], Callable[[Document], bool]]) -> Bools:
        """Tell in which reports the document beside the figure is at fault."""
        numbers = self._numbers(measure)
        found = np.zeros(len(numbers), np.bool_)
        for year in np.unique(self.years).tolist():
            of_year, at_fault = self.years == year, fault_in(year)
            found[of_year] = self._where(numbers[of_year], at_fault)
        return found

    def named(self, measures: Sequence[Measure], record: int) -> tuple[tuple[CheckedFigure, ...], str]:
        """Return some figures of a report in its own order, and the documents beside them in words."""
        columns, owner = self.figures.columns, self.figures.owners[record]
        rows = sorted((int(columns.place[row, owner]), row) for row in (self.figures.rows[one.id] for one in measures))
        words = (columns.texts[columns.document[row, owner]].strip() for _place, row in rows)
        return tuple(CheckedFigure(columns.measures[row]) for _place, row in rows), "; ".join(dict.fromkeys(words))

    def _numbers(self, measure: Measure) -> Numbers:
        """Return the number of the text beside each report's figure; 0 where no figure is."""
        columns, owners, row = self.figures.columns, self.figures.owners, self.figures.rows.get(measure.id)
        if row is None:
            return np.zeros(len(owners), np.int32)
        numbers: Numbers = np.where(columns.state[row, owners] == State.MISSING, 0, columns.document[row, owners])
        return numbers

    def _where(self, numbers: Numbers, true: Callable[[Document], bool]) -> Bools:
        """Tell where something is true of the document that a text's number stands for; nowhere where none is."""
        if not numbers.any():  # the usual case: nobody wrote anything
            return np.zeros(len(numbers), np.bool_)
        different, of_row = np.unique(numbers, return_inverse=True)
        texts = [self.figures.columns.texts[number].strip() for number in different.tolist()]
        found: Bools = np.array([bool(text) and true(beside(text)) for text in texts])[of_row]
        return found
