"""One outcome of `ntm rules test`, told: on screen with the trace, as JSON, and as JUnit XML."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as RichText

from ntm_rules.cli.screen_parts import STYLES
from ntm_rules.dataset.cells.texts import tidy
from ntm_rules.dataset.records import CommuneYear, Reported, State
from ntm_rules.evaluation.held import held
from ntm_rules.evaluation.reference import Result
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.exact import plain
from ntm_rules.i18n import _
from ntm_rules.rulebook.models import (
    NOT_APPLICABLE,
    CellWritten,
    DerivedValue,
    InForce,
    Measure,
    PendingAgain,
    PendingTarget,
    SetTarget,
    ValueWritten,
)
from ntm_rules.rulebook.value_faults import cells_of
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.derived import derived_words
from ntm_rules.wording.targets import target_words
from ntm_rules.wording.values import actual_words, number
from ntm_rules.workbench.testing.cases import Case
from ntm_rules.workbench.testing.runner import CaseOutcome, Difference, judge


def show_failure(console: Console, outcomes: Sequence[CaseOutcome], *, brief: bool = False) -> None:
    """Print a test that fails on some engines: what was given, what was expected, what came out, and why."""
    case = outcomes[0].case
    place = _("{file}, line {line}", file=case.file, line=case.line)
    console.print(RichText.assemble(("✗ ", "bold red"), (case.test.name, "bold"), (f"   {place}", "dim")))
    if brief:
        return
    for line in given_lines(case):
        console.print(Padding(line, (0, 0, 0, 3)))
    by_difference: dict[tuple[Difference, ...], list[str]] = {}
    for outcome in outcomes:
        by_difference.setdefault(outcome.differences, []).append(outcome.engine)
    for differences, engines in by_difference.items():
        for difference in differences:
            words = difference_words(case, difference)
            console.print(Padding(RichText(f"{words}   [{', '.join(engines)}]", style="red"), (0, 0, 0, 3)))
    console.print(Padding(_("Why it comes out so (by the reference):"), (0, 0, 0, 3)), style="dim")
    for depth, words, verdict in trace(case):
        marked = RichText.assemble((f"[{verdict.letter}] ", STYLES[verdict]), words) if verdict else RichText(words)
        console.print(Padding(marked, (0, 0, 0, 6 + 3 * depth)))


def given_lines(case: Case) -> Iterator[str]:
    """Yield what a test gives, a line each."""
    test = case.test
    if test.as_of or test.year:
        yield _("Law in force on {day}", day=on_day(case.rules.as_of))
    if test.overlays:
        yield _("Overlays: {overlays}", overlays=", ".join(test.overlays))
    if test.group:
        yield _("Group: {group}", group=str(case.rules.groups[test.group].title))
    for by, class_ in test.classes.items():
        yield _("Class of communes: {class_}", class_=str(case.rules.classings[by].title(class_)))
    for id_, entry in test.suppose.items():
        value = entry.value if isinstance(entry, SetTarget) else entry
        words = derived_words(case.rules, value) if isinstance(value, DerivedValue) else _supposed(value)
        yield _("Supposed: {id}: {value}", id=id_, value=words)
    yield from _figures(case, case.facts.report, _("Given: {label}: {value}"))
    if case.facts.previous is not None:
        yield from _figures(case, case.facts.previous, _("Given of the year before: {label}: {value}"))
    if not test.given:
        yield _("Given: nothing")


def _supposed(value: ValueWritten | InForce | PendingAgain) -> str:
    if isinstance(value, InForce):
        return _("in force")
    if isinstance(value, PendingAgain):
        return _("not yet fixed")
    cells = cells_of(value, ())
    return "; ".join(f"{place[-1]}: {_cell(cell)}" if place else _cell(cell) for place, cell in cells)


def _cell(cell: CellWritten) -> str:
    if isinstance(cell, PendingTarget):
        return _("not yet fixed")
    if isinstance(cell, dt.date):
        return on_day(cell)
    return number(cell) if isinstance(cell, Decimal) else _("not applicable") if cell == NOT_APPLICABLE else cell


def _figures(case: Case, record: CommuneYear, sentence: str) -> Iterator[str]:
    for id_, reported in record.values.items():
        measure = case.rules.measures[id_]
        label = f"{measure.label!s} ({id_})"
        yield sentence.format(label=label, value=_reported(measure, reported))


def _reported(measure: Measure, reported: Reported) -> str:
    state = {
        State.INVALID: _("cannot be used"),
        State.CONFLICTING: _("reported twice and differently"),
        State.UNCLEAR: _("unclear, not confirmed"),
    }
    words = [reported.written, state.get(reported.state, "")]
    if measure.traits.counted and not reported.counted and reported.state is State.PRESENT:
        words[0] = f"{reported.written.rstrip('% ')}%"
    return ", ".join(word for word in words if word)


def difference_words(case: Case, difference: Difference) -> str:
    """Return what was expected and what came out, in words and as the test file writes it."""
    key, _dot, part = difference.key.partition(".")
    expected, found = (_value_words(case, key, value) for value in (difference.expected, difference.found))
    what = {
        "verdict": _("Verdict"),
        "reason": _("Reason"),
        "shortfall": _("Shortfall"),
        "quantity": _("Quantity"),
        "lead": _("Lead agency"),
        "parts": _("Verdict of {part}", part=part),
    }[key]
    return _("{what}: expected {expected}; came out {found}", what=what, expected=expected, found=found)


def _value_words(case: Case, key: str, value: str) -> str:
    if key in ("verdict", "parts"):
        return f"{Verdict[value].label} ({value})"
    if key == "reason":
        return f"{Reason(value).words} ({value})"
    if key == "lead":
        return ", ".join(f"{agency_name(case.rules, lead)} ({lead})" for lead in value.split(", "))
    return value if value == "-" else number(Decimal(value))


def trace(case: Case) -> Iterator[tuple[int, str, Verdict | None]]:
    """Yield what is tested and all below it as (depth, words, verdict), with the figures compared and the reason."""
    whole = judge(case)
    yield from _trace(case, whole.find(case.tested.level, case.tested.id) or whole, 0)


def _trace(case: Case, result: Result, depth: int) -> Iterator[tuple[int, str, Verdict | None]]:
    if result.level == "indicator" and len(result.children) == 1:
        result = result.children[0]  # a single requirement, which says the same
    reason = f"{result.reason.words}"
    requirement = result.requirement
    if requirement is None:
        yield depth, f"{result.id}: {reason}", result.verdict
        for child in result.children:
            yield from _trace(case, child, depth + 1)
        return
    yield depth, f"{requirement.id} {requirement.words!s}", result.verdict
    value = actual_words(case.rules, held(case.rules, case.facts, requirement)) or _("nothing usable")
    target = target_words(case.rules, requirement, result.target)
    yield depth + 1, _("reported {value}; target {target}: {reason}", value=value, target=target, reason=reason), None


def outcome_json(outcomes: Sequence[CaseOutcome]) -> dict[str, Any]:
    """Return one test with its outcome on every engine."""
    case = outcomes[0].case
    return {
        "file": case.file,
        "line": case.line,
        "name": case.test.name,
        "of": case.test.of,
        "passed": all(outcome.passed for outcome in outcomes),
        "outcomes": [
            {
                "engine": outcome.engine,
                "passed": outcome.passed,
                "verdict": outcome.found.verdict.name,
                "reason": outcome.found.reason.value,
                "shortfall": _plain(outcome.found.gap.shortfall if outcome.found.gap else None),
                "quantity": _plain(outcome.found.gap.quantity if outcome.found.gap else None),
                "differences": [
                    {"key": one.key, "expected": one.expected, "found": one.found} for one in outcome.differences
                ],
            }
            for outcome in outcomes
        ],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def as_junit(sets: Iterable[tuple[str, Mapping[str, Sequence[CaseOutcome]]]]) -> str:
    """Return outcomes as JUnit XML: a suite per set, file and engine."""
    root = ET.Element("testsuites")
    for set_, by_engine in sets:
        suites: dict[str, ET.Element] = {}
        for engine, outcomes in by_engine.items():
            for outcome in outcomes:
                name = f"{set_}/{outcome.case.file} [{engine}]"
                suite = suites.get(name)
                if suite is None:
                    suite = suites[name] = ET.SubElement(root, "testsuite", name=name, tests="0", failures="0")
                _add(suite, outcome)
    for key in ("tests", "failures"):
        root.set(key, str(sum(int(suite.get(key, 0)) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(suite: ET.Element, outcome: CaseOutcome) -> None:
    case = outcome.case
    suite.set("tests", str(int(suite.get("tests", 0)) + 1))
    element = ET.SubElement(
        suite, "testcase", classname=tidy(f"{case.file}:{case.test.of}"), name=tidy(case.test.name), line=str(case.line)
    )
    if outcome.passed:
        return
    suite.set("failures", str(int(suite.get("failures", 0)) + 1))
    said = [tidy(difference_words(case, difference)) for difference in outcome.differences]
    failure = ET.SubElement(element, "failure", message="; ".join(said))
    why = (f"{'  ' * depth}{tidy(words)}" for depth, words, _verdict in trace(case))
    failure.text = "\n".join((*map(tidy, given_lines(case)), *said, *why))
