"""The tests that stand beside the rules, read for showing: given these figures, this verdict."""

from __future__ import annotations

import datetime as dt

from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.i18n import N_, _
from ntm_rules.report.html.words import translated, vietnamese
from ntm_rules.rulebook.criteria_set import CriteriaSet
from ntm_rules.rulebook.loader import LoadedSet
from ntm_rules.rulebook.models import (
    NOT_APPLICABLE,
    CellWritten,
    DerivedValue,
    InForce,
    Measure,
    OverlayEntry,
    PendingAgain,
    PendingTarget,
    SetTarget,
)
from ntm_rules.rulebook.rule_tests import (
    CountedGiven,
    Expected,
    Given,
    RuleTest,
    StateGiven,
    find_files,
    read_tests,
)
from ntm_rules.rulebook.value_faults import cells_of
from ntm_rules.rulebook.yaml_reader import RulebookError
from ntm_rules.wording.agencies import agency_name
from ntm_rules.wording.communes import group_or_class_words
from ntm_rules.wording.dates import on_day
from ntm_rules.wording.derived import derived_words
from ntm_rules.wording.values import counted_unit, number, unit_of, with_unit


def tests_by_id(loaded: LoadedSet) -> dict[str, list[RuleTest]]:
    """Return the tests beside a set's rules, by the id of what they judge.

    Raises:
        RulebookError: every mistake in every file.
    """
    files = [read_tests(path, name, loaded.folder) for path, name in find_files(loaded.folder, loaded.header)]
    problems = [problem for file in files for problem in file.problems]
    if problems:
        raise RulebookError(problems)
    found: dict[str, list[RuleTest]] = {}
    for test in (test for file in files for test in file.tests):
        found.setdefault(test.of, []).append(test)
    return found


def given_words(measure: Measure | None, given: Given) -> str:
    """Return what a test gives, as a person would write it; words of the test are marked as Vietnamese."""
    if isinstance(given, StateGiven):
        if given.state == "conflicting":
            return _("reported twice and differently")
        if given.written is None:
            return _("cannot be used")
        return translated(N_("“{value}”, which cannot be used"), value=given_words(measure, given.written))
    if isinstance(given, bool):
        return _("Yes") if given else _("No")
    if isinstance(given, str):
        return vietnamese(given)
    if isinstance(given, CountedGiven):
        unit = counted_unit(measure) if measure else ""
        return f"{number(given.numerator)} / {number(given.denominator)} {unit}".rstrip()
    if isinstance(given, dt.date):
        return on_day(given)
    if measure is None or not measure.traits.quantity:
        return number(given)
    return with_unit(given, str(measure.reported_unit))


def supposed_words(rules: CriteriaSet, measure: Measure | None, entry: OverlayEntry) -> str:
    """Return the target a test supposes."""
    value = entry.value if isinstance(entry, SetTarget) else entry
    unit = unit_of(measure) if measure else ""
    if isinstance(value, InForce):
        return _("in force")
    if isinstance(value, PendingAgain):
        return _("not yet fixed")
    if isinstance(value, DerivedValue):
        return derived_words(rules, value)
    cells = list(cells_of(value, ()))
    return "; ".join(
        f"{group_or_class_words(rules, str(place[-1]))}: {_cell_words(rules, measure, cell, unit)}"
        if place
        else _cell_words(rules, measure, cell, unit)
        for place, cell in cells
    )


def _cell_words(rules: CriteriaSet, measure: Measure | None, cell: CellWritten, unit: str) -> str:
    if isinstance(cell, PendingTarget):
        return _("not yet fixed")
    if cell == NOT_APPLICABLE:
        return _("not applicable")
    if isinstance(cell, str):
        scale = rules.scales.get(measure.scale or "") if measure else None
        return next((str(grade.label) for grade in (scale.grades if scale else ()) if grade.id == cell), cell)
    return on_day(cell) if isinstance(cell, dt.date) else with_unit(cell, unit)


def expected_words(rules: CriteriaSet, measure: Measure | None, expectation: Expected) -> list[str]:
    """Return what else a test expects: the reason, how far, how many, whose."""
    words: list[str] = []
    if expectation.reason:
        known = expectation.reason in {reason.value for reason in Reason}
        words.append(str(Reason(expectation.reason).words) if known else expectation.reason)
    if expectation.shortfall is not None:
        unit = unit_of(measure) if measure else ""
        words.append(_("gap {size}", size=with_unit(expectation.shortfall, unit)))
    if expectation.quantity is not None:
        unit = counted_unit(measure) if measure else ""
        words.append(_("closed by {amount}", amount=f"{number(expectation.quantity)} {unit}".rstrip()))
    if expectation.lead:
        words.append(_("Lead agency: {agency}", agency=agency_name(rules, expectation.lead)))
    for id_, verdict in expectation.parts.items():
        words.append(_("{part}: {verdict}", part=id_, verdict=Verdict[verdict].label))
    return words
