"""Long and wide tables as columns: rows in which nothing needs a second look are read all at once, the rest one by one.

Whatever is doubtful about a row - whose it is, a cell that is no plain figure, a text that must be cleaned - leaves that
row to `Table.take`, which alone knows what to say of it. So both ways of reading give the same figures and problems.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from ntm_rules.dataset.cells.cell_columns import BLANK, CellColumn, NoColumn
from ntm_rules.dataset.cells.numbers import Cell, written
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.figure_columns import NO_TEXT, YEARS, Bools, FigureColumns, Ints, NumberedTexts, Numbers
from ntm_rules.dataset.places import Filing
from ntm_rules.dataset.rows.cleaned_rows import says_illustrative, words_doubt
from ntm_rules.dataset.rows.row_batches import Batch
from ntm_rules.dataset.rows.tables import TableReader
from ntm_rules.rulebook.register import Commune

_MOST_NAMED = 1 << 15
"""Of so many pairs of cells it is remembered which commune they name."""
UNKNOWN = -1
"""Instead of the number of an owner: the row does not say in plain words whose it is."""


def columns_of_table(table: TableReader, batches: Iterator[Batch]) -> list[Filing]:
    """Read the rows under a header; return what was read row by row, and leave in the log what was read as columns."""
    from ntm_rules.dataset.rows.long_columns import LongColumns
    from ntm_rules.dataset.rows.wide_columns import WideColumns

    kind: type[ColumnsOfTable] = LongColumns if table.header.shape == "long" else WideColumns
    columns = kind(table)
    for batch in batches:
        if not columns.take(batch):
            break
    blocks = columns.blocks()
    if table.lost.doubted:  # some figures may be parts of others: they are held as unusable
        table.filings += [filing for block in blocks for at in range(len(block)) for filing in block.filings_of(at)]
        table.filings.sort(key=lambda filing: filing.row)
    else:
        table.log.blocks += blocks
    return table.settled()


class ColumnsOfTable:
    """Reads batches of rows of one table."""

    of_hamlets = False
    """Whether figures of hamlets are read as columns too; else rows that name one are left to be read by themselves."""

    def __init__(self, table: TableReader) -> None:
        self.table = table
        self.texts = NumberedTexts()
        self.owner: Ints = np.zeros(0, np.int64)
        """The owner of each row of the last batch: the number of a commune, and a year; `UNKNOWN` where that is in doubt."""
        self._communes: list[Commune] = []
        self._number_of_commune: dict[str, int] = {}
        self._nothing = NoColumn(0)

    def take(self, batch: Batch) -> bool:
        """Read one batch; tell whether the table goes on."""
        table = self.table
        columns, odd = batch.columns(len(table.titles))
        size = len(batch.numbers)
        plain = self._plain_rows(columns, odd, size)
        if plain.any():
            plain &= self.read(batch.numbers, columns, plain)
        end = size
        for at in np.flatnonzero(~plain).tolist():
            if not table.take(batch.numbers[at], batch.row(at)):
                end = at
                break
        plain[end:] = False
        if plain.any():
            table.data_rows.append(batch.numbers[int(np.flatnonzero(plain)[0])])
            notes = np.unique(self.note[plain]).tolist() if self.note.any() else []
            if any(says_illustrative(self.texts.texts[number]) for number in notes):
                table.log.illustrative = True
            self.keep(plain)
        return end == size

    def read(self, numbers: Sequence[int], columns: Sequence[CellColumn], plain: Bools) -> Bools:
        """Read the figures of plain rows; return the rows in which none is doubtful."""
        raise NotImplementedError

    def keep(self, rows: Bools) -> None:
        """Keep what was read of some rows of the last batch."""
        raise NotImplementedError

    def blocks(self) -> list[FigureColumns]:
        """Return all that was kept."""
        raise NotImplementedError

    def column(self, columns: Sequence[CellColumn], at: int) -> CellColumn:
        """Return a column of a table; one that it has not is blank."""
        if 0 <= at < len(columns):
            return columns[at]
        if len(self._nothing) != len(columns[0]):
            self._nothing = NoColumn(len(columns[0]))
        return self._nothing

    def owners(self, numbers: Ints) -> tuple[list[str], list[str], Numbers]:
        """Return the codes and names of some owners' communes, and their years."""
        communes, years = np.divmod(numbers, YEARS)
        found = [self._communes[number] for number in communes.tolist()]
        return [one.code for one in found], [one.name for one in found], years.astype(np.int32)

    def clean(self, cell: Cell) -> Cell | None:
        """Return a cell with its text cleaned; None for a text whose place must be noted."""
        if cell.__class__ is not str or not cell:
            return cell
        text = str(cell)
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            return None
        return self.table.log.texts.clean(text)

    def _plain_rows(self, columns: Sequence[CellColumn], odd: Sequence[int], size: int) -> Bools:
        """Return the rows of known owners whose words need no second look, and set `owner` and `note` of them."""
        table = self.table
        plain = np.ones(size, np.bool_)
        if table.years.said or not columns:
            return np.zeros(size, np.bool_)
        told, bare = table.lost.watched()
        if any((columns[at].codes != BLANK).any() for at in bare if at < len(columns)):
            return np.zeros(size, np.bool_)
        plain[list(odd)] = False
        if table.hamlet >= 0 and not self.of_hamlets:  # figures of hamlets are held apart, with their places
            plain &= self.column(columns, table.hamlet).blank
        self.owner = self._owner_numbers(columns)
        plain &= self.owner != UNKNOWN
        self.note, known = self.words(self.column(columns, table.note), document=False)
        plain &= known
        self.document, known = self.words(self.column(columns, table.document), document=True)
        plain &= known
        for at in told:
            first = self._first_figure(columns[at], plain)
            if first is not None:
                plain[first] = False
        self._illustrative(columns)
        return plain

    def _illustrative(self, columns: Sequence[CellColumn]) -> None:
        """Note it if a row says that its figures are invented."""
        table = self.table
        nature = self.column(columns, table.nature)
        if any("minh họa" in key(written(cell)[:200]) for cell in nature.uniques):
            table.log.illustrative = True

    def _first_figure(self, column: CellColumn, plain: Bools) -> int | None:
        """Return the first plain row of a column that is not read in which a figure stands."""
        figures = [at for at, cell in enumerate(column.uniques) if self.table.lost.holds_figure(cell)]
        rows = np.flatnonzero(np.isin(column.codes, figures) & plain)
        return int(rows[0]) if len(rows) else None

    def words(self, column: CellColumn, *, document: bool) -> tuple[Numbers, Bools]:
        """Return the number of each cell's words, and where they are words without doubt, or blank."""
        if isinstance(column, NoColumn):
            return np.full(len(column), NO_TEXT, np.int32), np.ones(len(column), np.bool_)
        numbers = np.full(len(column.uniques) + 1, NO_TEXT, np.int32)
        known = np.ones(len(column.uniques) + 1, np.bool_)
        for at, cell in enumerate(column.uniques):
            text = self.clean(cell) if cell.__class__ is str else None
            if text is None or text == "" or str(cell).strip().isdecimal() or words_doubt(text, document=document):
                known[at] = False
            else:
                numbers[at] = self.texts.number(str(text))
        return numbers[column.codes], known[column.codes]  # the last of both is of blank cells

    def _owner_numbers(self, columns: Sequence[CellColumn]) -> Ints:
        """Return the owner of each row."""
        code, commune, year = (self.column(columns, at) for at in self.table.identity)
        named = (code.codes.astype(np.int64) + 1) * (len(commune.uniques) + 1) + commune.codes + 1
        different, of_row = np.unique(named, return_inverse=True)
        at_code, at_name = np.divmod(different, len(commune.uniques) + 1)
        codes, names = ["", *code.uniques], ["", *commune.uniques]
        pairs = zip(map(codes.__getitem__, at_code.tolist()), map(names.__getitem__, at_name.tolist()), strict=True)
        communes = np.array(self._numbers_of([*pairs]), np.int64)[of_row]
        years = np.array([*map(self._year, year.uniques), 0], np.int64)[year.codes]  # the last is of blank cells
        since = np.array([*(commune.valid_from.year for commune in self._communes), 0], np.int64)
        known = (communes != UNKNOWN) & (years > 0) & (years >= since[communes])
        return np.where(known, communes * YEARS + years, UNKNOWN)

    def _numbers_of(self, pairs: Sequence[tuple[Cell, Cell]]) -> list[int]:
        """Return the number of the commune that each code and name say together without doubt."""
        named = self.table.vocabulary.named
        found = [*map(named.get, pairs)]
        for at, known in enumerate(found):
            if known is None or pairs[at][0].__class__ is not str or pairs[at][1].__class__ is not str:
                code, name = pairs[at]
                found[at] = commune = self._found(code, name)
                if commune is not None and code.__class__ is name.__class__ is str and len(named) < _MOST_NAMED:
                    named[pairs[at]] = commune
        if not self._communes:
            alone = {commune.code: commune for commune in found if commune is not None}
            if len(alone) == len(found):  # every commune is named in one way
                self._communes = [*alone.values()]
                self._number_of_commune = {code: at for at, code in enumerate(alone)}
                return [*range(len(alone))]
        return [UNKNOWN if commune is None else self._number(commune) for commune in found]

    def _number(self, commune: Commune) -> int:
        number = self._number_of_commune.setdefault(commune.code, len(self._communes))
        if number == len(self._communes):
            self._communes.append(commune)
        return number

    def _found(self, code: Cell, name: Cell) -> Commune | None:
        cells = self.clean(code), self.clean(name)
        if cells[0] is None or cells[1] is None:
            return None
        return self.table.vocabulary.identities.commune_of(cells[0], cells[1])

    def _year(self, cell: Cell) -> int:
        """Return the year that a cell names; 0 where that is in doubt."""
        text = self.clean(cell)
        return 0 if text is None else self.table.vocabulary.identities.year_of(text) or 0
