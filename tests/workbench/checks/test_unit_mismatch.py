"""NTM065: the text's unit is not the measure's."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM065"


def test_the_texts_unit_is_not_the_measures_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "reading: Số trạm y tế ≥ 2", "reading: Số trạm y tế ≥ 2 trạm") + 6
    checked.change(RULES_1, "measure: clinics", "measure: debt")
    assert checked.found(CODE) == [
        (RULES_1, line + 1, "[2].at_least.nhom-2", "the text says 2 trạm; debt is in triệu đồng")
    ]


def test_nothing_is_found_where_there_is_no_such_mistake(checked: Checked) -> None:
    checked.change(RULES_1, "reading: Số trạm y tế ≥ 2", "reading: Số trạm y tế ≥ 2 trạm")
    assert checked.found(CODE) == []


def test_a_percentage_against_a_count_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "reading: Số trạm y tế ≥ 2", "reading: Số trạm y tế ≥ 2%") + 7
    message = "the text says 2 %; clinics is in trạm"
    assert checked.found(CODE) == [(RULES_1, line, "[2].at_least.nhom-2", message)]
