"""NTM022: the overlay is for another set."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, Checked, told

CODE = "NTM022"


def test_the_overlay_is_for_another_set_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "applies_to: tiny", "applies_to: khac")
    assert found == [(OVERLAY_FILE, 2, "applies_to", "no set khac that can be read is at hand")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert told(checked.overlay_report(CODE)) == []
