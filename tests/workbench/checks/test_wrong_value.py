"""NTM004: a value of the wrong form."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM004"


def test_a_value_of_the_wrong_form_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: '80%'")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", "“80%” cannot be read as a value here")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
