"""NTM100: years outside the set's period."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM100"


def test_years_outside_the_sets_period_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "years: {from: 2027, to: 2030}", "years: {from: 2027, to: 2031}")
    assert checked.found(CODE) == [(RULES_2, line, "[3].years", "2027-2031 lies outside 2026-2030")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_2, "years: {from: 2027, to: 2030}", "years: {from: 2030, to: 2030}")
    assert checked.found(CODE) == []
