"""Every evaluator says what the tests beside the rules say, and in every case exactly what the reference says.

The cases are the law's own: `criteria/*/tests.yaml`. One run per evaluator serves all tests here.
"""

from __future__ import annotations

from functools import cache

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.rulebook.loader import find_set, load_set
from ntm_rules.rulebook.rule_tests import find_files
from ntm_rules.workbench.testing.cases import Case, read_cases
from ntm_rules.workbench.testing.runner import CaseOutcome, run

LOADED = load_set(find_set("lai-chau-2026-2030"))
CASES = read_cases(LOADED, find_files(LOADED.folder, LOADED.header))
OWNERS = list(dict.fromkeys(case.tested.owner.id for case in CASES))
"""The indicators, further conditions and criteria that are tested."""


@cache
def outcomes(engine: str) -> dict[str, list[CaseOutcome]]:
    """What an evaluator says of every case, by what the case is about."""
    found: dict[str, list[CaseOutcome]] = {owner: [] for owner in OWNERS}
    for outcome in run(CASES, engine):
        found[outcome.case.tested.owner.id].append(outcome)
    return found


@pytest.fixture(params=ENGINES)
def evaluator(request: pytest.FixtureRequest) -> str:
    """An evaluator that works here."""
    name = str(request.param)
    problem = ENGINES[name].unusable()
    if problem is not None:
        pytest.skip(problem.render("en"))
    return name


@pytest.mark.parametrize("owner", OWNERS)
def test_an_evaluator_says_what_the_tests_beside_the_rules_say(evaluator: str, owner: str) -> None:
    found = outcomes(evaluator)[owner]
    assert found
    assert [(o.case.test.name, o.differences) for o in found if not o.passed] == []


@pytest.mark.parametrize("owner", OWNERS)
def test_verdict_reason_gap_and_parts_are_the_references(evaluator: str, owner: str) -> None:
    pairs = zip(outcomes(evaluator)[owner], outcomes("reference")[owner], strict=True)
    assert [(o.case.test.name, o.found, r.found) for o, r in pairs if o.found != r.found] == []


def test_the_cases_hold_every_verdict_and_every_kind_of_measure() -> None:
    def kinds(case: Case) -> set[str]:
        return {case.rules.measures[requirement.measure].kind for requirement in case.tested.requirements}

    assert {case.test.expect.verdict for case in CASES} == {"MET", "NOT_MET", "NO_DATA", "NO_TARGET", "NOT_APPLICABLE"}
    assert set().union(*map(kinds, CASES)) == {"share", "growth", "amount", "attestation", "ruling", "grade"}
