"""`ntm web`: make an installation, serve it, try it out, open accounts, look whether all is well."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
import threading
import webbrowser
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ntm_rules.cli.console import Screen
from ntm_rules.cli.screen_tables import framed
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message, _
from ntm_rules.report.tables.table import Table, texts

if TYPE_CHECKING:
    from ntm_rules.web.configured import Installation

NEEDED = ("django", "whitenoise", "waitress", "argon2", "pyotp", "segno")
DEMO_YEAR = 2026


def need_extra() -> None:
    """Say what to install where the web application is not installed.

    Raises:
        NtmError: something of it is missing.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise NtmError(
            Message("The web application is not installed here (missing: {names}).", names=", ".join(missing)),
            Message("Install it: uv sync --extra web, or pip install 'ntm-rules[web]'"),
        )


def run_init(folder: Path) -> int:
    """Make an installation, or bring one up to this version."""
    need_extra()
    from ntm_rules.web.installing import made

    made(folder)
    console = Screen()
    console.print(_("The web application is ready in {folder}.", folder=folder), style="bold")
    console.print(_("First account: ntm web user --folder {folder} NAME --role administrator", folder=folder))
    console.print(_("Then: ntm web serve --folder {folder}", folder=folder))
    return 0


def run_serve(folder: Path, host: str, port: int) -> int:
    """Serve an installation until it is stopped."""
    need_extra()
    from ntm_rules.web.installing import opened

    one = opened(folder)
    if host not in ("127.0.0.1", "localhost", "::1") and not one.https and one.loopback_only:
        raise NtmError(
            Message("{host} is reached from other machines, and the settings allow this machine alone.", host=host),
            Message("Name the hosts in {file} first; pages for others need https.", file=one.folder / "ntm-web.toml"),
        )
    return _serve(Screen(), one, host, port, browser=False)


def _serve(console: Console, one: Installation, host: str, port: int, *, browser: bool) -> int:
    from ntm_rules.web.serving import server

    serving: Any = server(one, host, port)
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{serving.effective_port}/"
    console.print(_("Serving at {address} – stop with Ctrl+C.", address=address), style="bold")
    if browser:
        threading.Timer(0.5, lambda: webbrowser.open(address)).start()
    stopped = threading.Event()
    if one.mail.host:
        from ntm_rules.web.mailing import keep_sending

        threading.Thread(target=keep_sending, args=(one.mail, stopped), daemon=True).start()
    with suppress(KeyboardInterrupt):
        serving.run()
    stopped.set()
    serving.close()
    return 0


def run_work(folder: Path, *, once: bool) -> int:
    """Send the notices that wait, again and again or once."""
    need_extra()
    from ntm_rules.web.installing import opened

    one = opened(folder)
    from ntm_rules.web.mailing import keep_sending, send_waiting

    console = Screen()
    if not one.mail.host:
        raise NtmError(
            Message("No e-mail is set up in {file}, so there is nothing to send.", file=one.folder / "ntm-web.toml"),
            Message("Write a section [mail] with host and from; docs/web.md says how."),
        )
    sent = send_waiting(one.mail)
    console.print(
        _("Letters sent: {n}; could not be sent, tried again later: {failed}.", n=sent.letters, failed=sent.failed)
    )
    if not once:
        with suppress(KeyboardInterrupt):
            keep_sending(one.mail, threading.Event())
    return 1 if sent.failed else 0


def run_demo(folder: Path | None, port: int, *, browser: bool) -> int:
    """Make an installation for practice and serve it."""
    need_extra()
    console = Screen()
    if folder is not None and folder.exists() and any(folder.iterdir()):
        raise NtmError(Message("{folder} is not empty; name a new folder for the practice installation", folder=folder))
    with tempfile.TemporaryDirectory(prefix="ntm-web-") as temporary:
        place = folder or Path(temporary)
        from ntm_rules.web.installing import made

        one = made(place)
        from ntm_rules.web.practice import practise

        console.print(_("Making a practice round: every figure and every account is invented."), style="bold magenta")
        password = f"thu-{secrets.token_hex(4)}"
        round_, logins = practise(DEMO_YEAR, password, dt.datetime.now(dt.UTC).astimezone().date())
        accounts = Table.of(
            texts(name=_("Name to sign in"), who=_("Who")), [(login.name, login.who) for login in logins]
        )
        title = _("Accounts to try; the password of all is {password}", password=password)
        console.print(framed(accounts, title=title, title_justify="left"))
        console.print(
            _(
                "Every commune has cb.CODE and ct.CODE, every lead agency cv.ID and ld.ID. {n} communes.",
                n=round_.dossiers.count(),
            )
        )
        if folder is None:
            console.print(_("All of it is gone when you stop; keep it with --folder."), style="dim")
        return _serve(console, one, "127.0.0.1", port, browser=browser)


def run_user(folder: Path, name: str, full_name: str, roles: list[str], place: str, *, reset: bool = False) -> int:
    """Open an account, give roles to one that is there, or let its owner in again."""
    need_extra()
    from ntm_rules.web.installing import opened

    opened(folder)
    from ntm_rules.web.models import Person
    from ntm_rules.web.people import give_roles, known_places, make_person, reset_person

    console = Screen()
    person = Person.objects.filter(username=name).first()
    if person is None:
        password = secrets.token_urlsafe(9)
        person = make_person(None, username=name, full_name=full_name or name, password=password)
        console.print(_("Account {name} is open. First password, shown once: {password}", name=name, password=password))
    elif reset:
        console.print(_("New password, shown once: {password}", password=reset_person(None, person)))
    elif not roles:
        console.print(
            _("There is an account {name} already: --role gives it a role, --reset a new password.", name=name)
        )
    for words in give_roles(person, roles, place, known_places()) if roles else ():
        console.print(words)
    return 0


def run_users(folder: Path, file: Path, passwords: Path | None, *, blank: bool) -> int:
    """Open the accounts of a list, or write the list to be filled in.

    Raises:
        NtmError: neither or both are asked for, or what `open_listed` says.
    """
    need_extra()
    from ntm_rules.web.installing import opened

    opened(folder)
    from ntm_rules.web.account_lists import blank_list, open_listed, read_list, written_apart
    from ntm_rules.web.people import known_places

    if blank is (passwords is not None):
        raise NtmError(
            Message("Say --blank to write a list to be filled in, or --passwords FILE to open its accounts.")
        )
    console = Screen()
    if passwords is None:
        written_apart(file, blank_list(known_places()))
        console.print(_("Written: {path}. Fill in full_name, take out the lines that are not needed.", path=file))
        return 0
    try:
        content = file.read_bytes()
    except OSError as error:
        raise NtmError(Message("{path} cannot be read: {reason}", path=file, reason=system_reason(error))) from error
    found = open_listed(read_list(content, file.name), known_places(), file.name, passwords)
    console.print(_("Opened: {n} accounts. First passwords, in that file alone: {path}", n=len(found), path=passwords))
    return 0


def run_check(folder: Path) -> int:
    """Look whether an installation is safe and whole."""
    need_extra()
    from ntm_rules.web.configured import configure, installation

    one = installation(folder)
    configure(one)
    from ntm_rules.web.databases import reached
    from ntm_rules.web.installing import faults

    reached()

    console, found = Screen(), list(faults(one))
    for words in found:
        console.print(f"✗ {words}", style="red")
    if not found:
        console.print(_("All is well: settings, database, permissions, event log."), style="bold")
    return 1 if found else 0
