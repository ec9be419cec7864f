"""What the program wrote into a folder, so that it replaces nothing else there."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_rules.dataset.files.sources import OWN_FILES
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.office_files import MAKER

_LAST_BY = re.compile(rb"<cp:lastModifiedBy>([^<]*)</cp:lastModifiedBy>")


@dataclass(frozen=True, slots=True)
class Own:
    """The files of a folder that the program wrote last, with the SHA-256 of what it wrote."""

    NAME: ClassVar[str] = OWN_FILES
    """They stand in this file of the folder; whoever deletes it tells the program that none are its own."""
    FORMAT: ClassVar[int] = 1

    files: Mapping[str, str]

    @classmethod
    def of(cls, folder: Path) -> Own:
        """Return what a folder says of itself; nothing where it says nothing that can be read."""
        try:
            said = json.loads((folder / cls.NAME).read_text(encoding="utf-8"))
            files = said["files"] if said["format"] == cls.FORMAT else {}
            return cls({str(name): str(known) for name, known in files.items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls({})

    def holds(self, path: Path) -> bool:
        """Tell whether a file is as the program wrote it: as listed, or still naming us as who last saved it."""
        known = self.files.get(path.name)
        return path.is_file() and ((known is not None and digest(path) == known) or untouched(path))

    def with_files(self, files: Mapping[str, str], removals: Iterable[str]) -> Own:
        """Return this with what a further run writes and removes."""
        left = set(removals)
        return Own({name: known for name, known in {**self.files, **files}.items() if name not in left})

    def write(self, folder: Path) -> None:
        """Write it into a folder."""
        said = {"format": self.FORMAT, "files": dict(sorted(self.files.items()))}
        text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
        (folder / self.NAME).write_text(text, encoding="utf-8", newline="\n")


def untouched(path: Path) -> bool:
    """Tell whether a Word or Excel file still names this program as who last saved it, as no person's program does."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _LAST_BY.search(archive.read("docProps/core.xml"))
    except (OSError, KeyError, NotImplementedError, RuntimeError, zlib.error, zipfile.BadZipFile):
        return False
    return found is not None and found.group(1) == MAKER.encode()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty for a folder."""
    if path.is_dir():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def in_the_way(folder: Path, names: Iterable[str], own: Own | None, inputs: Sequence[Path]) -> None:
    """Refuse to write files of these names into a folder where something else stands in their way.

    `own`: what may be replaced; None where anything may that is no folder and no input.

    Raises:
        NtmError: naming everything that is in the way: a folder, an input, a file that is not as we wrote it.
    """
    standing = [folder / name for name in names if (folder / name).exists()]
    read = {_identity(path): path for path in inputs if path.exists()} if standing and inputs else {}
    refused = []
    for path in standing:
        if path.is_dir():
            refused.append(
                Message(
                    "{path} is a folder, and a file of that name is to be written; move it away or name another folder",
                    path=str(path),
                )
            )
        elif (taken := read.get(_identity(path))) is not None:
            refused.append(
                Message(
                    "{path} would replace {input}, which is read; results are never written over what is read: "
                    "name another folder",
                    path=str(path),
                    input=str(taken),
                )
            )
        elif own is not None and not own.holds(path):
            refused.append(
                Message(
                    "{path} was changed by a person, or is not of this program; move it away or name another folder",
                    path=str(path),
                )
            )
    if refused:
        raise NtmError(*refused)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
