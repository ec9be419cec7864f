"""NTM019: a share's target is not between 0 and 100."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM019"


def test_a_shares_target_is_not_between_0_and_100_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 101")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[2].at_least", "a share's target lies between 0 and 100, and 101 does not")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
    checked.change(RULES_1, "at_least: 80", "at_least: 100")
    assert checked.found(CODE) == []
