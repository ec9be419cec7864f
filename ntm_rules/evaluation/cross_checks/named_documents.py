"""The documents that a report names: rows of the form's list of evidence, and the texts beside figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ntm_rules.dataset.cells.documents import days_in, names_number
from ntm_rules.dataset.records import CommuneYear, Place
from ntm_rules.i18n import written_day


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document as a report names it."""

    words: str
    """All that is written of it, its day included."""
    numbered: bool
    days: Sequence[dt.date]
    issued_by: bool | None
    """Whether an issuer is given; None for the text beside a figure, which may hold one or not."""
    place: Place | None = None
    """Where it stands, for a row of evidence."""


Documents = Mapping[str, Sequence[NamedDocument]]
"""Measure -> the documents named for it, that beside the figure first."""


def documents_of(report: CommuneYear) -> Documents:
    """Return the documents that a report names, in the order of its figures; rows of evidence of no figure last.

    Rows that say nothing, or that are of no known measure, are left out.
    """
    found: dict[str, list[NamedDocument]] = {}
    for measure, reported in report.values.items():
        text = reported.document.strip()
        if text:
            found[measure] = [beside(text)]
    for row in report.evidence:
        parts = [text.strip() for text in (row.number, row.title, row.issuer)]
        if not row.measure or not (any(parts) or row.date):
            continue
        text = f"{row.number} {row.title} {row.note}"
        days = [row.date] if row.date else days_in(text)
        numbered = bool(row.number.strip()) or names_number(text)
        dated = f"{parts[0]} ({written_day(row.date)})".lstrip() if row.date else parts[0]
        words = ", ".join(part for part in (dated, *parts[1:]) if part)
        found.setdefault(row.measure, []).append(
            NamedDocument(words, numbered, days, bool(row.issuer.strip()), row.place)
        )
    return found


@lru_cache(maxsize=4096)
def beside(text: str) -> NamedDocument:
    """Return the document that a text beside a figure names."""
    return NamedDocument(text, names_number(text), tuple(days_in(text)), None)
