"""NTM003: a key is missing."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM003"


def test_a_key_is_missing_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "  cooperating: [ubnd-xa]\n", "")
    assert checked.found(CODE) == [(RULES_2, line - 5, "[1]", "“cooperating” is missing")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
