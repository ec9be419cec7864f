"""NTM103: a cooperating agency leads, or one agency does both."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM103"


def test_a_cooperating_agency_leads_or_one_agency_does_both_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "lead: so-b\n      any", "lead: ubnd-xa\n      any")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[3].lead", "ubnd-xa only cooperates by agencies.yaml")]


def test_an_agency_that_leads_and_cooperates_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "cooperating: []", "cooperating: [so-b]")
    assert checked.found(CODE) == [(RULES_1, line, "[2].cooperating", "so-b leads and cooperates at once")]
