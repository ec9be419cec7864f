"""`ntm rules ...`: the commands of those who write and keep the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import (
    AsOfOption,
    FormatOption,
    KnownOnOption,
    LanguageOption,
    OverlayOption,
    SetOption,
    one_of,
    read_day,
    set_language,
)
from ntm_rules.i18n import _

rules_app = typer.Typer(no_args_is_help=True, help=_("Look at, check, test and change the rules."))


@rules_app.command(
    "show",
    help=_("Show the resolved rules: all of them, or one criterion, indicator or requirement."),
    epilog=_("Example: ntm rules show 8.1; for programs: ntm rules show --format json > rules.json"),
)
def show(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help=_("For example 8, 8.1 or 8.1.b."))] = None,
    format_: FormatOption = "text",
    criteria: SetOption = None,
    overlay: OverlayOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    lang: LanguageOption = None,
) -> None:
    """Show rules."""
    from ntm_rules.cli.rulebook import open_rulebook
    from ntm_rules.cli.rules import run_show

    set_language(lang)
    as_json = one_of(format_, ("text", "json"), "--format") == "json"
    rulebook = open_rulebook(criteria, overlay or [], read_day(known_on, "--known-on"))
    raise typer.Exit(run_show(rulebook, id_, as_json=as_json, as_of=read_day(as_of)))


@rules_app.command(
    "book",
    help=_("Write the rules as a book: plain pages that open from a USB stick, to read, carry and print."),
    epilog=_("Example: ntm rules book -o sach; then open sach/index.html. English: --lang en"),
)
def book(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar=_("FOLDER"),
            help=_("Folder for the pages: new, empty, or of an earlier book, whose pages are replaced."),
        ),
    ],
    criteria: SetOption = None,
    overlay: OverlayOption = None,
    as_of: AsOfOption = None,
    known_on: KnownOnOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write the book."""
    set_language(lang)
    from ntm_rules.cli.book import run_book
    from ntm_rules.cli.rulebook import open_rulebook

    rulebook = open_rulebook(criteria, overlay or [], read_day(known_on, "--known-on"))
    raise typer.Exit(run_book(rulebook, out, as_of=read_day(as_of)))
