"""NTM102: classes by number of criteria overlap or leave a hole."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM102"


def test_classes_by_number_of_criteria_overlap_or_leave_a_hole_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "at_least: 0, at_most: 1}", "at_least: 0, at_most: 2}")
    assert checked.found(CODE) == [(HEADER, line, "bands[2]", "chua and du overlap")]


def test_a_number_of_criteria_without_a_band_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "at_least: 0, at_most: 1}", "at_least: 1, at_most: 1}") - 2
    assert checked.found(CODE) == [(HEADER, line, "bands", "no band holds 0 criteria")]
