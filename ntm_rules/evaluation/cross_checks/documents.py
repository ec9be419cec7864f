"""The documents behind figures: none named, or named without what tells them apart, or of the wrong year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from ntm_rules.dataset.records import Place, State
from ntm_rules.evaluation.cross_checks.context import Context, Finder
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, Hit
from ntm_rules.evaluation.cross_checks.named_documents import NamedDocument
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.cross_checks import DocumentDated, DocumentWithout, WithoutEvidence
from ntm_rules.rulebook.models import Measure

PRESENT = State.PRESENT


def without_evidence(context: Context, condition: WithoutEvidence) -> Finder:
    """Find figures for which no document is named, all of a report together."""
    measures = context.selected(condition.of)
    verdict = Verdict[condition.verdict] if condition.verdict else None
    asking: dict[str, list[str]] = {measure.id: [] for measure in measures}
    for requirement in context.asking(measures):
        asking[requirement.measure].append(requirement.id)
    verdict_of = context.reports.verdict_of

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        documents = context.documents(record)
        bare = [
            measure
            for measure in measures
            if measure.id not in documents
            and report.get(measure.id).state is PRESENT
            and (verdict is None or any(verdict_of(id_, record) == verdict for id_ in asking[measure.id]))
        ]
        if bare:
            yield Hit([CheckedFigure(measure.id) for measure in bare])

    return find


def document_without(context: Context, condition: DocumentWithout) -> Finder:
    """Find documents named without their day, number or issuer, all of a report together."""
    return _finder(context, context.selected(condition.of), lambda _year: lacking(condition))


def lacking(condition: DocumentWithout) -> Callable[[NamedDocument], bool]:
    """Return what tells whether a document is named without what the condition looks for."""
    lacks: Mapping[str, Callable[[NamedDocument], bool]] = {
        "date": lambda document: document.numbered and not document.days,
        "number": lambda document: not document.numbered,
        "issuer": lambda document: document.issued_by is False,
    }
    return lacks[condition.lacks]


def document_dated(context: Context, condition: DocumentDated) -> Finder:
    """Find documents of which every day named lies outside the years expected, all of a report together."""

    return _finder(context, context.selected(condition.of), lambda year: outside(condition, year))


def outside(condition: DocumentDated, year: int) -> Callable[[NamedDocument], bool]:
    """Return what tells whether every day of a document lies outside the years expected of a report of one year."""
    first = year + condition.earliest if condition.earliest is not None else dt.MINYEAR
    last = year + condition.latest if condition.latest is not None else dt.MAXYEAR
    return lambda document: bool(document.days) and not any(first <= day.year <= last for day in document.days)


def _finder(
    context: Context, measures: Sequence[Measure], fault_in: Callable[[int], Callable[[NamedDocument], bool]]
) -> Finder:
    looked_at = {measure.id for measure in measures}

    def find(record: int) -> Iterator[Hit]:
        report = context.records[record]
        at_fault = fault_in(report.year)
        figures: dict[CheckedFigure, None] = {}
        words: dict[str, None] = {}
        places: list[Place] = []
        for measure, documents in context.documents(record).items():
            if measure not in looked_at:
                continue
            for document in documents:
                if at_fault(document):
                    figures[CheckedFigure(measure)] = None
                    words[document.words] = None
                    beside = report.places.get(measure)
                    places += [place for place in (document.place or beside,) if place]
        if figures:
            yield Hit(list(figures), {"documents": "; ".join(words)}, places)

    return find
