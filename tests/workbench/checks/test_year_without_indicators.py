"""NTM105: a year of the period in which no indicator is in force."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM105"


def test_years_of_the_period_without_any_indicator_are_found(checked: Checked) -> None:
    line = checked.change(HEADER, "period: {from: 2026, to: 2030}", "period: {from: 2025, to: 2031}")
    words = "no indicator of the criteria is in force in 2025, 2031"
    assert checked.found(CODE) == [(HEADER, line, "period", words)]


def test_nothing_is_found_where_every_year_has_an_indicator(checked: Checked) -> None:
    checked.change(HEADER, "period: {from: 2026, to: 2030}", "period: {from: 2027, to: 2029}")
    assert checked.found(CODE) == []
