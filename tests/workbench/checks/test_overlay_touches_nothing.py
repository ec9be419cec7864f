"""NTM111: an overlay, or an entry of it, changes nothing."""

from __future__ import annotations

from tests.workbench.checks.clean import CLEAN_OVERLAY, OVERLAY_FILE, Checked, told

CODE = "NTM111"


def test_an_overlay_or_an_entry_of_it_changes_nothing_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "DK.1: {value: 0,", "1.1.b: {value: 80,")
    assert found == [(OVERLAY_FILE, 8, "set.1.1.b", "1.1.b is so without it")]


def test_an_overlay_in_force_on_no_day_of_the_period_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "{from: 2026-09-01, to: 2027-12-31}", "{from: 2031-01-01}")
    assert found == [(OVERLAY_FILE, 6, "effective", "it is in force on no day of 2026-2030")]


def test_an_overlay_without_entries_is_found(checked: Checked) -> None:
    empty = CLEAN_OVERLAY[: CLEAN_OVERLAY.index("set:")]
    message = "it sets, adds, repeals, replaces and changes nothing"
    assert told(checked.overlay_report(CODE, text=empty)) == [(OVERLAY_FILE, 1, "", message)]


def test_a_group_that_the_commune_has_already_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, '"03402": {group: nhom-2', '"03400": {group: nhom-1')
    assert found == [(OVERLAY_FILE, 12, "groups.03400", "03400 is so without it")]


def test_an_overlay_that_only_assigns_groups_is_none(checked: Checked) -> None:
    text = CLEAN_OVERLAY[: CLEAN_OVERLAY.index("set:")] + CLEAN_OVERLAY[CLEAN_OVERLAY.index("groups:") :]
    assert told(checked.overlay_report(CODE, text=text)) == []
