"""NTM093: a decision awaited on which nothing waits."""

from __future__ import annotations

from tests.workbench.checks.clean import HEADER, Checked

CODE = "NTM093"


def test_a_decision_awaited_on_which_nothing_waits_is_found(checked: Checked) -> None:
    line = checked.change(HEADER, "groups:", "  - {id: other, title: {vi: Khác, en: Other}, owed_by: so-a}\ngroups:")
    assert checked.found(CODE) == [(HEADER, line, "decisions[2].id", "nothing uses other")]
