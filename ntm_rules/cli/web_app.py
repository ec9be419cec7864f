"""`ntm web ...`: the commands of the web application and their help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import LanguageOption, set_language
from ntm_rules.i18n import _

web_app = typer.Typer(
    no_args_is_help=True,
    help=_("The appraisal in a browser: rounds, dossiers, figures. Needs the extra web (uv sync --extra web)."),
)
DEFAULT = Path("ntm-web")
FolderOption = Annotated[
    Path, typer.Option("--folder", metavar=_("FOLDER"), help=_("Folder of the installation; default: ntm-web."))
]
PortOption = Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=_("Port to serve at; 0: any."))]


@web_app.command(
    help=_("Make an installation in a folder, or bring one up to this version of the program."),
    epilog=_("Example: ntm web init --folder ntm-web. What is there stays. Exit status: 0 ready, 2 not."),
)
def init(folder: FolderOption = DEFAULT, lang: LanguageOption = None) -> None:
    """Make an installation."""
    from ntm_rules.cli.web import run_init

    set_language(lang)
    raise typer.Exit(run_init(folder))


@web_app.command(
    help=_("Serve an installation to browsers until it is stopped with Ctrl+C."),
    epilog=_(
        "Example: ntm web serve --folder ntm-web --port 8434. It is reached from this machine alone unless --host and the "
        "hosts in ntm-web.toml say otherwise. Exit status: 0 stopped, 2 could not serve."
    ),
)
def serve(
    folder: FolderOption = DEFAULT,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help=_("Address to serve at."))] = "127.0.0.1",
    port: PortOption = 8434,
    lang: LanguageOption = None,
) -> None:
    """Serve an installation."""
    from ntm_rules.cli.web import run_serve

    set_language(lang)
    raise typer.Exit(run_serve(folder, host, port))


@web_app.command(
    help=_(
        "Try the application: a practice round with every commune and agency, accounts of every role, all invented."
    ),
    epilog=_(
        "Example: ntm web demo. The names to sign in are printed, the browser opens. Exit status: 0 stopped, 2 not."
    ),
)
def demo(
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", metavar=_("FOLDER"), help=_("Keep it in this new folder; default: gone when stopped.")
        ),
    ] = None,
    port: PortOption = 8434,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_("Open the browser."))] = True,
    lang: LanguageOption = None,
) -> None:
    """Try the application."""
    from ntm_rules.cli.web import run_demo

    set_language(lang)
    raise typer.Exit(run_demo(folder, port, browser=browser))


@web_app.command(
    help=_("Open an account, or give a role to one; the first password is printed once."),
    epilog=_(
        "Example: ntm web user quan-tri --name 'Nguyễn Văn A' --role administrator; ntm web user cb.03390 --role "
        "commune-officer --place 03390. Roles: commune-officer, commune-head, agency-expert, agency-head, coordinator, "
        "secretary, member, recorder, reader, administrator. Exit status: 0 done, 2 refused."
    ),
)
def user(
    username: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The name to sign in with."))],
    folder: FolderOption = DEFAULT,
    name: Annotated[str, typer.Option("--name", metavar=_("WORDS"), help=_("The full name."))] = "",
    role: Annotated[
        list[str] | None, typer.Option("--role", metavar=_("ROLE"), help=_("A role to give; may be repeated."))
    ] = None,
    place: Annotated[
        str, typer.Option("--place", metavar=_("CODE|ID"), help=_("The commune's code or the agency's id of the role."))
    ] = "",
    reset: Annotated[
        bool,
        typer.Option(
            "--reset", help=_("Give a new password, take a lost telephone's code away, and unlock; its sessions end.")
        ),
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Open an account."""
    from ntm_rules.cli.web import run_user

    set_language(lang)
    raise typer.Exit(run_user(folder, username, name, role or [], place, reset=reset))


