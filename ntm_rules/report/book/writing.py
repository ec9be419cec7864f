"""Putting the book into a folder: its own, or that of an earlier book, whose pages it replaces."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message

MARKER = "ntm-book.json"
"""Says that a folder holds a book, which law it is and which files are its own."""
FORMAT = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*\.(?:html|css)")
"""What a file of a book may be called; nothing else is ever removed."""


def write_book(folder: Path, files: Mapping[str, bytes], law: Mapping[str, Any]) -> list[str]:
    """Write a book's files and its marker; return the names of pages of an earlier book that were removed.

    `law` is put into the marker: what the book was made from. The folder is made where it is missing.

    Raises:
        NtmError: the folder holds something that is not of an earlier book.
        OSError: a file cannot be written.
    """
    earlier = _earlier(folder)
    in_the_way = sorted(name for name in files if name not in earlier and (folder / name).exists())
    if in_the_way:
        names = ", ".join(in_the_way[:5])
        raise NtmError(
            Message(
                "{folder} holds files that are not of an earlier book and would be replaced: {names}; move them away",
                folder=str(folder),
                names=names,
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    stale = sorted(name for name in earlier if name not in files and (folder / name).exists())
    for name in stale:
        (folder / name).unlink()
    (folder / MARKER).write_text(_marker(earlier | set(files), law, {}), encoding="utf-8")
    for name, content in files.items():
        target = folder / name
        target.unlink(missing_ok=True)
        target.write_bytes(content)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    (folder / MARKER).write_text(_marker(set(files), law, hashes), encoding="utf-8")
    return stale


def _marker(names: set[str], law: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    files = {name: hashes.get(name) for name in sorted(names)}
    return json.dumps({"format": FORMAT, "book": dict(law), "files": files}, ensure_ascii=False, indent=2) + "\n"


def _earlier(folder: Path) -> set[str]:
    """Return the files of the book that a folder holds; none for a folder that is empty or missing.

    Raises:
        NtmError: it is no folder, or it holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise NtmError(Message("{folder} is a file; name a folder for the book", folder=str(folder)))
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        names = set(marker["files"]) if marker["format"] == FORMAT and "book" in marker else None
    except (OSError, ValueError, KeyError, TypeError):
        names = None
    if names is None:
        raise NtmError(
            Message(
                "{folder} is not empty and holds no earlier book ({marker}); name a new or an empty folder",
                folder=str(folder),
                marker=MARKER,
            )
        )
    return {name for name in names if isinstance(name, str) and _NAME.fullmatch(name)}
