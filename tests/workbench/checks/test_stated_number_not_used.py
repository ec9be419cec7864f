"""NTM054: the text states a number that the rule does not use."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM054"


def test_the_text_states_a_number_that_the_rule_does_not_use_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: {pending: {decision: awaited}}")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].at_least", "the text states 80%, and no target is so")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    assert checked.found(CODE) == []
    checked.change(RULES_1, "text_en: A plan\n", "text_en: A plan of 4 parts\n")
    assert checked.found(CODE) == []


def test_a_number_that_no_part_repeats_is_told_at_the_indicator(checked: Checked) -> None:
    checked.change(RULES_1, "at_most: 50.5", "at_most: {pending: {decision: awaited}}")
    assert checked.found(CODE) == [(RULES_1, 1, "[1]", "the text states 50,5%, and no target is so")]
