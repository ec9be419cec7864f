"""NTM002: a key that does not exist."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM002"


def test_a_key_that_does_not_exist_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "lead: so-b\n      any", "leed: so-b\n      any")
    [(file, at, key, said)] = checked.found(CODE)
    assert (file, at, key, said.partition(" Allowed")[0]) == (
        RULES_1,
        line,
        "[1].all[3].leed",
        "unknown key; did you mean “lead”?",
    )


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
