"""NTM013: an awaited decision that is not defined."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM013"


def test_an_awaited_decision_that_is_not_defined_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{decision: awaited}", "{decision: awaitet}")
    assert checked.found(CODE) == [
        (RULES_2, line, "[3].at_least.pending.decision", "“awaitet” is not defined; did you mean “awaited”?")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
