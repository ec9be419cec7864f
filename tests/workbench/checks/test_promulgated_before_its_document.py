"""NTM063: promulgated before its own document."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, RULES_2, Checked

CODE = "NTM063"


def test_promulgated_before_its_own_document_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "promulgated: 2025-12-01", "promulgated: 2025-11-30")
    assert checked.found(CODE) == [(RULES_2, line, "[2].at_least[1].promulgated", "5/QĐ is dated 01/12/2025")]


def test_an_overlay_promulgated_before_its_document_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "promulgated: 2026-08-01", "promulgated: 2026-07-31")
    assert found == [(OVERLAY_FILE, 5, "promulgated", "9/QĐ is dated 01/8/2026")]
