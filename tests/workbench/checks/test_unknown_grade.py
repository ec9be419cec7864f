"""NTM016: a grade that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM016"


def test_a_grade_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "at_least: kha", "at_least: rat-tot")
    assert checked.found(CODE) == [
        (RULES_2, line, "[1].at_least", "“rat-tot” is not a grade of the scale: trung-binh, kha, tot")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
