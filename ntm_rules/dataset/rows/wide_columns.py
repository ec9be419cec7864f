"""Wide tables as columns: a row an owner, some columns a measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ntm_rules.dataset.cells.cell_columns import CellColumn
from ntm_rules.dataset.cells.exact_columns import ExactColumn, ExactReader
from ntm_rules.dataset.figure_columns import MISSING, NO_TEXT, Bools, FigureColumns, Ints, PlacesOfRows
from ntm_rules.dataset.rows.table_columns import ColumnsOfTable
from ntm_rules.dataset.rows.tables import TableReader


class WideColumns(ColumnsOfTable):
    """Reads batches of rows of a wide table."""

    def __init__(self, table: TableReader) -> None:
        super().__init__(table)
        self._measures = table.header.measures
        self._spellings = [table.vocabulary.spelling(columns.figure.id) for columns in self._measures]
        self._readers = [
            ExactReader(columns.figure, spelling, self.texts, self.clean)
            for columns, spelling in zip(self._measures, self._spellings, strict=True)
        ]
        self._batch: dict[str, Any] = {}
        self._column = np.zeros((0, 0), np.int16)
        self._numbers: Ints = np.zeros(0, np.int64)
        self._blocks: list[FigureColumns] = []

    def read(self, numbers: Sequence[int], columns: Sequence[CellColumn], plain: Bools) -> Bools:
        """Read the figures of a batch; return the rows in which none is doubtful."""
        certain = plain.copy()
        if any(columns.figure.measure.of_hamlets for columns in self._measures):
            certain[:] = False
        self._numbers = np.asarray(numbers, np.int64)
        shape = len(self._measures), len(plain)
        batch: dict[str, Any] = {
            "state": np.full(shape, MISSING, np.uint8),
            "value": np.zeros(shape, np.int64),
            "base": np.zeros(shape, np.int64),
            "counted": np.zeros(shape, np.bool_),
            "written": np.zeros(shape, np.int32),
            "document": np.broadcast_to(np.int32(NO_TEXT), shape),
        }
        ways = [(max(places[0], 0), places[1]) for _figure, *places, _document in self._measures]
        usual = np.array([at if by < 0 or at else by for at, by in ways], np.int16)
        column = np.broadcast_to(usual[:, None], shape)
        if any(at >= 0 and by >= 0 for _figure, at, by, *_others in self._measures):
            column = column.copy()
        if any(document_at >= 0 for *_others, document_at in self._measures):
            batch["document"] = np.zeros(shape, np.int32)
        for at, (reader, (_figure, *places, document_at)) in enumerate(zip(self._readers, self._measures, strict=True)):
            value, numerator, denominator = (self.column(columns, one) for one in places)
            own = {name: batch[name][at] for name in ("state", "value", "base", "counted", "written")}
            own["doubtful"] = np.zeros(shape[1], np.bool_)
            exact = reader.read(value, numerator, denominator, ExactColumn(**own))
            certain &= ~exact.doubtful
            if places[0] >= 0 and places[1] >= 0:
                np.copyto(column[at], np.int16(places[1]), where=value.blank & ~numerator.blank)
            if document_at >= 0:
                batch["document"][at], known = self.words(self.column(columns, document_at), document=True)
                certain &= known
        self._batch, self._column = batch, column
        return certain

    def keep(self, rows: Bools) -> None:
        """Keep what was read of some rows of the last batch as a block of its own."""
        whole = rows.all()
        codes, names, years = self.owners(self.owner[rows])
        numbers, nothing = self._numbers[rows], np.zeros(len(codes), np.bool_)
        self._blocks.append(
            FigureColumns(
                measures=tuple(columns.figure.id for columns in self._measures),
                codes=codes,
                names=names,
                years=years,
                texts=self.texts.texts,
                note=np.broadcast_to(self.note[rows], (len(self._measures), len(codes))),
                wheres=[self.table.where],
                where=np.zeros(len(codes), np.int32),
                row=numbers,
                of_rows=nothing,
                beside=nothing,
                form=nothing,
                base_only=nothing,
                spellings=self._spellings,
                place=PlacesOfRows(numbers, self._column if whole else self._column[:, rows]),
                **{name: part if whole else part[:, rows] for name, part in self._batch.items()},
            )
        )

    def blocks(self) -> list[FigureColumns]:
        """Return all that was kept."""
        return self._blocks
