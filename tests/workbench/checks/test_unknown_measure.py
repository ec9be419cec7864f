"""NTM010: a measure that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM010"


def test_a_measure_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "measure: clinics", "measure: clinic")
    assert checked.found(CODE) == [(RULES_1, line, "[2].measure", "“clinic” is not defined; did you mean “clinics”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
