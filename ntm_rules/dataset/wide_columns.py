"""Wide tables as columns: a row an owner, some columns a measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ntm_rules.dataset.cell_columns import CellColumn
from ntm_rules.dataset.exact_columns import ExactColumn, ExactReader
from ntm_rules.dataset.figure_columns import Bools, FigureColumns, Ints, Numbers
from ntm_rules.dataset.places import WIDTH
from ntm_rules.dataset.table_columns import ColumnsOfTable
from ntm_rules.dataset.tables import Table


class WideColumns(ColumnsOfTable):
    """Reads batches of rows of a wide table."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._measures = table.header.measures
        spelling = table.vocabulary.spelling
        self._readers = [
            ExactReader(columns.figure, spelling(columns.figure.id), self.texts, self.clean)
            for columns in self._measures
        ]
        self._read: list[tuple[ExactColumn, Numbers, Ints]] = []
        self._numbers: Ints = np.zeros(0, np.int64)
        self._blocks: list[FigureColumns] = []

    def read(self, numbers: Sequence[int], columns: Sequence[CellColumn], plain: Bools) -> Bools:
        """Read the figures of a batch; return the rows in which none is doubtful."""
        certain = plain.copy()
        self._numbers = np.asarray(numbers, np.int64)
        self._read = []
        for reader, (_figure, *places, document_at) in zip(self._readers, self._measures, strict=True):
            value, numerator, denominator = (self.column(columns, at) for at in places)
            exact = reader.read(value, numerator, denominator)
            document, known = self.words(self.column(columns, document_at), document=True)
            certain &= known & ~exact.doubtful
            by_parts = value.blank & ~numerator.blank
            self._read.append((exact, document, np.where(by_parts, max(places[1], 0), max(places[0], 0))))
        return certain

    def keep(self, rows: Bools) -> None:
        """Keep what was read of some rows of the last batch as a block of its own."""
        owners = [self.owners[at] for at in self.owner[rows].tolist()]
        exact = [one for one, _document, _at in self._read]
        numbers = self._numbers[rows]
        self._blocks.append(
            FigureColumns(
                measures=tuple(columns.figure.id for columns in self._measures),
                codes=[owner.code for owner in owners],
                names=[owner.name for owner in owners],
                years=np.array([owner.year for owner in owners], np.int32),
                state=np.stack([one.state[rows] for one in exact]),
                value=np.stack([one.value[rows] for one in exact]),
                base=np.stack([one.base[rows] for one in exact]),
                counted=np.stack([one.counted[rows] for one in exact]),
                texts=self.texts.texts,
                written=np.stack([one.written[rows] for one in exact]),
                document=np.stack([document[rows] for _one, document, _at in self._read]),
                note=np.broadcast_to(self.note[rows], (len(exact), len(owners))),
                place=np.stack([numbers * WIDTH + at[rows] for _one, _document, at in self._read]),
                wheres=[self.table.where],
                where=np.zeros(len(owners), np.int32),
                row=numbers,
                of_rows=np.zeros(len(owners), np.bool_),
                beside=np.zeros(len(owners), np.bool_),
                form=np.zeros(len(owners), np.bool_),
                base_only=np.zeros(len(owners), np.bool_),
                spellings=[self.table.vocabulary.spelling(columns.figure.id) for columns in self._measures],
            )
        )

    def blocks(self) -> list[FigureColumns]:
        """Return all that was kept."""
        return self._blocks
