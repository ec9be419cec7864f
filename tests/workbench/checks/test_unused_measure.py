"""NTM090: a measure that no rule uses."""

from __future__ import annotations

from tests.workbench.checks.clean import CLEAN, CROSS_CHECKS, HEADER, MEASURES, RULES_1, Checked

CODE = "NTM090"
ALL_WASTE = """\
- {id: all_waste, label: {vi: Tổng lượng rác, en: All waste}, kind: amount, unit: {vi: tấn, en: tonnes}, sense: lower,
   evidence: {vi: Sổ, en: Register}}
"""
RECOGNISED = """\
- {id: recognised, label: {vi: Đã công nhận, en: Recognised}, kind: ruling, unit: {vi: Đạt, en: Met},
   evidence: {vi: Quyết định, en: Decision}}
"""


def test_a_measure_that_no_rule_uses_is_found(checked: Checked) -> None:
    line = CLEAN[MEASURES][: CLEAN[MEASURES].index("landfill_exists")].count("\n") + 1
    checked.change(RULES_1, "applies_if: landfill_exists\n          ", "")
    assert checked.found(CODE) == [(MEASURES, line, "[7].id", "nothing uses landfill_exists")]


def test_a_figure_against_which_a_cross_check_holds_another_is_used(checked: Checked) -> None:
    text = (checked.folder / MEASURES).read_text(encoding="utf-8")
    checked.write(MEASURES, text + ALL_WASTE)
    assert [said for _file, _line, _key, said in checked.found(CODE)] == ["nothing uses all_waste"]
    checked.change(CROSS_CHECKS, "at_most: [landfill_share.denominator]", "at_most: [all_waste]")
    assert checked.found(CODE) == []


def test_the_ruling_that_reports_recognition_is_used(checked: Checked) -> None:
    text = (checked.folder / MEASURES).read_text(encoding="utf-8")
    checked.write(MEASURES, text + RECOGNISED)
    assert [said for _file, _line, _key, said in checked.found(CODE)] == ["nothing uses recognised"]
    checked.change(HEADER, "criteria:", "recognition: recognised\ncriteria:")
    assert checked.found(CODE) == []
