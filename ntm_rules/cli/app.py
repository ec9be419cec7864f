"""The commands of `ntm` and their help."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules import __version__
from ntm_rules.cli.options import (
    BatchEngineOption,
    DataArgument,
    EngineOption,
    JobsOption,
    KnownOnOption,
    LanguageOption,
    LawDayOption,
    OfProvinceOption,
    SetOption,
    TablesOption,
    YearOption,
    command,
    law_asked,
    one_of,
    read_day,
    set_language,
)
from ntm_rules.cli.plan_app import plan_app
from ntm_rules.cli.report_app import report_app
from ntm_rules.cli.rules_app import rules_app
from ntm_rules.cli.web_app import web_app
from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import N_, _, current_language
from ntm_rules.runs.law import LawAsked
from ntm_rules.visible import visible_lines

app = typer.Typer(
    name="ntm",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help=_("Assess communes against the new-rural criteria: what is met, what is missing, whose job it is."),
)
app.add_typer(rules_app, name="rules")
app.add_typer(report_app, name="report")
app.add_typer(web_app, name="web")
app.add_typer(plan_app, name="plan")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help=_("Show the version and stop."))] = False,
    lang: LanguageOption = None,
) -> None:
    """Options before any command."""
    set_language(lang)
    if version:
        typer.echo(f"ntm-rules {__version__}")
        raise typer.Exit


@app.command(
    help=_("Make the Excel form that a commune fills in: for one commune, for all, or one in which it is chosen."),
    epilog=_(
        "Example: ntm template --commune 03394 --year 2026 -o phieu.xlsx; "
        "ntm template --all --year 2026 --previous samples/lai-chau-2026.csv -o PHIEU-2026. "
        "The form reckons while it is filled in; hand it in to ntm assess or ntm batch. "
        "Exit status: 0 written, 3 written and the files of the year before have problems, 2 nothing was written."
    ),
)
@command()
def template(
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar=_("FILE|FOLDER"), help=_("The form's file; with --all the folder for the forms.")
        ),
    ],
    year: Annotated[int, typer.Option("--year", metavar=_("YEAR"), help=_("Year of the figures to be reported."))],
    *,
    commune: Annotated[
        str | None,
        typer.Option(
            "--commune", metavar=_("CODE|NAME"), help=_("Whose form; without it the officer chooses the commune.")
        ),
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help=_("A form for every commune of the set."))] = False,
    province: Annotated[
        bool,
        typer.Option("--province", help=_("The table of what the province reports for the goals of its plan.")),
    ] = False,
    previous: Annotated[
        list[Path] | None,
        typer.Option(
            "--previous",
            metavar=_("FILE|FOLDER"),
            help=_(
                "What was reported for the year before: last year's forms, CSV, Parquet or tables. "
                "It stands beside each cell. May be repeated."
            ),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace forms that stand there; what is filled in there is lost."))
    ] = False,
    law: LawAsked,
) -> int:
    """Make blank forms."""
    from ntm_rules.cli.template import run_province_template, run_template

    if province:
        if commune is not None or everyone or previous:
            raise typer.BadParameter(
                _("it stands alone, without --commune, --all and --previous"), param_hint="--province"
            )
        return run_province_template(law, out, year=year, force=force)
    return run_template(law, out, commune=commune, everyone=everyone, year=year, previous=previous or [], force=force)


@app.command(
    help=_("Assess all communes in DATA and write the matrix, the gaps and the tables to a folder."),
    epilog=_(
        "Example: ntm batch samples/lai-chau-2026 --out out. "
        "Written: ket-qua.xlsx, verdicts.csv, gaps.csv, summary.csv, problems.csv, cross-checks.csv, run.json. "
        "Exit status: 0 all evaluated, 3 evaluated with data problems listed, 2 nothing could be evaluated; "
        "findings of the cross-checks do not change it."
    ),
)
@command()
def batch(
    data: DataArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for the results; made if needed."))
    ],
    *,
    law: LawAsked,
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year",
            metavar=_("YEAR"),
            help=_("Year to assess; may be repeated; default: the latest year in the data."),
        ),
    ] = None,
    engine: BatchEngineOption = "columnar",
    returned: Annotated[
        Path | None,
        typer.Option(
            "--return",
            metavar=_("FOLDER"),
            help=_(
                "Write a fresh form there for every form with problems of its data, or errors or warnings of the "
                "cross-checks: answers kept, every mistake marked in its cell. Forms not filled in are left out."
            ),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace forms that stand in the folder of --return."))
    ] = False,
    jobs: JobsOption = 1,
    tables: TablesOption = "csv",
) -> int:
    """Assess many communes."""
    from ntm_rules.cli.batch import run_batch
    from ntm_rules.report.large_tables import TABLES
    from ntm_rules.runs.batch import BatchAsked

    written = one_of(tables, TABLES, "--tables")
    return run_batch(law, data, out, BatchAsked(year or [], engine, jobs, returned, force, written))


@app.command(
    help=_("Assess one commune: what is met, what is missing and who to turn to."),
    epilog=_("Example: ntm assess samples/lai-chau-2026/03390-binh-lu.xlsx --explain 8.1"),
)
@command()
def assess(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("The commune's workbook or CSV."))],
    *,
    commune: Annotated[
        str | None, typer.Option("--commune", metavar=_("CODE|NAME"), help=_("Which commune, when FILE holds several."))
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="ID", help=_("Show one indicator in full: text, source, values, verdict.")),
    ] = None,
    law: LawAsked,
    year: YearOption = None,
    engine: EngineOption = "reference",
    returned: Annotated[
        Path | None,
        typer.Option(
            "--return",
            metavar=_("FILE"),
            help=_(
                "Write a fresh form there: answers kept, every mistake and doubt marked in its cell and listed. "
                "FILE itself is never changed."
            ),
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file of --return."))] = False,
) -> int:
    """Assess one commune."""
    from ntm_rules.cli.assess import run_assess

    return run_assess(
        law, file, commune=commune, explain=explain, year=year, engine=engine, fresh_form=returned, force=force
    )


@app.command(
    help=_(
        "Explain why one commune has its verdict: the law's words, what was reported, the comparison, the gap, what does not count and why, and the fewest figures that would settle it."
    ),
    epilog=_(
        "Example: ntm explain samples/lai-chau-2026 --commune 03430 --indicator 8.1. "
        "For programs: --format json (docs/explanation-json.md). "
        "Exit status: 0 explained, 3 explained and problems of the data touch it, 2 nothing could be explained."
    ),
)
@command()
def explain(
    data: DataArgument,
    indicator: Annotated[
        str,
        typer.Option(
            "--indicator",
            metavar="ID",
            help=_("An indicator (8.1), a part of it (8.1.b), a further condition (DK.1) or a whole criterion (8)."),
        ),
    ],
    *,
    commune: Annotated[
        str | None,
        typer.Option(
            "--commune",
            metavar=_("CODE|NAME"),
            help=_("Which commune, by code or by its full name; needed where the data holds several."),
        ),
    ] = None,
    year: YearOption = None,
    law: LawAsked,
    engine: EngineOption = "reference",
    as_json: bool,
) -> int:
    """Explain a verdict."""
    from ntm_rules.cli.explain import run_explain

    return run_explain(law, data, commune=commune, indicator=indicator, year=year, engine=engine, as_json=as_json)


@app.command(
    help=_("See which communes, criteria and indicators another law would change, in both directions."),
    epilog=_(
        "Example: ntm whatif samples/lai-chau-2026 --set 8.1.b=70. A new decision before it counts: "
        "ntm whatif samples/lai-chau-2026 --overlay samples/minh-hoa.overlay.yaml --out out. "
        "BEFORE is the set with the overlays of --against (none: the bare set); AFTER is the set with those of "
        "--overlay (none: those of --against), then what --set supposes. A decision that amends an earlier one: "
        "--against OLD --overlay OLD --overlay NEW. Exit status: 0 compared, 2 could not be."
    ),
)
@command()
def whatif(
    data: DataArgument,
    *,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar=_("ID=VALUE"),
            help=_(
                "Suppose a target: 8.1.b=70 or 8.1.b=70,5; by group 3.1=nhom-1:9,nhom-2:8,5,nhom-3:7; "
                "a grade 9.1.a=hoan-thanh-tot; DK.3=in-force. May be repeated."
            ),
        ),
    ] = None,
    overlay: Annotated[
        list[Path] | None,
        typer.Option("--overlay", metavar=_("FILE"), help=_("Overlay of the law AFTER; may be repeated.")),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against",
            metavar=_("FILE|FOLDER|ID"),
            help=_("Overlay of the law BEFORE, or another version of the criteria set; may be repeated."),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=_("DATE"),
            help=_("Day of the law AFTER (2026-12-31 or 31/12/2026); default: 31 December of the year."),
        ),
    ] = None,
    against_as_of: Annotated[
        str | None,
        typer.Option(
            "--against-as-of",
            metavar=_("DATE"),
            help=_(
                "Day of the law BEFORE; default: that of --as-of, or 31 December of the year when only the day changes."
            ),
        ),
    ] = None,
    known_on: KnownOnOption = None,
    criteria: SetOption = None,
    of_province: OfProvinceOption = None,
    year: YearOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=_("FOLDER"),
            help=_("Also write thay-doi.xlsx and changes.csv there; made if needed."),
        ),
    ] = None,
    as_json: bool,
) -> int:
    """Compare two laws over one set of figures."""
    from ntm_rules.cli.whatif import run_whatif
    from ntm_rules.runs.comparing import WhatIfAsked

    law = law_asked(criteria, overlay, as_of, known_on, of_province)
    before = read_day(against_as_of, "--against-as-of")
    return run_whatif(WhatIfAsked(law, set_ or [], against or [], before, year), data, out, as_json=as_json)


@app.command(
    "open",
    help=_(
        "From a folder of forms to the pages in one step, as a double click on an office PC: assess all communes in "
        "DATA, write the results and the pages beside it, and open them."
    ),
    epilog=_(
        "Example: ntm open samples/lai-chau-2026 -o out/xem. With --shortcut FOLDER it makes an icon there: a folder of "
        "forms dropped on it is opened in this way. Exit status: as of ntm batch."
    ),
)
@command()
def open_(
    data: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar=_("DATA"), help=_("CSV, Parquet or Excel files, or folders of them; asked for where none is given.")
        ),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar=_("FOLDER"), help=_("Folder for the results; default: beside DATA, by its name.")
        ),
    ] = None,
    shortcut: Annotated[
        Path | None,
        typer.Option("--shortcut", metavar=_("FOLDER"), help=_("Make an icon in this folder (the desktop) and stop.")),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=_("Open the pages when done."))] = True,
    wait: Annotated[
        bool, typer.Option("--wait", help=_("Wait for Enter at the end, so that the window of an icon can be read."))
    ] = False,
    law: LawAsked,
    year: YearOption = None,
) -> int:
    """Open results."""
    from ntm_rules.cli.opening import make_shortcut, run_open

    if shortcut is not None:
        return make_shortcut(shortcut, law)
    try:
        status = run_open(law, data or [], out, year=year, browser=browser)
    except (NtmError, OSError) as error:
        _complain(_error_words(error))
        status = 2
    if wait:
        with suppress(EOFError):  # nobody is there to press a key
            input(_("Press Enter to close this window."))
    return status


@app.command(help=_("List the figures and statements a commune reports."))
@command(as_of=LawDayOption)
def measures(law: LawAsked, *, as_json: bool) -> int:
    """List measures."""
    from ntm_rules.cli.rules import run_measures

    return run_measures(law, as_json=as_json)


@app.command(help=_("List the communes of the criteria set: code, name, group, what they were before the mergers."))
@command(as_of=LawDayOption)
def communes(law: LawAsked, *, as_json: bool) -> int:
    """List communes."""
    from ntm_rules.cli.listing import run_communes

    return run_communes(law, as_json=as_json)


@app.command(help=_("List the lead agencies of the criteria set: id, name, the indicators of each."))
@command(as_of=LawDayOption)
def agencies(law: LawAsked, *, as_json: bool) -> int:
    """List agencies."""
    from ntm_rules.cli.listing import run_agencies

    return run_agencies(law, as_json=as_json)


@app.command(help=_("Say what is installed and what works here."))
@command()
def doctor() -> int:
    """Check the installation."""
    from ntm_rules.cli.doctor import run_doctor

    return run_doctor()


UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of what is wrong with a command line; typer does not export it."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line on these arguments; return the exit status."""
    try:
        command = _commands(current_language(), arguments[0] if arguments else "")
        status = command.main(args=list(arguments), prog_name="ntm", standalone_mode=False)
    except UsageError as error:
        _complain(_usage_words(error))
        return 2
    except (NtmError, OSError) as error:
        _complain(_error_words(error))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _complain(_("Stopped. Nothing was changed in the input files."))
        return 130
    return status if isinstance(status, int) else 0


