"""NTM024: a cross-check that cannot be carried out."""

from __future__ import annotations

from tests.workbench.checks.clean import CROSS_CHECKS, Checked

CODE = "NTM024"


def test_a_cross_check_that_cannot_be_carried_out_is_found(checked: Checked) -> None:
    line = checked.change(CROSS_CHECKS, "at_most: [landfill_share.denominator]", "at_most: [roads_share.denominator]")
    said = "roads_share.denominator is in km and landfill_share.numerator in tonnes; only like units can be compared"
    assert checked.found(CODE) == [(CROSS_CHECKS, line, "[1].relation.at_most[1]", said)]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
