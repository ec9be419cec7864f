"""NTM011: an agency that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM011"


def test_an_agency_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "lead: so-b\n      any", "lead: so-c\n      any")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[3].lead", "“so-c” is not defined; did you mean “so-b”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
