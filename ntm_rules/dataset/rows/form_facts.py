"""What a form says of itself on its hidden sheet: for which set, commune and year it was made, and what it asked.

Writer and reader share these keys; the sheet is found by its first cell, whatever it is called.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.rulebook.models import Measure, Scale

FORMAT = "1"
"""Changes when a form of before can no longer be read as one of today."""
FORM = "ntm:form"
"""The hidden sheet's first cell; the format stands beside it."""
FACTS_SHEET, CALCULATION_SHEET = "ntm", "ntm_tinh"
"""Names of the hidden sheets."""
MEASURE, PREVIOUS = "ntm:measure", "ntm:previous"
"""Begin the rows of what was asked (id, signature), and of last year's figures (id, value, numerator, denominator,
document), as text that the figures are read from again."""
SET, VERSION, ASKED, LAW, AS_OF, COMMUNE, YEAR, LANGUAGE, UNCONFIRMED = (
    "set",
    "version",
    "asked_sha256",
    "law_sha256",
    "as_of",
    "commune",
    "year",
    "language",
    "unconfirmed",
)


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What a form says of itself; texts are empty where it does not say."""

    format: str
    set: str = ""
    version: str = ""
    asked: str = ""
    """Hash of everything it asked (`asked_hash`)."""
    law: str = ""
    """Hash of the law whose targets stand in it."""
    as_of: str = ""
    commune: str = ""
    """Code of the commune it was made for; empty in a form for any commune."""
    year: str = ""
    language: str = ""
    """The language of its words."""
    unconfirmed: str = ""
    """The sheet whose deletion says that somebody has checked whose answers these are; empty where none is awaited."""
    signatures: Mapping[str, str] = field(default_factory=dict)
    """Measure asked -> what it meant then (`signature`)."""
    previous: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    """Measure -> last year's value, numerator, denominator and document."""


def signature(measure: Measure, scale: Scale | None) -> str:
    """Return what tells two meanings of a measure apart: kind, unit, what is counted in which unit, grades.

    Labels and notes may be reworded without the figure meaning another thing.
    """
    counted = measure.counted
    meaning: Sequence[Any] = (
        measure.kind,
        measure.unit.vi,
        (counted.unit.vi, counted.decimals) if counted else (),
        measure.sense or "",
        measure.zero_denominator,
        tuple(grade.id for grade in scale.grades) if scale else (),
    )
    return hashlib.sha256(repr(meaning).encode()).hexdigest()[:12]


def asked_hash(signatures: Mapping[str, str]) -> str:
    """Return the hash of everything a form asks: equal hashes, equal questions."""
    text = "\n".join(f"{measure} {meaning}" for measure, meaning in sorted(signatures.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def facts_in(rows: Sequence[tuple[int, Sequence[Cell]]]) -> FormFacts | None:
    """Return what a sheet's rows say of their form; None when this is no such sheet."""
    said: dict[str, str] = {}
    signatures: dict[str, str] = {}
    previous: dict[str, tuple[str, str, str, str]] = {}
    for number, (_at, row) in enumerate(rows):
        name = _text(row, 0)
        if number == 0:
            if name != FORM:
                return None
            said[FORM] = _text(row, 1)
        elif name == MEASURE:
            signatures[_text(row, 1)] = _text(row, 2)
        elif name == PREVIOUS:
            previous[_text(row, 1)] = (_text(row, 2), _text(row, 3), _text(row, 4), _text(row, 5))
        elif name:
            said[name] = _text(row, 1)
    if FORM not in said:
        return None
    return FormFacts(
        format=said[FORM],
        set=said.get(SET, ""),
        version=said.get(VERSION, ""),
        asked=said.get(ASKED, ""),
        law=said.get(LAW, ""),
        as_of=said.get(AS_OF, ""),
        commune=said.get(COMMUNE, ""),
        year=said.get(YEAR, ""),
        language=said.get(LANGUAGE, ""),
        unconfirmed=said.get(UNCONFIRMED, ""),
        signatures=signatures,
        previous=previous,
    )


def _text(row: Sequence[Cell], column: int) -> str:
    return written(row[column]) if column < len(row) else ""