@web_app.command(
    help=_(
        "Open the accounts of a list (CSV), all or none; or write the list that communes and agencies need, to be filled in."
    ),
    epilog=_(
        "Example: ntm web users tai-khoan.csv --blank; fill in full_name, position, email, take out what is not needed, add "
        "lines (role as in ntm web user; a name on several lines has several roles); then ntm web users tai-khoan.csv "
        "--passwords mat-khau.csv. The first passwords stand in that file alone: hand them out, then delete it. "
        "Exit status: 0 done, 2 refused."
    ),
)
def users(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The list of accounts."))],
    folder: FolderOption = DEFAULT,
    blank: Annotated[bool, typer.Option("--blank", help=_("Write the list to be filled in; FILE is new."))] = False,
    passwords: Annotated[
        Path | None,
        typer.Option("--passwords", metavar=_("FILE"), help=_("A new file for the first passwords.")),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Open the accounts of a list."""
    from ntm_rules.cli.web import run_users

    set_language(lang)
    raise typer.Exit(run_users(folder, file, passwords, blank=blank))


@web_app.command(
    help=_("Send the notices that wait by e-mail, until stopped; `serve` does so too where e-mail is set up."),
    epilog=_(
        "Example: ntm web work --folder ntm-web --once. The settings stand under [mail] in ntm-web.toml. Exit status: 0 all "
        "was sent, 1 something could not be and waits, 2 refused."
    ),
)
def work(
    folder: FolderOption = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help=_("Send what waits and stop."))] = False,
    lang: LanguageOption = None,
) -> None:
    """Send notices."""
    from ntm_rules.cli.web import run_work

    set_language(lang)
    raise typer.Exit(run_work(folder, once=once))


@web_app.command(
    help=_("Look whether an installation is safe and whole: settings, database, permissions, event log."),
    epilog=_(
        "Example: ntm web check --folder ntm-web. Exit status: 0 all is well, 1 something is not, 2 no installation."
    ),
)
def check(folder: FolderOption = DEFAULT, lang: LanguageOption = None) -> None:
    """Look whether all is well."""
    from ntm_rules.cli.web import run_check

    set_language(lang)
    raise typer.Exit(run_check(folder))


@web_app.command(
    help=_("Walk the chained log, every version and every file; name where they break first."),
    epilog=_(
        "Example: ntm web verify --folder ntm-web. It prints number and hash of the last event: note them down outside, and "
        "--known NUMBER:HASH tells later whether the log up to there is the same. Exit status: 0 whole, 1 broken, 2 not read."
    ),
)
def verify(
    folder: FolderOption = DEFAULT,
    known: Annotated[
        str, typer.Option("--known", metavar=_("NUMBER:HASH"), help=_("The last event as it was noted down earlier."))
    ] = "",
    lang: LanguageOption = None,
) -> None:
    """Walk the records."""
    from ntm_rules.cli.web_records import run_verify

    set_language(lang)
    raise typer.Exit(run_verify(folder, known))


@web_app.command(
    help=_("Write all that an installation keeps into one file, while it is being served."),
    epilog=_(
        "Example: ntm web backup /backup/ntm-2026-11-29.ntmz --folder ntm-web. Nothing is overwritten. "
        "Exit status: 0 written, 2 not."
    ),
)
def backup(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The file to write."))],
    folder: FolderOption = DEFAULT,
    lang: LanguageOption = None,
) -> None:
    """Write a backup."""
    from ntm_rules.cli.web_records import run_backup

    set_language(lang)
    raise typer.Exit(run_backup(folder, file))


@web_app.command(
    help=_("Lay a backup out in a new folder: accounts, figures, log and files as they were."),
    epilog=_(
        "Example: ntm web restore ntm-2026-11-29.ntmz ntm-web-2. A damaged file is refused, and a folder or database that "
        "holds something. A backup of an earlier version is brought up to this one. To move to PostgreSQL, name the empty "
        "database in NTM_WEB_DATABASE. Exit status: 0 restored, 1 restored but the records are not whole, 2 not."
    ),
)
def restore(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The backup."))],
    folder: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("A folder that is new or empty."))],
    lang: LanguageOption = None,
) -> None:
    """Lay a backup out."""
    from ntm_rules.cli.web_records import run_restore

    set_language(lang)
    raise typer.Exit(run_restore(file, folder))


@web_app.command(
    help=_(
        "Move an installation to PostgreSQL: backed up, laid out in a new folder, checked; the old one stays as it is."
    ),
    epilog=_(
        "Example: ntm web move ntm-web-2 --folder ntm-web --to postgresql://ntm:SECRET@127.0.0.1:5432/ntm. The database is "
        "empty; stop the pages first. With NTM_WEB_DATABASE instead of --to the address is written into no file. "
        "Exit status: 0 moved, 2 not."
    ),
)
def move(
    new: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("A new folder."))],
    folder: FolderOption = DEFAULT,
    to: Annotated[str, typer.Option(metavar=_("ADDRESS"), help=_("The address of the database."))] = "",
    lang: LanguageOption = None,
) -> None:
    """Move to another database."""
    from ntm_rules.cli.web_records import run_move

    set_language(lang)
    raise typer.Exit(run_move(folder, new, to))


@web_app.command(
    help=_("Take everything out as data: CSV and JSON of every round, and what each column means."),
    epilog=_(
        "Example: ntm web export so-lieu --folder ntm-web. Evidence files are in a backup. Exit status: 0 written, 2 not."
    ),
)
def export(
    out: Annotated[Path, typer.Argument(metavar=_("FOLDER"), help=_("A folder that is new or empty."))],
    folder: FolderOption = DEFAULT,
    lang: LanguageOption = None,
) -> None:
    """Take everything out."""
    from ntm_rules.cli.web_records import run_export

    set_language(lang)
    raise typer.Exit(run_export(folder, out))
