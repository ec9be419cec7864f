"""What is wrong in a filled workbook: every mistake with its sheet and cell, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ntm_rules.dataset.cells.numbers import Cell, Refused, written
from ntm_rules.dataset.cells.texts import shown
from ntm_rules.dataset.places import cell_name
from ntm_rules.dataset.problems import Problem, place_of
from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message


class FillRefused(NtmError):
    """A filled workbook that cannot become an overlay; each message names sheet, cell and mend."""


@dataclass(slots=True)
class WorkbookMistakes:
    """The mistakes and doubts found in one workbook."""

    file: str
    mistakes: list[Message] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)
    hidden: list[tuple[str, range, range, tuple[int, int]]] = field(default_factory=list)
    """Merged ranges told already: sheet, rows, columns, first cell. What their other cells lack is not told again."""

    def refuse(self, sheet: str, row: int | None, column: int | None, message: Message, mend: Message) -> None:
        """Note a mistake at a cell (row and column from 0), or of a sheet or file as a whole."""
        if row is not None and self._is_hidden(sheet, row, column or 0):
            return
        cell = "" if row is None else cell_name(row, column or 0)
        self.mistakes.append(_whole(place_of(sheet=sheet, cell=cell) if sheet else None, self.file, message, mend))

    def refuse_code(self, sheet: str, row: int, column: int, code: str, cell: Cell, **parameters: Any) -> None:
        """Note a mistake that the readers of figures know by its code."""
        problem = Problem(
            code, self.file, sheet, cell_name(row, column), value=shown(written(cell)), parameters=parameters
        )
        self.refuse(sheet, row, column, problem.message(), problem.mend())

    def refuse_cell(self, sheet: str, row: int, column: int, refused: Refused, cell: Cell) -> None:
        """Note a cell that the readers of figures refuse."""
        self.refuse_code(sheet, row, column, refused.code, cell, **refused.parameters)

    def _is_hidden(self, sheet: str, row: int, column: int) -> bool:
        return any(
            sheet == where and row in rows and column in columns and (row, column) != first
            for where, rows, columns, first in self.hidden
        )

    def doubt(self, sheet: str, row: int, column: int, message: Message) -> None:
        """Note what is worth a second look and changes nothing."""
        place = place_of(sheet=sheet, cell=cell_name(row, column))
        self.doubts.append(Message("{place}: {said}", place=place, said=message))

    def check(self) -> None:
        """Raise what was found wrong, all of it.

        Raises:
            FillRefused: there is a mistake.
        """
        if self.mistakes:
            raise FillRefused(*self.mistakes)


def _whole(place: Message | None, file: str, said: Message, mend: Message) -> Message:
    if place is None:
        return Message("{file}: {said}. {mend}", file=file, said=said, mend=mend)
    return Message("{place}: {said}. {mend}", place=place, said=said, mend=mend)


N_("{place}: {said}")
N_("{file}: {said}. {mend}")
N_("{place}: {said}. {mend}")
