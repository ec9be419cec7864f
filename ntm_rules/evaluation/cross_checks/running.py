"""Looking through reports with every cross-check of their set. No verdict reads what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ntm_rules.dataset.records import CommuneYear, Dataset, Place
from ntm_rules.evaluation.cross_checks.context import Context, Finder
from ntm_rules.evaluation.cross_checks.copies import all_identical
from ntm_rules.evaluation.cross_checks.documents import document_dated, document_without, without_evidence
from ntm_rules.evaluation.cross_checks.finding import CheckedFigure, Finding, Hit
from ntm_rules.evaluation.cross_checks.readings import reading
from ntm_rules.evaluation.cross_checks.relations import contradiction, relation, same
from ntm_rules.evaluation.cross_checks.reports import Reports
from ntm_rules.evaluation.cross_checks.targets import exactly_the_target
from ntm_rules.evaluation.cross_checks.years import changed, no_longer_met
from ntm_rules.rulebook.cross_checks import CrossCheck

MADE_BY: Mapping[str, Callable[[Context, Any], Finder]] = {
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
"""Condition -> what makes it ready for reports."""


def look_through(reports: Reports, dataset: Dataset, only: Iterable[int] | None = None) -> list[Finding]:
    """Return what the set's cross-checks find, in the order of the reports, then of the catalogue.

    `dataset` is what the reports stand in: its problems are taken over where a check names them, and its records of
    other years serve as the years before. Where there is none, the figures that the form carries do. `only`: the
    positions of the reports to look at; the others serve for comparison.
    """
    context = Context(reports, dataset)
    ready = [
        (check, MADE_BY[check.condition](context, getattr(check, check.condition)))
        for check in reports.rules.cross_checks
    ]
    minded = {id_ for check, _find in ready for id_ in check.unless}
    findings: list[Finding] = []
    for at in range(len(reports.records)) if only is None else only:
        told: dict[str, set[CheckedFigure]] = {}
        for check, find in ready:
            known = set().union(*(told.get(id_, ()) for id_ in check.unless))
            for found in find(at):
                if not _told_already(found, known):
                    findings.append(finding_of(check, reports.records[at], found))
                    if check.id in minded:
                        told.setdefault(check.id, set()).update(_bare(found))
    return findings


def _bare(found: Hit) -> set[CheckedFigure]:
    """Return the figures of a finding without their values."""
    return {CheckedFigure(figure.measure, figure.part) for figure in found.figures}


def _told_already(found: Hit, known: set[CheckedFigure]) -> bool:
    return bool(known) and bool(found.figures) and _bare(found) <= known


def finding_of(check: CrossCheck, report: CommuneYear, hit: Hit) -> Finding:
    """Return what a check found in a report, with where its figures were read."""
    read = (report.places.get(figure.measure) for figure in hit.figures)
    places: list[Place] = list(dict.fromkeys(hit.places or (place for place in read if place is not None)))
    return Finding(check, report.code, report.name, report.year, tuple(hit.figures), tuple(places), hit.facts)
