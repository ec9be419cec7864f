"""Results appear whole or not at all: written beside the old ones, then put in their place together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

FIRST, LAST = ("ket-qua.xlsx",), ("run.json",)
"""The workbook is what another program may hold open, so that nothing is replaced when it cannot be; the record comes
last, so that it never speaks of tables that are not there."""


@contextmanager
def written_whole(folder: Path, *, first: Sequence[str] = FIRST, last: Sequence[str] = LAST) -> Iterator[Path]:
    """Yield a folder to write files into; they replace those of `folder` once all are written.

    When anything fails before that, what stood in `folder` stands there still.

    Raises:
        OSError: a file cannot be replaced, for example because Excel has it open; it names that file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".ntm-", dir=folder) as place:
        yield Path(place)
        written = sorted(path.name for path in Path(place).iterdir())
        for name in sorted(written, key=lambda name: (name in last, name not in first)):
            target = folder / name
            try:
                (Path(place) / name).replace(target)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(target)) from error
