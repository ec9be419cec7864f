"""NTM120: an ignore comment that leaves nothing out."""

from __future__ import annotations

from tests.workbench.checks.clean import RULES_1, Checked, told

CODE = "NTM120"


def test_a_comment_on_a_line_without_a_finding_is_found(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_least: 80  # ntm: ignore NTM064 như vậy là đúng")
    message = "NTM064 finds nothing on the line this is written for"
    assert told(checked.report()) == [(RULES_1, line, "", message)]


def test_a_comment_that_leaves_a_finding_out_is_none(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "# ntm: ignore NTM053 NTM055 văn bản khác\n      at_least: 85")
    report = checked.report("NTM053", CODE)
    assert (report.findings, report.ignored) == ([], 1)


def test_a_comment_for_a_check_that_was_not_asked_for_is_left_alone(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_least: 80  # ntm: ignore NTM064 như vậy là đúng")
    assert checked.found(CODE) == []
