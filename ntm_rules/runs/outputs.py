"""What commands write, what they read, and what they do not write over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ntm_rules.dataset.files.sources import find_sources
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message


def not_over(path: Path, force: bool) -> None:
    """Refuse to write over a file, unless told to.

    Raises:
        NtmError: the file stands there.
    """
    if path.exists() and not force:
        raise NtmError(
            Message("{file} stands there already and is not overwritten", file=path),
            Message("Name another file, or add --force to replace it."),
        )


def files_read(data: Sequence[Path], others: Iterable[Path] = ()) -> list[Path]:
    """Return the files that a command reads: those of its data, of folders too, and `others` such as overlays."""
    return [*(source.path for source in find_sources(data)[0]), *others]


def not_what_is_read(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write a file over one that the same command reads, even when told to replace.

    Raises:
        NtmError: naming both.
    """
    for read in inputs:
        if path.exists() and read.exists() and path.samefile(read):
            raise NtmError(
                Message(
                    "{path} is read by this command and is not written over, --force or not; name another file",
                    path=str(read),
                )
            )
