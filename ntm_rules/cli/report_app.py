"""`ntm report ...`: the commands that write papers and pages for people."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import DataArgument, JobsOption, YearOption, command, read_day
from ntm_rules.i18n import _
from ntm_rules.runs.law import LawAsked

report_app = typer.Typer(no_args_is_help=True, help=_("Write the papers people sign and the pages they read."))

FolderOption = Annotated[
    Path, typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for the files; made if needed."))
]


@report_app.command(
    "self-assessment",
    help=_("Write a commune's report on its self-assessment as an unsigned draft in Word."),
    epilog=_(
        "Example: ntm report self-assessment samples/lai-chau-2026/03430-khun-ha.xlsx -o bao-cao.docx. "
        "Number, day and signature stay blank. A file of that name is replaced, and that is said; FORM never is. Beside it "
        "stands NAME-kiem-tra.docx, a working sheet that nobody signs: problems of the data, cross-checks, figures without "
        "a document. Exit status: 0 written, 3 written and the data have problems (the sheet lists them), 2 nothing was "
        "written."
    ),
)
@command()
def self_assessment(
    form: Annotated[Path, typer.Argument(metavar=_("FORM"), help=_("The commune's workbook or CSV."))],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar=_("FILE.docx"), help=_("The Word file to write, ending in .docx."))
    ],
    *,
    commune: Annotated[
        str | None, typer.Option("--commune", metavar=_("CODE|NAME"), help=_("Which commune, when FORM holds several."))
    ] = None,
    law: LawAsked,
    year: YearOption = None,
) -> int:
    """Write a self-assessment."""
    from ntm_rules.cli.papers import run_self_assessment

    return run_self_assessment(law, form, out, commune=commune, year=year)


@report_app.command(
    "province",
    help=_(
        "Write the province's summary paper with Biểu 05 and Biểu 06 in Word and Excel, and the workbook of results."
    ),
    epilog=_(
        "Example: ntm report province samples/lai-chau-2026 -o out/tinh. Written: bao-cao-tong-hop.docx, "
        "bieu-05-06.xlsx, ket-qua.xlsx. They replace those of an earlier run; a file that a person has changed since is "
        "not replaced. Exit status: 0 written, 3 written and the data have problems, 2 nothing was written."
    ),
)
@command()
def province(data: DataArgument, out: FolderOption, *, law: LawAsked, year: YearOption = None) -> int:
    """Write the province's paper."""
    from ntm_rules.cli.papers import run_papers
    from ntm_rules.runs.province import write_province

    return run_papers(law, partial(write_province, data=data, out=out, year=year))


@report_app.command(
    "agency",
    help=_(
        "Write for a lead agency how its indicators stand in every commune: who is short, by how much, nearest first."
    ),
    epilog=_(
        "Example: ntm report agency samples/lai-chau-2026 --agency so-y-te -o out/so-y-te; for every lead agency and "
        "an index: --all. Written: AGENCY.docx and AGENCY.xlsx, with --all muc-luc.xlsx too. A file that a person has "
        "changed since is not replaced. Exit status: 0 written, 3 written and the data have problems, 2 nothing was "
        "written."
    ),
)
@command()
def agency(
    data: DataArgument,
    out: FolderOption,
    *,
    agency_: Annotated[
        list[str] | None,
        typer.Option(
            "--agency",
            metavar=_("ID|NAME"),
            help=_(
                "A lead agency, by id (so-y-te) or name (“Sở Y tế”, “so y te”); may be repeated. All: ntm agencies."
            ),
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Every lead agency, and an index."))] = False,
    law: LawAsked,
    year: YearOption = None,
) -> int:
    """Write the agencies' papers."""
    from ntm_rules.cli.papers import run_papers
    from ntm_rules.runs.agency import write_agencies

    if bool(agency_) == all_:
        raise typer.BadParameter(_("say either --agency ID or --all"), param_hint="--agency / --all")
    return run_papers(law, partial(write_agencies, data=data, out=out, agencies=agency_ or [], year=year))


@report_app.command(
    "letters",
    help=_(
        "Write letters to communes and agencies as unsigned drafts in Word: what is missing, by when, to whom; and a table "
        "of who has handed in, who has not, how many files and with how many mistakes."
    ),
    epilog=_(
        "Example: ntm report letters samples/lai-chau-2026 --all -o out/cong-van --by 15/01/2027 for everybody, with the table; one "
        "commune: --commune 03430; one agency: --agency so-y-te. Written: xa-CODE.docx, co-quan-AGENCY.docx, with --all "
        "theo-doi-nop.docx and theo-doi-nop.xlsx. Without --by the day is dots: no document fixes it. A file that a person has "
        "changed since is not replaced. Exit status: 0 written, 3 written and the data have problems, 2 nothing was written."
    ),
)
@command()
def letters(
    data: DataArgument,
    out: FolderOption,
    *,
    commune: Annotated[
        list[str] | None,
        typer.Option("--commune", metavar=_("CODE"), help=_("Code or name of a commune; may be repeated.")),
    ] = None,
    agency_: Annotated[
        list[str] | None, typer.Option("--agency", metavar="ID", help=_("Id of an agency (so-y-te); may be repeated."))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Every commune, every agency, and who handed in."))] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar=_("DAY"), help=_("Day by which an answer is asked for; without it dots stand there.")
        ),
    ] = None,
    law: LawAsked,
    year: YearOption = None,
) -> int:
    """Write letters."""
    from ntm_rules.cli.papers import run_papers
    from ntm_rules.runs.letters import write_letters

    if bool(commune or agency_) == all_:
        raise typer.BadParameter(
            _("say --commune CODE or --agency ID (each may be repeated), or --all"),
            param_hint="--commune / --agency / --all",
        )
    write = partial(write_letters, data=data, out=out, communes=commune or [], agencies=agency_ or [], year=year)
    return run_papers(law, partial(write, by=read_day(by, "--by")), handing_in=True)


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
@command()
def html(data: DataArgument, out: FolderOption, *, law: LawAsked, year: YearOption = None, jobs: JobsOption = 1) -> int:
    """Write pages."""
    from ntm_rules.cli.report_html import run_html

    return run_html(law, data, out, year=year, jobs=jobs)
