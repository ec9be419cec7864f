"""NTM072: parts of `all` that contradict each other."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM072"


def test_parts_of_all_that_contradict_each_other_is_found(checked: Checked) -> None:
    line = checked.add(
        "all:\n  - {id: 2.4.a, measure: clinics, at_least: {nhom-1: 1, nhom-2: 3}}\n  - {id: 2.4.b, measure: clinics, at_most: 2}"
    )
    assert checked.found(CODE) == [(RULES_2, line + 2, "[4].all[2]", "clinics cannot meet 2.4.a and 2.4.b at once")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.add("all:\n  - {id: 2.4.a, measure: clinics, at_least: 2}\n  - {id: 2.4.b, measure: clinics, at_most: 2}")
    assert checked.found(CODE) == []
