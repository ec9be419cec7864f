"""`ntm report ...`: the commands that write papers and pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import (
    AsOfOption,
    KnownOnOption,
    LanguageOption,
    OverlayOption,
    SetOption,
    YearOption,
    read_day,
    set_language,
)
from ntm_rules.i18n import _

report_app = typer.Typer(no_args_is_help=True, help=_("Write the papers people sign and the pages they read."))

DataArgument = Annotated[
    list[Path], typer.Argument(metavar=_("DATA"), help=_("CSV, Parquet or Excel files, or folders of them."))
]
FolderOption = Annotated[
    Path,
    typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for the files; made if needed.")),
]


@report_app.command(
    "html",
    help=_(
        "Write the results as plain pages with pictures that open from a USB stick: the province at a glance, every "
        "indicator, commune and lead agency, who is nearest to the standard, how complete the data are."
    ),
    epilog=_(
        "Example: ntm report html samples/lai-chau-2026 -o trang; then open trang/index.html. Nothing is fetched and no "
        "script is needed. An earlier set of pages in the folder is replaced; a folder with anything else is refused. "
        "Exit status: 0 written, 3 written and the data have problems (the pages list them), 2 nothing was written."
    ),
)
def html(
    data: DataArgument,
    out: FolderOption,
    criteria: SetOption = None,
    overlay: OverlayOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    lang: LanguageOption = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", metavar="N", min=0, help=_("Processes for reading thousands of files; 0: one per processor.")
        ),
    ] = 1,
) -> None:
    """Write pages."""
    set_language(lang)
    from ntm_rules.cli.report_html import run_html
    from ntm_rules.cli.rulebook import open_rulebook

    rulebook = open_rulebook(criteria, overlay or [], read_day(known_on, "--known-on"))
    raise typer.Exit(run_html(rulebook, data, out, year=year, as_of=read_day(as_of), jobs=jobs))
