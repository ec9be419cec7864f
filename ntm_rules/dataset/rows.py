"""What every kind of table does with a row: clean its cells, find its measure, note its faults."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from typing import Any

from ntm_rules.dataset.figures import Fault, Figure
from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.numbers import Cell, written
from ntm_rules.dataset.places import Grid, Log, Owner, Where, cell_name
from ntm_rules.dataset.texts import Texts, key, looks_old

ILLUSTRATIVE = "số liệu minh họa"
"""A note that starts so says that the figures are invented."""
MOST_MERGED = 50
"""More merged ranges than this in one sheet are not listed one by one."""


def cell_at(row: Sequence[Cell], column: int, number: int, texts: Texts) -> Cell:
    """Return one cell, its text cleaned; a column of -1, or past the row's end, is blank."""
    cell = row[column] if 0 <= column < len(row) else ""
    return texts.clean(cell, number, column) if cell.__class__ is str and cell else cell


def text_at(row: Sequence[Cell], column: int, number: int, texts: Texts) -> str:
    """Return one cell as text."""
    return written(cell_at(row, column, number, texts))


def is_blank(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds nothing, or only spaces."""
    return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in row)


def says_illustrative(note: str) -> bool:
    """Tell whether a note says that the figures are invented.

    >>> says_illustrative("Số liệu minh hoạ, không phải số thật"), says_illustrative("số liệu thật")
    (True, False)
    """
    return key(note[:100]).lstrip("( ").startswith(ILLUSTRATIVE)


def note_faults(
    faults: Sequence[Fault],
    columns: Sequence[int],
    headings: Sequence[str],
    row: int,
    owner: Owner,
    figure: Figure,
    where: Where,
    log: Log,
) -> None:
    """Note what is wrong with a figure; `columns` are those of value, numerator and denominator."""
    for fault in faults:
        column = columns[fault.part]
        log.add(
            fault.code,
            where,
            row,
            column,
            heading=headings[fault.part],
            value=fault.written,
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            measure=figure.id,
            **fault.parameters,
        )


def note_unknown_measure(
    name: str, vocabulary: Vocabulary, row: int, column: int, heading: str, owner: Owner, where: Where, log: Log
) -> None:
    """Note that a row's figure belongs to no known measure."""
    known: dict[str, Any] = {"commune_code": owner.code, "commune": owner.name, "year": owner.year}
    if not name:
        log.add("measure-missing", where, row, column, heading=heading, **known)
    elif looks_old(name):
        log.add("measure-old-encoding", where, row, column, heading=heading, value=name, **known)
    else:
        near = log.suggestion(vocabulary.nearest_measure, name)
        log.add("measure-unknown", where, row, column, heading=heading, value=name, nearest=near, **known)


def note_merged(grid: Grid, data_rows: Collection[int], columns: Collection[int], log: Log) -> None:
    """Note merged ranges that reach over cells in which figures stand."""
    noted = 0
    rows = sorted(data_rows)
    for (top, left), (bottom, right) in grid.merged:
        if not any(left <= column <= right for column in columns):
            continue
        if bisect_left(rows, top) < bisect_right(rows, bottom):
            noted += 1
            if noted > MOST_MERGED:
                return
            cells = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            log.add("merged-cells", grid.where, top, left, range=cells)
