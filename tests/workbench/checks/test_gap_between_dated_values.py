"""NTM059: days without a value."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM059"


def test_days_without_a_value_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{from: 2027-01-01,", "{from: 2027-02-01,")
    assert checked.found(CODE) == [(RULES_2, line - 2, "[2].at_least", "no value holds from 01/01/2027 to 31/01/2027")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_2, "to: 2026-12-31,", "to: 2027-03-31,")
    assert checked.found(CODE) == []


def test_the_days_after_the_last_value_are_a_gap_too(checked: Checked) -> None:
    line = checked.change(RULES_2, "{from: 2027-01-01,", "{from: 2027-01-01, to: 2029-12-30,") - 2
    message = "no value holds from 31/12/2029 to 31/12/2030"
    assert checked.found(CODE) == [(RULES_2, line, "[2].at_least", message)]
