"""Outcomes: what came out on an evaluator, and where that is not what the test expects."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ntm_rules.evaluation.engines import ENGINES
from ntm_rules.evaluation.verdicts import Reason, Verdict
from ntm_rules.workbench.testing.runner import CaseVerdict, Difference, run
from tests.workbench.testing.conftest import Read, Run

WORKING = [name for name, engine in ENGINES.items() if engine.unusable() is None]

MANY = """\
- name: every part
  of: "1.1"
  given: {plan_approved: Có, roads_share: 80, landfill_exists: Không, safe: Không đạt}
  expect: {verdict: NO_TARGET, parts: {1.1.a: MET, 1.1.b: MET, 1.1.c: NO_TARGET, 1.1.c.i: NOT_APPLICABLE}}
- name: one part
  of: 1.1.b
  given: {roads_share: {numerator: 79.999, denominator: 100}}
  expect: {verdict: NOT_MET, reason: below_target, shortfall: 0.01, quantity: 0.001, lead: so-a}
- name: by group
  of: "1.2"
  group: nhom-1
  given: {clinics: 2}
  expect: {verdict: NOT_MET, reason: below_target, shortfall: 1, quantity: 1, lead: so-b}
- name: by no group
  of: "1.2"
  given: {clinics: 2}
  expect: {verdict: NO_DATA, reason: group_unknown}
- name: growth
  of: "2.2"
  given: {income: 53.5}
  before: {income: 50}
  expect: {verdict: MET, reason: reached}
- name: growth of a later year and law
  of: "2.2"
  as_of: 2027-06-30
  group: nhom-1
  given: {income: 53.5}
  before: {income: 50}
  expect: {verdict: NOT_MET, reason: below_target, shortfall: 2, quantity: 1}
- name: a criterion
  of: "1"
  given: {plan_approved: Không}
  expect: {verdict: NOT_MET, reason: a_part_not_met, parts: {"1.1": NOT_MET, "1.2": NO_DATA, 1.1.a: NOT_MET}}
- name: a condition
  of: DK.1
  suppose: {DK.1: 10}
  given: {debt: 12}
  expect: {verdict: NOT_MET, reason: above_target, shortfall: 2, quantity: 2}
"""


@pytest.mark.parametrize("engine", WORKING)
def test_what_is_so_passes_on_every_engine(read: Read, engine: str) -> None:
    outcomes = run(read(MANY), engine)
    assert [(o.case.test.name, o.differences) for o in outcomes if not o.passed] == []
    assert [o.engine for o in outcomes] == [engine] * 8


@pytest.mark.parametrize("engine", WORKING)
def test_every_engine_finds_the_same(read: Read, engine: str) -> None:
    cases = read(MANY)
    assert [o.found for o in run(cases, engine)] == [o.found for o in run(cases, "reference")]


def test_what_came_out_is_told_in_full(outcome: Run) -> None:
    found = outcome(
        '- {name: a, of: "1.1", given: {plan_approved: Không}, expect: {verdict: NOT_MET, parts: {1.1.b: NO_DATA}}}'
    )
    assert found.found == CaseVerdict(Verdict.NOT_MET, Reason.A_PART_NOT_MET, None, {"1.1.b": Verdict.NO_DATA})
    gap = outcome("- {name: a, of: 1.1.b, given: {roads_share: 60}, expect: {verdict: NOT_MET}}").found.gap
    assert gap is not None
    assert (gap.direction, gap.shortfall, gap.quantity) == ("raise", Decimal(20), None)


@pytest.mark.parametrize(
    ("expect", "differences"),
    [
        ("verdict: MET", [Difference("verdict", "MET", "NOT_MET")]),
        (
            "verdict: MET, reason: reached",
            [Difference("verdict", "MET", "NOT_MET"), Difference("reason", "reached", "below_target")],
        ),
        ("verdict: NOT_MET, reason: above_target", [Difference("reason", "above_target", "below_target")]),
        ("verdict: NOT_MET, shortfall: 19.99", [Difference("shortfall", "19.99", "20")]),
        ("verdict: NOT_MET, quantity: 3", [Difference("quantity", "3", "2")]),
        ("verdict: NOT_MET, lead: so-b", [Difference("lead", "so-b", "so-a")]),
        ("verdict: NOT_MET, shortfall: 20.00, quantity: 2.0, lead: so-a", []),
    ],
)
def test_each_thing_that_differs_is_named(outcome: Run, expect: str, differences: list[Difference]) -> None:
    given = "given: {roads_share: {numerator: 6, denominator: 10}}"
    found = outcome(f"- {{name: a, of: 1.1.b, {given}, expect: {{{expect}}}}}")
    assert list(found.differences) == differences
    assert found.passed is (not differences)


def test_a_part_that_differs_is_named(outcome: Run) -> None:
    found = outcome(
        '- {name: a, of: "1.1", given: {plan_approved: Có}, expect: {verdict: NO_DATA, parts: {1.1.a: NOT_MET}}}'
    )
    assert found.differences == (Difference("parts.1.1.a", "NOT_MET", "MET"),)


def test_what_has_no_such_gap_shows_none(outcome: Run) -> None:
    found = outcome(
        "- {name: a, of: 1.1.b, given: {roads_share: 60}, expect: {verdict: NOT_MET, shortfall: 20, quantity: 1}}"
    )
    assert found.differences == (Difference("quantity", "1", "-"),)


def test_progress_counts_every_case(read: Read) -> None:
    for engine in WORKING:
        told: list[int] = []
        run(read(MANY), engine, told.append)
        assert sum(told) == 8
