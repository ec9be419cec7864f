"""Long tables as columns: every row one figure of one owner, or of one of its hamlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.dataset.cells.cell_columns import CellColumn, NoColumn
from ntm_rules.dataset.cells.exact_columns import ExactReader
from ntm_rules.dataset.cells.figure_parts import FigureReader
from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.cells.texts import key
from ntm_rules.dataset.figure_columns import MISSING, SPELT, Bools, FigureColumns, Index, Ints, NumberedTexts, Numbers
from ntm_rules.dataset.places import WIDTH, Filing
from ntm_rules.dataset.records import Reported, State
from ntm_rules.dataset.rows.table_columns import UNKNOWN, ColumnsOfTable
from ntm_rules.dataset.rows.tables import TableReader

OF_COMMUNE = -2
"""Instead of the number of a hamlet: the row names none."""
_KEPT = ("owner", "measure", "state", "value", "base", "counted", "written", "document", "note", "place")
Row = dict[str, NDArray[Any]]
"""Name of a column -> what it holds of every row kept."""


class LongColumns(ColumnsOfTable):
    """Reads batches of rows of a long table."""

    of_hamlets = True

    def __init__(self, table: TableReader) -> None:
        super().__init__(table)
        self._hamlets = HamletRows(table, self.texts)
        self._figures = list(table.vocabulary.figures.values())
        self._is_of_hamlets = np.array([figure.measure.of_hamlets for figure in self._figures], np.bool_)
        self._number_of_figure = {figure.id: at for at, figure in enumerate(self._figures)}
        self._readers: dict[int, ExactReader] = {}
        self._batch: Row = {}
        self._rows: list[Row] = []

    def read(self, numbers: Sequence[int], columns: Sequence[CellColumn], plain: Bools) -> Bools:
        """Read the figures of a batch; return the rows in which none is doubtful."""
        measure = self._measures(columns)
        plain = plain & (measure != UNKNOWN) & self._own_units(columns, measure)
        hamlet = self._hamlets.named(self.column(columns, self.table.hamlet), self.clean)
        plain &= np.where(self._is_of_hamlets[measure], hamlet >= 0, hamlet == OF_COMMUNE)
        parts = [self.column(columns, at) for at in self.table.parts]
        value, numerator = parts[0], parts[1]
        by_parts = value.blank & ~numerator.blank
        at = np.where(by_parts, max(self.table.parts[1], 0), max(self.table.parts[0], 0))
        size = len(measure)
        batch: Row = {
            "owner": self.owner,
            "measure": measure,
            "state": np.full(size, MISSING, np.uint8),
            "value": np.zeros(size, np.int64),
            "base": np.zeros(size, np.int64),
            "counted": np.zeros(size, np.bool_),
            "written": np.zeros(size, np.int32),
            "document": self.document,
            "note": self.note,
            "place": np.asarray(numbers, np.int64) * WIDTH + at,
            "hamlet": hamlet,
        }
        for number in np.unique(measure[plain]).tolist():
            rows = np.flatnonzero(plain & (measure == number))
            value, numerator, denominator = (part.some(rows) for part in parts)
            exact = self._reader(number).read(value, numerator, denominator)
            for name in ("state", "value", "base", "counted", "written"):
                batch[name][rows] = getattr(exact, name)
            plain[rows[exact.doubtful]] = False
        self._batch = batch
        return plain

    def keep(self, rows: Bools) -> None:
        """Keep what was read of some rows of the last batch."""
        hamlet = self._batch["hamlet"]
        self._hamlets.keep({name: column[rows & (hamlet >= 0)] for name, column in self._batch.items()})
        given = rows & (self._batch["state"] != MISSING) & (hamlet == OF_COMMUNE)
        self._rows.append({name: self._batch[name][given] for name in _KEPT})

    def blocks(self) -> list[FigureColumns]:
        """Return every figure that stands once as one block; those that stand again are filed row by row."""
        self._hamlets.file(self._figures, self.owners)
        if not self._rows:
            return []
        kept = {name: np.concatenate([rows[name] for rows in self._rows]) for name in _KEPT}
        owners, first, at_owner = np.unique(kept["owner"], return_index=True, return_inverse=True)
        order = np.argsort(first, kind="stable")  # owners in the order of their first figure
        place = np.empty(len(order), np.intp)
        place[order] = np.arange(len(order))
        owners, at_owner = owners[order], place[at_owner]
        cells = kept["measure"].astype(np.int64) * len(owners) + at_owner
        order = np.argsort(cells, kind="stable")
        again = np.zeros(len(cells), np.bool_)
        again[order[1:]] = cells[order[1:]] == cells[order[:-1]]
        self.table.filings += [self._filing(kept, row) for row in np.flatnonzero(again).tolist()]
        return [self._block(kept, at_owner, owners, ~again)] if len(cells) else []

    def _filing(self, kept: Row, row: int) -> Filing:
        """Return one row as it is read where it stands."""
        said: dict[str, Any] = {name: kept[name][row].item() for name in _KEPT}
        (code,), _names, (year,) = self.owners(kept["owner"][row : row + 1])
        figure = self._figures[said["measure"]]
        spelling = self.table.vocabulary.spelling(figure.id)
        core = said["state"], said["value"], said["base"], said["counted"]
        text = spelling.text(*core) if said["written"] == SPELT else self.texts.texts[said["written"]]
        document, note = (self.texts.texts[said[name]] for name in ("document", "note"))
        reported = Reported(State(core[0]), *core[1:], document, text, note)
        at = said["place"]
        return Filing(code, int(year), self.table.where, {figure.id: reported}, {figure.id: at}, at // WIDTH)

    def _block(self, kept: Row, at_owner: Index, owners: Ints, rows: Bools) -> FigureColumns:
        codes, names, years = self.owners(owners)
        measures, at_measure = np.unique(kept["measure"][rows], return_inverse=True)
        shape, cells = (len(measures), len(owners)), (at_measure, at_owner[rows])

        def filled(name: str, blank: int = 0) -> NDArray[Any]:
            column = kept[name]
            array = np.full(shape, blank, column.dtype)
            array[cells] = column[rows]
            return array

        first = np.full(len(owners), np.iinfo(np.int64).max, np.int64)
        np.minimum.at(first, at_owner[rows], kept["place"][rows] // WIDTH)
        figures = [self._figures[at] for at in measures.tolist()]
        nothing = np.zeros(len(owners), np.bool_)
        return FigureColumns(
            measures=tuple(figure.id for figure in figures),
            codes=codes,
            names=names,
            years=years,
            texts=self.texts.texts,
            wheres=[self.table.where],
            where=np.zeros(len(owners), np.int32),
            row=first,
            of_rows=~nothing,
            beside=nothing,
            form=nothing,
            base_only=nothing,
            spellings=[self.table.vocabulary.spelling(figure.id) for figure in figures],
            state=filled("state", int(MISSING)),
            value=filled("value"),
            base=filled("base"),
            counted=filled("counted"),
            written=filled("written"),
            document=filled("document"),
            note=filled("note"),
            place=filled("place"),
        )

    def _reader(self, number: int) -> ExactReader:
        known = self._readers.get(number)
        if known is None:
            figure = self._figures[number]
            spelling = self.table.vocabulary.spelling(figure.id)
            known = self._readers[number] = ExactReader(figure, spelling, self.texts, self.clean)
        return known

    def _measures(self, columns: Sequence[CellColumn]) -> Numbers:
        """Return the number of each row's measure; `UNKNOWN` where its id and label do not plainly say one."""
        names, labels = (self.column(columns, at) for at in (self.table.measure, self.table.label))
        asked = (names.codes.astype(np.int64) + 1) * (len(labels.uniques) + 1) + labels.codes + 1
        different, first, of_row = np.unique(asked, return_index=True, return_inverse=True)
        numbers = np.full(len(different), UNKNOWN, np.int32)
        for at, row in enumerate(first.tolist()):
            figure = self._figure(names.cell(row), labels.cell(row))
            numbers[at] = UNKNOWN if figure is None else self._number_of_figure[figure.id]
        return numbers[of_row]

    def _figure(self, name: Cell, label: Cell) -> FigureReader | None:
        """Return the measure that an id and a label name together; None where they must be looked at in their place."""
        vocabulary = self.table.vocabulary
        cells = [self.clean(cell) if cell.__class__ is str else None for cell in (name, label)]
        if None in cells:
            return None
        text, words = map(str, cells)
        named = vocabulary.by_label(words) if words else None
        figure = vocabulary.by_id(text) if text else named
        return None if named is not None and named is not figure else figure

    def _own_units(self, columns: Sequence[CellColumn], measure: Numbers) -> Bools:
        """Tell of which rows the column of units says no other unit than the measure's own."""
        units = self.column(columns, self.table.unit)
        if not units.uniques:
            return np.ones(len(measure), np.bool_)
        asked = units.codes.astype(np.int64) * len(self._figures) + measure
        _different, first, of_row = np.unique(asked, return_index=True, return_inverse=True)
        own = np.ones(len(first), np.bool_)
        for at, row in enumerate(first.tolist()):
            cell = units.cell(row)
            if measure[row] != UNKNOWN and cell != "":
                text = self.clean(cell) if cell.__class__ is str else None
                figure = self._figures[measure[row]]
                own[at] = text is not None and not self.table.vocabulary.is_another_unit(str(text), figure)
        return own[of_row]


