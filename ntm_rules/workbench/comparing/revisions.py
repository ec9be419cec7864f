"""A criteria set as it stood in a git revision, read without touching the working tree.

git writes the folder as a tar archive to a pipe; only its plain files are taken, into a temporary
folder that is gone once the set is read.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, written_day
from ntm_rules.rulebook.loader import LoadedSet, load_set
from ntm_rules.rulebook.yaml_reader import RulebookError

GIT = "git:"
"""Says that what follows is a revision, whatever else is called so."""
SECONDS = 60
LARGEST = 256 * 1024 * 1024
"""Bytes of a criteria set's folder; a set of some kilobytes of YAML and a plan's text is far below."""
_OF_ANOTHER_REPOSITORY = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""What git sets for its hooks; it would point away from the set's own repository."""


class Revision(NamedTuple):
    """A commit of the repository that holds a set, and where in it the set lies."""

    name: str
    commit: str
    short: str
    day: str
    subject: str
    top: Path
    inside: str
    """The set's folder from the top of the repository, with slashes; empty for the top itself."""


def is_revision(text: str, folder: Path) -> bool:
    """Tell whether git knows a text as a revision of the repository that holds `folder`."""
    try:
        revision_of(text, folder)
    except NtmError:
        return False
    return True


def revision_of(text: str, folder: Path) -> Revision:
    """Return the commit that a revision names.

    Raises:
        NtmError: git is not installed, the set is not in a repository, or there is no such revision.
    """
    folder = folder.resolve()
    top_said = _git(folder, "rev-parse", "--show-toplevel")
    if top_said is None:
        raise NtmError(
            Message(
                "The criteria set in {folder} is not in a git repository; name a folder instead", folder=str(folder)
            )
        )
    top = Path(os.fsdecode(top_said).rstrip("\r\n")).resolve()
    commit = None
    if text and not text.startswith("-"):  # git would take it for an option
        commit = _git(top, "rev-parse", "--verify", "--quiet", f"{text}^{{commit}}")
    if commit is None:
        raise NtmError(
            Message("There is no revision “{text}” in the repository {top}; see git log", text=text, top=str(top))
        )
    hashed = commit.decode("ascii").strip()
    shown = _git(top, "show", "--no-patch", "--date=short", "--format=%h%n%cd%n%s", hashed)
    short, day, subject = [*(shown or b"").decode("utf-8", "replace").split("\n"), "", "", ""][:3]
    inside = folder.relative_to(top).as_posix()
    day = written_day(dt.date.fromisoformat(day)) if day else ""
    return Revision(text, hashed, short, day, subject, top, "" if inside == "." else inside)


def set_at_revision(revision: Revision) -> LoadedSet:
    """Read a criteria set as it stood in a revision.

    Raises:
        NtmError: the set was not there yet, or this program cannot read it as it was then.
    """
    archive = _git(revision.top, "archive", "--format=tar", f"{revision.commit}:{revision.inside}")
    if archive is None:
        raise NtmError(
            Message("Revision {name} ({short}) has no folder {inside}", **_named(revision), inside=revision.inside)
        )
    with tempfile.TemporaryDirectory(prefix="ntm-") as where:
        folder = Path(where)
        _unpack(archive, folder, revision)
        try:
            return load_set(folder)
        except RulebookError as error:
            raise NtmError(
                Message("The criteria set of revision {name} ({short}) cannot be read:", **_named(revision)),
                *error.messages,
            ) from error


def _named(revision: Revision) -> dict[str, str]:
    return {"name": revision.name, "short": revision.short}


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints; None when it refuses.

    Raises:
        NtmError: git is not installed, or does not answer.
    """
    command = shutil.which("git")
    if command is None:
        raise NtmError(Message("git is not installed, so a revision cannot be read; name folders instead"))
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
    surroundings = {**inherited, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        ran = subprocess.run(  # noqa: S603 - no shell, and a revision never looks like an option
            [command, "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise NtmError(Message("git did not answer within {seconds} seconds", seconds=SECONDS)) from error
    return ran.stdout if ran.returncode == 0 else None


def _unpack(archive: bytes, folder: Path, revision: Revision) -> None:
    """Write the plain files of an archive below `folder`, and nothing else anywhere else.

    Raises:
        NtmError: the archive holds a link, a path that leads out, or far more than a criteria set needs.
    """
    size = 0
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            inner = PurePosixPath(member.name)
            size += member.size
            if member.isdir():
                continue
            leads_out = inner.is_absolute() or ".." in inner.parts or "\\" in member.name or ":" in member.name
            if not member.isfile() or leads_out or size > LARGEST:
                raise NtmError(
                    Message(
                        "Revision {name} ({short}) holds something that is no plain file of a criteria set: {path}",
                        **_named(revision),
                        path=member.name,
                    )
                )
            stream = tar.extractfile(member)
            assert stream is not None, "a plain file can be read"
            path = folder.joinpath(*inner.parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(stream.read())
