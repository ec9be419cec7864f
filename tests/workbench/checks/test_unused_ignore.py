"""NTM120: an ignore comment that leaves nothing out."""

from __future__ import annotations

from tests.workbench.checks.clean import MEASURES, RULES_1, RULES_2, Checked, told

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


def test_a_comment_is_not_called_useless_in_a_file_that_a_reader_refuses_in_part(checked: Checked) -> None:
    checked.change(RULES_2, "{from: 2027-01-01,", "{from: 01/01/2027,")
    checked.change(RULES_2, '- id: "2.3"', '- id: "2.3"  # ntm: ignore NTM054 mức có ngày')
    checked.change(RULES_1, "at_least: 80", "at_least: 80  # ntm: ignore NTM064 như vậy là đúng")
    found = [(f.check.code, f.problem.file) for f in checked.report().findings]
    assert found == [(CODE, RULES_1), ("NTM004", RULES_2)]


def test_no_comment_on_rules_is_called_useless_while_the_measures_cannot_be_read(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_least: 80  # ntm: ignore NTM064 như vậy là đúng")
    checked.change(MEASURES, "kind: share", "kind: shore")
    assert CODE not in {f.check.code for f in checked.report().findings}
