"""Columns of tables of many rows, from arrays: each different cell made once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ntm_rules.report.tables.table import Cell, Coded, Column, Kind, Table, code_of
from ntm_rules.standing.overview import Overview
from ntm_rules.text_columns import Bools, Columns, TextColumn, column_of

Cells = Mapping[str, Sequence[Cell]]
"""Key -> the cells of that column."""


def cells_of(values: NDArray[Any], cell: Callable[[int], Cell]) -> Coded:
    """Return each value's cell, made once for all equal ones."""
    different, numbers = np.unique(values, return_inverse=True)
    return Coded(numbers.astype(np.int32), [cell(value) for value in different.tolist()])


def counts(values: NDArray[Any], where: Bools | None = None) -> Coded:
    """Return whole numbers as cells; nothing but `where`."""
    found = cells_of(values, int)
    if where is None:
        return found
    return Coded(np.where(where, found.numbers, len(found.different)).astype(np.int32), [*found.different, None])


def among(numbers: NDArray[Any], different: Sequence[Cell]) -> Coded:
    """Return cells by their numbers."""
    return Coded(numbers.astype(np.int32), different)


def texts_in(column: TextColumn) -> Coded:
    """Return texts as cells."""
    return Coded(column.numbers, column.texts)


def owners(overview: Overview) -> dict[str, Coded]:
    """Return whose each record is, and for which year."""
    records = overview.evaluation.records
    own = np.arange(len(records))
    return {
        "commune_code": among(own, records.codes),
        "commune": among(own, records.names),
        "year": counts(records.years),
    }


def nothing(overview: Overview) -> Coded:
    """Return a column that holds nothing of any record."""
    return among(np.zeros(len(overview.usable)), [None])


def table_of(columns: Sequence[Column], parts: Sequence[Cells]) -> Table:
    """Return cells one part below the other as a table."""
    return Table(columns, [_below([part[column.key] for part in parts]) for column in columns])


def _below(parts: Sequence[Sequence[Cell]]) -> Sequence[Cell]:
    coded = [part for part in parts if isinstance(part, Coded)]
    if len(coded) < len(parts):
        return list(itertools.chain.from_iterable(parts))
    starts = itertools.accumulate((len(part.different) for part in coded), initial=0)
    numbers = [part.numbers + start for part, start in zip(coded, starts, strict=False)]
    different = list(itertools.chain.from_iterable(part.different for part in coded))
    return Coded(np.concatenate([np.zeros(0, np.int32), *numbers]).astype(np.int32), different)


def for_programs(table: Table) -> Columns:
    """Return the columns of a table for programs: texts, and whole numbers."""
    return dict(_for_programs(table))


def _for_programs(table: Table) -> Iterator[tuple[str, TextColumn | NDArray[np.int64]]]:
    for column, cells in zip(table.columns, table.cells, strict=True):
        if column.for_people:
            continue
        different = cells.different if isinstance(cells, Coded) else cells
        codes = list(map(code_of, different))
        if all(type(code) is int for code in codes) and (codes or column.kind is Kind.NUMBER):
            whole = np.array(codes, np.int64)
            yield column.key, whole[cells.numbers] if isinstance(cells, Coded) else whole
        elif isinstance(cells, Coded):
            yield column.key, TextColumn(cells.numbers, list(map(str, codes)))
        else:
            yield column.key, column_of(map(str, codes))
