"""`ntm rules test`: runs the tests beside the rules and says, of each that fails, what was expected and why it is not so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ntm_rules.cli.console import Screen
from ntm_rules.cli.rule_coverage import coverage_json, show_coverage
from ntm_rules.cli.rule_test_drafts import drafts_as_yaml
from ntm_rules.cli.rule_test_report import as_junit, outcome_json, show_failure
from ntm_rules.cli.rules import print_json
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.i18n import Message, _
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import HEADER, LoadedSet, find_set, load_overlay, load_set
from ntm_rules.rulebook.models import Overlay
from ntm_rules.rulebook.names import TESTS_FILE
from ntm_rules.rulebook.provinces import province_of
from ntm_rules.rulebook.register import name_key
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.coverage import Coverage, cover, laws
from ntm_rules.workbench.testing.runner import REFERENCE, CaseOutcome, run

PASSED, FAILED = 0, 1
FORMAT = 1
"""Of the JSON; docs/rule-tests.md."""
USUAL = (REFERENCE, "columnar")
ALL = "all"
SHOWN = 20
"""Failures printed in full; of more, name and place."""


@dataclass(slots=True)
class Suite:
    """The tests of one set that were asked for, and what came of them."""

    loaded: LoadedSet
    files: list[tuple[Path, str]]
    criteria: Collection[str] | None
    """The criteria whose files were asked for; None: the whole set."""
    overlays: tuple[Overlay, ...] = ()
    """What every test is under."""
    cases: list[Case] = field(default_factory=list)
    outcomes: dict[str, list[CaseOutcome]] = field(default_factory=dict)
    """Engine -> an outcome per case."""
    laws: tuple[CriteriaSet, ...] = ()
    coverage: Coverage | None = None

    @property
    def failures(self) -> dict[str, list[CaseOutcome]]:
        """Outcomes that are not as expected, by engine."""
        return {engine: [o for o in found if not o.passed] for engine, found in self.outcomes.items()}


def run_tests(
    targets: Sequence[str],
    *,
    criteria: str | None,
    overlays: Sequence[Path] = (),
    province: str | None = None,
    engine: str | None,
    words: str | None,
    coverage: bool,
    drafts: bool,
    form: str,
) -> int:
    """Run the tests of sets or files; return the exit status."""
    engines, left_out = engines_asked(engine)
    suites = suites_asked(targets, criteria, overlays, empty=drafts)
    for suite in suites:
        found = province_of(suite.loaded, suite.overlays, province)
        province = province and found
        cases = read_cases(suite.loaded, suite.files, suite.overlays, province)
        suite.cases = [case for case in cases if _named(case, words)]
    if not drafts and not any(suite.cases for suite in suites):
        raise NtmError(Message("No test is named so: {words}", words=words or ""))
    total = sum(len(suite.cases) for suite in suites) * len(engines)
    with _bar() as bar:
        task = bar.add_task(_("Tests"), total=total)
        for suite in suites:
            _run(suite, engines, lambda n: bar.advance(task, n))
    if coverage or drafts:
        for suite in suites:
            suite.laws = tuple(laws(suite.loaded, suite.overlays, province))
            passed = [o.case for o in suite.outcomes.get(REFERENCE) or run(suite.cases, REFERENCE) if o.passed]
            suite.coverage = cover(suite.laws, passed, suite.criteria)
    if drafts:
        for suite in suites:
            assert suite.coverage is not None  # worked out above
            sys.stdout.write(drafts_as_yaml(suite.loaded, suite.laws, suite.coverage.missing, suite.overlays, province))
    else:
        REPORTS[form](suites, left_out)
    return FAILED if any(found for suite in suites for found in suite.failures.values()) else PASSED


def _run(suite: Suite, engines: Sequence[str], done: Callable[[int], None]) -> None:
    for engine in engines:
        suite.outcomes[engine] = run(suite.cases, engine, done)


def _bar() -> Progress:
    console = Screen(errors=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _named(case: Case, words: str | None) -> bool:
    """Tell whether every word asked for stands in a test's name, in what it tests or in its file's name."""
    text = name_key(f"{case.test.of} {case.test.name} {case.file}")
    return all(name_key(word) in text for word in (words or "").split())


def engines_asked(engine: str | None) -> tuple[tuple[str, ...], dict[str, Message]]:
    """Return the engines to run, and of those left out, why.

    Raises:
        NtmError: an engine asked for by name that cannot work here.
    """
    if engine is None:
        return USUAL, {}
    if engine == ALL:
        problems = {name: problem for name, known in ENGINES.items() if (problem := known.unusable()) is not None}
        return tuple(name for name in ENGINES if name not in problems), problems
    problem = ENGINES[engine].unusable()
    if problem is not None:
        raise NtmError(problem)
    return (engine,), {}


def suites_asked(
    targets: Sequence[str], criteria: str | None, overlays: Sequence[Path] = (), *, empty: bool = False
) -> list[Suite]:
    """Return the sets named, each with all its files of tests, and the files (or their folders) named, with their sets.

    Overlays are laid on for every test; where nothing else is named, the tests that stand beside them are run.

    Raises:
        NtmError: a set or file that does not exist, or a set without tests unless it may be `empty`.
    """
    if overlays:
        return _under(targets, criteria, overlays, empty=empty)
    paths = {target: path for target in targets if (path := _tests_at(Path(target))) is not None}
    files = list(paths.values())
    sets: list[str | None] = [target for target in targets if target not in paths] if targets else [criteria]
    suites = [_whole(load_set(find_set(name)), empty=empty) for name in sets]
    by_set: dict[Path, list[Path]] = {}
    for file in files:
        by_set.setdefault(find_set(criteria) if criteria else _set_around(file), []).append(file)
    return suites + [_of_files(load_set(folder), named) for folder, named in by_set.items()]


def _under(targets: Sequence[str], criteria: str | None, overlays: Sequence[Path], *, empty: bool) -> list[Suite]:
    """Return the tests asked for, or those beside overlays, with the overlays laid on."""
    laid = tuple(load_overlay(path) for path in overlays)
    folder = find_set(criteria or next((overlay.applies_to for overlay in laid), None))
    beside = [path.with_name(TESTS_FILE) for path in dict.fromkeys(overlays)]
    files = [str(path) for path in dict.fromkeys(beside) if path.is_file()]
    if not targets and not files and not empty:
        raise NtmError(
            Message(
                "No tests stand beside the overlay: there is no {file}. Write it, or name the set whose tests are to be run under it",
                file=", ".join(str(path) for path in dict.fromkeys(beside)),
            )
        )
    suites = suites_asked(list(targets) or files, criteria or str(folder), empty=empty) if targets or files else []
    suites = suites or [_whole(load_set(folder), empty=True)]
    return [replace(suite, overlays=laid) for suite in suites]


def _tests_at(path: Path) -> Path | None:
    """Return the file of tests that a path is, or that stands in the folder it is; None for anything else."""
    inside = path / TESTS_FILE
    return path if path.is_file() else inside if inside.is_file() and not (path / HEADER).is_file() else None


def _whole(loaded: LoadedSet, *, empty: bool) -> Suite:
    files = find_files(loaded.folder, loaded.header)
    if not files and not empty:
        raise NtmError(
            Message("Set {set} has no tests: no tests.yaml stands beside a file of its rules", set=loaded.header.id)
        )
    return Suite(loaded, files, None)


def _set_around(file: Path) -> Path:
    """Return the nearest folder above a file that is a criteria set, else the set that comes with the program."""
    above = (folder for folder in file.resolve().parents if (folder / HEADER).is_file())
    return next(above, None) or find_set(None)


def _of_files(loaded: LoadedSet, files: Sequence[Path]) -> Suite:
    """Return files of tests with the criteria beside whose rules they stand; None when one stands elsewhere."""
    header = loaded.header
    beside = {(loaded.folder / c.rules).resolve().parent: c.id for c in header.criteria}
    if header.conditions:
        beside[(loaded.folder / header.conditions).resolve().parent] = ""
    criteria = [beside.get(file.resolve().parent) for file in files]
    known = [criterion for criterion in criteria if criterion is not None]
    return Suite(loaded, [(file, str(file)) for file in files], known if len(known) == len(files) else None)


# --- reports -----------------------------------------------------------------------------------


def _as_text(suites: Sequence[Suite], left_out: dict[str, Message]) -> None:
    console = Screen()
    for suite in suites:
        failed: dict[tuple[str, int], list[CaseOutcome]] = {}
        for outcomes in suite.failures.values():
            for outcome in outcomes:
                failed.setdefault((outcome.case.file, outcome.case.line), []).append(outcome)
        for i, outcomes in enumerate(failed.values()):
            show_failure(console, outcomes, brief=i >= SHOWN)
        if suite.coverage is not None:
            show_coverage(console, suite.coverage, suite.laws)
        for engine, reason in left_out.items():
            console.print(_("Engine {engine} is left out: {reason}", engine=engine, reason=reason), style="yellow")
        console.print(
            _(
                "{set}: {passed} of {total} tests pass (engines: {engines})",
                set=suite.loaded.header.id,
                passed=len(suite.cases) - len(failed),
                total=len(suite.cases),
                engines=", ".join(suite.outcomes),
            ),
            style="bold red" if failed else "bold green",
        )


def _as_json(suites: Sequence[Suite], left_out: dict[str, Message]) -> None:
    print_json(
        {
            "format": FORMAT,
            "passed": not any(found for suite in suites for found in suite.failures.values()),
            "engines": list(suites[0].outcomes),
            "left_out": [{"engine": engine, "reason": str(reason)} for engine, reason in left_out.items()],
            "sets": [
                {
                    "set": suite.loaded.header.id,
                    "tests": [
                        outcome_json([found[i] for found in suite.outcomes.values()]) for i in range(len(suite.cases))
                    ],
                    "coverage": coverage_json(suite.coverage, suite.laws) if suite.coverage else None,
                }
                for suite in suites
            ],
        }
    )


def _as_junit(suites: Sequence[Suite], _left_out: dict[str, Message]) -> None:
    sys.stdout.write(as_junit((suite.loaded.header.id, suite.outcomes) for suite in suites))


REPORTS: dict[str, Callable[[Sequence[Suite], dict[str, Message]], None]] = {
    "text": _as_text,
    "json": _as_json,
    "junit": _as_junit,
}
"""How to say what came out, by the name of the form."""
