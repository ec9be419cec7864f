"""NTM060: two values hold on the same days."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM060"


def test_two_values_hold_on_the_same_days_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{from: 2027-01-01,", "{from: 2026-12-31,")
    assert checked.found(CODE) == [
        (RULES_2, line, "[2].at_least[2]", "from 31/12/2026 on the value beginning on 01/01/2026 holds too")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_2, "to: 2026-12-31, ", "")
    assert checked.found(CODE) == []
