"""NTM104: confirmed by a body that leads none of its rules."""

from __future__ import annotations

from tests.workbench.checks.clean import MEASURES, Checked

CODE = "NTM104"


def test_confirmed_by_a_body_that_leads_none_of_its_rules_is_found(checked: Checked) -> None:
    line = checked.change(MEASURES, "attested_by: so-a", "attested_by: so-b")
    assert checked.found(CODE) == [(MEASURES, line, "[6].attested_by", "so-b confirms it, while so-a leads")]
