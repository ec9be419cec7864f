"""NTM074: a requirement that applies only when it is met."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM074"


def test_a_requirement_that_applies_only_when_it_is_met_is_found(checked: Checked) -> None:
    line = checked.add("applies_if: plan_approved\nattested: plan_approved")
    assert checked.found(CODE) == [(RULES_2, line, "[4].applies_if", "applies_if and attested both ask plan_approved")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add("applies_if: landfill_exists\nattested: plan_approved")
    assert checked.found(CODE) == []
