"""NTM031: the numbering has a gap."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM031"


def test_the_numbering_has_a_gap_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "id: 1.1.b", "id: 1.1.d")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].id", "before 1.1.d there is no 1.1.b")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "id: 1.1.c.ii", "id: 1.1.c.b")
    assert checked.found(CODE) == []
