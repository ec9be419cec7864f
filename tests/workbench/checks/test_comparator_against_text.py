"""NTM055: the comparison is the other way round than in the text."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM055"


def test_the_comparison_is_the_other_way_round_than_in_the_text_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_most: 80")
    assert checked.found(CODE) == [
        (RULES_1, line, "[1].all[2].at_most", "the text states 80 as at_least, the rule as at_most")
    ]


def test_more_than_a_number_does_not_count_the_number_itself(checked: Checked) -> None:
    line = checked.change(RULES_1, "text: đường đạt chuẩn ≥ 80%\n", "text: đường đạt chuẩn trên 80%\n") + 3
    message = "the text states 80 as more_than, the rule as at_least"
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", message)]
