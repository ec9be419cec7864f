"""A Parquet file that is too large to be held: read some communes at a time, with all their years.

That takes the rows of a commune together and the communes in the order of their codes. Like every Parquet file it is read
in a process that may die; what is wrong with a whole column is told once, as the first rows have it.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ntm_rules.dataset.files.file_reading import FileReading
from ntm_rules.dataset.files.packed_filings import Packed, pack, unpack
from ntm_rules.dataset.files.parquet_files import BATCH, MOST_VALUES
from ntm_rules.dataset.files.reader_process import ReaderProcess, seconds_for
from ntm_rules.dataset.files.sources import PARQUET, SourceFile
from ntm_rules.dataset.places import Grid, Log, Where
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.rows.arrow_tables import INDEX, batch_of, communes_of, converts_of
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.rows.row_batches import Rows
from ntm_rules.dataset.rows.tables import read_grid
from ntm_rules.dataset.workbooks.workbook_safety import FileRefused

ROWS = 30_000
"""So many rows are read at a time, and those of the last commune."""


class OpenedFile(NamedTuple):
    """A file that can be read so."""

    sha256: str
    size: int


def is_large(source: SourceFile) -> bool:
    """Tell whether a file is a Parquet table with more values than are read as a whole."""
    if source.path.suffix.lower() not in PARQUET or not source.path.is_file():
        return False
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(source.path)
    except (pa.ArrowException, OSError, ValueError):
        return False
    return bool(metadata.num_rows * metadata.num_columns > MOST_VALUES)


def read_blocks(source: SourceFile, questionnaire: Questionnaire) -> Iterator[OpenedFile | FileReading]:
    """Yield what the file is, then what it reports, block after block; nothing where it cannot be read so.

    Raises:
        NoProcess: this system has no process to read in.
        FileRefused: reading it ended the process, or took too long.
    """
    seconds = seconds_for(source.path.stat().st_size)
    with ReaderProcess(_begin, questionnaire) as apart:
        opened = apart.ask(_open, source, ROWS, seconds=seconds)
        if opened is None:
            return
        yield opened
        while (answer := apart.ask(_next, seconds=seconds)) is not None:
            reading, packed = answer
            yield reading._replace(filings=[unpack(filing, source.name) for filing in packed])


_words: list[Vocabulary] = []
_reading: list[Iterator[tuple[FileReading, list[Packed]]]] = []
"""What the process works with."""


def _begin(questionnaire: Questionnaire) -> None:
    _words[:] = [Vocabulary(questionnaire)]


def _open(source: SourceFile, rows: int) -> OpenedFile | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(source.path, memory_map=True)
        sizes = _sizes(table, _words[0], rows)
    except (pa.ArrowException, OSError, ValueError):
        return None
    if sizes is None:
        return None
    _reading[:] = [_blocks(table, Where(source.name, "", lines=True), sizes, _words[0])]
    with source.path.open("rb") as stream:
        return OpenedFile(hashlib.file_digest(stream, "sha256").hexdigest(), source.path.stat().st_size)


def _next() -> tuple[FileReading, list[Packed]] | None:
    if not _reading:  # the process that began it has ended
        raise FileRefused("file-ends-reader")
    return next(_reading[0], None)


def _sizes(table: Any, vocabulary: Vocabulary, rows: int) -> list[int] | None:
    """Return of how many rows each block is; None where communes do not follow each other by their codes."""
    schema = table.schema_arrow
    owners = [name for name in schema.names if vocabulary.role(name) in ("code", "commune")]
    sizes, size, last = [], 0, ""
    for batch in table.iter_batches(batch_size=BATCH, columns=owners):
        for code in communes_of(batch, vocabulary):
            if code != last and not code.startswith("?"):  # a row that names no commune is told where it stands
                if code < last:
                    return None
                if size >= rows:
                    sizes.append(size)
                    size = 0
                last = code
            size += 1
    return [*sizes, size]


def _blocks(
    table: Any, where: Where, sizes: Sequence[int], vocabulary: Vocabulary
) -> Iterator[tuple[FileReading, list[Packed]]]:
    log = Log()
    schema = table.schema_arrow
    converts = converts_of(schema, vocabulary, where, log)
    heading = 0, ["" if name.startswith(INDEX) else name for name in schema.names]
    told = beyond = first = 0
    for block in _tables(table, sizes):
        before = len(log.problems)
        log.blocks.clear()
        log.owners.clear()
        filings = []
        if converts is not None:
            batch = batch_of([column.combine_chunks() for column in block.columns], converts, first + 1)
            filings = read_grid(Grid(where, Rows(iter([batch]), heading)), vocabulary, log) or []
        if first:  # the header was looked at with the first block
            log.problems[before:] = [problem for problem in log.problems[before:] if problem.line > 1]
        first += block.num_rows
        if first == sum(sizes):
            log.note_decomposed()
        rows = [(filing.row, filing.code, filing.year) for filing in filings]
        for part in log.blocks:
            rows += zip(part.row.tolist(), part.codes, part.years.tolist(), strict=True)
        owners = tuple(dict.fromkeys((code, year) for _row, code, year in sorted(rows, key=lambda row: row[0])))
        reading = FileReading(
            "", 0, [], log.problems[told:], log.beyond - beyond, log.illustrative, list(log.blocks), owners
        )
        told, beyond = len(log.problems), log.beyond
        yield reading, [pack(filing) for filing in filings]
        del reading, filings
        gc.collect()  # readers and their tables hold each other


def _tables(table: Any, sizes: Sequence[int]) -> Iterator[Any]:
    """Yield the rows of a file as tables of these sizes."""
    import pyarrow as pa

    batches, held, count = table.iter_batches(batch_size=BATCH), [], 0
    for size in sizes:
        while count < size:
            held.append(next(batches))
            count += held[-1].num_rows
        whole = pa.Table.from_batches(held)
        yield whole.slice(0, size)
        held = whole.slice(size).to_batches()
        count -= size
