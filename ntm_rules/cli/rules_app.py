"""`ntm rules ...`: the commands of those who write and keep the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ntm_rules.cli.options import (
    ForceOption,
    LanguageOption,
    LawDayOption,
    OfProvinceOption,
    SetOption,
    command,
    law_asked,
    one_of,
    read_day,
)
from ntm_rules.i18n import _
from ntm_rules.runs.law import LawAsked

rules_app = typer.Typer(no_args_is_help=True, help=_("Look at, check, test and change the rules."))


@rules_app.command(
    "show",
    help=_("Show the resolved rules: all of them, or one criterion, indicator or requirement."),
    epilog=_("Example: ntm rules show 8.1; for programs: ntm rules show --format json > rules.json"),
)
@command(as_of=LawDayOption)
def show(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help=_("For example 8, 8.1 or 8.1.b."))] = None,
    *,
    as_json: bool,
    law: LawAsked,
) -> int:
    """Show rules."""
    from ntm_rules.cli.rules import run_show

    return run_show(law, id_, as_json=as_json)


@rules_app.command(
    "history",
    help=_("Tell what the rules said of an indicator or a part on every day of their period, and by which document."),
    epilog=_(
        "Example: ntm rules history 8.1 --overlay decision.overlay.yaml; as it was known then: --known-on 2027-06-30"
    ),
)
@command()
def history(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help=_("For example 8.1, 8.1.b, a criterion, or the set itself."))
    ],
    *,
    as_json: bool,
    law: LawAsked,
) -> int:
    """Tell a history."""
    from ntm_rules.cli.rules_history import run_history

    return run_history(law, id_, as_json=as_json)


@rules_app.command(
    "book",
    help=_("Write the rules as a book: plain pages that open from a USB stick, to read, carry and print."),
    epilog=_("Example: ntm rules book -o sach; then open sach/index.html. English: --lang en"),
)
@command(as_of=LawDayOption)
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
    *,
    law: LawAsked,
) -> int:
    """Write the book."""
    from ntm_rules.cli.book import run_book

    return run_book(law, out)


@rules_app.command(
    "diff",
    help=_("Show what differs between two laws: in words, and by which figures verdicts differ."),
    epilog=_(
        "Example: ntm rules diff git:HEAD~3 git:HEAD; a new decision: ntm rules diff lai-chau-2026-2030 "
        "samples/minh-hoa.overlay.yaml; two days: ntm rules diff 31/12/2026 31/12/2028. "
        "A and B each: a set's id or folder; an overlay file (the set with it); a day (the set on that day); "
        "or a git revision of the set's repository, which git: in front makes certain. Without a day or --as-of "
        "every day of the period is compared. Exit status: 0 no difference, 1 differences, 2 cannot compare."
    ),
)
@command(
    overlay=Annotated[
        list[Path] | None,
        typer.Option("--overlay", metavar=_("FILE"), help=_("Overlay laid on both sides first; may be repeated.")),
    ],
    as_of=Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=_("DATE"),
            help=_("Compare the rules in force on this day alone (2026-12-31 or 31/12/2026); default: every day."),
        ),
    ],
)
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=_("The law before: set, overlay file, day or revision."))],
    after: Annotated[str, typer.Argument(metavar="B", help=_("The law after, in the same forms."))],
    *,
    law: LawAsked,
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", metavar=_("DATA"), help=_("Also judge these figures under both laws; may be repeated.")),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", metavar=_("YEAR"), help=_("Year of the figures; default: the latest year in the data.")),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|markdown",
            help=_("text for people, json for programs, markdown for an entry in CHANGELOG.md."),
        ),
    ] = "text",
    lang: LanguageOption = None,
) -> int:
    """Compare two laws."""
    from ntm_rules.cli.diff import FORMATS, run_diff
    from ntm_rules.runs.comparing import DiffAsked

    form = one_of(format_, FORMATS, "--format")
    return run_diff(DiffAsked(before, after, law, data or [], year), form, lang)


@rules_app.command(
    "check",
    help=_("Find what is wrong with rule files, or suspicious in them, and say where and how to mend it."),
    epilog=_(
        "Example: ntm rules check; a set and an overlay: ntm rules check FOLDER overlay.yaml; what a code means: "
        "ntm rules check --explain NTM054. A finding looked at is left out by a comment on its line or above it: "
        "# ntm: ignore NTM054 and the reason. Exit status: 0 clean (notes allowed; warnings too without --strict), "
        "1 findings, 2 cannot check. Every code: docs/checks"
    ),
)
@command()
def check(
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[SET|OVERLAY]..."),
            help=_("Sets, by id or folder, files of a set, or overlay files; default: every set at hand."),
        ),
    ] = None,
    criteria: Annotated[
        str | None,
        typer.Option("--criteria", metavar=_("ID|FOLDER"), help=_("Set that overlays are checked against first.")),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar=_("DATE"), help=_("The day on which due and dated values are looked at; default: today.")
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar=_("CODES"), help=_("Only these checks, for example NTM053,NTM054.")),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar=_("CODES"), help=_("All checks but these."))
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_("Warnings make the exit status 1 too."))] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|sarif|github",
            help=_("text for people, json for programs, sarif for editors, github for its checks."),
        ),
    ] = "text",
    list_: Annotated[bool, typer.Option("--list", help=_("List every check and stop."))] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar=_("CODE"), help=_("Say what a code means and stop."))
    ] = None,
) -> int:
    """Check rule files."""
    import datetime as dt

    from ntm_rules.cli.check import CheckAsked, run_check, run_explain, run_list

    form = one_of(format_, ("text", "json", "sarif", "github"), "--format")
    if explain is not None:
        return run_explain(explain)
    if list_:
        return run_list(as_json=form == "json")
    day = read_day(as_of) or dt.date.today()  # noqa: DTZ011 - the day where the person sits
    asked = CheckAsked(targets or [], criteria, day, select or [], ignore or [], strict)
    return run_check(asked, form)


@rules_app.command(
    "test",
    help=_(
        "Run the tests that stand beside the rules (tests.yaml): given these figures, this verdict. "
        "A failure shows what was given, what was expected, what came out and why."
    ),
    epilog=_(
        "Example: ntm rules test; one criterion: ntm rules test FOLDER/tests.yaml; what no test reaches: "
        "ntm rules test --coverage. Exit status: 0 all pass, 1 some fail, 2 they cannot be run. "
        "How to write tests: docs/rule-tests.md"
    ),
)
@command()
def run_rule_tests(
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("SET|FILE"), help=_("Sets, by id or folder, or files of tests; default: the only set.")
        ),
    ] = None,
    criteria: SetOption = None,
    of_province: OfProvinceOption = None,
    overlay: Annotated[
        list[Path] | None,
        typer.Option(
            "--overlay",
            metavar=_("FILE"),
            help=_(
                "Overlay that every test is under; may be repeated. Where no set or file is named, the tests.yaml beside it is run."
            ),
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="reference|columnar|durable|all",
            help=_("What judges; default: reference and columnar. all: every engine that works here."),
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help=_("Say which requirements, branches and verdicts no test reaches."))
    ] = False,
    draft: Annotated[
        bool,
        typer.Option(
            "--draft", help=_("Print tests for what no test reaches, as YAML for you to confirm from the law.")
        ),
    ] = False,
    words: Annotated[
        str | None, typer.Option("-k", metavar=_("WORDS"), help=_("Only the tests whose name or id holds these words."))
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|json|junit", help=_("text for people, json for programs, junit for CI.")
        ),
    ] = "text",
) -> int:
    """Run the tests of the rules."""
    if (coverage or draft) and words:
        raise typer.BadParameter(_("cannot stand beside --coverage or --draft"), param_hint="-k")
    from ntm_rules.cli.rule_tests import ALL, REPORTS, run_tests
    from ntm_rules.evaluation.engines import ENGINES

    if engine is not None:
        one_of(engine, (*ENGINES, ALL), "--engine")
    form = one_of(format_, tuple(REPORTS), "--format")
    return run_tests(
        targets or [],
        criteria=criteria,
        overlays=overlay or [],
        province=of_province,
        engine=engine,
        words=words,
        coverage=coverage,
        drafts=draft,
        form=form,
    )


@rules_app.command(
    "schema",
    help=_("Print or write the JSON Schemas of the files people write, with which editors complete and check them."),
    epilog=_(
        "Example: ntm rules schema --out schemas; one only: ntm rules schema --kind overlay > overlay.schema.json"
    ),
)
@command()
def schema(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="set|rules|measures|agencies|overlay|tests",
            help=_("Print the schema of this kind of file."),
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar=_("FOLDER"), help=_("Write all schemas to this folder."))
    ] = None,
) -> int:
    """Print or write schemas."""
    from ntm_rules.cli.schema import run_schema
    from ntm_rules.rulebook.schema import KINDS

    return run_schema(one_of(kind, tuple(KINDS), "--kind") if kind else None, out)


overlay_app = typer.Typer(
    no_args_is_help=True, help=_("Turn a decision into an overlay: what waits, and filling it in.")
)
rules_app.add_typer(overlay_app, name="overlay")
EarlierOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--overlay",
        metavar=_("FILE"),
        help=_("Earlier decision in force, as its overlay file, that this one adds to or amends; may be repeated."),
    ),
]
DecidingProvinceOption = Annotated[
    str | None,
    typer.Option(
        "--province",
        "--of-province",
        metavar=_("ID"),
        help=_(
            "Of a set with several provinces the one whose decision it is; the overlay then holds for its communes alone."
        ),
    ),
]


@overlay_app.command(
    "new",
    help=_("Write an overlay with every target that waits, to fill in: as YAML, or as a workbook for an officer."),
    epilog=_(
        "Example: ntm rules overlay new -o decision.xlsx; for a text editor: ntm rules overlay new -o decision.yaml. "
        "No number stands in it, and it does not load until it is filled in. "
        "An amendment to an earlier decision: ntm rules overlay new --overlay earlier.yaml -o amendment.xlsx"
    ),
)
@command()
def overlay_new(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE.yaml|FILE.xlsx", help=_("File to write; default: YAML on the screen.")
        ),
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decision", metavar="ID", help=_("Only the targets that wait for this decision."))
    ] = None,
    made_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar=_("FILE"),
            help=_("An overlay there is already: the workbook is filled in with it; what it has no cells for is kept."),
        ),
    ] = None,
    overlay: EarlierOption = None,
    criteria: SetOption = None,
    of_province: DecidingProvinceOption = None,
    force: ForceOption = False,
) -> int:
    """Write an overlay to fill."""
    from ntm_rules.cli.overlays import run_new

    return run_new(
        law_asked(criteria, overlay, of_province=of_province), out, decision=decision, force=force, made_from=made_from
    )


@overlay_app.command(
    "fill",
    help=_("Read a filled workbook, write the overlay, and say what it fixes, what still waits and what it loosens."),
    epilog=_(
        "Example: ntm rules overlay fill decision.xlsx -o decision.yaml. A number without its article is refused; "
        "every mistake is told at once, by sheet and cell, and nothing is written then. "
        "An amendment: ntm rules overlay fill amendment.xlsx --overlay earlier.yaml -o amendment.yaml"
    ),
)
@command()
def overlay_fill(
    workbook: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=_("The workbook of “overlay new”, filled in."))],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.yaml", help=_("Overlay to write."))],
    overlay: EarlierOption = None,
    criteria: SetOption = None,
    of_province: DecidingProvinceOption = None,
    force: ForceOption = False,
) -> int:
    """Turn a filled workbook into an overlay."""
    from ntm_rules.cli.overlays import run_fill

    return run_fill(law_asked(criteria, overlay, of_province=of_province), workbook, out, force=force)
