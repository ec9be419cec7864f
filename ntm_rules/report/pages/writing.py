"""Putting pages into a folder: their own, or that of an earlier run, whose pages they replace."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message
from ntm_rules.report.own_files import Own
from ntm_rules.report.whole_files import OURS, results_written, settle


class OutputKind(NamedTuple):
    """What is written, and what is said where it cannot be."""

    marker: str
    """The file that says that a folder holds it, what it was made from and which files are its own."""
    key: str
    """Under this the marker says what it was made from."""
    foreign: str
    """The folder holds something else; fills in `folder` and `marker`."""
    in_the_way: str
    """The folder holds files of others by the names of new ones; fills in `folder` and `names`."""
    no_folder: str
    """A file stands where the folder is to be; fills in `folder`."""


FORMAT = 1
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*\.(?:html|css|js|svg)")
"""What a file of ours may be called; nothing else is ever removed."""


def write_pages(
    kind: OutputKind,
    folder: Path,
    files: Mapping[str, bytes],
    made_from: Mapping[str, Any],
    inputs: Sequence[Path] = (),
) -> list[str]:
    """Write files and their marker; return the names of files of an earlier run that were removed.

    `made_from` is put into the marker. The folder is made where it is missing. All pages appear together or none.

    Raises:
        NtmError: the folder holds something that is not of an earlier run, or an input by the name of a page.
        OSError: a file cannot be written.
    """
    earlier = _earlier(kind, folder)
    in_the_way = sorted(name for name in files if name not in earlier and (folder / name).exists())
    if in_the_way:
        names = ", ".join(in_the_way[:5])
        raise NtmError(Message(kind.in_the_way, folder=str(folder), names=names))
    stale = sorted(name for name in earlier if name not in files and Own.of(folder).holds(folder / name))
    with results_written(folder, inputs=inputs, removing=stale) as place:
        for name, content in files.items():
            (place / name).write_bytes(content)
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
        (place / kind.marker).write_text(_marker(kind, set(files), made_from, hashes), encoding="utf-8")
    return stale


def check_folder(kind: OutputKind, folder: Path) -> None:
    """Refuse a folder that could not be written to, before any work is done.

    Raises:
        NtmError: it is a file, or holds something that is not of an earlier run.
    """
    _earlier(kind, folder)


def _marker(kind: OutputKind, names: set[str], made_from: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    files = {name: hashes.get(name) for name in sorted(names)}
    return (
        json.dumps({"format": FORMAT, kind.key: dict(made_from), "files": files}, ensure_ascii=False, indent=2) + "\n"
    )


def _earlier(kind: OutputKind, folder: Path) -> set[str]:
    """Return the files of an earlier run that a folder holds; none for a folder that is empty or missing.

    Raises:
        NtmError: it is no folder, or it holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise NtmError(Message(kind.no_folder, folder=str(folder)))
    if folder.exists():
        settle(folder)
    if not folder.exists() or all(entry.name.startswith(OURS) for entry in folder.iterdir()):
        return set()
    try:
        marker = json.loads((folder / kind.marker).read_text(encoding="utf-8"))
        names = set(marker["files"]) if marker["format"] == FORMAT and kind.key in marker else None
    except (OSError, ValueError, KeyError, TypeError):
        names = None
    if names is None:
        raise NtmError(Message(kind.foreign, folder=str(folder), marker=kind.marker))
    return {name for name in names if isinstance(name, str) and _NAME.fullmatch(name)}
