"""NTM113: an overlay fills part of what waited on a decision."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, Checked

CODE = "NTM113"


def test_an_overlay_fills_part_of_what_waited_on_a_decision_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, '  "2.3": {value: 70, article: Điều 4}\n', "")
    assert found == [(OVERLAY_FILE, 7, "set", "of awaited these still wait: 2.3")]
