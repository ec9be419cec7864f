"""NTM066: a target that no figure can reach."""

from __future__ import annotations

from tests.workbench.checks.clean import MEASURES, OVERLAY_FILE, RULES_1, Checked

CODE = "NTM066"


def test_a_target_that_no_figure_can_reach_is_found(checked: Checked) -> None:
    checked.change(MEASURES, "unit: {vi: trạm, en: clinics},", "unit: {vi: trạm, en: clinics}, range: {max: 2},")
    assert checked.found(CODE) == [(RULES_1, 37, "[2].at_least.nhom-1", "3 is above 2, the most that clinics can be")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(MEASURES, "unit: {vi: trạm, en: clinics},", "unit: {vi: trạm, en: clinics}, range: {max: 3},")
    assert checked.found(CODE) == []


def test_a_ceiling_of_an_overlay_below_the_least_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "DK.1: {value: 0,", "DK.1: {value: -1,")
    assert found == [(OVERLAY_FILE, 8, "set.DK.1.value", "-1 is below 0, the least that debt can be")]
