"""NTM054: the text states a number that the rule does not use."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import MEASURES, RULES_1, RULES_2, Checked

CODE = "NTM054"


def test_the_text_states_a_number_that_the_rule_does_not_use_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: {pending: {decision: awaited}}")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", "the text states 80%, and no target is so")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "text_en: A plan\n", "text_en: A plan of 4 parts\n")
    assert checked.found(CODE) == []


def test_a_number_that_no_part_repeats_is_told_at_the_indicator(checked: Checked) -> None:
    checked.change(RULES_1, "at_most: 50.5", "at_most: {pending: {decision: awaited}}")
    assert checked.found(CODE) == [(RULES_1, 1, "[1]", "the text states 50,5%, and no target is so")]


def test_a_number_in_quotes_is_told_as_such_and_not_as_missing(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", 'at_least: "80"')
    assert checked.found(CODE) == []
    [(_file, _line, _key, said)] = checked.found("NTM021")
    assert said == "“80” in quotes is a text; take the quotation marks off"


DATED = """\
measure: roads_share
at_least:
  - {{from: 2026-01-01, to: {to}, value: 70, source: {{document: decree}}, promulgated: 2025-12-01}}
  - {{from: {from_}, value: 80, source: {{document: decree}}, promulgated: 2025-12-01}}
"""


def test_the_year_from_which_a_dated_value_holds_is_no_level(checked: Checked) -> None:
    checked.add(DATED.format(to="2028-12-31", from_="2029-01-01"))
    words = "đường đạt từ 70% trở lên; từ năm 2029 đạt từ 80% trở lên"
    checked.change(RULES_2, "text: Mục bốn", f"text: {words}")
    assert checked.found(CODE) == []


def test_a_year_that_no_dated_value_knows_is_still_told(checked: Checked) -> None:
    line = checked.add(DATED.format(to="2028-12-31", from_="2029-01-01"))
    checked.change(RULES_2, "text: Mục bốn", "text: đường đạt từ 70% trở lên; từ năm 2027 đạt từ 80% trở lên")
    [(_file, at, _key, said)] = checked.found(CODE)
    assert (at, said) == (line + 1, "the text states 2027, and no target is so")


@pytest.mark.parametrize(
    "words",
    ["trẻ dưới 5 tuổi đi học", "người từ 15 đến 60 tuổi", "người từ đủ 15 tuổi trở lên", "đạt 3 năm liên tiếp"],
)
def test_an_age_or_a_run_of_years_is_no_level(checked: Checked, words: str) -> None:
    checked.add("attested: plan_approved\n")
    checked.change(RULES_2, "text: Mục bốn", f"text: {words}")
    assert checked.found(CODE) == []


def test_a_number_that_the_question_asks_is_used(checked: Checked) -> None:
    checked.add("attested: plan_approved\n")
    checked.change(RULES_2, "text: Mục bốn", "text: Có ít nhất 2 mô hình")
    assert [said for _file, _line, _key, said in checked.found(CODE)] == [
        "the text states 2, and the label of plan_approved, whose answer meets it, does not: write it there too"
    ]
    checked.change(MEASURES, "label: {vi: Có quy hoạch,", "label: {vi: Có ít nhất 2 mô hình,")
    assert checked.found(CODE) == []


def test_a_decision_that_leaves_the_words_of_before_is_told_to_write_its_own(checked: Checked) -> None:
    checked.write(
        "amendments/mot.yaml",
        "id: mot\napplies_to: tiny\nillustrative: true\ntitle: {vi: Một, en: One}\npromulgated: 2026-03-01\n"
        "effective: {from: 2026-03-01}\nchange:\n  1.1.b: {article: Điều 1, at_least: 85}\n",
    )
    said = {said for file, _line, _key, said in checked.found(CODE) if file == "amendments/mot.yaml"}
    assert said == {
        "the decision writes no `text`, and the words of before state 80%, which no target is any more; "
        "write its own words"
    }


def test_a_number_that_says_what_a_figure_is_of_is_used(checked: Checked) -> None:
    checked.add("measure: roads_share\nat_least: 90\n")
    checked.change(RULES_2, "text: Mục bốn", "text: 90% đường rộng từ 3 m trở lên")
    assert [said for _file, _line, _key, said in checked.found(CODE)] == ["the text states 3, and no target is so"]
    checked.change(MEASURES, "vi: Tỷ lệ đường", "vi: Tỷ lệ đường rộng từ 3 m trở lên")
    assert checked.found(CODE) == []
