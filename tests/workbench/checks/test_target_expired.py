"""NTM057: no value is in force any more."""

from __future__ import annotations

import datetime as dt

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM057"


def test_the_day_after_the_last_value_ended_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{from: 2027-01-01, ", "{from: 2027-01-01, to: 2027-12-31, ") - 2
    found = [(RULES_2, line, "[2].at_least", "the last value ended on 31/12/2027")]
    assert checked.found(CODE, dt.date(2028, 1, 1)) == found
    assert checked.found(CODE, dt.date(2027, 12, 31)) == []


def test_a_value_without_an_end_does_not_expire(checked: Checked) -> None:
    assert checked.found(CODE, dt.date(2030, 12, 31)) == []
