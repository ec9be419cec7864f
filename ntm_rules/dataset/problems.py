"""What can be wrong with data: each kind of problem with its severity, its words and its mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ntm_rules.dataset.problem_kinds import KINDS
from ntm_rules.errors import Severity
from ntm_rules.i18n import N_, Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of one file."""

    code: str
    """Key of the table of problems (`ntm_rules.dataset.problem_kinds.KINDS`)."""
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

    @property
    def severity(self) -> Severity:
        """Whether something was lost (an error) or is only worth a look (a warning)."""
        return KINDS[self.code].severity

    def message(self) -> Message:
        """Return the sentence that says what is wrong and what was read.

        >>> Problem("number-dot-decimal", "a.csv", line=7, value="80.5").message().render("en")
        '“80.5” has a decimal point; here decimals take a comma'
        """
        said = Message(KINDS[self.code].sentence, **self._filling())
        rows = self.parameters.get("rows", 1)
        return Message("{said} (the same in {rows} rows)", said=said, rows=rows) if rows > 1 else said

    def mend(self) -> Message:
        """Return the sentence that says what to do about it.

        >>> Problem("number-dot-decimal", "a.csv", parameters={"suggestion": "80,5"}).mend().render("en")
        'Write 80,5.'
        """
        kind = KINDS[self.code]
        offered = kind.mend_with_nearest and self.parameters.get("nearest")
        return Message(kind.mend_with_nearest if offered else kind.mend, **self._filling())

    def mend_on_paper(self) -> Message:
        """Return what to do about it as a letter says it: no command of the program.

        >>> Problem("form-measure-changed", "a.xlsx").mend_on_paper().render("en")
        'Use a new form from the body that sums up, and carry the answers over.'
        """
        words = KINDS[self.code].mend_on_paper
        return Message(words, **self._filling()) if words else self.mend()

    def place(self) -> Message:
        """Return where it stands in the file; empty when the whole file is meant.

        >>> Problem("negative", "a.xlsx", sheet="Số liệu 2026", cell="D14").place().render("en")
        'sheet “Số liệu 2026”, cell D14'
        """
        column = str(self.parameters.get("column", ""))
        return place_of(self.sheet, self.cell, self.line, column, in_memory=not self.file)

    def _filling(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "value": self.value,
            "commune_code": self.commune_code,
            "commune": self.commune,
            "year": self.year,
            "measure": self.measure,
            **self.parameters,
        }


N_("{said} (the same in {rows} rows)")


WHOLE_FILE = ""
"""The place of a problem that concerns a file as a whole: no words."""


def place_of(sheet: str = "", cell: str = "", line: int = 0, column: str = "", *, in_memory: bool = False) -> Message:
    """Return a place inside a file as a message; `in_memory`: inside a table that is no file, whose rows count from 0."""
    if in_memory and line:
        row = line - 1
        return (
            Message("row {row}, column {column}", row=row, column=column) if column else Message("row {row}", row=row)
        )
    if in_memory and column:
        return Message("column {column}", column=column)
    if line and column:
        return Message("line {line}, column {column}", line=line, column=column)
    if line:
        return Message("line {line}", line=line)
    if sheet and cell:
        return Message("sheet “{sheet}”, cell {cell}", sheet=sheet, cell=cell)
    if sheet:
        return Message("sheet “{sheet}”", sheet=sheet)
    return Message(WHOLE_FILE)


N_("row {row}, column {column}")
N_("row {row}")
N_("column {column}")
N_("line {line}, column {column}")
N_("line {line}")
N_("sheet “{sheet}”, cell {cell}")
N_("sheet “{sheet}”")
