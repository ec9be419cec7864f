"""NTM023: an overlay names a requirement or commune that does not exist."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, Checked, told

CODE = "NTM023"


def test_overlay_unknown_id_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "DK.1: {value: 0,", "DK.7: {value: 0,")
    assert found == [(OVERLAY_FILE, 8, "set.DK.7", "“DK.7” is not defined; did you mean “DK.1”?")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert told(checked.overlay_report(CODE)) == []
