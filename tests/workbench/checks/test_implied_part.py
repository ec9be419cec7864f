"""NTM071: a part of `all` that another one implies."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM071"


def test_a_part_of_all_that_another_one_implies_is_found(checked: Checked) -> None:
    line = checked.add(
        "all:\n  - {id: 2.4.a, measure: clinics, at_least: 1}\n  - {id: 2.4.b, measure: clinics, at_least: 2}"
    )
    assert checked.found(CODE) == [(RULES_2, line + 1, "[4].all[1]", "whoever meets 2.4.b meets 2.4.a already")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add(
        "all:\n  - {id: 2.4.a, measure: clinics, at_least: 1}\n  - {id: 2.4.b, applies_if: landfill_exists, measure: clinics, at_least: 2}"
    )
    assert checked.found(CODE) == []


def test_of_two_parts_alike_the_second_is_found(checked: Checked) -> None:
    line = checked.add("all:\n  - {id: 2.4.a, attested: plan_approved}\n  - {id: 2.4.b, attested: plan_approved}")
    assert checked.found(CODE) == [(RULES_2, line + 2, "[4].all[2]", "whoever meets 2.4.a meets 2.4.b already")]
