"""NTM040: the source has no such row."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM040"


def test_the_source_has_no_such_row_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, 'row: "2.1"', 'row: "2.9"')
    assert checked.found(CODE) == [(RULES_2, line, "[1].source.row", "plan has no single row 2.9")]
