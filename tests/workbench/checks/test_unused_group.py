"""NTM094: a group of communes that nothing tells apart."""

from __future__ import annotations

from tests.workbench.checks.clean import CONDITIONS, HEADER, RULES_1, RULES_2, Checked

CODE = "NTM094"


def settle(checked: Checked) -> None:
    """Leave nothing pending, so that no target by group may yet come."""
    checked.change(RULES_1, "          standard: {pending: {decision: awaited}}\n", "")
    checked.change(RULES_2, "{pending: {decision: awaited}}", "80")
    checked.change(CONDITIONS, "{pending: {decision: awaited, note: {vi: Chờ quy định, en: Awaited}}}", "0")


def test_a_group_that_no_target_tells_apart_is_found_once_nothing_is_pending(checked: Checked) -> None:
    line = checked.change(HEADER, "scales:", "  - {id: nhom-3, title: {vi: Nhóm 3, en: Group 3}}\nscales:")
    checked.change(RULES_1, "{nhom-1: 3, nhom-2: 2}", "2")
    checked.change(RULES_2, "{nhom-1: 9, nhom-2: 8}", "9")
    assert checked.found(CODE) == []
    settle(checked)
    assert checked.found(CODE) == [
        (HEADER, line - 1, "groups[2].id", "nothing uses nhom-2"),
        (HEADER, line, "groups[3].id", "nothing uses nhom-3"),
    ]


def test_a_group_with_a_value_of_its_own_is_none(checked: Checked) -> None:
    settle(checked)
    assert checked.found(CODE) == []
