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
    assert checked.found(CODE) == []
    checked.change(RULES_2, "text: Xếp loại khá trở lên", "text: Xếp  loại khá trở lên")
    assert checked.found(CODE) == []
