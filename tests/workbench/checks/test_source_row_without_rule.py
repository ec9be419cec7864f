"""NTM046: a row of the source has no rule."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, PLAN, Checked

CODE = "NTM046"


def test_a_row_of_the_source_has_no_rule_is_found(checked: Checked) -> None:
    checked.change(PLAN, "2.3\tTỷ lệ đường", "2.3\tTỷ lệ đường\t\n2.4\tTỷ lệ khác")
    assert checked.found(CODE) == [(HEADER, 28, "criteria[2].source", "no rule quotes row 2.4 of annex III")]