class HamletRows:
    """The rows of hamlets of a long table: each a figure of one hamlet, or nothing, by which it is listed."""

    def __init__(self, table: TableReader, texts: NumberedTexts) -> None:
        self.table = table
        self.texts = texts
        self._names = NumberedTexts()
        self._rows: list[Row] = []

    def named(self, column: CellColumn, clean: Callable[[Cell], Cell | None]) -> Numbers:
        """Return the number of the name in each row; `OF_COMMUNE` where there is none, `UNKNOWN` where it is in doubt."""
        if isinstance(column, NoColumn):
            return np.full(len(column), OF_COMMUNE, np.int32)
        numbers = np.full(len(column.uniques) + 1, OF_COMMUNE, np.int32)  # the last is of blank cells
        for at, cell in enumerate(column.uniques):
            text = clean(cell) if cell.__class__ is str else None
            numbers[at] = self._names.number(str(text)) if text else UNKNOWN
        return numbers[column.codes]

    def keep(self, rows: Row) -> None:
        """Keep some rows."""
        if len(rows["hamlet"]):
            self._rows.append(rows)

    def file(
        self, figures: Sequence[FigureReader], owners: Callable[[Ints], tuple[list[str], list[str], Numbers]]
    ) -> None:
        """File what each hamlet gives, among what was read row by row: as a hamlet's where all of it was kept, else by rows."""
        if not self._rows:
            return
        kept = {name: np.concatenate([rows[name] for rows in self._rows]) for name in self._rows[0]}
        by_key: dict[str, int] = {}
        key_of = np.array([by_key.setdefault(key(name), len(by_key)) for name in self._names.texts], np.int64)
        groups = kept["owner"] * len(by_key) + key_of[kept["hamlet"]]
        _groups, first, of_row = np.unique(groups, return_index=True, return_inverse=True)
        codes, _names, years = owners(kept["owner"][first])
        read_apart = {(one.code, one.year, key(one.hamlet)) for one in self.table.filings if one.hamlet}
        hamlets = [
            *zip(codes, years.tolist(), [self._names.texts[n] for n in kept["hamlet"][first].tolist()], strict=True)
        ]
        alone = [(code, year, key(name)) not in read_apart for code, year, name in hamlets]
        found: list[Filing | None] = [None] * len(hamlets)
        filings = self.table.filings
        ids = [figure.id for figure in figures]
        said: dict[tuple[int, ...], Reported] = {}
        columns = zip(*(kept[name].tolist() for name in _SAID), strict=True)
        for hamlet, named, place, core in zip(
            of_row.tolist(), kept["hamlet"].tolist(), kept["place"].tolist(), columns, strict=True
        ):
            filing, id_ = found[hamlet], ids[core[0]]
            missing = core[1] == MISSING
            if filing is None or not alone[hamlet] or (not missing and id_ in filing.values):
                code, year, _name = hamlets[hamlet]
                filing = Filing(code, year, self.table.where, {}, {}, place // WIDTH, hamlet=self._names.texts[named])
                filings.append(filing)
                found[hamlet] = found[hamlet] or filing
            if not missing:
                reported = said.get(core)
                filing.values[id_] = said[core] = reported if reported is not None else self._reported(figures, core)
                filing.places[id_] = place
        filings.sort(key=lambda one: one.row)

    def _reported(self, figures: Sequence[FigureReader], core: tuple[int, ...]) -> Reported:
        measure, state, value, base, counted, written, document, note = core
        texts = self.texts.texts
        spelling = self.table.vocabulary.spelling(figures[measure].id)
        text = spelling.text(state, value, base, bool(counted)) if written == SPELT else texts[written]
        return Reported(State(state), value, base, bool(counted), texts[document], text, texts[note])


_SAID = ("measure", "state", "value", "base", "counted", "written", "document", "note")
