"""Beginning a workbook: what its properties say, and what is raised when the file is in use."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from ntm_rules.office_files import DAY_OF_WRITING, MAKER


def begun(target: str | io.BytesIO, title: str = "", author: str = MAKER) -> xlsxwriter.Workbook:
    """Return a workbook to be written and closed: its texts stay texts, and the same input makes the same bytes."""
    in_memory = not isinstance(target, str)
    options = {"in_memory": in_memory, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    named = {"title": title} if title else {}
    book.set_properties({"created": DAY_OF_WRITING, "author": author, **named})
    return book


@contextmanager
def opened(path: Path, title: str) -> Iterator[xlsxwriter.Workbook]:
    """Yield a workbook that is written when the block ends.

    Raises:
        OSError: the file cannot be written, for example because Excel has it open.
    """
    try:
        with begun(str(path), title) as file:
            yield file
    except FileCreateError as error:
        raise error.args[0] from error
