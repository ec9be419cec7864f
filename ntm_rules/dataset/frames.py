"""A table in memory -> one `Dataset`, as a Parquet file of the same columns would give it."""

from __future__ import annotations

from typing import Any

from ntm_rules.dataset.merging import records_of_table
from ntm_rules.dataset.places import ABOVE, Grid, Log, Where
from ntm_rules.dataset.records import Dataset
from ntm_rules.dataset.rows.arrow_tables import INDEX, batch_of, converts_of
from ntm_rules.dataset.rows.frame_columns import columns_of_frame, names_of
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.row_batches import Rows
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.visible import visible

MEMORY = Where("", "", lines=True)
"""The place of what stands in no file."""


def read_frame(frame: object, vocabulary: Vocabulary) -> Dataset:
    """Return what a pandas frame or an Arrow table reports, wide or long, and everything that is wrong with it.

    Nothing about the figures raises: a bad row or cell becomes a problem at its row, counted from 0, and column.

    Raises:
        NtmError: it is no table, or its columns say neither whose nor which figures stand there.
    """
    columns, log = columns_of_frame(frame), Log()
    converts = converts_of((column.field for column in columns), vocabulary, MEMORY, log)
    filings = None
    if converts is not None:
        heading = ABOVE, ["" if name.startswith(INDEX) else name for name in names_of(columns)]
        batch = batch_of([column.array for column in columns], converts, 0)
        filings = read_grid(Grid(MEMORY, Rows(iter([batch]), heading)), vocabulary, log)
    if filings is None:
        raise NtmError(*_unreadable(columns, log))
    log.note_decomposed()
    records = records_of_table(filings, log.blocks, vocabulary.questionnaire, log)
    return Dataset(records, log.close(), (), log.illustrative)


def _unreadable(columns: Any, log: Log) -> list[Message]:
    """Return why nothing of a table can be read."""
    said = [problem.message() for problem in log.problems]
    if said:
        return said
    names = ", ".join(visible(name) for name in names_of(columns)[:8])
    return [
        Message("The columns of the table do not say whose figures it holds, or which: {names}", names=names),
        Message(
            "Name them commune_code, year and a column for each measure, or commune_code, year, measure and value."
        ),
    ]
