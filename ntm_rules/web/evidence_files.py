"""Evidence files: which are taken, told by their content and not by their name, and kept under their SHA-256."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message
from ntm_rules.visible import visible
from ntm_rules.web.scanning import scan

LARGEST = 20 << 20
MOST_FILES = 500
"""Of one dossier."""
_MOST_ENTRIES, _MOST_UNPACKED = 5000, 400 << 20
"""Of an Office file, as its own directory tells; it is never unpacked here."""


class FileKind(NamedTuple):
    """A kind of file that is taken."""

    ending: str
    media_type: str


KINDS: Mapping[str, FileKind] = {
    "pdf": FileKind(".pdf", "application/pdf"),
    "png": FileKind(".png", "image/png"),
    "jpeg": FileKind(".jpg", "image/jpeg"),
    "docx": FileKind(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": FileKind(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_MAGIC = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
NOT_TAKEN = N_("“{name}” is none of the kinds of files that are taken: PDF, PNG, JPEG, Word (.docx), Excel (.xlsx).")


def kind_of(content: bytes, name: str) -> str:
    """Return what kind of file a content is.

    Raises:
        NtmError: it is none that is taken, is empty or too large, or carries macros.
    """
    if not content:
        raise NtmError(Message("“{name}” is empty.", name=name))
    if len(content) > LARGEST:
        raise NtmError(Message("“{name}” is larger than {most} MB.", name=name, most=LARGEST >> 20))
    for start, kind in _MAGIC:
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content, name)
    raise NtmError(Message(NOT_TAKEN, name=name))


def _office_kind(content: bytes, name: str) -> str:
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NtmError(Message(NOT_TAKEN, name=name)) from None
    names = {entry.filename for entry in entries}
    found = [kind for part, kind in _OFFICE.items() if part in names]
    if len(found) != 1 or "[Content_Types].xml" not in names:
        raise NtmError(Message(NOT_TAKEN, name=name))
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise NtmError(Message("“{name}” unpacks to more than any document has.", name=name))
    if any(entry.filename.casefold().endswith("vbaproject.bin") for entry in entries):
        raise NtmError(Message("“{name}” carries macros; save it without them.", name=name))
    return found[0]


def plain_file_name(name: str) -> str:
    """Return the name under which a file is handed out again: no folder, no sign that steers, not too long.

    >>> plain_file_name("../../etc/bao cao.pdf")
    'bao cao.pdf'
    >>> plain_file_name("bao cao %22so%22.pdf")  # as browsers send a quotation mark
    'bao cao "so".pdf'
    """
    last = visible(name.replace("\\", "/").rpartition("/")[2]).strip().replace("%22", '"') or "tep"
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:120]}{dot}{ending[:10]}" if stem else last[:120]


def put_away(content: bytes, name: str) -> str:
    """Let the scanner look at a content and write it under its SHA-256, whole and once; return the hash.

    Raises:
        NtmError: the scanner does not let it pass.
    """
    scan(settings.NTM.scanner, content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    path = place_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
        try:
            with fresh.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)  # where the disk was full
    return sha256


def place_of(sha256: str) -> Path:
    """Return where a content of this hash is kept."""
    folder: Path = settings.NTM.evidence
    return folder / sha256[:2] / sha256


def fetched(sha256: str) -> bytes:
    """Return a content.

    Raises:
        NtmError: it is gone, or is not what was put away.
    """
    path = place_of(sha256)
    content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NtmError(Message("The file is not there any more as it was put away; tell the administrator."))
    return content
