"""NTM014: a group of communes that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM014"


def test_a_group_of_communes_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "nhom-2: 2}", "nhom-2: 2, nhom-9: 2}")
    assert checked.found(CODE) == [(RULES_1, line, "[2].at_least", "“nhom-9” is not defined; did you mean “nhom-2”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
