"""`ntm plan ...`: the province's plan, held against what communes report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import DataArgument, ForceOption, YearOption, command, one_of
from ntm_rules.i18n import _
from ntm_rules.plan.aims import Aim
from ntm_rules.runs.law import LawAsked

plan_app = typer.Typer(
    no_args_is_help=True,
    help=_(
        "The province's plan: are its goals on course, which documents are late, who can be up to the standard by when."
    ),
)

DataOption = Annotated[
    list[Path] | None,
    typer.Argument(metavar=_("DATA"), help=_("What communes report: CSV, Parquet or Excel files, or folders of them.")),
]
ProvinceOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--province",
        metavar=_("FILE"),
        help=_("What the province reports for its goals (ntm template --province); may be repeated."),
    ),
]
DayOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=_("DATE"),
        help=_("The day on which the plan is looked at (2028-12-31 or 31/12/2028); default: today."),
    ),
]

_AIM = re.compile(r"(\d{1,6})\s*:\s*(\d{4})")


def read_aims(target: list[str], by: list[int]) -> list[Aim]:
    """Read aims written 10:2030, or as numbers each with its --by.

    Raises:
        typer.BadParameter: one is neither, or numbers and years are not as many.
    """
    aims, alone = [], []
    for written in target:
        if found := _AIM.fullmatch(written.strip()):
            aims.append(Aim(int(found[1]), int(found[2])))
        elif written.strip().isdecimal():
            alone.append(int(written))
        else:
            words = _("“{value}” is no target; write 10:2030 (10 communes by 2030)", value=written)
            raise typer.BadParameter(words, param_hint="--target")
    if len(alone) != len(by):
        words = _("say a year for each number: --target 10 --by 2030 --target 20 --by 2035, or --target 10:2030")
        raise typer.BadParameter(words, param_hint="--target / --by")
    return aims + [Aim(number, year) for number, year in zip(alone, by, strict=True)]


DoneOption = Annotated[
    list[Path] | None,
    typer.Option("--done", metavar=_("FILE"), help=_("The list of what was issued, workbook or CSV; may be repeated.")),
]


@plan_app.command(
    "status",
    help=_(
        "Say of every goal whether it is met, on course or behind, with every number used: what communes give is worked "
        "out from DATA, the rest is what the province reports."
    ),
    epilog=_(
        "Example: ntm plan status samples/ke-hoach/xa-2026-2028.csv --province samples/ke-hoach/tinh-2025-2028.csv --as-of 31/12/2028. "
        "A goal that is not met is held against the straight line from its base to its target; docs/plan.md says the whole "
        "rule. Written with --out: muc-tieu.xlsx, muc-tieu.docx, muc-tieu.html, with a picture of every goal over the years. "
        "Exit status: 0 all figures could be used, 3 the data have problems (they are listed), 2 refused."
    ),
)
@command(as_of=DayOption)
def status(
    data: DataOption = None,
    *,
    province: ProvinceOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for workbook, Word file and page.")),
    ] = None,
    law: LawAsked,
) -> int:
    """Show how the goals stand."""
    from ntm_rules.cli.plan_screen import run_status

    return run_status(law, data or [], province or [], out)


@plan_app.command(
    "deliverables",
    help=_(
        "Say of every document that the plan asks for whether it is done, due or overdue, by whom, and which targets of how "
        "many communes wait for it."
    ),
    epilog=_(
        "Example: ntm plan deliverables --as-of 15/9/2026 --done da-ban-hanh.xlsx --ics han.ics. --out FILE.xlsx writes the "
        "list as a workbook: fill in number and day of what was issued, and give it back with --done; --out FOLDER writes "
        "van-ban.xlsx, van-ban.docx, van-ban.html. --ics writes a calendar with "
        "alarms for what is not done. Exit status: 0 nothing is overdue, 1 something is, 2 refused."
    ),
)
@command(as_of=DayOption)
def deliverables(
    data: DataOption = None,
    *,
    done: DoneOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=_("FILE.xlsx|FOLDER"),
            help=_("Write the list as a workbook; into a folder also as paper and page."),
        ),
    ] = None,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar=_("FILE.ics"), help=_("Write a calendar of what is not done."))
    ] = None,
    force: ForceOption = False,
    law: LawAsked,
) -> int:
    """Show the documents owed."""
    from ntm_rules.cli.deliverables_screen import run_deliverables
    from ntm_rules.runs.deliverables import DeliverablesAsked

    return run_deliverables(law, DeliverablesAsked(data or [], done or [], ics, out, force))


@plan_app.command(
    "agency",
    help=_(
        "Say what each lead agency has to do this year: its indicators over the communes, its goals, its documents, its share "
        "of what is in the way; --out writes its yearly report as an unsigned draft in Word."
    ),
    epilog=_(
        "Example: ntm plan agency samples/ke-hoach/xa-2026-2028.csv --province samples/ke-hoach/tinh-2025-2028.csv --agency "
        "“Sở Xây dựng” --as-of 31/12/2028 -o out/bao-cao. --all, or no --agency: every lead agency in one table. Written: "
        "bao-cao-AGENCY.docx, viec-co-quan.xlsx, viec-co-quan.html. Exit status: 0 all figures could be used, 3 the data have problems, 2 refused."
    ),
)
@command(as_of=DayOption)
def agency(
    data: DataOption = None,
    *,
    province: ProvinceOption = None,
    done: DoneOption = None,
    agency_: Annotated[
        list[str] | None,
        typer.Option("--agency", metavar=_("ID|NAME"), help=_("A lead agency, by id or name; may be repeated.")),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Every lead agency."))] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar=_("FOLDER"),
            help=_("Folder for the yearly reports in Word, and the work as workbook and page."),
        ),
    ] = None,
    law: LawAsked,
) -> int:
    """Show the work of agencies."""
    from ntm_rules.cli.agency_year_screen import run_agency
    from ntm_rules.runs.plan_reports import PlanAsked

    if agency_ and all_:
        raise typer.BadParameter(_("say either --agency ID or --all"), param_hint="--agency / --all")
    return run_agency(law, PlanAsked(data or [], province or [], done or [], agency_ or []), out)


@plan_app.command(
    "report",
    help=_(
        "Write a report that the plan asks for as an unsigned draft in Word: of a year, the mid-term review or the final one."
    ),
    epilog=_(
        "Example: ntm plan report samples/ke-hoach/xa-2026-2028.csv --province samples/ke-hoach/tinh-2025-2028.csv --kind "
        "midterm --as-of 31/12/2028 -o so-ket.docx. Every number is that of ntm plan status, deliverables and agency; causes "
        "and proposals are left for people. Exit status: 0 written, 3 written and the data have problems, 2 refused."
    ),
)
@command(as_of=DayOption)
def report(
    data: DataOption = None,
    *,
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="year|midterm|final", help=_("Which report: year (default), midterm or final.")),
    ] = "year",
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar=_("FILE.docx"), help=_("The Word file to write, ending in .docx."))
    ],
    province: ProvinceOption = None,
    done: DoneOption = None,
    law: LawAsked,
) -> int:
    """Write a report of the province."""
    from ntm_rules.cli.agency_year_screen import run_report
    from ntm_rules.runs.plan_reports import KINDS, PlanAsked

    asked = PlanAsked(data or [], province or [], done or [])
    return run_report(law, asked, one_of(kind, tuple(KINDS), "--kind"), out)


@plan_app.command(
    help=_(
        "Choose the communes to bring up to the standard by a year, with the least work and no agency doing more than it "
        "can: who by when, whose work in each year, what would change the choice; or why it cannot be done."
    ),
    epilog=_(
        "Example: ntm plan roadmap samples/lai-chau-2026.csv --overlay samples/minh-hoa.overlay.yaml --target 10:2030 "
        "--target 20:2035 -o lo-trinh. Efforts and capacities are assumptions in plan/effort.yaml of the set, never law. "
        "A commune that lacks a figure or a target stands outside and is listed. Where every commune waits for the law, "
        "the map goes as far as can be judged today and says so. Written with --out: lo-trinh.xlsx, lo-trinh.docx, "
        "lo-trinh.html. Exit status: 0 every target can be reached, 1 not, 3 the data have problems, 2 nothing was done."
    ),
)
@command()
def roadmap(
    data: DataArgument,
    *,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            "--also",
            metavar=_("N:YEAR"),
            help=_(
                "So many communes by the end of a year, 10:2030; or N alone with --by; may be repeated. Default: the goals of "
                "the plan."
            ),
        ),
    ] = None,
    by: Annotated[
        list[int] | None,
        typer.Option("--by", metavar=_("YEAR"), help=_("The year of a --target that names none; may be repeated.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for workbook, Word file and page.")),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option(
            "--boundaries",
            metavar=_("FILE"),
            help=_("The office's own boundaries as GeoJSON, by commune code, for the map; else a scheme of tiles."),
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole", help=_("Never leave out of account what waits for the law: such communes stand outside.")
        ),
    ] = False,
    law: LawAsked,
    year: YearOption = None,
) -> int:
    """Choose communes and years."""
    from ntm_rules.cli.roadmap_screen import run_roadmap
    from ntm_rules.runs.roadmap import RoadMapAsked

    asked = RoadMapAsked(read_aims(target or [], by or []), year, whole, out, boundaries)
    return run_roadmap(law, data, asked)


@plan_app.command(
    help=_(
        "Show several years beside each other: what rose and what fell in each commune and indicator, and when targets not "
        "met now are met at the pace so far, with how sure that is."
    ),
    epilog=_(
        "Example: ntm plan trends so-lieu-2026 so-lieu-2027 so-lieu-2028 -o xu-huong; one commune: --commune 03430. Each year is "
        "judged by its own law. A series is never continued over a change of how a figure is counted; over a merger only that of a "
        "share is, where every unit before gave numerator and denominator. "
        "Written with --out: xu-huong.xlsx, xu-huong.docx, xu-huong.html. Exit status: 0 shown, 3 the data have problems, 2 nothing could be shown."
    ),
)
@command()
def trends(
    data: DataArgument,
    *,
    commune: Annotated[
        str | None,
        typer.Option("--commune", metavar=_("CODE|NAME"), help=_("The figures of one commune alone, all of them.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Folder for workbook, Word file and page.")),
    ] = None,
    law: LawAsked,
) -> int:
    """Show trends."""
    from ntm_rules.cli.trends_screen import run_trends

    return run_trends(law, data, out, commune=commune)
