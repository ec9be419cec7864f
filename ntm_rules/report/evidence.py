"""The documents that back a commune's figures, as it lists them: apart from the figures, and beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ntm_rules.dataset.records import CommuneYear, State
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.wording.dates import on_day


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
    listed: list[_Listed] = []
    for found in record.evidence:
        text = ". ".join(part for part in (found.title, found.note) if part)
        told = (found.number, on_day(found.date), found.issuer, text)
        _list(listed, told, reads.get(found.measure, []))
    for measure, ids in reads.items():
        reported = record.get(measure)
        if reported.document and reported.state is not State.MISSING:
            _list(listed, ("", "", "", reported.document), ids)
    order = {id_: at for at, id_ in enumerate(dict.fromkeys(id_ for ids in reads.values() for id_ in ids))}
    return [
        EvidenceRow(
            ", ".join(sorted(one.ids, key=order.__getitem__)), one.number, one.date, one.issuer, "; ".join(one.texts)
        )
        for one in listed
    ]


@dataclass
class _Listed:
    """One document as listed so far."""

    number: str
    date: str
    issuer: str
    texts: dict[str, None]
    ids: dict[str, None]

    def is_same(self, number: str, date: str, issuer: str, text: str) -> bool:
        """Tell whether words name this document: its number with no other day and issuer; without one, all the same words.

        Words beside a figure that are the number alone name it too.
        """
        if number:
            pairs = ((self.date, date), (self.issuer, issuer))
            return _plain(self.number) == _plain(number) and all(
                not a or not b or _plain(a) == _plain(b) for a, b in pairs
            )
        if self.number:
            return not (date or issuer) and _plain(self.number) == _plain(text)
        same = (self.date, _plain(self.issuer)) == (date, _plain(issuer))
        return same and _plain(text) in map(_plain, self.texts or [""])


def _list(listed: list[_Listed], told: tuple[str, str, str, str], ids: Sequence[str]) -> None:
    """Add a document to the list, or what is said of it to the one already there."""
    number, date, issuer, text = told
    one = next((found for found in listed if found.is_same(number, date, issuer, text)), None)
    if one is None:
        listed.append(_Listed(number, date, issuer, {text: None} if text else {}, dict.fromkeys(ids)))
        return
    one.date, one.issuer = one.date or date, one.issuer or issuer
    known = {_plain(found) for found in (one.number, *one.texts)}
    if text and _plain(text) not in known:
        one.texts[text] = None
    one.ids.update(dict.fromkeys(ids))


def _plain(text: str) -> str:
    """Return words as they are compared: without regard to capitals and spaces."""
    return "".join(text.casefold().split())


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
        for measure in requirement.asked:
            found.setdefault(measure, []).append(requirement.id)
    return found
