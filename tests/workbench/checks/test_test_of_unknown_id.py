"""NTM082: a test names what the set does not have."""

from __future__ import annotations

from tests.workbench.checks.clean import TESTS_1, Checked

CODE = "NTM082"


def test_a_test_names_what_the_set_does_not_have_is_found(checked: Checked) -> None:
    line = checked.change(TESTS_1, 'of: "1.2"', 'of: "1.3"')
    assert checked.found(CODE) == [(TESTS_1, line, "[5].of", "“1.3” is not defined; did you mean “2.3”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(TESTS_1, 'of: "1.2"', 'of: "1"')
    assert checked.found(CODE) == []
