"""The documents that back a commune's figures, as it lists them: apart from the figures, and beside them."""

from __future__ import annotations

from typing import NamedTuple

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.report.wording import day
from ntm_rules.rulebook.criteria_set import CriteriaSet


class EvidenceRow(NamedTuple):
    """One document and what it is for."""

    ids: str
    """Ids of the requirements that read its figures, separated by commas."""
    number: str
    date: str
    issuer: str
    title: str
    """Title and note; or the reporter's free text beside the figures."""


def evidence_rows(rules: CriteriaSet, record: CommuneYear) -> list[EvidenceRow]:
    """Return the documents of the list, then those named beside figures, each once for all it backs."""
    reads = _readers(rules)
    listed: dict[tuple[str, str, str, str], dict[str, None]] = {}
    for found in record.evidence:
        text = ". ".join(part for part in (found.title, found.note) if part)
        key = (found.number, day(found.date.isoformat()) if found.date else "", found.issuer, text)
        listed.setdefault(key, {}).update(dict.fromkeys(reads.get(found.measure, [])))
    for measure, ids in reads.items():
        reported = record.get(measure)
        if reported.document and reported.state is not State.MISSING:
            listed.setdefault(("", "", "", reported.document), {}).update(dict.fromkeys(ids))
    return [EvidenceRow(", ".join(ids), *key) for key, ids in listed.items()]


def bare_and_backed(rules: CriteriaSet, record: CommuneYear) -> tuple[list[str], int]:
    """Return the ids of the requirements reported without a document, and how many were reported with one."""
    backed = {found.measure for found in record.evidence}
    bare, with_one = [], 0
    for requirement in rules.requirements():
        reported = record.get(requirement.measure)
        if reported.state is not State.PRESENT:
            continue
        if reported.document or requirement.measure in backed:
            with_one += 1
        else:
            bare.append(requirement.id)
    return bare, with_one


def _readers(rules: CriteriaSet) -> dict[str, list[str]]:
    """Return measure -> ids of the requirements that read it, in the order of the law."""
    found: dict[str, list[str]] = {}
    for requirement in rules.requirements():
        for measure in (requirement.applies_if, requirement.measure):
            if measure:
                found.setdefault(measure, []).append(requirement.id)
    return found
