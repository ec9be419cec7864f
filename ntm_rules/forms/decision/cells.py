"""Cells of a filled workbook as values: texts, days, numbers and choices, each read in one way or refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm_rules.dataset.cells.days import day_in, day_of_serial
from ntm_rules.dataset.cells.numbers import Broken, Cell, Percent, Refused, read_number, without_percent, written
from ntm_rules.dataset.cells.texts import FileTexts, key, looks_old, shown
from ntm_rules.dataset.places import Grid
from ntm_rules.exact import TARGET_DECIMALS, decimals_of
from ntm_rules.forms.decision import layout
from ntm_rules.forms.decision.mistakes import WorkbookMistakes
from ntm_rules.i18n import LANGUAGES, Message
from ntm_rules.rulebook.models import LARGEST


@dataclass(frozen=True, slots=True)
class KeyedSheet:
    """A sheet with its row of keys: where each column is, and the rows under the keys."""

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    grid: Grid
    keys_at: int
    """Row of the keys, from 0."""

    def cell(self, row: Sequence[Cell], column: str) -> Cell:
        """Return a cell of a row; empty when the row or the table does not reach so far."""
        at = self.columns.get(column, -1)
        return row[at] if 0 <= at < len(row) else ""


def table_with(grids: Sequence[Grid], key: str) -> KeyedSheet | None:
    """Return the first sheet with a row of keys that holds the one wanted; the rows of the grids are lists."""
    for grid in grids:
        rows = list(grid.rows)
        for i, (number, row) in enumerate(rows):
            if key in row:
                columns = {cell: at for at, cell in enumerate(row) if isinstance(cell, str) and _is_key(cell)}
                return KeyedSheet(grid.where.sheet, columns, rows[i + 1 :], grid, number)
    return None


def _is_key(cell: str) -> bool:
    return cell.startswith(layout.KEY)


class Reader:
    """Reads the cells of one workbook, noting what is wrong."""

    def __init__(self, mistakes: WorkbookMistakes) -> None:
        self.mistakes = mistakes
        self._texts = FileTexts()

    def text(self, cell: Cell, sheet: str, row: int, column: int) -> str:
        """Return a cell's text in NFC, trimmed; a number or day as it is shown."""
        if isinstance(cell, Broken):
            self.mistakes.refuse_code(sheet, row, column, cell.code, cell)
            return ""
        if not isinstance(cell, str):
            return written(cell)
        clean = " ".join(self._texts.clean(cell, row, column).split())
        if looks_old(clean):
            self.mistakes.refuse_code(sheet, row, column, "text-old-encoding", clean)
        return clean

    def day(self, cell: Cell, sheet: str, row: int, column: int) -> dt.date | None:
        """Return the day a cell holds: a spreadsheet's day, or text with the day first."""
        if cell == "":
            return None
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        text = self.text(cell, sheet, row, column) if isinstance(cell, str | Broken) else written(cell)
        found = day_of_serial(cell) or day_in(text)
        if found is not None:
            return found
        if not isinstance(cell, Broken):
            said = Message("“{value}” is not a day", value=text)
            self.mistakes.refuse(sheet, row, column, said, Message("Write it day first, for example 15/8/2026."))
        return None

    def number(self, cell: Cell, sheet: str, row: int, column: int, *, percentage: bool) -> Decimal | None:
        """Return the number a cell holds; None when it is refused."""
        try:
            digits, decimals = read_number(cell, percentage=percentage)
        except Refused as refused:
            if refused.code == "not-a-number":
                said = Message("“{value}” is not a number", value=shown(written(cell)))
                mend = Message("Write one number alone, such as 12,5; leave it empty when the document states none.")
                self.mistakes.refuse(sheet, row, column, said, mend)
                return None
            self.mistakes.refuse_cell(sheet, row, column, refused, cell)
            return None
        number = Decimal(digits).scaleb(-decimals)
        if abs(number) >= LARGEST:
            self.mistakes.refuse_code(sheet, row, column, "too-large", cell, limit=LARGEST)
            return None
        if decimals_of(number) > TARGET_DECIMALS:
            self.mistakes.refuse_code(sheet, row, column, "too-many-decimals", cell, allowed=TARGET_DECIMALS)
            return None
        return number

    def choice(self, cell: Cell, choices: Mapping[str, Sequence[str]], sheet: str, row: int, column: int) -> str | None:
        """Return the key of the choice whose words stand in a cell; None when it is refused."""
        text = self.text(cell, sheet, row, column)
        compared = key(text)
        for name, words in choices.items():
            if compared in {key(word) for word in (name, *words)}:
                return name
        if not isinstance(cell, Broken):
            offered = ", ".join(words[0] for words in choices.values())
            said = Message("“{value}” is not in the list", value=shown(text))
            mend = (
                Message("Choose “{choice}” from the list, or leave the cell empty.", choice=offered)
                if len(choices) == 1
                else Message("Choose one of these from the list, or leave the cell empty: {choices}.", choices=offered)
            )
            self.mistakes.refuse(sheet, row, column, said, mend)
        return None

    def article(self, cell: Cell, sheet: str, row: int, column: int) -> str:
        """Return the words that say where in a document something stands; a day or a mere dash is refused."""
        text = self.text(cell, sheet, row, column)
        mend = Message("Format the cell as text and write it as printed, for example “Điều 1, khoản 3”.")
        if isinstance(cell, dt.date):
            said = Message("a spreadsheet's day ({day}) stands here, not an article", day=text)
            self.mistakes.refuse(sheet, row, column, said, mend)
        elif text and not isinstance(cell, Broken) and not any(c.isalnum() for c in text):
            self.mistakes.refuse(sheet, row, column, Message("“{value}” is not an article", value=text), mend)
        elif text.isdigit():
            self.mistakes.doubt(
                sheet,
                row,
                column,
                Message("only “{value}” stands here; is it an article, a clause, a line?", value=text),
            )
        return text

    @staticmethod
    def is_bare(cell: Cell) -> bool:
        """Tell a number written without any sign of a percentage."""
        return not isinstance(cell, Percent) and not (isinstance(cell, str) and without_percent(cell) is not None)


def in_both(sentence: str) -> list[str]:
    """Return a sentence of the catalogue in every language."""
    return [Message(sentence).render(language) for language in LANGUAGES]
