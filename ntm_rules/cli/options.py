"""The options that several commands share, and reading what stands in them."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from ntm_rules.i18n import LANGUAGES, _, use_language
from ntm_rules.runs.law import LawAsked

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
    int | None, typer.Option("--year", metavar=_("YEAR"), help=_("Year to assess; default: the latest."))
]
ForceOption = Annotated[bool, typer.Option("--force", help=_("Replace the file if it stands there already."))]
JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs", metavar="N", min=0, help=_("Processes for reading thousands of files; 0: one per processor.")
    ),
]
TablesOption = Annotated[
    str,
    typer.Option(
        "--tables",
        metavar="csv|parquet",
        help=_(
            "What the tables verdicts, gaps, summary and cross-checks are written as: csv (default, opens in Excel), or "
            "parquet, for pandas, polars, DuckDB and very much data."
        ),
    ),
]
DataArgument = Annotated[
    list[Path], typer.Argument(metavar=_("DATA"), help=_("CSV, Parquet or Excel files, or folders of them."))
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
OfProvinceOption = Annotated[
    str | None,
    typer.Option(
        "--province",
        "--of-province",
        metavar=_("ID"),
        help=_("Of a set with several provinces the communes and the decisions of one alone, by its id or its name."),
    ),
]
OfProvinceAloneOption = Annotated[
    str | None,
    typer.Option(
        "--of-province",
        metavar=_("ID"),
        help=_(
            "Of a set with several provinces the communes and the decisions of one alone, by its id or its name; what other commands call --province."
        ),
    ),
]
"""The same where --province is taken by what a province reports."""
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


def law_asked(
    criteria: str | None,
    overlays: list[Path] | None,
    as_of: str | None = None,
    known_on: str | None = None,
    of_province: str | None = None,
) -> LawAsked:
    """Return the law that options ask for.

    Raises:
        typer.BadParameter: a day that is none.
    """
    known = read_day(known_on, "--known-on")
    return LawAsked(criteria, overlays or [], read_day(as_of), known, of_province)


def command(
    *, overlay: Any = OverlayOption, as_of: Any = AsOfOption
) -> Callable[[Callable[..., int]], Callable[..., None]]:
    """Return what makes a function, which returns its exit status, a command with the options that many share.

    Its parameter `law` stands for the options of a law, a `year` right after it being among them; `as_json` stands for
    --format. --lang is added, last but for --jobs, and obeyed; a `lang` of its own says which. `overlay`, `as_of`: those
    options in other words.
    """
    of_law = {"criteria": SetOption, "overlay": overlay, "as_of": as_of, "known_on": KnownOnOption}

    def of(function: Callable[..., int]) -> Callable[..., None]:
        own = inspect.signature(function, eval_str=True).parameters
        law = of_law | {"of_province": OfProvinceAloneOption if "province" in own else OfProvinceOption}
        parameters = list(_with_options(own, law))

        @wraps(function)
        def run(*, lang: str | None, **given: Any) -> None:
            set_language(lang)
            if "lang" in own:
                given["lang"] = lang
            if "as_json" in own:
                given["as_json"] = one_of(given.pop("format_"), ("text", "json"), "--format") == "json"
            if "law" in own:
                given["law"] = law_asked(*(given.pop(name) for name in law))
            raise typer.Exit(function(**given))

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what typer reads
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return of


def _with_options(own: Mapping[str, inspect.Parameter], law: Mapping[str, Any]) -> Iterator[inspect.Parameter]:
    """Yield the parameters of a function in their order, those that stand for options replaced by these."""
    names = list(own)
    within = "law" in own and names[names.index("law") + 1 :][:1] == ["year"]
    for name, parameter in own.items():
        if name == "law":
            for option, asked in law.items():
                if option == "as_of" and within:
                    yield own["year"].replace(kind=inspect.Parameter.KEYWORD_ONLY)
                yield _option(option, asked, None)
        elif name == "as_json":
            yield _option("format_", FormatOption, "text")
        elif name != "year" or not within:
            if name == "jobs" and "lang" not in own:
                yield _option("lang", LanguageOption, None)
            yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
    if not {"jobs", "lang"} & set(own):
        yield _option("lang", LanguageOption, None)


def _option(name: str, asked: Any, default: str | None) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=asked)
