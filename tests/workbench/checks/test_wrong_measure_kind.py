"""NTM018: a measure of the wrong kind."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM018"


def test_a_measure_of_the_wrong_kind_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "attested: plan_approved", "attested: safe")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[1].attested", "measure safe is a ruling; a attestation is needed here")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
