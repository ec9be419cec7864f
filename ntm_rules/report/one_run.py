"""One run at a time writes into a folder."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message

_LOCK = "lock"
_NOT_KNOWN = frozenset({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""What a file system says that knows no locks; runs are not told apart there."""


@contextmanager
def one_run_at_a_time(staging: Path, folder: Path) -> Iterator[None]:
    """Hold a lock inside a folder for as long as the caller works there; it ends with the process, however that ends.

    Raises:
        NtmError: another run holds it; it names `folder`, which people know.
    """
    path = staging / _LOCK
    with path.open("ab") as stream:
        if not _locked(stream.fileno()) or not _still_there(path, stream.fileno()):
            raise NtmError(
                Message(
                    "{folder}: another run of this program is writing there; wait until it has ended, then run this again",
                    folder=str(folder),
                )
            )
        yield


def _still_there(path: Path, number: int) -> bool:
    """Tell whether the file locked is the one that others would lock: the run before may have removed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in _NOT_KNOWN
        return True
