"""What stands in a form's cells when it is written: answers, last year's figures, documents, marks on mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.wording.findings import Mistake

VALUE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
PARTS = (VALUE, NUMERATOR, DENOMINATOR)


@dataclass(frozen=True, slots=True)
class Answer:
    """The cells of one question, as typed; blank cells are the empty text."""

    value: Cell = ""
    numerator: Cell = ""
    denominator: Cell = ""
    note: str = ""
    opinion: str = ""
    """What the lead agency has written beside it, and its remark: theirs alone, and no part of what is judged."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row of the sheet of evidence, as typed."""

    measure: str
    number: Cell = ""
    date: Cell = ""
    issuer: str = ""
    title: str = ""
    note: str = ""
    label: str = ""
    """What the row calls its figure, where that is none that is asked."""
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Role of a column -> what is wrong with its cell."""


@dataclass(frozen=True, slots=True)
class HamletRow:
    """One row of the sheet of hamlets, as typed."""

    name: Cell = ""
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    """(measure, part) -> what was typed; part is one of `PARTS`."""
    marks: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """(measure, part) -> what is wrong with the cell."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Everything that is written into a form besides its questions."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    previous: Mapping[str, Answer] = field(default_factory=dict)
    """Measure -> what was reported for the year before."""
    documents: Sequence[DocumentRow] = ()
    hamlets: Sequence[HamletRow] = ()
    marks: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """(measure, part) -> what is wrong with the cell; part is one of `PARTS`, or `previous`."""
    doubts: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """(measure, part) -> what asks for a second look at the cell, though it may be right."""
    mistakes: Sequence[Mistake] = ()
    """Everything to be mended; a form that has any gets a sheet that lists it."""
    doubted: bool = False
    """Whose answers these are, or of which year, was in doubt: they count once somebody has confirmed it."""
    incomplete: bool = False
    """Something that stands in the form handed in could not be read, and is not in here."""
    illustrative: str = ""
    """What the form says of its figures where they are invented."""
