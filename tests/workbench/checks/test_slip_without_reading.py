"""NTM045: a printed slip has no reading."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM045"


def test_a_printed_slip_has_no_reading_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "  reading: Số trạm y tế ≥ 2\n", "")
    assert checked.found(CODE) == [
        (RULES_1, line - 1, "[2].text", "“$” stands in the text, and no reading says what is meant")
    ]
