"""NTM090: a measure that no rule uses."""

from __future__ import annotations

from tests.workbench.checks.clean import CLEAN, MEASURES, RULES_1, Checked

CODE = "NTM090"


def test_a_measure_that_no_rule_uses_is_found(checked: Checked) -> None:
    line = CLEAN[MEASURES][: CLEAN[MEASURES].index("landfill_exists")].count("\n") + 1
    checked.change(RULES_1, "applies_if: landfill_exists\n          ", "")
    assert checked.found(CODE) == [(MEASURES, line, "[7].id", "nothing uses landfill_exists")]
