"""NTM053: a number that the source does not state."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import PLAN, RULES_1, RULES_2, Checked

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


@pytest.mark.parametrize("words", ["Không có đường hỏng", "không còn đường hỏng", "Đường hỏng: không"])
def test_none_stands_for_0(checked: Checked, words: str) -> None:
    checked.add("measure: landfill_share\nat_most: 0\n")
    checked.change(RULES_2, "text: Mục bốn", f'text: "{words}"')
    assert checked.found(CODE) == []


@pytest.mark.parametrize("words", ["rác chôn lấp không quá 5%", "rác chôn lấp thấp"])
def test_not_more_than_something_is_no_0(checked: Checked, words: str) -> None:
    checked.add("measure: landfill_share\nat_most: 0\n")
    checked.change(RULES_2, "text: Mục bốn", f"text: {words}")
    assert [said[:20] for _file, _line, _key, said in checked.found(CODE)] == ["the text states no 0"]


def test_a_number_of_a_part_may_stand_in_the_words_around_it(checked: Checked) -> None:
    checked.add(
        "all:\n"
        "  - {id: 2.4.a, text: lao động nam, measure: roads_share, at_least: 60}\n"
        "  - {id: 2.4.b, text: lao động nữ, measure: roads_share, at_least: 55}\n"
    )
    checked.change(RULES_2, "text: Mục bốn", 'text: "lao động qua đào tạo: nam từ 60%, nữ từ 55% trở lên"')
    assert checked.found(CODE) == []
    checked.change(RULES_2, "at_least: 55", "at_least: 50")
    assert [key for _file, _line, key, _said in checked.found(CODE)] == ["[4].all[2].at_least"]


def test_a_decision_that_leaves_the_words_of_before_is_told_to_write_its_own(checked: Checked) -> None:
    checked.write(
        "amendments/mot.yaml",
        "id: mot\napplies_to: tiny\nillustrative: true\ntitle: {vi: Một, en: One}\npromulgated: 2026-03-01\n"
        "effective: {from: 2026-03-01}\nchange:\n  1.1.b: {article: Điều 1, at_least: 85}\n",
    )
    assert checked.found(CODE) == [
        (
            "amendments/mot.yaml",
            8,
            "change.1.1.b.at_least",
            "the decision writes no `text`, and the words of before state no 85: “đường đạt chuẩn ≥ 80%”; "
            "write its own words",
        )
    ]
