"""`ntm rules check`: finds what is wrong with rule files, and says where and how to mend it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from ntm_rules.cli.check_formats import FORMATS, shown_path
from ntm_rules.cli.console import Screen
from ntm_rules.cli.rules import print_json
from ntm_rules.errors import NtmError, Severity
from ntm_rules.i18n import Message, _, current_language
from ntm_rules.rulebook.loader import HEADER, available_sets, find_set
from ntm_rules.rulebook.text_files import Unreadable, read_bytes
from ntm_rules.workbench.checks.core.check import LEVELS
from ntm_rules.workbench.checks.core.registry import all_checks, check_named
from ntm_rules.workbench.checks.core.running import CheckReport, check_overlay, check_set, check_together

CLEAN, FOUND = 0, 1
_OVERLAY = re.compile(r"^applies_to\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckAsked:
    """What was asked for on the command line."""

    targets: Sequence[str]
    criteria: str | None
    as_of: dt.date
    select: Sequence[str]
    ignore: Sequence[str]
    strict: bool


def run_check(options: CheckAsked, form: str) -> int:
    """Check sets and overlays; return the exit status: 0 clean or notes only, 1 findings.

    Raises:
        NtmError: a target or a code that does not exist.
    """
    codes = _codes(options)
    sets, overlays = _targets(options)
    at_hand = [*sets, *available_sets().values()]
    if options.criteria:
        at_hand.insert(0, find_set(options.criteria))
    reports = [check_set(folder, as_of=options.as_of, codes=codes) for folder in sets]
    of_overlays = [
        check_overlay(path, at_hand, as_of=options.as_of, codes=codes, together=overlays) for path in overlays
    ]
    check_together(of_overlays, overlays, at_hand, codes)
    reports += of_overlays
    if form == "text":
        _as_text(reports)
    else:
        FORMATS[form](reports, options.as_of)
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return FOUND if any(f.check.severity in failing for r in reports for f in r.findings) else CLEAN


def run_list(*, as_json: bool) -> int:
    """List every check; return the exit status."""
    if as_json:
        print_json(
            [
                {"code": c.code, "severity": LEVELS[c.severity], "title": _(c.title), "mend": _(c.mend)}
                for c in all_checks().values()
            ]
        )
        return CLEAN
    console = Screen()
    for check in all_checks().values():
        severity = check.severity.words.render()
        console.print(
            Text.assemble(
                (check.code, "bold"), "  ", (f"{severity:<9}", f"bold {check.severity.colour}"), _(check.title)
            )
        )
    return CLEAN


def run_explain(code: str) -> int:
    """Explain one check; return the exit status.

    Raises:
        NtmError: there is none of that code.
    """
    check = check_named(code)
    console = Screen()
    console.print(
        Text.assemble((check.code, "bold"), " ", (check.severity.words.render(), f"bold {check.severity.colour}"))
    )
    console.print(_(check.title), style="bold")
    console.print(_("Why it matters: {why}", why=_(check.why)))
    console.print(_("How to mend it: {mend}", mend=_(check.mend)))
    if check.told_by_reader:
        console.print(_("It cannot be ignored."))
    else:
        console.print(
            _("To ignore it, write on the line or above it: # ntm: ignore {code} and the reason", code=code.upper())
        )
    return CLEAN


def _codes(asked: CheckAsked) -> set[str]:
    """Return the codes to run.

    Raises:
        NtmError: a code that does not exist.
    """
    select = {check_named(code).code for code in _split(asked.select)}
    ignore = {check_named(code).code for code in _split(asked.ignore)}
    return (select or set(all_checks())) - ignore


def _split(codes: Sequence[str]) -> list[str]:
    return [code.strip() for given in codes for code in given.split(",") if code.strip()]


def _targets(asked: CheckAsked) -> tuple[list[Path], list[Path]]:
    """Return the folders of sets and the files of overlays asked for, each once.

    A file of a set stands for its set, so that a hook may hand over whatever was changed.

    Raises:
        NtmError: a target that is neither.
    """
    if not asked.targets:
        sets = [find_set(asked.criteria)] if asked.criteria else list(available_sets().values())
        if not sets:
            raise NtmError(Message("No criteria set is at hand; name a set's folder or an overlay's file"))
        return sets, []
    folders: dict[Path, Path] = {}
    overlays: dict[Path, Path] = {}
    for target in asked.targets:
        path = Path(target)
        if not path.is_file():
            folder = find_set(target)
            folders.setdefault(folder.resolve(), folder)
            continue
        around = _set_around(path)
        if around is not None and not _is_overlay(path):
            folders.setdefault(around.resolve(), around)
        else:
            overlays.setdefault(path.resolve(), path)
    return list(folders.values()), list(overlays.values())


def _set_around(file: Path) -> Path | None:
    """Return the nearest folder above a file that is a criteria set, as the file's path names it."""
    folders = file.parents if file.is_absolute() else (*file.parents, *Path.cwd().parents)
    return next((folder for folder in folders if (folder / HEADER).is_file()), None)


def _is_overlay(path: Path) -> bool:
    if path.suffix not in (".yaml", ".yml"):
        return False
    try:
        return bool(_OVERLAY.search(read_bytes(path).decode("utf-8", errors="replace")))
    except Unreadable:  # the check that follows says why
        return False


def _as_text(reports: Sequence[CheckReport]) -> None:
    console = Screen()
    for report in reports:
        previous = ""
        for finding in report.findings:
            file = shown_path(report, finding)
            if file != previous:
                console.print(f"\n{file}", style="bold underline")
                previous = file
            problem, check = finding.problem, finding.check
            where = _("line {line}", line=problem.line) + (f", {problem.key}" if problem.key else "")
            severity = check.severity.words.render()
            console.print(Text.assemble((f"  {check.code} {severity}", f"bold {check.severity.colour}"), f"  {where}"))
            console.print(Padding(f"{_(check.title)}: {problem.message}", (0, 0, 0, 4), expand=False))
            console.print(
                Padding(_("How to mend it: {mend}", mend=_(check.mend)), (0, 0, 0, 4), expand=False), style="dim"
            )
        by_reason: dict[str, list[str]] = {}
        for code, why in report.not_run.items():
            by_reason.setdefault(why.render(current_language()), []).append(code)
        for why_not, codes in by_reason.items():
            console.print(_("Not run: {codes}: {why}", codes=", ".join(codes), why=why_not), style="yellow")
        console.print(_summary(report), style="bold")


def _summary(report: CheckReport) -> str:
    counts = {s: sum(f.check.severity is s for f in report.findings) for s in Severity}
    ignored = " " + _("Ignored with a reason: {count}.", count=report.ignored) if report.ignored else ""
    if not report.findings:
        return _("{name}: nothing found.", name=report.name) + ignored
    return (
        _(
            "{name}: {errors} errors, {warnings} warnings, {notes} notes.",
            name=report.name,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
        + ignored
    )
