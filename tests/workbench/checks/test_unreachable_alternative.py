"""NTM070: an alternative of `any` that changes nothing."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM070"


def test_an_alternative_of_any_that_changes_nothing_is_found(checked: Checked) -> None:
    line = checked.add(
        "any:\n  - {id: 2.4.a, measure: clinics, at_least: 1}\n  - {id: 2.4.b, measure: clinics, at_least: 2}"
    )
    assert checked.found(CODE) == [(RULES_2, line + 2, "[4].any[2]", "whoever meets 2.4.b meets 2.4.a already")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add("any:\n  - {id: 2.4.a, measure: clinics, at_least: 1}\n  - {id: 2.4.b, attested: plan_approved}")
    assert checked.found(CODE) == []


def test_an_alternative_that_no_figure_can_meet_is_found(checked: Checked) -> None:
    line = checked.add("any:\n  - {id: 2.4.a, measure: clinics, at_most: -1}\n  - {id: 2.4.b, attested: plan_approved}")
    assert checked.found(CODE) == [(RULES_2, line + 1, "[4].any[1]", "2.4.a can never be met")]


def test_of_two_alternatives_alike_the_second_is_found(checked: Checked) -> None:
    line = checked.add("any:\n  - {id: 2.4.a, attested: plan_approved}\n  - {id: 2.4.b, attested: plan_approved}")
    assert checked.found(CODE) == [(RULES_2, line + 2, "[4].any[2]", "whoever meets 2.4.b meets 2.4.a already")]
