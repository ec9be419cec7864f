"""What every kind of table does with a row: clean its cells, find its measure, note its faults."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from ntm_rules.dataset.cells.answers import spellings
from ntm_rules.dataset.cells.figure_parts import Fault, FigureReader
from ntm_rules.dataset.cells.numbers import STRUCK_OUT, Broken, Cell, Doubtful, Percent, Rescaled, written
from ntm_rules.dataset.cells.texts import FileTexts, key, looks_old, tidy
from ntm_rules.dataset.places import WIDTH, Filing, Grid, Log, Owner, Where, cell_name, column_letters
from ntm_rules.dataset.rows.headers import Header, Vocabulary
from ntm_rules.rulebook.kinds import KINDS

ILLUSTRATIVE = "số liệu minh họa"
"""A note that starts so says that the figures are invented."""
MOST_MERGED = 50
"""More merged ranges than this in one sheet are not listed one by one."""


def cell_at(row: Sequence[Cell], column: int, number: int, texts: FileTexts) -> Cell:
    """Return one cell, its text cleaned; a column of -1, or past the row's end, is blank."""
    cell = row[column] if 0 <= column < len(row) else ""
    return texts.clean(cell, number, column) if cell.__class__ is str and cell else cell


def text_at(row: Sequence[Cell], column: int, number: int, texts: FileTexts) -> str:
    """Return one cell as text."""
    return written(cell_at(row, column, number, texts))


def with_unit(value: Cell, unit: Cell, figure: FigureReader, vocabulary: Vocabulary) -> Cell:
    """Return a number as if the unit that stands in a column of its own had been typed behind it, where it is another."""
    if value.__class__ not in (int, float, str) or value == "" or unit.__class__ is not str or not unit:
        return value
    words = tidy(str(unit))
    return f"{written(value)} {words}" if words and vocabulary.is_another_unit(words, figure) else value


def words_doubt(cell: Cell, *, document: bool) -> str:
    """Return why a cell that is no plain text does not hold the words it should; empty when it may.

    `document`: the words name a document, whose number a spreadsheet program may have made into something else.
    """
    if isinstance(cell, Broken):
        return cell.code
    if not document:
        return ""
    if isinstance(cell, Doubtful):
        return "document-struck-out" if cell.code == STRUCK_OUT else ""
    made = isinstance(cell, Percent | Rescaled | bool | dt.date | dt.time | dt.timedelta)
    return "document-as-date" if made or (isinstance(cell, float | Decimal) and not _numbers_a_document(cell)) else ""


_LONGEST_NUMBER = 10**11
"""Larger numbers a spreadsheet shows in powers of ten."""


def _numbers_a_document(number: float | Decimal) -> bool:
    return 0 < number < _LONGEST_NUMBER and number == int(number)


def words_in(
    row: Sequence[Cell],
    column: int,
    number: int,
    heading: str,
    owner: Owner,
    measure: str,
    where: Where,
    log: Log,
    *,
    document: bool,
) -> str:
    """Return the words of a cell that is not blank; empty, with the reason noted, where they cannot be used."""
    cell = cell_at(row, column, number, log.texts)
    code = "" if cell.__class__ is str else words_doubt(cell, document=document)
    if not code:
        return written(cell)
    log.add(
        code,
        where,
        number,
        column,
        heading=heading,
        value=written(cell),
        commune_code=owner.code,
        commune=owner.name,
        year=owner.year,
        measure=measure,
    )
    return ""


_NUMBER = re.compile(r"[+-]?[0-9][0-9.,\s]*%?")
_ANSWERS = frozenset(key(text) for traits in KINDS.values() for text in spellings(traits))


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds something that is reported: a number, or an answer as measures have it.

    >>> is_figure(48), is_figure("92,5 %"), is_figure("Không đạt"), is_figure("12/BC-UBND"), is_figure("")
    (True, True, True, False, False)
    """
    if not isinstance(cell, str):
        return not isinstance(cell, Broken | dt.date | dt.time | dt.timedelta)
    text = tidy(cell)
    return _NUMBER.fullmatch(text) is not None or (len(text) < LONGEST_ANSWER and key(text) in _ANSWERS)


LONGEST_ANSWER = 40


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
    figure: FigureReader,
    where: Where,
    log: Log,
) -> None:
    """Note what is wrong with a figure; `columns` are those of value, numerator and denominator."""
    for fault in faults:
        column = columns[fault.part]
        code, parameters = fault.code, fault.parameters
        if code == "not-a-number" and figure.says_nothing_there(fault.written):
            code = "answer-not-applicable"
        if code == "answer-not-applicable":
            parameters = {**parameters, "instead": figure.instead_of_not_applicable()}
        log.add(
            code,
            where,
            row,
            column,
            heading=headings[fault.part],
            value=fault.written,
            commune_code=owner.code,
            commune=owner.name,
            year=owner.year,
            measure=figure.id,
            **parameters,
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


def note_hidden(grid: Grid, header: Header, filings: Sequence[Filing], log: Log) -> None:
    """Note the rows and columns that nobody sees and in which figures or documents were read, once a sheet."""
    if not grid.hidden:
        return
    rows = {packed // WIDTH for filing in filings for packed in filing.places.values()}
    for filing in filings:
        cells = [evidence.place.cell for evidence in filing.evidence if evidence.place is not None]
        rows.update(int(re.sub("[A-Z]", "", cell)) - 1 for cell in cells)
    unseen = sorted(rows & grid.hidden.rows)
    if unseen:
        log.add("hidden-rows", grid.where, which=_stretches(unseen, lambda row: str(row + 1)))
    columns = {header.roles[role] for role in ("value", "numerator", "denominator") if role in header.roles}
    columns.update(column for measure in header.measures for column in measure[1:4] if column >= 0)
    hidden = [at for at in sorted(columns) if any(first <= at <= last for first, last in grid.hidden.columns)]
    filled = [
        at for at in hidden if any(number in rows and at < len(row) and row[at] != "" for number, row in grid.rows)
    ]
    if filled:
        log.add("hidden-columns", grid.where, which=_stretches(filled, column_letters))


def _stretches(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """Return numbers in words, those that follow each other as stretches: 5-7, 9."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1][1:] = [number]
        else:
            stretches.append([number])
    return ", ".join("-".join(map(name, stretch)) for stretch in stretches)
