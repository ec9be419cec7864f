"""What can be wrong with data: each kind of problem with its severity, its words and its mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of one file."""

    code: str
    """Key of the table of problems."""
    file: str
    sheet: str = ""
    cell: str = ""
    """Cell reference ("D14") in a workbook; "line 7, column value" style places in text files use `line`."""
    line: int = 0
    commune_code: str = ""
    commune: str = ""
    year: int = 0
    measure: str = ""
    value: str = ""
    """What stands there, as written."""
    parameters: dict[str, Any] = field(default_factory=dict)
    """What the problem's sentence fills in besides the fields above."""
