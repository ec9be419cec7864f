"""Opening a workbook to write: what its properties say, and what is raised when the file is in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
"""The creation date in a file's properties: fixed, so that equal results are equal bytes."""
MAKER = "ntm-rules"
"""Who the file says last wrote it: as long as it does, no person has."""


@contextmanager
def opened(path: Path, title: str) -> Iterator[xlsxwriter.Workbook]:
    """Yield a workbook that is written when the block ends; texts stay texts.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(str(path), options) as file:
            file.set_properties({"title": title, "created": EPOCH, "author": MAKER})
            yield file
    except FileCreateError as error:
        raise error.args[0] from error
