"""NTM101: words are missing in one language."""

from __future__ import annotations

from tests.workbench.checks.clean import CROSS_CHECKS, HEADER, MEASURES, RULES_1, Checked

CODE = "NTM101"


def test_words_are_missing_in_one_language_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "      text_en: A plan\n", "")
    assert checked.found(CODE) == [(RULES_1, line - 1, "[1].all[1].text", "there is no English of this text")]


def test_an_empty_label_and_one_left_in_vietnamese_are_found(checked: Checked) -> None:
    line = checked.change(MEASURES, "{vi: triệu đồng, en: million dong}", "{vi: triệu đồng, en: triệu đồng}")
    empty = checked.change(HEADER, "en: Tiny set", 'en: ""')
    assert checked.found(CODE) == [
        (HEADER, empty, "title.en", "the words in “en” are empty"),
        (MEASURES, line, "[5].unit.en", "the English is the Vietnamese unchanged"),
    ]


def test_a_proper_name_is_the_same_in_both_languages(checked: Checked) -> None:
    checked.change(HEADER, "{vi: Tỉnh A, en: Province A}", "{vi: Lai Châu, en: Lai Châu}")
    assert checked.found(CODE) == []


def test_words_of_a_cross_check_are_looked_at_too(checked: Checked) -> None:
    line = checked.change(CROSS_CHECKS, "en: Check both}", 'en: ""}')
    assert checked.found(CODE) == [(CROSS_CHECKS, line, "[1].mend.en", "the words in “en” are empty")]
