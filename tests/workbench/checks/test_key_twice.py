"""NTM005: a key stands twice."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM005"


def test_a_key_stands_twice_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 80\n      at_least: 90")
    assert checked.found(CODE) == [
        (RULES_1, line + 1, "[1].all[2].at_least", "this key stands here twice (first on line 17)")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
