"""What commands write, and do not write over."""

from __future__ import annotations

from pathlib import Path

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
