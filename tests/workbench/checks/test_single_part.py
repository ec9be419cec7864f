"""NTM073: an `all` or `any` with one part."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM073"


def test_an_all_or_any_with_one_part_is_found(checked: Checked) -> None:
    line = checked.add("any:\n  - {id: 2.4.a, measure: clinics, at_least: 1}")
    assert checked.found(CODE) == [(RULES_2, line, "[4].any", "2.4 combines a single part")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add("any:\n  - {id: 2.4.a, measure: clinics, at_least: 1}\n  - {id: 2.4.b, attested: plan_approved}")
    assert checked.found(CODE) == []
