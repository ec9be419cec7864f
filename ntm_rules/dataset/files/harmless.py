"""Which files may be read in this very process: those that can neither end it, nor fill its memory, nor keep it long.

Readers ask here as they go; `file_reading` says whether they read for the program itself, or in a process of their own.

A text file may when it is small and has no line out of the ordinary: its reader is plain Python, whose memory and time
grow with what it reads. A Parquet file never may: nobody looks into it before Arrow does.

A workbook may when all of this is known.

- All parts together, unpacked, come to `SMALL` at most whatever they declare (`Package.unpacks_to`), and declare no more
  than `MOST_DECLARED`: so much bounds texts, styles, every list made of a part, and the time.
- The cells of a sheet that hold something span no more than `MOST_PLACES`: it may be held as a whole rectangle.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ntm_rules.dataset.workbooks.workbook_safety import MB, SMALL, Package

MOST_PACKED = 4 * MB
"""A larger workbook is left to another process without a look into it."""
MOST_DECLARED = 8 * MB
MOST_PLACES = 1_000_000
MOST_TEXT = 2 * MB
LONGEST_LINE = 64 * 1024

_here: ContextVar[bool] = ContextVar("ntm_reading_here", default=False)


class NotHarmless(Exception):
    """A file that only another process may read."""


@contextmanager
def harmless_only() -> Iterator[None]:
    """Have `leave_to_another_process` raise: what is read within is read in the program's own process."""
    token = _here.set(True)
    try:
        yield
    finally:
        _here.reset(token)


def leave_to_another_process() -> None:
    """Go on only where the process may die.

    Raises:
        NotHarmless: within `harmless_only`.
    """
    if _here.get():
        raise NotHarmless


def check_harmless(package: Package) -> None:
    """Go on where a workbook's zip is small, or the process may die.

    Raises:
        NotHarmless: as `leave_to_another_process`.
    """
    if package.unpacks_to > SMALL or package.declared > MOST_DECLARED:
        leave_to_another_process()


def harmless_text(data: bytes) -> bool:
    """Tell whether a text file may be read in this process."""
    return len(data) <= MOST_TEXT and (len(data) <= LONGEST_LINE or max(map(len, data.splitlines())) <= LONGEST_LINE)
