"""The documents behind figures: none named, or named without what tells them apart, or of the wrong year.

A document is a row of the form's list of evidence, or the text beside the figure itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ntm_rules.dataset.documents import days_in, names_number
from ntm_rules.dataset.records import CommuneYear, Place, State
from ntm_rules.evaluation.cross_checks.context import Context, Finder, figure_of
from ntm_rules.evaluation.cross_checks.finding import Figure, Found
from ntm_rules.evaluation.verdicts import Verdict
from ntm_rules.rulebook.cross_checks import DocumentDated, DocumentWithout, WithoutEvidence
from ntm_rules.rulebook.models import Measure


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a report names it."""

    words: str
    """All that is written of it."""
    numbered: bool
    days: Sequence[dt.date]
    issued_by: bool | None
    """Whether an issuer is given; None for the text beside a figure, which may hold one or not."""
    place: Place | None = None
    """Where it stands, for a row of evidence."""


def without_evidence(context: Context, condition: WithoutEvidence) -> Finder:
    """Find figures for which no document is named, all of a report together."""
    measures = context.selected(condition.of)
    wanted = Verdict[condition.verdict] if condition.verdict else None
    verdicts = context.evaluation.verdicts

    def find(record: int) -> Iterator[Found]:
        report = context.evaluation.records[record]
        listed = _listed(report)
        bare = [
            figure_of(measure, "", reported)
            for measure in measures
            if (reported := report.get(measure.id)).state is State.PRESENT
            and not reported.document.strip()
            and measure.id not in listed
            and (wanted is None or any(verdicts[r, record] == wanted for r in context.rows_reading.get(measure.id, ())))
        ]
        if bare:
            yield Found(bare)

    return find


def document_without(context: Context, condition: DocumentWithout) -> Finder:
    """Find documents named without their day, number or issuer, all of a report together."""
    lacks: Mapping[str, Callable[[Named], bool]] = {
        "date": lambda document: document.numbered and not document.days,
        "number": lambda document: not document.numbered,
        "issuer": lambda document: document.issued_by is False,
    }
    return _finder(context, context.selected(condition.of), lambda _year: lacks[condition.lacks])


def document_dated(context: Context, condition: DocumentDated) -> Finder:
    """Find documents of which every day named lies outside the years expected, all of a report together."""

    def outside(year: int) -> Callable[[Named], bool]:
        first = year + condition.earliest if condition.earliest is not None else dt.MINYEAR
        last = year + condition.latest if condition.latest is not None else dt.MAXYEAR
        return lambda document: bool(document.days) and not any(first <= day.year <= last for day in document.days)

    return _finder(context, context.selected(condition.of), outside)


def _finder(
    context: Context, measures: Sequence[Measure], fault_in: Callable[[int], Callable[[Named], bool]]
) -> Finder:
    def find(record: int) -> Iterator[Found]:
        report = context.evaluation.records[record]
        at_fault, listed = fault_in(report.year), _listed(report)
        figures: list[Figure] = []
        words: dict[str, None] = {}
        places: list[Place] = []
        for measure in measures:
            for document in (*_beside(report, measure.id), *listed.get(measure.id, ())):
                if at_fault(document):
                    figures.append(Figure(measure.id))
                    words[document.words] = None
                    places += [document.place] if document.place else []
        if figures:
            yield Found(list(dict.fromkeys(figures)), {"documents": "; ".join(words)}, places)

    return find


def _beside(report: CommuneYear, measure: str) -> list[Named]:
    text = report.get(measure).document.strip()
    return [Named(text, names_number(text), days_in(text), None)] if text else []


def _listed(report: CommuneYear) -> Mapping[str, list[Named]]:
    """Return the rows of evidence by measure; rows that say nothing, or of no known measure, are left out."""
    found: dict[str, list[Named]] = {}
    for row in report.evidence:
        parts = [text.strip() for text in (row.number, row.title, row.issuer)]
        if not row.measure or not (any(parts) or row.date):
            continue
        text = f"{row.number} {row.title} {row.note}"
        days = [row.date] if row.date else days_in(text)
        numbered = bool(row.number.strip()) or names_number(text)
        named = Named(", ".join(part for part in parts if part), numbered, days, bool(row.issuer.strip()), row.place)
        found.setdefault(row.measure, []).append(named)
    return found