def _error_words(error: NtmError | OSError) -> str:
    """Say what was wrong, or what could not be read or written."""
    if isinstance(error, NtmError):
        return str(error)
    where = f"{error.filename}: " if error.filename else ""
    return _("Cannot read or write: {reason}", reason=f"{where}{system_reason(error)!s}")


@cache
def _commands(language: str, first: str) -> Any:  # noqa: ARG001 - one for each language
    """Return the commands, with their help in the language in force; the one alone that the first word names, if it does.

    Reading the options of all takes its time.
    """
    asked = copy(app)
    asked.registered_commands = [one for one in app.registered_commands if _name_of_command(one) == first]
    asked.registered_groups = [group for group in app.registered_groups if group.name == first]
    command = typer.main.get_command(asked if asked.registered_commands or asked.registered_groups else app)
    _localise(command)
    return command


def _name_of_command(one: Any) -> str:
    return str(one.name or one.callback.__name__.replace("_", "-"))


def _localise(command: Any) -> None:
    """Put the help texts that typer itself adds into the reader's language."""
    context = typer.Context(command)
    for parameter in [*command.params, command.get_help_option(context)]:
        if getattr(parameter, "help", None):
            parameter.help = _(parameter.help)
    for inner in getattr(command, "commands", {}).values():
        _localise(inner)


