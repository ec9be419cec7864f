"""NTM021: a value that does not fit the requirement."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, Checked, told

CODE = "NTM021"


def test_a_value_that_does_not_fit_the_requirement_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "DK.1: {value: 0,", "1.1.a: {value: 0,")
    assert found == [(OVERLAY_FILE, 8, "set.1.1.a", "this requirement has no number; only `standard: in-force` fits")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert told(checked.overlay_report(CODE)) == []
