"""NTM062: in force before it was promulgated."""

from __future__ import annotations

from tests.workbench.checks.clean import OVERLAY_FILE, RULES_2, Checked

CODE = "NTM062"


def test_in_force_before_it_was_promulgated_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "promulgated: 2025-12-01", "promulgated: 2026-01-02")
    assert checked.found(CODE) == [
        (RULES_2, line, "[2].at_least[1].from", "in force from 01/01/2026, promulgated on 02/01/2026")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_2, "promulgated: 2025-12-01", "promulgated: 2026-01-01")
    assert checked.found(CODE) == []


def test_an_overlay_in_force_before_its_promulgation_is_found(checked: Checked) -> None:
    found = checked.found_in_overlay(CODE, "{from: 2026-09-01,", "{from: 2026-07-31,")
    message = "in force from 31/7/2026, promulgated on 01/8/2026"
    assert found == [(OVERLAY_FILE, 6, "effective.from", message)]
