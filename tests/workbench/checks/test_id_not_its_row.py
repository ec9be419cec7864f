"""NTM032: an indicator is not numbered as its row."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM032"


def test_an_indicator_that_quotes_the_row_of_another_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, 'row: "2.1"', 'row: "2.2"') - 3
    assert checked.found(CODE) == [(RULES_2, line, "[1].id", "2.1 quotes row 2.2")]


def test_an_indicator_numbered_as_its_row_or_not_by_numbers_at_all_is_none(checked: Checked) -> None:
    checked.change(RULES_2, 'row: "2.1"', 'row: "2.1."')
    checked.change(RULES_2, 'row: "2.2"', "row: Mục 4")
    assert checked.found(CODE) == []
