"""The options that several commands share, and reading what stands in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.i18n import LANGUAGES, _, use_language

SetOption = Annotated[
    str | None,
    typer.Option("--criteria", metavar=_("ID|FOLDER"), help=_("Criteria set, by id or folder; default: the only one.")),
]
OverlayOption = Annotated[
    list[Path] | None,
    typer.Option("--overlay", metavar=_("FILE"), help=_("Overlay with a later decision's targets; may be repeated.")),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=_("DATE"),
        help=_("Use the rules in force on this day (2026-12-31 or 31/12/2026); default: 31 December of the year."),
    ),
]
LawDayOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=_("DATE"),
        help=_(
            "Show the rules in force on this day (2026-12-31 or 31/12/2026); default: 31 December of the first year "
            "of the set's period."
        ),
    ),
]
KnownOnOption = Annotated[
    str | None,
    typer.Option(
        "--known-on",
        metavar=_("DATE"),
        help=_("Use only what had been promulgated by this day, as an old appraisal did; default: everything."),
    ),
]
YearOption = Annotated[
    int | None,
    typer.Option("--year", metavar=_("YEAR"), help=_("Year to assess; default: the latest.")),
]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="text|json", help=_("text for people, json for programs."))
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="reference|durable",
        help=_("What judges: reference (default), or durable, a forward-chaining engine; the verdicts are the same."),
    ),
]
BatchEngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="columnar|reference|durable",
        help=_(
            "What judges: columnar (default, fast), reference (plain and slow), or durable, a forward-chaining engine; "
            "the verdicts are the same."
        ),
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="vi|en", help=_("Language: vi (default) or en; also NTM_LANG."))
]


def set_language(lang: str | None) -> None:
    """Use the language asked for.

    Raises:
        typer.BadParameter: not one of the languages.
    """
    if lang is None:
        return
    if lang not in LANGUAGES:
        raise typer.BadParameter(_("choose one of: {choices}", choices=", ".join(LANGUAGES)), param_hint="--lang")
    use_language(lang)


def read_day(text: str | None, option: str = "--as-of") -> dt.date | None:
    """Read a day written 2026-12-31 or, day first, 31/12/2026.

    Raises:
        typer.BadParameter: neither.
    """
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise typer.BadParameter(_("“{value}” is not a day; write 2026-12-31 or 31/12/2026", value=text), param_hint=option)


def one_of(value: str, choices: tuple[str, ...], option: str) -> str:
    """Return a choice that is one of those offered.

    Raises:
        typer.BadParameter: naming them.
    """
    if value not in choices:
        raise typer.BadParameter(_("choose one of: {choices}", choices=", ".join(choices)), param_hint=option)
    return value
