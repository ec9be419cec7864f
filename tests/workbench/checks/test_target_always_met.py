"""NTM067: a target that every figure reaches."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, RULES_1, Checked

CODE = "NTM067"


def test_a_target_that_every_figure_reaches_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 0")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", "whatever roads_share is, 0 is reached")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_least: 0.0001")
    assert checked.found(CODE) == []


def test_a_floor_of_an_overlay_at_the_least_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "{value: 70,", "{value: 0,")
    assert found == [(OVERLAY_FILE, 10, "set.2.3.value", "whatever roads_share is, 0 is reached")]
