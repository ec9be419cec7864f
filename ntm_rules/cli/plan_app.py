"""`ntm plan ...`: how the goals of the province's plan stand, and which documents are owed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import command
from ntm_rules.i18n import _
from ntm_rules.runs.law import LawAsked

plan_app = typer.Typer(
    no_args_is_help=True, help=_("Follow the province's plan: are its goals on course, which documents are late.")
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


@plan_app.command(
    "status",
    help=_(
        "Say of every goal whether it is met, on course or behind, with every number used: what communes give is worked "
        "out from DATA, the rest is what the province reports."
    ),
    epilog=_(
        "Example: ntm plan status samples/ke-hoach/xa.csv --province samples/ke-hoach/tinh.csv --as-of 31/12/2028. "
        "A goal that is not met is held against the straight line from its base to its target; docs/plan.md says the whole "
        "rule. Exit status: 0 all figures could be used, 3 the data have problems (they are listed), 2 refused."
    ),
)
@command(as_of=DayOption)
def status(data: DataOption = None, *, province: ProvinceOption = None, law: LawAsked) -> int:
    """Show how the goals stand."""
    from ntm_rules.cli.plan_screen import run_status

    return run_status(law, data or [], province or [])
