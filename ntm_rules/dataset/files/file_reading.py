"""One file -> what it reports and what is wrong with it, whatever its format."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ntm_rules.dataset.files.csv_files import read_csv
from ntm_rules.dataset.files.file_names import of_the_commune_named
from ntm_rules.dataset.files.harmless import (
    MOST_PACKED,
    MOST_TEXT,
    NotHarmless,
    harmless_only,
    harmless_text,
    leave_to_another_process,
)
from ntm_rules.dataset.files.packed_filings import Packed, pack, unpack
from ntm_rules.dataset.files.reader_process import NoProcess, ReaderProcess, seconds_for
from ntm_rules.dataset.files.serving import MOST_MEMORY
from ntm_rules.dataset.files.sources import PARQUET, WORKBOOKS, SourceFile
from ntm_rules.dataset.places import Filing, Log, Where
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.questionnaire import Questionnaire
from ntm_rules.dataset.rows.headers import Vocabulary
from ntm_rules.dataset.workbooks.workbook_files import read_workbook
from ntm_rules.dataset.workbooks.workbook_safety import MB, FileRefused
from ntm_rules.errors import system_reason
from ntm_rules.i18n import Message

if TYPE_CHECKING:  # see `ntm_rules.dataset.merging`
    from ntm_rules.dataset.figure_columns import FigureColumns

LARGEST = 512 * MB


class FileReading(NamedTuple):
    """What one file holds."""

    sha256: str
    """Empty when the file could not be opened."""
    size: int
    filings: list[Filing]
    problems: list[Problem]
    beyond: int
    illustrative: bool
    blocks: Sequence[FigureColumns] = ()
    """What was read as columns, beside the filings."""
    owners: tuple[tuple[str, int], ...] = ()
    """(code, year) of whose figures they are, those included that were not taken; 0 for a year that is not said."""


class FileReader:
    """Reads files, one after the other: what is harmless in this process, all else in another that may die."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._vocabulary = Vocabulary(questionnaire)
        self._apart = reader_process(questionnaire)

    def __enter__(self) -> FileReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._apart.close()

    def read(self, source: SourceFile) -> FileReading:
        """Return what a file reports; every mistake in it is a problem, and so is that reading it ends a process."""
        try:
            with harmless_only():
                return read_file(source, self._vocabulary)
        except NotHarmless:
            return read_apart(source, self._apart, self._vocabulary)


def reader_process(questionnaire: Questionnaire, *, copied: bool = True) -> ReaderProcess:
    """Return a process for `read_apart`, not started yet; `copied`: it may be a copy of this one."""
    return ReaderProcess(_take_words, questionnaire, copied=copied)


def read_apart(source: SourceFile, apart: ReaderProcess, vocabulary: Vocabulary) -> FileReading:
    """Return what a file reports, read in another process; in this one, made of `vocabulary`, where none can be had."""
    try:
        reading, packed = apart.ask(_read_packed, source, seconds=seconds_for(_size(source)))
    except NoProcess:
        return _read_here(source, vocabulary)
    except FileRefused as refused:
        return _refused(source, refused)
    return reading._replace(filings=[unpack(filing, source.name) for filing in packed])


def _read_here(source: SourceFile, vocabulary: Vocabulary) -> FileReading:
    try:
        return read_file(source, vocabulary)
    except MemoryError:
        return _refused(source, FileRefused("file-takes-memory", limit=MOST_MEMORY // MB))


def _refused(source: SourceFile, refused: FileRefused) -> FileReading:
    log = Log()
    log.add(refused.code, Where(source.name, "", lines=False), **refused.parameters)
    return FileReading("", 0, [], log.problems, 0, False)


_words: list[Vocabulary] = []
"""The vocabulary of this process, when it reads for another."""


def _take_words(questionnaire: Questionnaire) -> None:
    _words[:] = [Vocabulary(questionnaire)]


def _read_packed(source: SourceFile) -> tuple[FileReading, list[Packed]]:
    reading = read_file(source, _words[0])
    return reading._replace(filings=[]), [pack(filing) for filing in reading.filings]


def _size(source: SourceFile) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def read_file(source: SourceFile, vocabulary: Vocabulary) -> FileReading:
    """Return what a file reports; every mistake in it is a problem.

    Raises:
        NotHarmless: within `harmless_only`, for a file that only another process may read.
    """
    log = Log()
    where = Where(source.name, "", lines=False)
    extension = source.path.suffix.lower()
    try:
        status = os.stat(source.path)  # noqa: PTH116 - one call a file, and this is the quick one
        if not stat.S_ISREG(status.st_mode):
            log.add("file-unreadable", where, reason=Message("not a regular file"))
            return FileReading("", 0, [], log.problems, 0, False)
        with source.path.open("rb", buffering=0) as stream:
            if status.st_size > LARGEST:
                log.add("file-too-large", where, limit=LARGEST // MB)
                return FileReading("", 0, [], log.problems, 0, False)
            if status.st_size > (MOST_PACKED if extension in WORKBOOKS else MOST_TEXT):
                leave_to_another_process()
            data = stream.readall()
    except OSError as error:
        log.add("file-unreadable", where, reason=system_reason(error))
        return FileReading("", 0, [], log.problems, 0, False)
    filings: list[Filing] = []
    if not data:
        log.add("file-empty", where)
    elif extension in WORKBOOKS:
        filings = read_workbook(data, source.name, vocabulary, log)
    elif extension in PARQUET:
        leave_to_another_process()
        from ntm_rules.dataset.files.parquet_files import read_parquet

        filings = read_parquet(data, source.name, vocabulary, log)
    else:
        if not harmless_text(data):
            leave_to_another_process()
        filings = read_csv(data, source.name, vocabulary, log)
    filings = of_the_commune_named(source.name, filings, vocabulary.questionnaire.communes, log)
    log.note_decomposed()
    sha256, owners = hashlib.sha256(data).hexdigest(), _owners(filings, log)
    return FileReading(sha256, len(data), filings, log.problems, log.beyond, log.illustrative, log.blocks, owners)


def _owners(filings: list[Filing], log: Log) -> tuple[tuple[str, int], ...]:
    """Return commune and year of everything a file says it is about, in the order of the file, each once."""
    rows = [(filing.row, filing.code, filing.year) for filing in filings if not filing.beside]
    if log.blocks:
        for block in log.blocks:
            rows += zip(block.row.tolist(), block.codes, block.years.tolist(), strict=True)
        rows.sort(key=lambda row: row[0])
    found = dict.fromkeys((code, year) for _row, code, year in rows)
    found |= dict.fromkeys((owner.code, owner.year) for owner in log.owners if owner.code)
    if log.facts is not None and log.facts.commune and not found:
        year = log.facts.year
        found[log.facts.commune, int(year) if year.isascii() and year.isdigit() else 0] = None
    return tuple(found)
