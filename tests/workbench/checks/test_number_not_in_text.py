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


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Toàn bộ đường được cứng hóa", "measure: roads_share\nat_least: 100\n"),
        ("Một nửa đường được cứng hóa", "measure: roads_share\nat_least: 50\n"),
        ("Ít nhất 2/3 đường được cứng hóa", "measure: roads_share\nat_least: 66.6666\n"),
        ("Không quá 1/3 đường bị hỏng", "measure: roads_share\nat_most: 33.3334\n"),
        ("Thu nhập tăng từ 7%/năm trở lên", "measure: income\nat_least: 7\n"),
        ("Có ít nhất hai trạm", "measure: clinics\nat_least: 2\n"),
        ("Số trạm tăng 50% so với năm 2025", "measure: clinics\ntaken: {ratio_to: 2025}\nat_least: 1.5\n"),
        ("Số trạm giảm một nửa so với năm 2025", "measure: clinics\ntaken: {ratio_to: 2025}\nat_least: 0.5\n"),
        ("Nợ không quá 45.000.000 đồng", "measure: debt\nat_most: 45\n"),
    ],
)
def test_what_the_law_words_otherwise_is_stated(checked: Checked, words: str, condition: str) -> None:
    checked.add(condition)
    checked.change(RULES_2, "text: Mục bốn", f"text: {words}")
    assert checked.found(CODE) == checked.found("NTM054") == checked.found("NTM055") == checked.found("NTM065") == []


def test_a_part_of_a_whole_is_told_as_the_number_by_which_the_part_itself_meets(checked: Checked) -> None:
    checked.add("measure: roads_share\nat_least: 66.6667\n")
    checked.change(RULES_2, "text: Mục bốn", "text: Ít nhất 2/3 đường được cứng hóa")
    [(_file, _line, _key, said)] = checked.found(CODE)
    assert said.startswith("the text states a part of the whole, which 66.6667 is not: write 66.6666")


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("Một phần ba đường được cứng hóa", "measure: roads_share\nat_least: 66.6666\n"),
        ("Có ít nhất hai trạm", "measure: clinics\nat_least: 3\n"),
        ("Số trạm tăng 50% so với năm 2025", "measure: clinics\ntaken: {ratio_to: 2025}\nat_least: 1.6\n"),
        ("Toàn bộ đường được cứng hóa", "measure: roads_share\nat_least: 90\n"),
    ],
)
def test_another_number_than_the_words_mean_is_found(checked: Checked, words: str, condition: str) -> None:
    checked.add(condition)
    checked.change(RULES_2, "text: Mục bốn", f"text: {words}")
    assert len(checked.found(CODE)) == 1