N_("Show this message and exit.")
N_("Install completion for the current shell.")
N_("Show completion for the current shell, to copy it or customize the installation.")


_VALUES = {
    "valid integer": N_("write a whole number"),
    "valid number": N_("write a number"),
    "valid decimal": N_("write a number"),
    "valid boolean": N_("write true or false"),
    "not in the range": N_("the number is too small or too large"),
    "than or equal to": N_("the number is too small or too large"),
}
"""Some words of the command line's own library -> what is said instead."""


def _value_words(said: str) -> str:
    """Say what is wrong with the value of an option; in the library's own words where they are none of the usual."""
    return next((_(words) for own, words in _VALUES.items() if own in said), said)


def _usage_words(error: Any) -> str:
    """Say in the reader's language what is wrong with a command line, and where help is."""
    name = type(error).__name__
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "ntm"
    if name == "NoSuchOption":
        words = _("There is no option {option}.", option=error.option_name)
    elif name == "NoSuchCommand" or "No such command" in str(getattr(error, "message", "")):
        words = _("There is no such command.")
    elif name == "MissingParameter":
        words = _("Missing: {name}", name=_name_of(getattr(error, "param", None)))
    elif name == "NoArgsIsHelpError":
        return str(error.format_message())
    elif isinstance(error, typer.BadParameter):
        ours = bool(error.param_hint)
        option = error.param_hint if ours else _name_of(getattr(error, "param", None))
        reason = error.message if ours else _("this value does not fit ({reason})", reason=_value_words(error.message))
        words = _("{option}: {reason}", option=option, reason=reason)
    elif "unexpected extra argument" in error.message:
        words = _("Unexpected: {rest}", rest=error.message.rpartition("(")[2].rstrip(")"))
    else:
        words = visible_lines(str(error.format_message())).replace("Did you mean", _("Did you mean"))
    return f"{words}\n" + _("See: {command} --help", command=path)


def _name_of(parameter: Any) -> str:
    """Return a parameter as the reader knows it: its option, or the name in the usage line."""
    if parameter is None:
        return ""
    option = parameter.opts[0]
    return str(option if option.startswith("-") else parameter.metavar or option)


def _complain(text: str) -> None:
    typer.secho(text, fg=typer.colors.RED, err=True)
