"""NTM017: an id is used twice."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM017"


def test_an_id_is_used_twice_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, '- id: "2.2"', '- id: "2.1"')
    assert checked.found(CODE) == [(RULES_2, line, "[2].id", "id 2.1 is already used in 02/rules.yaml")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
