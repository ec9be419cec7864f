"""NTM041: the text is not the source's."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_2, Checked

CODE = "NTM041"


def test_the_text_is_not_the_sources_is_found(checked: Checked) -> None:
    line = checked.change(RULES_2, "text: Xếp loại khá trở lên", "text: Xếp loại tốt trở lên")
    assert checked.found(CODE) == [
        (RULES_2, line, "[1].text", "row 2.1 prints “Xếp loại khá trở lên”, here stands “Xếp loại tốt trở lên”")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_2, "text: Xếp loại khá trở lên", "text: Xếp  loại khá trở lên")
    assert checked.found(CODE) == []


def test_words_of_no_row_are_looked_for_in_the_whole_text(checked: Checked) -> None:
    checked.change(RULES_2, '{document: plan, annex: III, row: "2.1"}', "{document: plan, article: Mục 1}")
    assert checked.found(CODE) == []
    line = checked.change(RULES_2, "text: Xếp loại khá", "text: Xếp loại tốt")
    assert checked.found(CODE) == [(RULES_2, line, "[1].text", "these words do not stand in plan")]


def test_signs_and_case_alone_are_for_another_check_to_tell(checked: Checked) -> None:
    checked.change(RULES_2, "text: Xếp loại khá", "text: xếp loại khá")
    assert checked.found(CODE) == []
    assert [finding.check.code for finding in checked.report("NTM044").findings] == ["NTM044"]
