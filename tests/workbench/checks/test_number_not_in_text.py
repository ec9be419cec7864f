"""NTM053: a number that the source does not state."""

from __future__ import annotations

from tests.workbench.checks.clean import PLAN, RULES_1, Checked

CODE = "NTM053"


def test_a_number_that_the_source_does_not_state_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 85")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[2].at_least", "the text states no 85: “đường đạt chuẩn ≥ 80%”")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "đường đạt chuẩn ≥ 80%\n", "đường đạt chuẩn từ 80% trở lên\n")
    assert checked.found(CODE) == []


def test_a_count_in_the_words_is_no_percentage(checked: Checked) -> None:
    line = checked.change(RULES_1, "text: đường đạt chuẩn ≥ 80%\n", "text: 80 đường đạt chuẩn\n") + 3
    message = "the text states no 80: “80 đường đạt chuẩn”"
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", message)]


def test_a_number_in_another_column_of_the_row_is_stated(checked: Checked) -> None:
    checked.change(PLAN, "nhóm 1: 3 trạm", "nhóm 1: 4 trạm")
    assert [key for _file, _line, key, _said in checked.found(CODE)] == ["[2].at_least.nhom-1"]


def test_a_pending_target_states_no_number(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_least: {pending: {decision: awaited}}")
    assert checked.found(CODE) == []
