"""NTM113: an overlay fills part of what waited on a decision."""

from __future__ import annotations

from tests.workbench.checks.clean import CLEAN_OVERLAY, OVERLAY_FILE, Checked

CODE = "NTM113"


def test_an_overlay_fills_part_of_what_waited_on_a_decision_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, '  "2.3": {value: 70, article: Điều 4}\n', "")
    assert found == [(OVERLAY_FILE, 7, "set", "of awaited these still wait: 2.3")]


def test_a_decision_that_fills_nothing_of_it_is_told_nothing(checked: Checked) -> None:
    entries = CLEAN_OVERLAY[CLEAN_OVERLAY.index("set:\n") : CLEAN_OVERLAY.index("groups:")]
    assert checked.found_in_overlay(CODE, entries, "set:\n  1.1.b: {value: 85, article: Điều 2}\n") == []


def test_what_takes_its_target_from_another_waits_for_no_decision_of_its_own(checked: Checked) -> None:
    checked.add('measure: roads_share\nat_least: {of: "2.3"}')
    assert checked.found_in_overlay(CODE, "DK.1: {value: 0,", "DK.1: {value: 0,") == []
