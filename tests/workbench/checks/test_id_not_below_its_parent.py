"""NTM030: an id does not follow from what it stands in."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM030"


def test_an_id_does_not_follow_from_what_it_stands_in_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "id: 1.1.b", "id: 1.9.b")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].id", "1.9.b stands under 1.1")]


def test_parts_named_in_words_are_left_alone_and_a_word_under_a_number_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "id: 1.1.b", "id: duong")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[2].id", "duong stands under 1.1")]
