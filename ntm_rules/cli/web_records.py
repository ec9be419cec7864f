"""`ntm web verify`, `backup`, `restore`, `export`: records held against their log, in one file, and as data."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ntm_rules.cli.console import Screen
from ntm_rules.cli.web import need_extra
from ntm_rules.errors import NtmError
from ntm_rules.i18n import Message, _

MOST_SHOWN = 20


def run_verify(folder: Path, event: str) -> int:
    """Walk the records of an installation and name where they break."""
    need_extra()
    noted = _known(event) if event else None
    from ntm_rules.web.installing import opened

    opened(folder)
    from ntm_rules.web.verifying import verified

    console, found = Screen(), verified(noted)
    for words in found.faults[:MOST_SHOWN]:
        console.print(f"✗ {words}", style="red")
    if len(found.faults) > MOST_SHOWN:
        console.print(_("and {n} more", n=len(found.faults) - MOST_SHOWN))
    if not found.faults:
        console.print(
            _("The records are whole: {n} events, each version as its event tells.", n=found.events), style="bold"
        )
    head = f"{found.events}:{found.head}"
    console.print(_("Last event, to note down and to ask for later: --known {head}", head=head), soft_wrap=True)
    return 1 if found.faults else 0


def _known(said: str) -> tuple[int, str]:
    parts = re.fullmatch(r"(\d{1,15}):([0-9a-f]{64})", said.strip())
    if parts is None:
        raise NtmError(
            Message("--known {said} is not NUMBER:HASH, as ntm web verify has printed it earlier.", said=said)
        )
    return int(parts[1]), parts[2]


def run_backup(folder: Path, file: Path) -> int:
    """Write all that an installation keeps into one file."""
    need_extra()
    from ntm_rules.web.installing import opened

    one = opened(folder)
    from ntm_rules.web.backup import EVIDENCE, back_up

    made, console = back_up(one, file), Screen()
    files = sum(name.startswith(EVIDENCE) for name in made.members)
    console.print(
        _("{file}: {rows} rows, {files} evidence files, {events} events.", file=file, rows=sum(made.rows.values()),
          files=files, events=made.events),
        style="bold",
    )  # fmt: skip
    console.print(_("It holds every account and figure: keep it where only administrators reach it."))
    return 0


def run_restore(file: Path, folder: Path) -> int:
    """Lay a backup out in a new folder."""
    need_extra()
    from ntm_rules.web.restoring import restore

    made, console = restore(file, folder), Screen()
    from ntm_rules.web.verifying import verified

    found = verified()
    for words in found.faults[:MOST_SHOWN]:
        console.print(f"✗ {words}", style="red")
    console.print(
        _("Restored into {folder}: {events} events; made {at} by version {version}.", folder=folder, events=made.events,
          at=made.made_at, version=made.program),
        style="bold",
    )  # fmt: skip
    console.print(_("Everybody signs in anew. Then: ntm web serve --folder {folder}", folder=folder))
    return 1 if found.faults else 0


def run_move(folder: Path, new: Path, address: str) -> int:
    """Move an installation to another database, in a new folder."""
    need_extra()
    from ntm_rules.web.databases import VARIABLE, database_said

    named = os.environ.pop(VARIABLE, "")  # it is of the new place, not of the one that is moved
    where = address or named
    if not where:
        raise NtmError(
            Message("To which database is not said."),
            Message(
                "Name it: --to postgresql://USER:PASSWORD@HOST:5432/NAME, or in the variable {name}.", name=VARIABLE
            ),
        )
    database_said({"url": where}, new)
    from ntm_rules.web.installing import opened

    one = opened(folder)
    from ntm_rules.web.moving import move

    move(one, new, where, written=bool(address))
    console = Screen()
    console.print(_("Moved to {folder}; {old} stays as it was.", folder=new, old=folder), style="bold")
    if not address:
        console.print(
            _("The address is in no file: every command on {folder} needs {name}.", folder=new, name=VARIABLE)
        )
    return 0


def run_export(folder: Path, out: Path) -> int:
    """Take all rounds out as CSV and JSON."""
    need_extra()
    from ntm_rules.web.installing import opened

    opened(folder)
    from ntm_rules.web.exporting import export

    written = export(out)
    Screen().print(
        _("{folder}: {n} tables, {rows} rows.", folder=out, n=len(written), rows=sum(written.values())), style="bold"
    )
    return 0
