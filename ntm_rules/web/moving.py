"""An installation moved to another database: backed up, laid out there by a process of its own, held against what it was."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, current_language
from ntm_rules.web.backup import back_up
from ntm_rules.web.configured import SETTINGS, Installation
from ntm_rules.web.databases import VARIABLE

_SECTION = re.compile(r"^\[database\][^\[]*", re.MULTILINE)


def move(one: Installation, folder: Path, address: str, *, written: bool) -> None:
    """Lay an installation that is opened out in a new folder whose database is at an address; the old one stays as it is.

    `written`: the address stands in the new settings; else it is the environment's to name it.

    Raises:
        NtmError: something could not be read or laid out, as is told; or the old one was written to meanwhile.
    """
    from ntm_rules.web.events import last

    if folder.exists():
        raise NtmError(
            Message("{folder} is there already, nothing was moved.", folder=folder), Message("Name a new folder.")
        )
    settings = (one.folder / SETTINGS).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="ntm-") as place:
        file = Path(place) / "moved.ntmz"
        made = back_up(one, file)
        folder.mkdir(mode=0o700, parents=True)
        try:
            (folder / SETTINGS).write_text(settings_with(settings, address if written else ""), encoding="utf-8")
            _restored(file, folder, address)
        except BaseException:
            (folder / SETTINGS).unlink(missing_ok=True)
            if not any(folder.iterdir()):
                folder.rmdir()
            raise
    number, head = last()
    if (number, head) != (made.events, made.head):
        raise NtmError(
            Message(
                "{n} events were written to {folder} while it was moved, and are not in the new place.",
                n=number - made.events,
                folder=one.folder,
            ),
            Message("Stop the pages, take the new folder away, make the database empty, and move again."),
        )


def settings_with(settings: str, address: str) -> str:
    """Return settings whose database is at an address; without one they name no database.

    >>> settings_with('https = true\\n[database]\\nname = "a"\\n[mail]\\nhost = "m"\\n', "postgresql://x/y")
    'https = true\\n[mail]\\nhost = "m"\\n[database]\\nurl = "postgresql://x/y"\\n'
    """
    others = _SECTION.sub("", settings)
    return f"{others.rstrip()}\n[database]\nurl = {json.dumps(address)}\n" if address else others


def _restored(file: Path, folder: Path, address: str) -> None:
    """Restore in a process of its own: Django knows one installation a process."""
    command = [sys.executable, "-m", "ntm_rules", "web", "restore", str(file), str(folder)]
    done = subprocess.run(  # noqa: S603  # our own program, which says itself what is wrong
        [*command, "--lang", current_language()], env={**os.environ, VARIABLE: address}, check=False
    )
    if done.returncode:
        raise NtmError(Message("Nothing was moved."))
