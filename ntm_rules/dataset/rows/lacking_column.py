"""The one column that a table lacks to say whose its figures are: its commune, or its year."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from ntm_rules.dataset.places import Grid, Log
from ntm_rules.dataset.rows.header_rows import HEADER_WITHIN, find_header
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.titles import heading
from ntm_rules.i18n import current_language

CODES = {"year": "table-without-year", "commune": "table-without-commune"}
"""Columns that may be the one lacking, and what is told of it."""


class LackingColumn(NamedTuple):
    """A table that would be read if it had one more column."""

    role: str
    row: int
    """The last row of its header, from 0."""


def lacking_column(grid: Grid, vocabulary: Vocabulary) -> LackingColumn | None:
    """Return what a sheet or file without a header lacks; None where one column more would make it no table either."""
    rows = list(islice(grid.rows, HEADER_WITHIN))
    width = max((len(cells) for _number, cells in rows), default=0)
    for role in CODES:
        column = heading(role, "vi")
        more = [(number, [*cells, *[""] * (width - len(cells)), column]) for number, cells in rows]
        head = find_header(Grid(grid.where, more, grid.merged), vocabulary).head
        if head is not None and head.header.shape == "wide":
            return LackingColumn(role, head.last)
    return None


def note_lacking(lacking: LackingColumn, grid: Grid, log: Log) -> None:
    """Note the column that a table lacks, at its header."""
    log.add(CODES[lacking.role], grid.where, lacking.row, lacking=heading(lacking.role, current_language()))
