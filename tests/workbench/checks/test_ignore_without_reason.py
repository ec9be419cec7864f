"""NTM121: an ignore comment without code or reason."""

from __future__ import annotations

import pytest

from tests.workbench.checks.clean import RULES_1, Checked

CODE = "NTM121"


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# ntm: ignore NTM064", "the comment gives no reason"),
        ("# ntm: ignore vì như vậy là đúng", "the comment names no code of a check"),
        ("# ntm: ignore NTM999 như vậy là đúng", "there is no check NTM999"),
        ("# ntm: ignore NTM004 như vậy là đúng", "NTM004 cannot be ignored"),
    ],
)
def test_a_comment_that_says_too_little_is_found(checked: Checked, comment: str, message: str) -> None:
    line = checked.change(RULES_1, "at_least: 80", f"at_least: 80  {comment}")
    assert checked.found(CODE) == [(RULES_1, line, "", message)]


def test_it_leaves_nothing_out(checked: Checked) -> None:
    line = checked.change(RULES_1, "at_least: 80", "at_most: 80  # ntm: ignore NTM064")
    assert [(f.check.code, f.problem.line) for f in checked.report("NTM064", CODE).findings] == [
        ("NTM064", line),
        (CODE, line),
    ]


def test_a_code_and_a_reason_are_enough(checked: Checked) -> None:
    checked.change(RULES_1, "at_least: 80", "at_most: 80  # ntm: ignore NTM064: như vậy là đúng")
    assert checked.found(CODE) == []
