"""NTM058: no value is in force yet."""

from __future__ import annotations

import datetime as dt

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM058"


def test_a_day_before_the_first_value_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{from: 2026-01-01, to:", "{from: 2026-07-01, to:") - 1
    found = [(RULES_2, line, "[2].at_least", "the first value begins on 01/7/2026")]
    assert checked.found(CODE, dt.date(2026, 6, 30)) == found
    assert checked.found(CODE, dt.date(2026, 7, 1)) == []


def test_a_value_in_force_all_year_is_none(checked: Checked) -> None:
    assert checked.found(CODE, dt.date(2026, 1, 1)) == []
