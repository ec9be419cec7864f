"""NTM020: a target by group leaves a group out."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM020"


def test_a_target_by_group_leaves_a_group_out_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "{nhom-1: 3, nhom-2: 2}", "{nhom-1: 3}")
    assert checked.found(CODE) == [(RULES_1, line, "[2].at_least", "no value for group nhom-2")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
