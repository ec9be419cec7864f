"""Text files of a rule set, read whole: regular files only, of a size that rules can have, in UTF-8."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath, PureWindowsPath

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message

LARGEST = 32 * 1024 * 1024
"""In bytes; a province's whole rule book is a small part of it."""


class Unreadable(NtmError):
    """A text file that cannot be read; its one message says why, and not which file."""

    @property
    def reason(self) -> Message:
        """Return why the file cannot be read."""
        return self.messages[0]


class NotUtf8(Unreadable):
    """A file that was read and is not UTF-8 text."""


def inside(folder: Path, name: str) -> Path:
    """Return where a file stands that a set names: within its own folder, whatever links lead out of it.

    Raises:
        Unreadable: the name is empty, is that of the folder itself, or leads out of it.
    """
    if not name.strip() or "\0" in name or PurePosixPath(name) == PurePosixPath():
        raise Unreadable(Message("“{file}” names no file of the set", file=name))
    root, windows = folder.resolve(), PureWindowsPath(name)
    path = folder / name
    if windows.is_absolute() or windows.drive or not path.resolve().is_relative_to(root):
        raise Unreadable(Message("“{file}” lies outside the set's folder; a set reads nothing outside it", file=name))
    if path.resolve() == root:
        raise Unreadable(Message("“{file}” names no file of the set", file=name))
    return path


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """Return what a file holds, of so many bytes at most.

    A pipe would keep the reader waiting and a device would never end, so neither is opened.

    Raises:
        Unreadable: there is no such file, it is not a regular one, or it is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise Unreadable(Message("the file cannot be read ({reason})", reason=Message("not a regular file")))
        if status.st_size > largest:
            large = Message("larger than {limit} MB", limit=largest // (1024 * 1024))
            raise Unreadable(Message("the file cannot be read ({reason})", reason=large))
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(Message("the file cannot be read ({reason})", reason=system_reason(error))) from error
    except ValueError as error:  # a NUL in the name
        raise Unreadable(Message("the file cannot be read ({reason})", reason=system_reason(error))) from error


def read_text(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark; line ends become newlines.

    Raises:
        Unreadable: as for `read_bytes`.
        NotUtf8: the file is in another encoding.
    """
    data = read_bytes(path, largest)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(Message("the file is not UTF-8 text; save it again as UTF-8")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
