"""One file -> what it reports and what is wrong with it, whatever its format."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import NamedTuple

from ntm_rules.dataset.csv_files import read_csv
from ntm_rules.dataset.headers import Vocabulary
from ntm_rules.dataset.places import Filing, Log, Where
from ntm_rules.dataset.problems import Problem
from ntm_rules.dataset.sources import PARQUET, WORKBOOKS, Source
from ntm_rules.dataset.workbook_files import read_workbook
from ntm_rules.dataset.workbook_safety import MB

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
    owners: tuple[tuple[str, int], ...] = ()
    """(code, year) of whose figures they are, those included that were not taken; 0 for a year that is not said."""


def read_file(source: Source, vocabulary: Vocabulary) -> FileReading:
    """Return what a file reports; every mistake in it is a problem, none raises."""
    log = Log()
    where = Where(source.name, "", lines=False)
    try:
        status = os.stat(source.path)  # noqa: PTH116 - one call a file, and this is the quick one
        if not stat.S_ISREG(status.st_mode):
            log.add("file-unreadable", where, reason="not a regular file")
            return FileReading("", 0, [], log.problems, 0, False)
        with source.path.open("rb", buffering=0) as stream:
            if status.st_size > LARGEST:
                log.add("file-too-large", where, limit=LARGEST // MB)
                return FileReading("", 0, [], log.problems, 0, False)
            data = stream.readall()
    except OSError as error:
        log.add("file-unreadable", where, reason=error.strerror or type(error).__name__)
        return FileReading("", 0, [], log.problems, 0, False)
    filings: list[Filing] = []
    extension = source.path.suffix.lower()
    if not data:
        log.add("file-empty", where)
    elif extension in WORKBOOKS:
        filings = read_workbook(data, source.name, vocabulary, log)
    elif extension in PARQUET:
        from ntm_rules.dataset.parquet_files import read_parquet

        filings = read_parquet(data, source.name, vocabulary, log)
    else:
        filings = read_csv(data, source.name, vocabulary, log)
    if log.texts.first is not None:
        sheet, row, column, text = log.texts.first
        log.add("text-decomposed", sheet, row, column, value=text, count=log.texts.decomposed)
    sha256, owners = hashlib.sha256(data).hexdigest(), _owners(filings, log)
    return FileReading(sha256, len(data), filings, log.problems, log.beyond, log.illustrative, owners)


def _owners(filings: list[Filing], log: Log) -> tuple[tuple[str, int], ...]:
    """Return commune and year of everything a file says it is about, in the order of the file, each once."""
    found = dict.fromkeys((filing.code, filing.year) for filing in filings if not filing.beside)
    found |= dict.fromkeys((owner.code, owner.year) for owner in log.owners if owner.code)
    if log.facts is not None and log.facts.commune and not found:
        year = log.facts.year
        found[log.facts.commune, int(year) if year.isascii() and year.isdigit() else 0] = None
    return tuple(found)
