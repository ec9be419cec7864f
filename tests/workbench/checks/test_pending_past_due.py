"""NTM056: a decision awaited is past its due day."""

from __future__ import annotations

import datetime as dt

from tests.workbench.checks.clean import CLEAN, HEADER, Checked

CODE = "NTM056"


def test_a_decision_is_found_on_the_day_after_it_was_due(checked: Checked) -> None:
    [(file, line, key, said)] = checked.found(CODE, dt.date(2026, 8, 1))
    assert (file, key) == (HEADER, "decisions[1].due")
    assert "due: 2026-07-31" in CLEAN[HEADER].splitlines()[line - 1]
    assert said == "awaited was due on 31/7/2026; 3 requirements wait on it"


def test_on_the_due_day_itself_there_is_still_time(checked: Checked) -> None:
    assert checked.found(CODE, dt.date(2026, 7, 31)) == []
