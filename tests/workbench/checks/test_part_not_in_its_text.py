"""NTM042: a part's words do not stand in its indicator's text."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM042"


def test_a_parts_words_do_not_stand_in_its_indicators_text_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "text: Có quy hoạch\n", "text: Có dự toán\n")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[1].text", "“Có dự toán” does not stand in the text of 1.1")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "text: Có quy hoạch\n", "text: Có … hoạch\n")
    assert checked.found(CODE) == []
