"""NTM096: a default under which no commune falls."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM096"


def test_a_default_beside_every_group_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "{nhom-1: 9, nhom-2: 8}", "{nhom-1: 9, nhom-2: 8, default: 7}")
    ((file, at, key, words),) = checked.found(CODE)
    assert (file, at, words) == (RULES_2, line, "every class of group is named, so the default is that of no commune")
    assert key.endswith(".default")


def test_so_is_one_beside_every_answer(checked: Checked) -> None:
    written = "{by: plan_approved, values: {yes: 9, no: 8}, default: 7}"
    checked.change(RULES_2, "{nhom-1: 9, nhom-2: 8}", written)
    assert [found[3] for found in checked.found(CODE)] == [
        "every class of plan_approved is named, so the default is that of no commune"
    ]


def test_one_for_the_groups_that_are_not_named_is_not(checked: Checked) -> None:
    checked.change(RULES_2, "{nhom-1: 9, nhom-2: 8}", "{by: group, values: {nhom-1: 9}, default: 8}")
    assert checked.found(CODE) == []
