"""NTM042: a part's words do not stand in its indicator's text."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import CLEAN_OVERLAY, OVERLAY_FILE, RULES_1, Checked, Found, told

CODE = "NTM042"
WHOLE = 'change:\n  "1.1": {article: Điều 5, text: Có quy hoạch và có vườn hoa, text_en: A plan and a garden}\n'
PART = """add:
  - into: "1.1"
    article: Điều 5
    part: {id: 1.1.d, text: WORDS, text_en: a garden, attested: MEASURE}
"""


def _laid(checked: Checked, words: str, whole: str = WHOLE) -> list[Found]:
    rules = (checked.folder / RULES_1).read_text(encoding="utf-8")
    measure = next(line.split()[-1] for line in rules.splitlines() if "attested:" in line)
    part = PART.replace("WORDS", words).replace("MEASURE", measure)
    return told(checked.overlay_report(CODE, text=f"{CLEAN_OVERLAY}\n{part}{whole}"))


def test_a_parts_words_do_not_stand_in_its_indicators_text_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "text: Có quy hoạch\n", "text: Có dự toán\n")
    assert checked.found(CODE) == [(RULES_1, line, "[1].all[1].text", "“Có dự toán” does not stand in the text of 1.1")]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "text: Có quy hoạch\n", "text: Có … hoạch\n")
    assert checked.found(CODE) == []


@pytest.mark.parametrize("words", ["có vườn hoa", "Có quy hoạch … vườn hoa"])
def test_a_part_that_a_decision_adds_stands_in_the_text_it_gives_its_indicator(checked: Checked, words: str) -> None:
    assert _laid(checked, words) == []


def test_an_added_part_whose_words_do_not_is_found_on_its_line(checked: Checked) -> None:
    [(file, _line, key, message)] = _laid(checked, "có ao cá")
    assert (file, key) == (OVERLAY_FILE, "add[1].part.text")
    assert message == "“có ao cá” does not stand in the text of 1.1"


def test_where_the_decision_leaves_the_text_of_the_indicator_nobody_can_say(checked: Checked) -> None:
    assert _laid(checked, "có ao cá", whole="") == []
