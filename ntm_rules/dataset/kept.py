"""What was typed into a form, row by row and as it stands, for a form that is given back."""

from __future__ import annotations

from dataclasses import dataclass, field

from ntm_rules.dataset.cells.numbers import Cell


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row of questions or of evidence in which something was typed."""

    sheet: str
    row: int
    """From 0."""
    measure: str
    """Empty when the row names none that is known."""
    cells: dict[str, Cell] = field(default_factory=dict)
    """Role of the column (`value`, `numerator`, `document_number`, ...) -> what was typed."""
    columns: dict[str, int] = field(default_factory=dict)
    """Role -> column, from 0."""
    evidence: bool = False
    """True for a row of the sheet of evidence."""
    label: str = ""
    """What the row calls its figure."""
    hamlet: bool = False
    """True for a row of the sheet of hamlets, whose roles are `hamlet` and (`measure`__`part`)."""
