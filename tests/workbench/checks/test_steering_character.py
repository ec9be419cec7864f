"""NTM007: a character that cannot be seen steers the screen or turns text about."""

from __future__ import annotations

import pytest

from tests.rulebook.tiny import COMMUNES
from tests.workbench.checks.clean import HEADER, RULES_1, Checked

CODE = "NTM007"
SAID = "the character {} cannot be seen and may steer the screen or turn the text about"


@pytest.mark.parametrize(
    ("written", "named"),
    [('"Quy\\e]0;x\\a hoạch"', "\\x1b"), ('"Quy\\u202e hoạch"', "\\u202e"), ("Quy\u2066 hoạch", "\\u2066"),
     ('"Quy\\0 hoạch"', "\\x00"), ('"Quy\\u0085 hoạch"', "\\x85"), ("Quy\u200b hoạch", "\\u200b")],
)  # fmt: skip
def test_a_character_that_steers_is_found_in_every_text_of_the_law(checked: Checked, written: str, named: str) -> None:
    line = checked.change(RULES_1, "text: Có quy hoạch\n", f"text: {written}\n")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[1].text", SAID.format(named))]


def test_it_is_found_in_the_head_in_a_key_and_in_the_register(checked: Checked) -> None:
    line = checked.change(HEADER, "vi: Nhóm 1,", 'vi: "Nhóm\\u202e 1",')
    [(file, at, _key, words)] = checked.found(CODE)
    assert (file, at, words) == (HEADER, line, SAID.format("\\u202e"))
    checked.change(HEADER, 'vi: "Nhóm\\u202e 1",', 'vi: Nhóm 1, "v\\eb": x,')
    assert [(file, words) for file, _at, _key, words in checked.found(CODE)] == [(HEADER, SAID.format("\\x1b"))]


def test_it_is_found_in_the_register_of_communes(checked: Checked) -> None:
    line = checked.change(COMMUNES, "03402,Xã Hai", "03402,Xã \u202eHai")
    assert checked.found(CODE) == [(COMMUNES, line, "name", SAID.format("\\u202e"))]


def test_texts_of_several_lines_and_letters_with_marks_are_none(checked: Checked) -> None:
    checked.change(RULES_1, "text: Có quy hoạch\n", 'text: "Có\\tquy hoạch\\nđược duyệt"\n')
    assert checked.found(CODE) == []
