"""CSV and tab-separated text: encoding, delimiter, lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from ntm_rules.dataset.cells.numbers import Cell
from ntm_rules.dataset.files.text_encodings import NotUnicode, decoded, old_encoding, old_encoding_of_text
from ntm_rules.dataset.places import Filing, Grid, Log, Where
from ntm_rules.dataset.rows.header_rows import HEADER_WITHIN, find_header
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.lacking_column import lacking_column, note_lacking
from ntm_rules.dataset.rows.row_batches import Batch, Rows, TextBatch
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.errors import system_reason

DELIMITERS = (",", ";", "\t")
LARGE = 500_000
"""Texts of more characters are read as columns."""
BATCH = 4096
FIRST_LINES = 40
"""A header is looked for in these before it is in more."""


def read_csv(data: bytes, file: str, vocabulary: Vocabulary, log: Log) -> list[Filing]:
    """Return what a CSV file reports, and note in `log` what is wrong with it."""
    where = Where(file, "", lines=True)
    try:
        text = decoded(data)
    except NotUnicode as strange:
        encoding = old_encoding(data, vocabulary.words)
        code = "csv-old-encoding" if encoding else "csv-encoding"
        log.add(code, where, bad_line=strange.line, encoding=encoding)
        return []
    if "\0" in text:
        log.add("csv-nul-bytes", where, text.count("\n", 0, text.index("\0")))
        return []
    delimiter, skipped = _declared_delimiter(text)
    if not delimiter:
        delimiter = _delimiter(text, vocabulary)
    large = len(text) > LARGE
    grid = Grid(where, (_large if large else _rows)(text, delimiter, skipped, where, log))
    filings = read_grid(grid, vocabulary, log)
    if filings is None:
        first = next((line for line in text.splitlines() if line.strip()), "")
        if not log.problems:
            encoding = old_encoding_of_text(text, vocabulary.words)
            again = Grid(where, _rows(text, delimiter, skipped, where, Log()))
            lacking = None if encoding else lacking_column(again, vocabulary)
            if lacking is not None:
                note_lacking(lacking, grid, log)
            elif encoding:
                log.add("csv-typed-in-old-encoding", where, value=first, encoding=encoding)
            else:
                log.add("csv-without-header", where, value=first)
        return []
    return filings


def _declared_delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter that a first line `sep=;` declares, and how many lines that takes."""
    line = text[:8].splitlines()[0] if text[:8].strip() else ""
    return (line[4], 1) if line.lower().startswith("sep=") and len(line) == 5 else ("", 0)


def _delimiter(text: str, vocabulary: Vocabulary) -> str:
    """Return the delimiter under which a header is found, else the commonest in the first lines."""
    lines = text[:200_000].splitlines(keepends=True)
    for head in ("".join(lines[:FIRST_LINES]), "".join(lines[:HEADER_WITHIN])):
        found = [(_named(head, delimiter, vocabulary), -rank) for rank, delimiter in enumerate(DELIMITERS)]
        named, rank = max(found)
        if named:
            return DELIMITERS[-rank]
    for delimiter in DELIMITERS:  # a header of several rows
        rows = _rows(head, delimiter, 0, Where("", "", lines=True), Log())
        if find_header(Grid(Where("", "", lines=True), rows), vocabulary).head is not None:
            return delimiter
    return max(DELIMITERS, key=head.count)


def _named(head: str, delimiter: str, vocabulary: Vocabulary) -> int:
    """Return how many columns the header has that is found under a delimiter; 0 where there is none."""
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
            header = vocabulary.header(row)
            if header.shape is not None:
                return len(header.roles) + len(header.measures)
    except csv.Error:
        pass
    return 0


def _large(text: str, delimiter: str, skipped: int, where: Where, log: Log) -> Rows:
    return Rows(_batches(text, delimiter, skipped, where, log))


def _batches(text: str, delimiter: str, skipped: int, where: Where, log: Log) -> Iterator[Batch]:
    """Yield the rows by the batch, the first one small; what is wrong with the text is noted after the rows before it."""
    aside = Log()
    rows: list[tuple[int, Sequence[Cell]]] = []
    size = FIRST_LINES
    for row in _rows(text, delimiter, skipped, where, aside):
        if aside.problems or len(rows) >= size:
            yield TextBatch(rows)
            log.take_over(aside)
            rows, size = [], BATCH
        rows.append(row)
    if rows:
        yield TextBatch(rows)
    log.take_over(aside)


def _rows(text: str, delimiter: str, skipped: int, where: Where, log: Log) -> Iterator[tuple[int, Sequence[Cell]]]:
    stream = io.StringIO(text, newline="")
    for _ in range(skipped):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line, widest = skipped, 0
    while True:
        try:
            row: Sequence[Cell] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            log.add("csv-broken", where, line, reason=system_reason(error))
            return
        after = skipped + reader.line_num
        if after - line > 1 and _swallows_rows(row, delimiter, widest):
            log.add("quote-swallows-rows", where, line, last=after)
        else:
            widest = max(widest, len(row))
            yield line, row
        line = after


def _swallows_rows(row: Sequence[Cell], delimiter: str, widest: int) -> bool:
    """Tell a cell of several lines that holds whole rows: its quotation mark was closed by a later one."""
    return widest > 1 and any(
        inner.count(delimiter) >= max(2, widest - 2)
        for cell in row
        if isinstance(cell, str) and "\n" in cell
        for inner in cell.splitlines()[1:-1] or cell.splitlines()[1:]
    )
